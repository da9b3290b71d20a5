"""Where another language is spoken in a text that nobody has marked: by its script, else identified where there is enough of it."""

import re
from collections import deque
from collections.abc import Iterator, Mapping

from msgspec import Struct

from chaptercast.common.language_identification import alike, probability_of, probable, runs, scripts, written_in
from chaptercast.common.units import UNDETERMINED, LanguageTag, primary
from chaptercast.script.sentences import split_sentences

PASSAGE_WORDS, PASSAGE_LETTERS, PASSAGE_PROBABILITY = 4, 16, 0.85
"""What it takes, at the least, to identify a passage."""
PRIOR = 40
"""How much likelier than the document's language another one has to be: most passages are in the document's."""
QUOTED_WORDS = 5
"""The same for a quotation within a sentence: four may still be a title."""
FEW_IDEOGRAPHS = 4
"""The same for scripts that do not part words."""
_NAMES = 0.5
"""Share of words with a capital from which on Latin text may be a row of names, which do not tell the language."""
_MOST = 0.9
"""Share of letters in one script from which on a stretch is in it, whatever single words stand in it."""
_JAPANESE_KANA, _FEW_KANA, _MOSTLY_KANA = 0.15, 4, 0.6
_KANA_RUNS = re.compile("[\u3041-\u3096\u30a1-\u30ff]+")
_CHINESE = re.compile("[的了是在我你他她们們这這个個不也就说說吗嗎呢很都没沒]")
"""Frequent in Chinese, and rare enough in Japanese that two of them without any kana are Chinese."""
_ONLY_CHINESE = re.compile("[你她们們这吗嗎呢很没说]")
_SHARED = frozenset({"Latn", "Cyrl", "Arab", "Deva"})
"""Scripts of many languages."""
_LEAST = {"Grek": 3, "Cyrl": 2}
"""Letters of a script that are more than a sign in a formula."""
IDENTIFIED = frozenset(
    [
        *(
            "en",
            "de",
            "fr",
            "es",
            "it",
            "pt",
            "nl",
            "sv",
            "da",
            "no",
            "fi",
            "pl",
            "cs",
            "sk",
            "hu",
            "ro",
            "tr",
            "id",
            "vi",
            "ca",
            "hr",
        ),
        *("el", "ru", "uk", "bg", "ar", "fa", "he", "hi", "th", "ko", "ja", "zh"),
    ]
)
"""Languages that are believed; the rarer ones that the model knows are mostly mistakes where a sentence is short."""
LONG = 5000
"""Characters of a paragraph from which on its sentences are found by their marks alone."""
_SENTENCE = re.compile(r"[^.!?。！？…\n]*[.!?。！？…\n]*[\s\"'”’»」』)）\]】]*")
_WORD_ENDS = re.compile(r"[\s\-–—/]+")
_MARKS = "\"'“”„«»()[].,;:!?"
_QUOTED = re.compile(
    r"“([^“”]{4,2000})”|«([^«»]{4,2000})»|„([^„“”]{4,2000})[“”]|「([^「」]{4,1000})」|『([^『』]{4,1000})』|\"([^\"]{4,2000})\""
)
_SAME_RUN = re.compile(r"[\s\d·・、，,'’\u0300-\u036f-]*")


class Stretch(Struct, frozen=True, order=True):
    """A part of a text, `text[start:end]`, and its language."""

    start: int
    end: int
    language: LanguageTag


def stretches(text: str, language: LanguageTag, *, declared: bool) -> Iterator[Stretch]:
    """Where in a text in `language` another one is spoken, in order: all of it, whole sentences, quotations, or words in another script.

    Where its language is `declared`, only words in a script that its voice cannot read are looked for.
    """
    if primary(language) == primary(UNDETERMINED):
        return
    whole = None if declared else foreign_language(text, language)
    if whole:
        yield Stretch(0, len(text), whole)
        return
    left = deque(() if declared else _foreign_sentences(text, language))
    for run in () if scripts(text).keys() <= _readable(language) else _strange_runs(text, language):
        while left and left[0].end <= run.start:
            yield left.popleft()
        if not left or run.end <= left[0].start:
            yield run
    yield from left


def unreadable(text: str, language: LanguageTag) -> bool:
    """Whether most letters are of a script that a voice of `language` does not know; all know the Latin one."""
    counted = scripts(text)
    strange = sum(count for script, count in counted.items() if script not in _readable(language))
    return strange > counted.total() / 2


def _readable(language: LanguageTag) -> frozenset[str]:
    return written_in(language) | {"Latn"}


