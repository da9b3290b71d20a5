"""Decides which differences between expected and heard tokens are problems: pure rules. The limits come from docs/listening.md."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from chaptercast.common.units import LanguageTag, primary
from chaptercast.listening.model import Kind
from chaptercast.listening.number_words import ONES, is_number
from chaptercast.listening.word_alignment import Block, blocks, difference
from chaptercast.listening.words import Token

_LEAST_ADDED = 2
"""A recogniser may add a single word by itself."""
_FEW = 3
"""A text of this many tokens is too short for reliable recognition."""
_TWICE = 0.9
_LEAST_LOST = 6
"""This many lost letters are certainly lost, even if the rest of the place was misheard."""
_LEAST_REPEATED = 6
"""Two words that are said twice count as certain from this many letters on."""


_NUMBER_SURE = 0.88
CANDIDATE = 0.55
"""Below this, a problem is only a suspicion: it counts if the recogniser finds the expected words unlikely."""
_SUSPICION = 0.5
_LEAST_SUSPICIOUS = 4
"""Minimum letters that are lost or other, for a suspicion."""


class Limits(Struct, frozen=True):
    """Limits of problems, in tokens of a language: words or syllables."""

    phrase: int = 3
    """This many tokens in one place that are lost, added or replaced are certainly a problem."""
    word: int = 1
    """This many tokens lost in one place, with nothing instead, are worth a second pass."""
    letters: int = 3
    """Minimum letters of a single lost word: the recogniser loses shorter ones by itself."""
    other: int = 5
    """Minimum number of replaced tokens in one place, if the number of heard tokens is similar."""
    unlike: float = 0.5
    """Minimum share of the letters that differ there."""
    title: int = 3
    """A passage of at most this many tokens may be lost by the recogniser, so its duration decides."""


_LIMITS: Mapping[str, Limits] = MappingProxyType(
    {
        "zh": Limits(phrase=3, word=1, letters=1, other=5, title=5),
        "ja": Limits(phrase=5, word=3, letters=1, other=8, title=8),
    }
)
_USUAL = Limits()


def limits_of(language: LanguageTag) -> Limits:
    """Returns the limits of a language: its own, or those for languages that separate words."""
    return _LIMITS.get(primary(language), _USUAL)


class Problem(Struct, frozen=True):
    """A place where expected and heard tokens differ."""

    kind: Kind
    expected: tuple[int, int]
    """Range of the expected tokens: the first, and the one after the last."""
    heard: tuple[int, int]
    size: int
    """Number of tokens that are lost, added or replaced."""
    sure: float


def problems(
    expected: Sequence[Token], heard: Sequence[Token], sentences: Sequence[tuple[int, int]], language: LanguageTag
) -> list[Problem]:
    """Returns all places that are worth a second pass. `sentences` are ranges of the expected tokens."""
    limits = limits_of(language)
    found = []
    for block in blocks(expected, heard):
        both = (_number(block, expected, heard, language), _problem(block, expected, heard, sentences, limits))
        problem = max(filter(None, both), key=lambda one: one.sure, default=None)
        if problem:
            found.append(problem)
    return found


def _number(block: Block, expected: Sequence[Token], heard: Sequence[Token], language: LanguageTag) -> Problem | None:
    """Returns a problem if the numbers differ, whatever they sound like. A number may begin before the place, and end after it."""
    (begin, end), (first, last) = block.expected, block.heard
    wanted = [token.sound for token in expected[begin:end] if is_number(token, language)]
    got = [token.sound for token in heard[first:last] if is_number(token, language)]
    if begin == end and begin and is_number(expected[begin - 1], language) and _is_one(heard[first:last]):
        return Problem(Kind.OTHER_NUMBER, (begin - 1, end), (first - 1, last), last - first, _NUMBER_SURE)
    if not (wanted or got) or (block.is_spelling and not (wanted and got)):
        return None
    while begin and first and is_number(expected[begin - 1], language):
        begin, first = begin - 1, first - 1
        wanted, got = [expected[begin].sound, *wanted], [expected[begin].sound, *got]
    while end < len(expected) and last < len(heard) and is_number(expected[end], language):
        wanted, got = [*wanted, expected[end].sound], [*got, expected[end].sound]
        end, last = end + 1, last + 1
    if not wanted or not got or "".join(wanted) == "".join(got) or wanted * 2 == got:
        return None
    return Problem(Kind.OTHER_NUMBER, (begin, end), (first, last), max(len(wanted), len(got)), _NUMBER_SURE)


def _is_one(tokens: Sequence[Token]) -> bool:
    return all(token.sound in ONES for token in tokens)


def _problem(
    block: Block,
    expected: Sequence[Token],
    heard: Sequence[Token],
    sentences: Sequence[tuple[int, int]],
    limits: Limits,
) -> Problem | None:
    if block.is_spelling:
        return None
    begin, end = block.expected
    wanted, got = end - begin, block.heard[1] - block.heard[0]
    if not got or (block.lost and not block.changed and not block.added) or wanted - got >= limits.phrase:
        lost = wanted - got
        return _lost(block, lost, expected, heard, sentences, limits)
    among_alike = block.added >= _LEAST_ADDED and not block.changed and not block.lost
    if not wanted or got - wanted >= limits.phrase or among_alike:
        return _added(block, got - wanted, expected, heard, limits)
    return _other(block, expected, heard, limits)


def _other(block: Block, expected: Sequence[Token], heard: Sequence[Token], limits: Limits) -> Problem | None:
    """Returns a problem if other words are heard, or so many letters are lost that a word may be missing among them."""
    wanted = block.expected[1] - block.expected[0]
    size = max(wanted, block.heard[1] - block.heard[0])
    if size >= limits.phrase and block.changed >= limits.phrase - 1 and block.distance > limits.unlike:
        certain = size >= limits.other or block.changed >= limits.phrase
        return Problem(Kind.OTHER_WORDS, block.expected, block.heard, size, 0.9 if certain else 0.7)
    if len(expected) <= _FEW:
        return Problem(Kind.OTHER_WORDS, block.expected, block.heard, size, 0.6)
    other = block.distance * max(_letters(expected, block.expected), _letters(heard, block.heard))
    if block.lost and other >= _LEAST_SUSPICIOUS:
        return Problem(Kind.MISSING_WORDS, block.expected, block.heard, wanted, _SUSPICION)
    return None


def _letters(tokens: Sequence[Token], place: tuple[int, int]) -> int:
    return sum(len(token.sound) for token in tokens[slice(*place)])


def _added(
    block: Block, added: int, expected: Sequence[Token], heard: Sequence[Token], limits: Limits
) -> Problem | None:
    if added < _LEAST_ADDED:
        return None
    kind = Kind.REPEATED if _is_repeated(block, expected, heard) else Kind.OTHER_WORDS
    letters = _letters(heard, block.heard)
    twice = kind is Kind.REPEATED and letters >= _LEAST_REPEATED
    sure = 0.95 if added >= limits.phrase else 0.85 if twice else 0.7
    return Problem(kind, block.expected, block.heard, added, sure)


def _lost(
    block: Block,
    lost: int,
    expected: Sequence[Token],
    heard: Sequence[Token],
    sentences: Sequence[tuple[int, int]],
    limits: Limits,
) -> Problem | None:
    begin, end = block.expected
    if lost < limits.word:
        return None
    whole = [s for s in sentences if s[1] - s[0] >= 2 and _overlap(s, block.expected) >= 0.8 * (s[1] - s[0])]
    if whole and lost >= 2:
        return Problem(Kind.MISSING_SENTENCE, block.expected, block.heard, lost, 0.97)
    if lost >= limits.phrase:
        return Problem(Kind.MISSING_WORDS, block.expected, block.heard, lost, 0.95)
    letters = max(len(token.sound) for token in expected[begin:end])
    much = _letters(expected, block.expected) - _letters(heard, block.heard)
    pure = block.heard[0] == block.heard[1] or much >= _LEAST_LOST
    sure = 0.6 if letters < limits.letters or not pure else 0.82 if lost == 1 else 0.9
    return Problem(Kind.MISSING_WORDS, block.expected, block.heard, lost, sure)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _is_repeated(block: Block, expected: Sequence[Token], heard: Sequence[Token]) -> bool:
    """Returns whether the added text also stands directly before or after."""
    added = "".join(token.sound for token in heard[slice(*block.heard)])
    begin, end = block.expected
    count = block.heard[1] - block.heard[0]
    around = (
        expected[max(0, begin - count) : begin],
        expected[end : end + count],
        expected[max(0, begin - count // 2) : end + count // 2],
    )
    return any(difference(added, "".join(token.sound for token in near)) <= 0.4 for near in around if near)


def confirmed(first: Sequence[Problem], second: Sequence[Problem]) -> Iterator[Problem]:
    """Yields the problems of the second pass that the first had in the same place. The less certain pass determines how sure they are.

    A recogniser may drop the second of two equal phrases, but does not invent one. So for a repeated phrase, one pass is enough.
    """
    for problem in second:
        if problem.kind is Kind.REPEATED and problem.sure > _TWICE:
            yield problem
            continue
        before = [other for other in first if _is_near(problem.expected, other.expected)]
        if before:
            best = max(before, key=lambda other: other.sure)
            yield Problem(problem.kind, problem.expected, problem.heard, problem.size, min(problem.sure, best.sure))


def _is_near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] + 1 and other[0] <= one[1] + 1
