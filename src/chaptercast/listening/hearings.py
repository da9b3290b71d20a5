"""Holds what the recogniser heard against what it should have heard, and asks it about each place that differs. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.listening.difference_rules import CANDIDATE, OWN_MISTAKE, Problem, confirmed, limits_of, problems
from chaptercast.listening.model import DOUBTFUL, SURE, Kind, Passage
from chaptercast.listening.number_words import is_one_word_other, is_same, one_more
from chaptercast.listening.pace import Lasting
from chaptercast.listening.repairs import alternatives, is_tested, misheard, tested
from chaptercast.listening.word_alignment import blocks, errors
from chaptercast.listening.words import (
    LATIN_LETTER,
    Token,
    apart,
    are_all_among,
    is_foreign_word,
    is_one_digit_other,
    is_same_but_repeated_digits,
    is_unspaced,
    numbers,
    spoken,
    tokens,
    with_numbers_of,
)

if TYPE_CHECKING:
    from chaptercast.listening.recogniser import Heard

Likelihood: TypeAlias = Callable[[str], float]

GARBLED = 0.2
"""From this error rate on, small problems are doubtful."""
_MANY = 12  # in fewer words, a wrong number alone makes the error rate high
_UNWRITTEN = 0.75
"""Confidence that a number is wrong if it is heard as other words but is not written in digits: 1742 can be said in two ways."""
_MOST_UNLIKELY = -15.0
"""Change of the log probability from which on one word of a number is another, however badly the rest is heard."""
_SHORT_NUMBER = 3  # words
_UNLIKELY_DIGIT, _DIGIT_SURE = -10.0, 0.85
"""The same for a digit of a number that seems to be filled up, mille trois cent quatre-vingt-douze for mille trois cent douze; how sure."""
_SOME_EVIDENCE = 0.5
"""From this evidence on, a passage is too short for what is expected."""
_GUESS = -0.5
"""Below this mean log probability of a token, numbers are guessed."""


class Expected(Struct, frozen=True):
    """The expected text of consecutive passages."""

    passages: tuple[Passage, ...]
    tokens: tuple[Token, ...]
    ranges: tuple[tuple[int, int], ...]
    """Range of tokens of each passage."""
    sentences: tuple[tuple[int, int], ...]

    @property
    def language(self) -> LanguageTag:
        """Their common language."""
        return self.passages[0].language

    @property
    def written(self) -> str:
        """What the author wrote, with its digits."""
        return " ".join(passage.text for passage in self.passages)


class Hearing(Struct, frozen=True):
    """What the recogniser heard for them."""

    parts: tuple["Heard", ...]
    text: str
    tokens: tuple[Token, ...]
    problems: tuple[Problem, ...] = ()
    """Places where it differs from the expected text, without the recogniser's own mistakes as far as they are known."""
    languages: tuple[tuple[LanguageTag, float, float], ...] = ()
    """For each part: the most likely language, its probability, and that of the expected language; empty if it was not requested."""

    @property
    def looped(self) -> bool:
        """Whether the recogniser repeated itself."""
        return any(part.looped for part in self.parts)

    @property
    def sureness(self) -> float:
        """Log probability of its least certain part."""
        return min((part.sureness for part in self.parts), default=0.0)


def expected_of(passages: Sequence[Passage]) -> Expected:
    """Returns the tokens of passages in one language."""
    found: list[Token] = []
    ranges, sentences = [], []
    for passage in passages:
        begin = len(found)
        for said in passage.said:
            start = len(found)
            found += tokens(spoken(said, passage.language), passage.language)
            sentences.append((start, len(found)))
        ranges.append((begin, len(found)))
    return Expected(tuple(passages), tuple(found), tuple(ranges), tuple(sentences))