def _foreign_sentences(text: str, language: LanguageTag) -> Iterator[Stretch]:
    start = 0
    for sentence in split_sentences(text, language) if len(text) <= LONG else _SENTENCE.findall(text):
        found = foreign_language(sentence, language)
        if found:
            yield Stretch(start, start + len(sentence), found)
        else:
            yield from _foreign_quotations(sentence, start, language)
        start += len(sentence)


def _foreign_quotations(sentence: str, start: int, language: LanguageTag) -> Iterator[Stretch]:
    for match in _QUOTED.finditer(sentence):
        group = match.lastindex or 0
        found = foreign_language(match[group], language)
        if found and (scripts(match[group])["Latn"] == 0 or len(match[group].split()) >= QUOTED_WORDS):
            yield Stretch(start + match.start(group), start + match.end(group), found)


def foreign_language(text: str, language: LanguageTag) -> LanguageTag | None:
    """The language of a text that stands among text in `language`, if it is surely another one."""
    counted = scripts(text)
    letters = counted.total()
    if not letters:
        return None
    if primary(language) == "ja":
        chinese = counted["Hani"] == letters >= FEW_IDEOGRAPHS and len(_CHINESE.findall(text)) >= max(2, letters / 12)
        if chinese or counted["Hani"] + counted["Kana"] > _MOST * letters:
            return LanguageTag("zh") if chinese else None
    elif _is_japanese(text, counted):
        return LanguageTag("ja")
    script, most = counted.most_common(1)[0]
    if most < _MOST * letters:
        return None
    if script not in _readable(language):
        return _language_of_run(text, language) if most >= _LEAST.get(script, 1) else None
    return _identified_language(text, letters, language) if script in _SHARED else None


def _is_japanese(text: str, counted: Mapping[str, int]) -> bool:
    """Whether kana runs through a text, rather than stand in it as a word that is spoken of."""
    kana, letters = counted["Kana"], sum(counted.values())
    if kana < max(_FEW_KANA, _JAPANESE_KANA * letters):
        return False
    outside = scripts(_QUOTED.sub(" ", text))
    if outside["Hani"] and not outside["Kana"]:
        return False
    return kana >= _MOSTLY_KANA * letters or (not _ONLY_CHINESE.search(text) and len(_KANA_RUNS.findall(text)) > 1)


def _identified_language(text: str, letters: int, language: LanguageTag) -> LanguageTag | None:
    words = [word for word in _WORD_ENDS.split(text) if any(map(str.isalpha, word))]
    if len(words) < PASSAGE_WORDS or letters < PASSAGE_LETTERS:
        return None
    found, probability = probable(text)
    if probability < PASSAGE_PROBABILITY or not _is_other(found, language):
        return None
    if probability < PRIOR * probability_of(language, text):
        return None
    capitals = sum(word.strip(_MARKS).istitle() for word in words[1:])
    if primary(found) != "de" and capitals > _NAMES * (len(words) - 1):
        return None
    outside = _QUOTED.sub(" ", text)
    if outside != text and scripts(outside) and not _is_other(probable(outside)[0], language):
        return None
    return found


def _is_other(found: LanguageTag, language: LanguageTag) -> bool:
    return primary(found) in IDENTIFIED and primary(found) != primary(language) and not alike(found, language)


def _strange_runs(text: str, language: LanguageTag) -> Iterator[Stretch]:
    """Words in scripts that a voice of `language` cannot read; those that only spaces part are one run."""
    readable = _readable(language)
    run: tuple[int, int] | None = None
    for script, start, end in runs(text):
        strange = script not in readable
        if run and not (strange and _SAME_RUN.fullmatch(text, run[1], start)):
            yield from _told(text, run, language)
            run = None
        if strange:
            run = (run[0] if run else start, end)
    if run:
        yield from _told(text, run, language)


def _told(text: str, run: tuple[int, int], language: LanguageTag) -> Iterator[Stretch]:
    start, end = run
    counted = scripts(text[start:end])
    chinese = primary(language) in ("zh", "yue") and set(counted) == {"Kana"}  # の alone is an ornament in Chinese
    if counted.total() >= (3 if chinese else min(_LEAST.get(script, 1) for script in counted)):
        yield Stretch(start, end, _language_of_run(text[start:end], language, text))


def _language_of_run(run: str, language: LanguageTag, context: str = "") -> LanguageTag:
    """What a run in a strange script is: ideographs alone are Japanese where there is kana beside them."""
    if set(scripts(run)) == {"Hani"} and scripts(context)["Kana"] >= _FEW_KANA:
        return LanguageTag("ja")
    found, _ = probable(run)
    return language if primary(found) == primary(UNDETERMINED) else found
