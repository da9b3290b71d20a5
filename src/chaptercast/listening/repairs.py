"""Decides which problems are the recogniser's own mistakes: it is asked whether the expected text would be as likely. Pure.

What a recogniser writes is a guess. If a word was only misheard, the text with the expected word is almost as likely as its own;
if the word was not said, it is e^10 times less likely. The limits come from docs/listening.md.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, primary
from chaptercast.listening.difference_rules import CANDIDATE, OWN_MISTAKE, Problem
from chaptercast.listening.model import DOUBTFUL, Kind
from chaptercast.listening.number_words import one_more
from chaptercast.listening.phonemes import begin_alike, sound_alike
from chaptercast.listening.word_alignment import difference, steps
from chaptercast.listening.words import Token, is_unspaced, number_forms, replaced_numbers, shown

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


_EXEMPT = 6
"""So many lost words are no mistake of the recogniser."""
_LIKELY, _LIKELY_PHRASE, _UNLIKELY = -3.0, 0.0, -7.0
"""Change of the log probability by the expected words: above the first, they may have been said, below the last certainly not. Of what
seems a whole phrase the second counts."""
_UNLIKELY_WORD = -10.0
"""A single lost word needs more than other places: recognisers swallow short ones. Of 20 words that were not said, one is above this."""
_LIKELY_NUMBER, _UNLIKELY_NUMBER = -1.0, -3.3
_ALIKE = 0.62
"""What differs in at most this share of its letters sounds alike. Of texts that have nothing in common, three quarters differ."""
_LEAST_HEARD = 0.55
"""If less than this share of the letters is heard, words are lost; if it is so much more, they are said twice."""
_LEAST_HEARD_OF_UNLIKELY, _MOST_UNLIKELY = 0.7, -15.0
"""The same share where the passage is too short, and the written text as unlikely as the second value."""
_SILENT_ENDS = {"fr": re.compile(r"(?<=[a-z]{2})(?:es?|[dpt]?s|[dptx])$")}
"""What is written at the ends of words and mostly not said: there may be so much of it that a phrase seems to be half lost."""
_MOST_ELIDED = 2
"""Maximum number of words in which a recogniser hears one shorter word."""
_PHRASE_SURE = 0.9
_CERTAIN = 0.85


class Alternatives(NamedTuple):
    """Two texts of the same speech."""

    heard: str
    repaired: str


def tested(problem: Problem, change: float, least_letters: int, letters: int, *, is_guess: bool) -> Problem | None:
    """Returns the problem as certain as it is after the test; None if it is none.

    `change` is the log probability of the text with the expected words less that of what was heard. `letters` is the length of the
    longest expected word: words of fewer than `least_letters` are lost by recognisers themselves, whatever they think is likely.
    `is_guess`: the recogniser is not sure of the passage. Then a number has to be as unlikely as words.
    """
    if problem.kind is Kind.OTHER_NUMBER:
        if change > _LIKELY_NUMBER:
            return None
        return (
            problem
            if change < (_UNLIKELY if is_guess else _UNLIKELY_NUMBER)
            else replace(problem, sure=min(problem.sure, DOUBTFUL))
        )
    likely = _LIKELY_PHRASE if problem.sure >= _PHRASE_SURE else _LIKELY
    if change > likely:
        return None
    if problem.kind is Kind.MISSING_WORDS and problem.size == 1 and change > _UNLIKELY_WORD:
        is_told = problem.sure >= CANDIDATE and letters >= least_letters
        return replace(problem, sure=min(problem.sure, DOUBTFUL)) if is_told else None
    if change < _UNLIKELY and letters >= least_letters and problem.sure != OWN_MISTAKE:
        return replace(problem, sure=max(problem.sure, _CERTAIN))
    return None if problem.sure < CANDIDATE else problem


def misheard(
    problem: Problem,
    expected: Sequence[Token],
    heard: Sequence[Token],
    language: LanguageTag,
    *,
    is_short: bool = False,
) -> Problem:
    """Returns the problem, in doubt if other words are heard that sound like the expected ones: “here's inner” for “near Zennor”.

    `is_short`: the passage is too short for the expected words.
    """
    wanted, got = expected[slice(*problem.expected)], heard[slice(*problem.heard)]
    is_whole = _share_heard(wanted, got) > _LEAST_HEARD
    if is_short and problem.change < _MOST_UNLIKELY:
        is_whole &= _share_heard(wanted, got, language) > _LEAST_HEARD_OF_UNLIKELY
    sounds_so = is_whole and is_alike(wanted, got)
    if not is_short:
        sounds_so = sounds_so or (problem.kind is Kind.OTHER_WORDS and sound_alike(wanted, got, language))
        sounds_so = sounds_so or _is_elided(wanted, got) or _is_swallowed(problem, expected, language)
    is_replaced = problem.kind in (Kind.OTHER_WORDS, Kind.MISSING_WORDS) and sounds_so
    return replace(problem, sure=min(problem.sure, DOUBTFUL)) if is_replaced else problem


def _is_swallowed(problem: Problem, expected: Sequence[Token], language: LanguageTag) -> bool:
    """Returns whether a single word is lost before one that begins with the same sounds."""
    begin, end = problem.expected
    is_single = end == begin + 1 and problem.heard[0] == problem.heard[1]
    return is_single and end < len(expected) and begin_alike(expected[begin], expected[end], language)


def _share_heard(wanted: Sequence[Token], got: Sequence[Token], language: LanguageTag | None = None) -> float:
    """Returns the letters of the shorter side as a share of the longer one's; without the silent ends of a language, if it is given."""
    silent = _SILENT_ENDS.get(primary(language)) if language else None
    few, many = sorted(
        sum(len(silent.sub("", token.sound) if silent else token.sound) for token in side) for side in (wanted, got)
    )
    return few / max(1, many)


