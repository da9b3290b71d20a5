"""From a sentence to what Kokoro is given: clause by clause, by the rules of its language, with the punctuation put back."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import regex
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, primary
from chaptercast.speech.engines.espeak import japanese as japanese_dictionary
from chaptercast.speech.engines.neural.kokoro import chinese, japanese
from chaptercast.speech.engines.neural.kokoro.letters import TOKENS, spelled
from chaptercast.speech.engines.neural.phonemes.clauses import clauses, ends_sentence
from chaptercast.speech.engines.neural.phonemes.espeak import Phonemes
from chaptercast.speech.engines.neural.phonemes.espeak_spelling import spelling_of
from chaptercast.speech.engines.neural.phonemes.model import Spelling, bracketed, joined, known, moved
from chaptercast.speech.engines.neural.runtime import REMEDY

_AMERICAN, _BRITISH = "en-US", "en-GB-x-rp"
_ESPEAK: Mapping[str, str] = MappingProxyType(
    {"en-US": _AMERICAN, "en-GB": _BRITISH, "es": "es", "fr": "fr", "hi": "hi", "it": "it", "pt-BR": "pt-BR"}
)
"""By the language of the model's voices, the voice of eSpeak NG in whose phonemes its training texts were."""
LANGUAGES: tuple[LanguageTag, ...] = tuple(map(LanguageTag, ("zh-CN", "ja", *_ESPEAK)))
"""Those of the model's voices."""
_CHINESE = regex.compile(r"[\p{Han}〇0-9]+")
_JAPANESE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー々〇0-9]+")
_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
"""In Chinese, those that nobody put into words."""


def dictionaries(language: LanguageTag) -> str:
    """Names and versions of what reads a language besides eSpeak NG, which decide what is said; empty where it is not installed."""
    match primary(language):
        case "zh":
            return chinese.dictionary()
        case "ja":
            return japanese_dictionary.dictionary()
    return ""


def lack(language: LanguageTag) -> tuple[str, str]:
    """What cannot be read of a language here, as a regular expression, and what to install; nothing where all can."""
    if primary(language) not in {"zh", "ja"} or dictionaries(language):
        return "", ""
    remedy = japanese_dictionary.REMEDY if primary(language) == "ja" else REMEDY
    return r"[\u3041-\u30ff\u3400-\u9fff]+", remedy


def spell(text: str, language: LanguageTag, phonemes: Phonemes) -> Spelling:
    """A sentence in one of `LANGUAGES` as the model is given it. Raises `EngineError`.

    It ends with a mark in any case: without one the model cuts its last sound short.
    """
    readable, unread = _readable(text, language, phonemes)
    parts: list[Spelling] = []
    for clause in clauses(readable):
        words = _words(clause.words, language, phonemes)
        unread += moved(words, clause.begin).unread
        words = replace(words, unread=())
        if words.symbols:
            gap = Spelling(" " if parts else "")
            parts += [gap, moved(bracketed(words, clause.brackets), clause.begin), Spelling(clause.after)]
        elif parts and clause.after and not ends_sentence(parts[-1].symbols):
            parts.append(Spelling(clause.after))
    if parts and not ends_sentence(parts[-1].symbols):
        parts.append(Spelling("."))
    return known(joined((*parts, Spelling("", (), unread))), TOKENS)


def _readable(text: str, language: LanguageTag, phonemes: Phonemes) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with spaces in place of letters that nobody here reads, and where these are."""
    own = {"zh": _CHINESE, "ja": _JAPANESE}.get(primary(language))
    asked = own.sub(lambda found: " " * len(found[0]), text) if own else text
    unread = phonemes.unread(asked, _ESPEAK.get(language, _AMERICAN))
    for begin, end in unread:
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text, unread


def _words(text: str, language: LanguageTag, phonemes: Phonemes) -> Spelling:
    """A text without punctuation between its words."""
    match primary(language):
        case "zh":
            return _mixed(text.translate(_DIGITS), _CHINESE, chinese.spell, phonemes)
        case "ja":
            return _mixed(text, _JAPANESE, japanese.spell, phonemes)
    return _western(text, _ESPEAK[language], phonemes)


def _mixed(text: str, own: "regex.Pattern[str]", spell_own: Callable[[str], Spelling], phonemes: Phonemes) -> Spelling:
    """A text of which a dictionary reads what is `own`; the rest is read as English."""
    parts: list[Spelling] = []
    at = 0
    for run in (*own.finditer(text), None):
        begin, end = run.span() if run else (len(text), len(text))
        if text[at:begin].strip():
            parts.append(moved(_western(text[at:begin], _AMERICAN, phonemes), at))
        if run:
            parts.append(moved(spell_own(run[0]), begin))
        at = end
    return joined([part for spelled_part in parts for part in (Spelling(" "), spelled_part)][1:])


def _western(text: str, voice: str, phonemes: Phonemes) -> Spelling:
    """As eSpeak NG reads it. English words stand apart, as a dictionary would give them; others as they are said together."""
    sounded = phonemes.sounded(text, voice)
    return spelling_of(sounded, lambda sound: spelled(sound, voice), spaced=voice in {_AMERICAN, _BRITISH})
