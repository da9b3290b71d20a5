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
_LEAST_REPLACED = 2
_LEAST_REPEATED = 6
"""Two words that are said twice count as certain from this many letters on."""


_NUMBER_SURE = 0.88
_MORE_THAN_A_NUMBER = 0.9
"""From this confidence on, other words are told rather than the number among them."""
CANDIDATE = 0.55
"""Below this, a problem is only a suspicion: it counts if the recogniser finds the expected words unlikely."""
_SUSPICION = 0.5
_LEAST_SUSPICIOUS = 4
"""Minimum letters that are lost, for a suspicion."""
OWN_MISTAKE = 0.58
"""Confidence of what recognisers get wrong by themselves, whatever they find likely."""
_BETWEEN = frozenset(("to", "a", "bis"))
"""What the normaliser says for a dash between two numbers: a recogniser writes ten forty-two as 10-42."""
_JOINING = 3
"""Maximum letters of a word that joins those of a number: and, und, et, y."""
_GARBLED_NUMBER = 4
"""If a number is heard with so many words more, the recogniser is confused: years in a row, above all."""


_PARTICLES = frozenset("呢吧啊吗嘛呀啦了的地得着过")
"""Chinese syllables without a tone, which recognisers often lose."""


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
    change: float = 0.0
    """Log probability of the expected words there less that of what was heard, if the recogniser was asked for it."""


def problems(
    expected: Sequence[Token], heard: Sequence[Token], sentences: Sequence[tuple[int, int]], language: LanguageTag
) -> list[Problem]:
    """Returns all places that are worth a second pass. `sentences` are ranges of the expected tokens."""
    found = []
    for block in blocks(expected, heard):
        number = _number(block, expected, heard, language)
        other = _problem(block, expected, heard, sentences, language)
        is_more = (
            other is not None and other.sure >= _MORE_THAN_A_NUMBER and not _is_number_alone(block, expected, language)
        )
        problem = other if number is None or (other and is_more and other.sure > number.sure) else number
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
    while begin and first and _is_same_number(expected[begin - 1], heard[first - 1], language):
        begin, first = begin - 1, first - 1
        wanted, got = [expected[begin].sound, *wanted], [expected[begin].sound, *got]
    while end < len(expected) and last < len(heard) and _is_same_number(expected[end], heard[last], language):
        wanted, got = [*wanted, expected[end].sound], [*got, expected[end].sound]
        end, last = end + 1, last + 1
    if primary(language) == "zh":
        wanted, got = (["er" if sound == "liang" else sound for sound in sounds] for sounds in (wanted, got))
    if not wanted or not got or "".join(wanted) == "".join(got) or wanted * 2 == got:
        return None
    confused = len(got) - len(wanted) >= _GARBLED_NUMBER or (primary(language) == "zh" and _is_within(got, wanted))
    confused = confused or _are_teens(wanted, got) or _is_filled(wanted, got)
    others = [t for t in heard[first:last] if not is_number(t, language) and t.sound not in ONES | _BETWEEN]
    confused = confused or bool(others and all(is_number(t, language) for t in expected[begin:end]))
    sure = OWN_MISTAKE if confused else _NUMBER_SURE
    return Problem(Kind.OTHER_NUMBER, (begin, end), (first, last), max(len(wanted), len(got)), sure)


def _is_number_alone(block: Block, expected: Sequence[Token], language: LanguageTag) -> bool:
    """Returns whether a place has only the words of a number, and short ones that join them: one thousand eight hundred and."""
    words = expected[slice(*block.expected)]
    return all(is_number(token, language) or len(token.sound) <= _JOINING for token in words)


def _is_same_number(one: Token, other: Token, language: LanguageTag) -> bool:
    return one.sound == other.sound and is_number(one, language)


def _is_within(some: Sequence[str], others: Sequence[str]) -> bool:
    """Returns whether only syllables of a Chinese number are lost: 一十 is heard as 亿."""
    rest = iter(others)
    return all(sound in rest for sound in some)


def _is_filled(wanted: Sequence[str], got: Sequence[str]) -> bool:
    """Returns whether words are heard within a number: recognisers fill long numbers up, deux mille soixante-quinze to 2 675."""
    return len(got) > len(wanted) > 1 and (wanted[0], wanted[-1]) == (got[0], got[-1]) and _is_within(wanted, got)


def _are_teens(wanted: Sequence[str], got: Sequence[str]) -> bool:
    """Returns whether 14 may be heard as 40: they sound alike."""
    pairs = [(one, other) for one, other in zip(wanted, got, strict=False) if one != other]
    return bool(pairs) and all({one[-2:], other[-2:]} == {"en", "ty"} and one[:2] == other[:2] for one, other in pairs)


def _is_one(tokens: Sequence[Token]) -> bool:
    return all(token.sound in ONES for token in tokens)


def _problem(
    block: Block,
    expected: Sequence[Token],
    heard: Sequence[Token],
    sentences: Sequence[tuple[int, int]],
    language: LanguageTag,
) -> Problem | None:
    if block.is_spelling:
        return None
    limits = limits_of(language)
    begin, end = block.expected
    wanted, got = end - begin, block.heard[1] - block.heard[0]
    if not got or (block.lost and not block.changed and not block.added) or wanted - got >= limits.phrase:
        lost = wanted - got
        return _lost(block, lost, expected, heard, sentences, limits)
    among_alike = block.added >= _LEAST_ADDED and not block.changed and not block.lost
    if not wanted or got - wanted >= limits.phrase or among_alike:
        return _added(block, expected, heard, limits, language)
    return _other(block, expected, heard, limits) or _replaced(block, sentences, limits)