def _is_elided(wanted: Sequence[Token], got: Sequence[Token]) -> bool:
    """Returns whether a word with the same beginning and end is heard, and only letters between them are not: serait, s'arrêterait."""
    if len(got) != 1 or not 1 <= len(wanted) <= _MOST_ELIDED:
        return False
    whole, part = "".join(token.sound for token in wanted), got[0].sound
    letters = iter(whole)
    return whole[:1] == part[:1] and whole[-1:] == part[-1:] and all(letter in letters for letter in part)


def is_alike(expected: Sequence[Token], heard: Sequence[Token]) -> bool:
    """Returns whether two texts sound alike, wherever their words begin and end."""
    wanted, got = ("".join(token.sound for token in side) for side in (expected, heard))
    return difference(wanted, got) <= _ALIKE


def is_tested(problem: Problem) -> bool:
    """Returns whether the recogniser is asked about a problem. It says things twice by itself, and hardly loses so much."""
    lost = problem.expected[1] - problem.expected[0] - (problem.heard[1] - problem.heard[0])
    return problem.kind is not Kind.REPEATED and lost < _EXEMPT


def alternatives(
    problem: Problem, expected: Sequence[Token], heard: Sequence[Token], texts: tuple[str, str], language: LanguageTag
) -> Alternatives:
    """Returns what was heard, and the same with the expected words in one place. `texts`: as it is written, and as the recogniser writes.

    A number is replaced in digits, because recognisers rarely write numbers in words.
    """
    place = _place(heard, texts[1], problem.heard)
    numbers = _numbers(texts, place) if problem.kind is Kind.OTHER_NUMBER else {}
    if numbers:
        return Alternatives(texts[1], replaced_numbers(texts[1], numbers))
    one = one_more(heard[slice(*problem.heard)], language) if problem.kind is Kind.OTHER_NUMBER else ""
    if one:
        return Alternatives(texts[1], re.sub(rf"(?<=\d)\s+{re.escape(one)}\b", "", texts[1], count=1))
    wanted = expected[slice(*problem.expected)]
    if place:
        before, after = texts[1][: place[0]], texts[1][place[1] :]
        gap = "" if is_unspaced(language) else " "
        return Alternatives(texts[1], f"{before}{gap}{shown(wanted, language)}{gap}{after}")
    begin, end = problem.heard
    return Alternatives(shown(heard, language), shown([*heard[:begin], *wanted, *heard[end:]], language))


def _numbers(texts: tuple[str, str], place: tuple[int, int] | None) -> dict[str, str]:
    """Returns which written number belongs in place of which heard one; nothing if that is not clear."""
    written, raw = (number_forms(text) for text in texts)
    unheard = [form for digits, form in written if digits not in dict(raw)]
    others = [form for digits, form in raw if digits not in dict(written)]
    if len(others) > len(unheard) == 1 and place:
        others = [form for form in others if form in texts[1][slice(*place)]]
    return dict(zip(others, unheard, strict=True)) if len(unheard) == len(others) else {}


def _place(heard: Sequence[Token], raw: str, tokens: tuple[int, int]) -> tuple[int, int] | None:
    """Returns where some tokens are in the recogniser's own text: after the word before them, and before the word after them."""
    words = list(_WORD.finditer(raw))
    texts = [word[0] for word in words]
    begin, end = tokens
    pairs = {step.expected: step.heard for step in steps([token.shown for token in heard], texts)}
    previous, following = pairs.get(begin - 1), pairs.get(end)
    if (begin and (previous is None or texts[previous] != heard[begin - 1].shown)) or (
        end < len(heard) and (following is None or texts[following] != heard[end].shown)
    ):
        return None
    first = words[previous].end() if begin and previous is not None else 0
    last = words[following].start() if end < len(heard) and following is not None else len(raw)
    return (first, last) if first <= last else None
