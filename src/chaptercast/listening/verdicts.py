"""Makes judgements from two passes: what both agree on is a fault, what only one of them heard is not. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.listening.difference_rules import CANDIDATE, Problem, confirmed, limits_of, problems
from chaptercast.listening.endings import SUDDEN_DB, is_sudden
from chaptercast.listening.energy import Loudness
from chaptercast.listening.model import SURE, Finding, Judgement, Kind, Passage, Verdict
from chaptercast.listening.number_words import one_more
from chaptercast.listening.pace import Span
from chaptercast.listening.repairs import alternatives, is_alike, is_tested, misheard, shown, tested
from chaptercast.listening.word_alignment import blocks, errors, lost, share
from chaptercast.listening.words import Token, apart, is_other_script, numbers, spoken, tokens, with_numbers_of

if TYPE_CHECKING:
    from chaptercast.listening.recogniser import Heard

Likelihood: TypeAlias = Callable[[str], float]

_GAP_S, _CERTAIN_GAP_S = 1.0, 1.3
"""Of 85 sentences by neural voices, the longest gap was 0.6 s."""
_BETWEEN_SENTENCES_S = 0.6
"""A gap between sentences may be this much longer than one within a sentence."""
_ANOTHER = 0.6
"""From this error rate on, the audio is another text, or was not understood."""
_SAME = 0.5
"""It is no other text if this share of the expected text was heard: then something was said twice."""
_ANOTHER_LEAST = 3
_MORE = 0.3
"""Minimum share of words that are heard beyond those expected, if something is said twice in a passage that lasts too long."""
_GARBLED, _HALF_SURE = 0.2, -0.4
"""From this error rate elsewhere, and below this log probability of a token, small problems are doubtful."""
_MANY = 12  # in fewer words, a wrong number alone makes the error rate high
_DOUBTFUL = 0.6
_SILENT_END_S = 0.2
"""More silence than this before or after a passage is not the pause of its neighbours."""
_UNWRITTEN = 0.75
"""Confidence that a number is wrong if it is heard as other words but is not written in digits: 1742 can be said in two ways."""
_GUESS = -0.5
"""Below this mean log probability of a token, numbers are guessed."""
_UNSURE = -0.9
"""Below this mean log probability of a token, the recogniser guesses."""
_FOREIGN, _CERTAINLY_FOREIGN = 0.3, 0.5
"""The expected language is less likely than the first value, and another language more likely than the second."""


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
) -> Hearing:
    """Returns the results for several parts as one text. Numbers are put as they are written, so that 752 may be 7:52.

    `likelihood` asks the recogniser for the log probability of a text, if there is only one part.
    """
    heard = tuple(parts)
    text = " ".join(part.text for part in heard if part.text)
    said = spoken(apart(with_numbers_of(expected.written, text)), expected.language)
    hearing = Hearing(heard, text, tokens(said, expected.language), languages=tuple(languages))
    found = problems_in(expected, hearing)
    if likelihood is None:
        return replace(hearing, problems=tuple(problem for problem in found if problem.sure >= CANDIDATE))
    return replace(hearing, problems=tuple(_tested(found, expected, hearing, likelihood)))


def _tested(
    found: Sequence[Problem], expected: Expected, hearing: Hearing, likelihood: Likelihood
) -> Iterator[Problem]:
    least = limits_of(expected.language).letters
    is_guess = hearing.sureness < _GUESS
    many = len(expected.tokens)
    is_garbled = many >= _MANY and errors(expected.tokens, hearing.tokens) > _GARBLED * many
    for problem in found:
        if not is_tested(problem):
            yield problem
            continue
        texts = (expected.written, hearing.text)
        two = alternatives(problem, expected.tokens, hearing.tokens, texts, expected.language)
        longest = max((len(token.sound) for token in expected.tokens[slice(*problem.expected)]), default=0)
        change = likelihood(two.repaired) - likelihood(two.heard)
        result = tested(problem, change, least, longest, is_guess=is_guess)
        if result is not None and is_garbled and problem.kind is Kind.OTHER_NUMBER:
            yield replace(result, sure=min(result.sure, _DOUBTFUL))
        elif result is not None:
            yield misheard(result, expected.tokens, hearing.tokens)


def problems_in(expected: Expected, hearing: Hearing) -> list[Problem]:
    """Returns the places that differ, and may be problems.

    If all written digits were heard in order, no number is wrong: 10.30 and 10:30 are the same, and 1742 can be said in two ways. But
    what is heard as 200 and one may be 201.
    """
    found = problems(expected.tokens, hearing.tokens, expected.sentences, expected.language)
    written = numbers(expected.written)
    heard = "".join(numbers(hearing.text))
    if written and all(number in heard for number in written):
        language = expected.language
        return [
            p for p in found if p.kind is not Kind.OTHER_NUMBER or one_more(hearing.tokens[slice(*p.heard)], language)
        ]
    if heard and not written:
        return [replace(p, sure=min(p.sure, _UNWRITTEN)) if p.kind is Kind.OTHER_NUMBER else p for p in found]
    return found


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


def unjudged(reason: str) -> Judgement:
    """Returns the judgement for a passage that was not compared."""
    return Judgement(Verdict.UNJUDGED, "", 0, 0, reason=reason)


def silent(passage: Passage) -> Judgement:
    """Returns the judgement for a passage without sound."""
    finding = Finding(Kind.SILENCE, passage.text, "", 1.0)
    count = len(expected_of([passage]).tokens)
    return Judgement(Verdict.WRONG, "", count, count, (finding,))


def judged(
    expected: Expected, first: Hearing, second: Hearing | None, loud: Sequence[Loudness], spans: Sequence[Span]
) -> list[Judgement]:
    """Returns the judgement of each passage. `spans`: how long they last, compared with what such texts need."""
    best = second or first
    wrong = errors(expected.tokens, best.tokens)
    if second is None:
        return [
            _judgement(expected, n, first, wrong, list(_gaps(expected.passages[n], loud[n])), "")
            for n in range(len(loud))
        ]
    rate = wrong / max(1, len(expected.tokens))
    foreign = _foreign(second, rate)
    if foreign:
        return [_all_of(expected, n, second, Kind.OTHER_LANGUAGE, 0.97, foreign) for n in range(len(loud))]
    reason = _reason(expected, second, rate)
    another = rate > _ANOTHER and share(expected.tokens, second.tokens) < _SAME
    another = another and not is_alike(expected.tokens, second.tokens)
    if not reason and another and len(second.tokens) >= _ANOTHER_LEAST <= len(expected.tokens):
        kind = _kind_of_other(expected, second)
        return [_all_of(expected, n, second, kind, 0.95, second.text) for n in range(len(loud))]
    odd = any(span is not Span.USUAL for span in spans)
    found = [] if reason else _agreed(first, second, odd=odd)
    limits = limits_of(expected.language)
    found = [
        *_doubted(found, expected, second, wrong),
        *(() if reason else _said_twice(expected, second, spans, found)),
    ]
    unheard, gone = unheard_in(expected, second), lost(expected.tokens, second.tokens)
    results = []
    for number, (passage, level) in enumerate(zip(expected.passages, loud, strict=True)):
        problems_here = [
            _weighed(problem, expected.ranges[number], spans[number], limits.title)
            for problem in found
            if _belongs(problem, expected.ranges, number)
        ]
        own = [_finding(expected, second, problem, number) for problem in problems_here]
        is_cut = is_abrupt(level, expected.ranges[number], gone)
        own = _with_cut(own, problems_here, expected.ranges[number]) if is_cut else own
        begin, end = expected.ranges[number]
        is_title_in_doubt = end - begin <= limits.title and unheard & set(range(begin, end))
        if spans[number] is Span.TORN or is_title_in_doubt:
            own += _broken(passage, level, spans[number], own, ends_unheard=end - 1 in unheard)
        results.append(_judgement(expected, number, second, wrong, [*own, *_gaps(passage, level)], reason))
    return results


def _said_twice(
    expected: Expected, hearing: Hearing, spans: Sequence[Span], found: Sequence[Problem]
) -> Iterator[Problem]:
    """Yields a problem if a passage is far too long, and more words are heard, the expected ones among them, however they are aligned."""
    more = len(hearing.tokens) - len(expected.tokens)
    if len(spans) > 1 or spans[0] is not Span.SLOW or any(problem.sure >= SURE for problem in found):
        return
    if more >= _MORE * len(expected.tokens) and share(expected.tokens, hearing.tokens) >= _SAME:
        yield Problem(Kind.REPEATED, (0, 0), (0, len(hearing.tokens)), more, 0.9)


def _doubted(found: Sequence[Problem], expected: Expected, hearing: Hearing, wrong: int) -> list[Problem]:
    """Returns the problems; small ones are doubtful where the recogniser also misheard much of the rest."""
    elsewhere = (wrong - sum(problem.size for problem in found)) / max(1, len(expected.tokens))
    if hearing.sureness > _HALF_SURE or elsewhere < _GARBLED:
        return list(found)
    least = limits_of(expected.language).other
    return [replace(one, sure=min(one.sure, _DOUBTFUL)) if one.size < least else one for one in found]


def _weighed(problem: Problem, own: tuple[int, int], span: Span, title: int) -> Problem:
    """Returns the problem, less certain if it is a whole title that lasts as long as it should: recognisers lose titles."""
    begin, end = problem.expected
    is_title = own[1] - own[0] <= title and begin <= own[0] and own[1] <= end
    if is_title and span is Span.USUAL and problem.heard[0] == problem.heard[1]:
        return replace(problem, sure=min(problem.sure, _DOUBTFUL))
    return problem


def unheard_in(expected: Expected, hearing: Hearing) -> set[int]:
    """Returns the numbers of the expected tokens that were not heard exactly."""
    return {number for block in blocks(expected.tokens, hearing.tokens) for number in range(*block.expected)}


def _broken(
    passage: Passage, level: Loudness, span: Span, findings: Sequence[Finding], *, ends_unheard: bool
) -> list[Finding]:
    """Returns a finding if a passage is far too short: a part of it is silent, or gone. A recogniser may complete it by itself.

    If it is only somewhat too short and its end is heard, it is not cut off.
    """
    if span not in (Span.HASTY, Span.TORN) or any(finding.sure >= SURE for finding in findings):
        return []
    silent = max(level.before_s, level.after_s) > _SILENT_END_S
    if span is Span.HASTY and not silent and not ends_unheard:
        return [Finding(Kind.CUT_OFF, passage.text, "", _DOUBTFUL)]
    return [Finding(Kind.SILENCE if silent else Kind.CUT_OFF, passage.text, "", 0.85)]


def _agreed(first: Hearing, second: Hearing, *, odd: bool) -> list[Problem]:
    """Returns the problems of both passes; those of the second alone if the first understood nothing or if the duration is odd."""
    both = list(confirmed(first.problems, second.problems))
    if not (first.looped or odd):
        return both
    places = {problem.expected for problem in both}
    alone = [problem for problem in second.problems if problem.expected not in places]
    return both + [
        problem if problem.size > 1 or odd else replace(problem, sure=problem.sure * 0.9) for problem in alone
    ]


def _foreign(hearing: Hearing, rate: float) -> str:
    """Returns the other language, if that is certain; empty if not."""
    for language, likely, expected in hearing.languages:
        if expected < _FOREIGN and likely > _CERTAINLY_FOREIGN and rate > _FOREIGN:
            return str(language)
    return ""


def _reason(expected: Expected, hearing: Hearing, rate: float) -> str:
    if hearing.looped:
        return "the recogniser repeats itself: it does not understand this"
    if is_other_script(expected.tokens, hearing.tokens):
        return "the recogniser writes this language in another script"
    if rate > _FOREIGN and hearing.sureness < _UNSURE:
        return "the recogniser understands too little of it"
    if len(expected.tokens) < _ANOTHER_LEAST and rate > 0:
        return "too short to be sure"
    return ""


def _kind_of_other(expected: Expected, hearing: Hearing) -> Kind:
    """Returns the kind of finding if almost nothing agrees."""
    few = len(hearing.tokens) < 0.4 * len(expected.tokens)
    return (
        Kind.MISSING_WORDS
        if few and errors(expected.tokens, hearing.tokens) <= len(expected.tokens)
        else Kind.OTHER_WORDS
    )


def _judgement(
    expected: Expected, number: int, hearing: Hearing, wrong: int, findings: Sequence[Finding], reason: str
) -> Judgement:
    begin, end = expected.ranges[number]
    own = len(expected.tokens) or 1
    share = round(wrong * (end - begin) / own)
    certain = any(finding.sure >= SURE for finding in findings)
    verdict = Verdict.WRONG if certain else Verdict.UNJUDGED if findings or reason else Verdict.HEARD
    told = reason or ("in doubt" if verdict is Verdict.UNJUDGED else "")
    return Judgement(verdict, hearing.text, end - begin, share, tuple(findings), told)


def _all_of(expected: Expected, number: int, hearing: Hearing, kind: Kind, sure: float, heard: str) -> Judgement:
    """Returns the judgement that a whole passage is wrong."""
    begin, end = expected.ranges[number]
    finding = Finding(kind, expected.passages[number].text, heard, sure)
    return Judgement(Verdict.WRONG, hearing.text, end - begin, end - begin, (finding,))


def _finding(expected: Expected, hearing: Hearing, problem: Problem, number: int) -> Finding:
    language = expected.language
    begin, end = expected.ranges[number]
    wanted = shown(expected.tokens[slice(*problem.expected)], language)
    got = shown(hearing.tokens[slice(*problem.heard)], language)
    at = (problem.expected[0] - begin) / max(1, end - begin)
    return Finding(problem.kind, wanted, got, problem.sure, min(1.0, max(0.0, at)))


def _belongs(problem: Problem, ranges: Sequence[tuple[int, int]], number: int) -> bool:
    """Returns whether a problem belongs to a passage: the one with most of it, or the one that it follows."""
    begin, end = problem.expected

    def within(own: tuple[int, int]) -> tuple[int, bool]:
        return max(0, min(end, own[1]) - max(begin, own[0])), own[0] < begin <= own[1]

    best = max(range(len(ranges)), key=lambda n: within(ranges[n]))
    return best == number


def is_abrupt(level: Loudness, own: tuple[int, int], lost: set[int]) -> bool:
    """Returns whether a voice breaks off: by loudness alone, or a little less suddenly and the end of the text is lost."""
    return is_sudden(level) or (level.drop_db < SUDDEN_DB and own[1] - 1 in lost)


def _with_cut(findings: list[Finding], found: Sequence[Problem], own: tuple[int, int]) -> list[Finding]:
    """Returns the findings of a voice that breaks off. A finding at the end is the cut; the break alone is a finding, too."""
    lost = (Kind.MISSING_WORDS, Kind.MISSING_SENTENCE)
    cut = [n for n, problem in enumerate(found) if problem.kind in lost and problem.expected[1] >= own[1] - 1]
    if cut:
        last = findings[cut[-1]]
        return [
            *findings[: cut[-1]],
            replace(last, kind=Kind.CUT_OFF, sure=max(last.sure, 0.95)),
            *findings[cut[-1] + 1 :],
        ]
    return [*findings, Finding(Kind.CUT_OFF, "", "", 0.85, 1.0)]


def _gaps(passage: Passage, level: Loudness) -> Iterator[Finding]:
    """Yields the silent gaps within a passage."""
    allowed = _BETWEEN_SENTENCES_S if len(passage.said) > 1 else 0.0
    if level.longest_gap_s > _GAP_S + allowed:
        sure = 0.95 if level.longest_gap_s > _CERTAIN_GAP_S + allowed else 0.7
        yield Finding(
            Kind.SILENCE, "", f"{level.longest_gap_s:.1f} s", sure, level.gaps[0][0] / max(0.1, level.seconds)
        )