def hearing_of(
    parts: Iterable["Heard"],
    expected: Expected,
    languages: Iterable[tuple[LanguageTag, float, float]] = (),
    likelihood: Likelihood | None = None,
    lasting: Sequence[Lasting] = (),
) -> Hearing:
    """Returns the results for several parts as one text. Numbers are put as they are written, so that 752 may be 7:52.

    `likelihood` asks the recogniser for the log probability of a text, if there is only one part. `lasting`: how long each passage
    lasts; a passage that is too short makes it likelier that words are lost.
    """
    heard = tuple(parts)
    text = " ".join(part.text for part in heard if part.text)
    said = spoken(apart(with_numbers_of(expected.written, text)), expected.language)
    hearing = Hearing(heard, text, tokens(said, expected.language), languages=tuple(languages))
    found = problems_in(expected, hearing)
    if likelihood is None:
        return replace(hearing, problems=tuple(problem for problem in found if problem.sure >= CANDIDATE))
    return replace(hearing, problems=tuple(_tested(found, expected, hearing, likelihood, lasting)))


def _tested(
    found: Sequence[Problem],
    expected: Expected,
    hearing: Hearing,
    likelihood: Likelihood,
    lasting: Sequence[Lasting],
) -> Iterator[Problem]:
    least = limits_of(expected.language).letters
    is_guess = hearing.sureness < _GUESS
    for problem in found:
        if not is_tested(problem):
            yield problem
            continue
        texts = (expected.written, hearing.text)
        two = alternatives(problem, expected.tokens, hearing.tokens, texts, expected.language)
        longest = max((len(token.sound) for token in expected.tokens[slice(*problem.expected)]), default=0)
        change = likelihood(two.repaired) - likelihood(two.heard)
        evidence = evidence_of_loss(problem, expected, hearing, lasting)
        change -= evidence
        result = tested(problem, change, least, longest, is_guess=is_guess)
        if result is not None and problem.kind is Kind.OTHER_NUMBER:
            yield replace(result, sure=_sureness_of_number(result, change, expected, hearing), change=change)
        elif result is not None:
            found_so = replace(result, change=change)
            is_short = evidence > _SOME_EVIDENCE
            yield misheard(found_so, expected.tokens, hearing.tokens, expected.language, is_short=is_short)


def _sureness_of_number(problem: Problem, change: float, expected: Expected, hearing: Hearing) -> float:
    """Returns how sure another number is: a single word or digit that is most unlikely counts where the rest is heard badly, too."""
    wanted, got = expected.tokens[slice(*problem.expected)], hearing.tokens[slice(*problem.heard)]
    is_said_digit_by_digit = any(one.sound == other.sound for one, other in pairwise(wanted))
    if is_said_digit_by_digit and is_same_but_repeated_digits(expected.written, hearing.text):
        return min(problem.sure, DOUBTFUL)
    if _is_garbled(expected, hearing):
        is_one = change < _MOST_UNLIKELY and is_one_word_other(wanted, got, expected.language)
        return problem.sure if is_one else min(problem.sure, DOUBTFUL)
    is_filled = problem.sure == OWN_MISTAKE and change < _UNLIKELY_DIGIT
    return _DIGIT_SURE if is_filled and is_one_digit_other(expected.written, hearing.text) else problem.sure


def _is_garbled(expected: Expected, hearing: Hearing) -> bool:
    many = len(expected.tokens)
    return many >= _MANY and errors(expected.tokens, hearing.tokens) > GARBLED * many


def evidence_of_loss(problem: Problem, expected: Expected, hearing: Hearing, lasting: Sequence[Lasting]) -> float:
    """Returns how much the duration of a passage speaks for words that are lost in it, as a difference of log probabilities."""
    if not lasting or problem.kind not in (Kind.MISSING_WORDS, Kind.MISSING_SENTENCE, Kind.OTHER_WORDS):
        return 0.0
    number = owner(problem.expected, expected.ranges)
    return lasting[number].evidence_of_loss(part_lost(problem, expected, hearing, number))


def part_lost(problem: Problem, expected: Expected, hearing: Hearing, number: int) -> float:
    """Returns how much of the letters of a passage is not heard in one place, from 0 to 1."""
    own, lost = (_letters(expected.tokens, place) for place in (expected.ranges[number], problem.expected))
    part = (lost - _letters(hearing.tokens, problem.heard)) / max(1, own)
    return max(0.0, min(1.0, part))