def _replaced(block: Block, sentences: Sequence[tuple[int, int]], limits: Limits) -> Problem | None:
    """Returns a problem if a whole sentence of two words or more, mostly a title, is another one. Whether it is certain is asked."""
    begin, end = block.expected
    whole = [one for one in sentences if begin <= one[0] and one[1] <= end and one[1] - one[0] >= _LEAST_REPLACED]
    if not whole or block.distance <= limits.unlike or block.changed < _LEAST_REPLACED:
        return None
    return Problem(Kind.OTHER_WORDS, block.expected, block.heard, end - begin, CANDIDATE)


def _other(block: Block, expected: Sequence[Token], heard: Sequence[Token], limits: Limits) -> Problem | None:
    """Returns a problem if other words are heard, or so many letters are lost that a word may be missing among them."""
    wanted = block.expected[1] - block.expected[0]
    size = max(wanted, block.heard[1] - block.heard[0])
    if size >= limits.phrase and block.changed >= limits.phrase - 1 and block.distance > limits.unlike:
        certain = size >= limits.other or block.changed >= limits.phrase
        return Problem(Kind.OTHER_WORDS, block.expected, block.heard, size, 0.9 if certain else 0.7)
    if len(expected) <= _FEW:
        return Problem(Kind.OTHER_WORDS, block.expected, block.heard, size, 0.6)
    if block.lost and _letters(expected, block.expected) - _letters(heard, block.heard) >= _LEAST_SUSPICIOUS:
        return Problem(Kind.MISSING_WORDS, block.expected, block.heard, wanted, _SUSPICION)
    return None


def _letters(tokens: Sequence[Token], place: tuple[int, int]) -> int:
    return sum(len(token.sound) for token in tokens[slice(*place)])


def _added(
    block: Block, expected: Sequence[Token], heard: Sequence[Token], limits: Limits, language: LanguageTag
) -> Problem | None:
    added = (block.heard[1] - block.heard[0]) - (block.expected[1] - block.expected[0])
    if added < _LEAST_ADDED:
        return None
    kind = Kind.REPEATED if _is_repeated(block, expected, heard) else Kind.OTHER_WORDS
    letters = _letters(heard, block.heard)
    twice = kind is Kind.REPEATED and letters >= _LEAST_REPEATED
    if all(is_number(token, language) or token.sound in ONES for token in heard[slice(*block.heard)]):
        return Problem(kind, block.expected, block.heard, added, OWN_MISTAKE)
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
    if lost < limits.word or _is_in_the_syllable_before(block, expected):
        return None
    whole = [s for s in sentences if s[1] - s[0] >= 2 and _overlap(s, block.expected) >= 0.8 * (s[1] - s[0])]
    if whole and lost >= 2:
        return Problem(Kind.MISSING_SENTENCE, block.expected, block.heard, lost, 0.97)
    if lost >= limits.phrase:
        return Problem(Kind.MISSING_WORDS, block.expected, block.heard, lost, 0.95)
    letters = max(len(token.sound) for token in expected[begin:end])
    much = _letters(expected, block.expected) - _letters(heard, block.heard)
    pure = block.heard[0] == block.heard[1] or much >= _LEAST_LOST
    if _is_doubled(block, expected) or _is_particle(block, expected):
        return Problem(Kind.MISSING_WORDS, block.expected, block.heard, lost, OWN_MISTAKE)
    sure = 0.6 if letters < limits.letters or not pure else 0.82 if lost == 1 else 0.9
    return Problem(Kind.MISSING_WORDS, block.expected, block.heard, lost, sure)


def _is_doubled(block: Block, expected: Sequence[Token]) -> bool:
    """Returns whether the lost words are also said before or after: recognisers tell 一只一只 once."""
    begin, end = block.expected
    lost = [token.sound for token in expected[begin:end]]
    around = (expected[max(0, begin - len(lost)) : begin], expected[end : end + len(lost)])
    return any([token.sound for token in near] == lost for near in around)


def _is_in_the_syllable_before(block: Block, expected: Sequence[Token]) -> bool:
    """Returns whether only 儿 is lost, after another syllable: in 活儿 it is the end of that syllable, and a recogniser writes 活."""
    begin, end = block.expected
    return begin > 0 and [token.shown for token in expected[begin:end]] == ["儿"]


def _is_particle(block: Block, expected: Sequence[Token]) -> bool:
    return all(token.shown in _PARTICLES for token in expected[slice(*block.expected)])


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
    """Yields the problems of the second pass that the first had in the same place.

    The less certain pass determines how sure they are; of numbers the second one, which is wider.
    A recogniser may drop the second of two equal phrases, but does not invent one. So for a repeated phrase, one pass is enough.
    """
    for problem in second:
        if problem.kind is Kind.REPEATED and problem.sure > _TWICE:
            yield problem
            continue
        before = [other for other in first if _is_near(problem.expected, other.expected)]
        if before:
            best = max(before, key=lambda other: other.sure)
            both_numbers = problem.kind is best.kind is Kind.OTHER_NUMBER
            sure = problem.sure if both_numbers else min(problem.sure, best.sure)
            change = max(problem.change, best.change)
            yield Problem(problem.kind, problem.expected, problem.heard, problem.size, sure, change)


def _is_near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] + 1 and other[0] <= one[1] + 1