def _letters(tokens: Sequence[Token], place: tuple[int, int]) -> int:
    return sum(len(token.sound) for token in tokens[slice(*place)])


def owner(place: tuple[int, int], ranges: Sequence[tuple[int, int]]) -> int:
    """Returns the number of the passage to which a place belongs: the one with most of it, or the one that it follows."""
    begin, end = place

    def within(own: tuple[int, int]) -> tuple[int, bool]:
        return max(0, min(end, own[1]) - max(begin, own[0])), own[0] < begin <= own[1]

    return max(range(len(ranges)), key=lambda n: within(ranges[n]))


def problems_in(expected: Expected, hearing: Hearing) -> list[Problem]:
    """Returns the places that differ, and may be problems.

    If all written digits were heard in order, no number is wrong: 10.30 and 10:30 are the same, and 1742 can be said in two ways. But
    what is heard as 200 and one may be 201.
    """
    found = [
        p
        for p in problems(expected.tokens, hearing.tokens, expected.sentences, expected.language)
        if p.kind is not Kind.OTHER_NUMBER
        or not is_same(expected.tokens[slice(*p.expected)], hearing.tokens[slice(*p.heard)])
    ]
    written = numbers(expected.written)
    heard = numbers(hearing.text)
    if written and are_all_among(written, heard):
        language = expected.language
        return [
            p for p in found if p.kind is not Kind.OTHER_NUMBER or one_more(hearing.tokens[slice(*p.heard)], language)
        ]
    if heard and not written:
        return [
            replace(p, sure=min(p.sure, _UNWRITTEN)) if _is_said_otherwise(p, expected, hearing) else p for p in found
        ]
    return found


def _is_said_otherwise(problem: Problem, expected: Expected, hearing: Hearing) -> bool:
    """Returns whether a number may be the same in other words. It is not if one word of a short one is another, but for 四十 and 四零.

    Long numbers in words are unlikely for a recogniser, which writes digits, whatever is said.
    """
    wanted, got = expected.tokens[slice(*problem.expected)], hearing.tokens[slice(*problem.heard)]
    is_other = len(wanted) <= _SHORT_NUMBER and not is_unspaced(expected.language)
    is_other = is_other and is_one_word_other(wanted, got, expected.language)
    return problem.kind is Kind.OTHER_NUMBER and not is_other


def lost_titles(expected: Expected, hearing: Hearing) -> list[int]:
    """Returns the numbers of the short passages of which nothing was heard among the others: recognisers lose titles."""
    unheard, most = unheard_in(expected, hearing), limits_of(expected.language).title
    if len(expected.ranges) == 1:
        return []
    return [
        n for n, (begin, end) in enumerate(expected.ranges) if end - begin <= most and set(range(begin, end)) <= unheard
    ]


def differ(first: Hearing, second: Hearing) -> bool:
    """Returns whether the second pass is certain of a fault that the first did not have. Then a third pass decides."""
    certain = [problem for problem in second.problems if problem.sure >= SURE]
    return bool(certain) and not second.looped and not any(True for _ in confirmed(first.problems, certain))


def unheard_in(expected: Expected, hearing: Hearing) -> set[int]:
    """Returns the numbers of the expected tokens that were not heard exactly."""
    return {number for block in blocks(expected.tokens, hearing.tokens) for number in range(*block.expected)}


def rate_of(expected: Expected, hearing: Hearing) -> float:
    """Returns the error rate; in a Chinese or Japanese text with words in Latin letters, of the other ones, or 1 if there are none."""
    own = {n for n, token in enumerate(expected.tokens) if not is_foreign_word(token, expected.language)}
    if len(own) == len(expected.tokens):
        return errors(expected.tokens, hearing.tokens) / max(1, len(expected.tokens))
    return len(own & unheard_in(expected, hearing)) / len(own) if own else 1.0


def is_mostly_foreign_words(tokens: Sequence[Token], language: LanguageTag) -> bool:
    """Returns whether most of the time of a Chinese or Japanese text goes to words in Latin letters."""
    words = [len(token.shown) for token in tokens if is_foreign_word(token, language)]
    return LATIN_LETTER * sum(words) > len(tokens) - len(words)
