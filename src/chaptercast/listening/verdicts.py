"""Makes judgements from two passes: what both agree on is a fault, what only one of them heard is not. Pure."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from chaptercast.listening.brief_passages import BRIEF_S
from chaptercast.listening.difference_rules import Problem, confirmed, limits_of
from chaptercast.listening.endings import SOFT_DB, is_abrupt
from chaptercast.listening.energy import Loudness
from chaptercast.listening.hearings import (
    GARBLED,
    Expected,
    Hearing,
    evidence_of_loss,
    expected_of,
    is_mostly_foreign_words,
    owner,
    part_lost,
    rate_of,
    unheard_in,
)
from chaptercast.listening.model import DOUBTFUL, SURE, Finding, Judgement, Kind, Passage, Verdict
from chaptercast.listening.pace import LEAST_EVIDENCE, Lasting, Span
from chaptercast.listening.phonemes import ends_hard
from chaptercast.listening.repairs import is_alike
from chaptercast.listening.word_alignment import errors, lost, share
from chaptercast.listening.words import is_foreign_word, is_other_script, shown

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
_ADDED_SURE = 0.85
_HALF_SURE = -0.4
"""Below this log probability of a token, small problems are doubtful if much of the rest was misheard, too."""
_MOSTLY_GARBLED = 0.6
"""From this error rate of the rest on, the recogniser's sureness does not count."""
_NEVER = -12.0
"""Below this change of the log probability, a sentence was not said, however badly the rest is understood."""
_MUCH_LOST = 0.35
"""If more than this part of a passage were not said, the duration would show it. Less than this, voices vary."""
_SILENT_END_S = 0.2
"""More silence than this before or after a passage is not the pause of its neighbours."""
_UNSURE = -0.9
"""Below this mean log probability of a token, the recogniser guesses."""
_FOREIGN, _CERTAINLY_FOREIGN = 0.3, 0.5
"""The expected language is less likely than the first value, and another language more likely than the second."""


def unjudged(reason: str) -> Judgement:
    """Returns the judgement for a passage that was not compared."""
    return Judgement(Verdict.UNJUDGED, "", 0, 0, reason=reason)


def silent(passage: Passage) -> Judgement:
    """Returns the judgement for a passage without sound."""
    finding = Finding(Kind.SILENCE, passage.text, "", 1.0)
    count = len(expected_of([passage]).tokens)
    return Judgement(Verdict.WRONG, "", count, count, (finding,))


def judged(
    expected: Expected, first: Hearing, second: Hearing | None, loud: Sequence[Loudness], lasting: Sequence[Lasting]
) -> list[Judgement]:
    """Returns the judgement of each passage. `lasting`: how long they last, compared with what such texts need."""
    spans = [one.span for one in lasting]
    best = second or first
    wrong = errors(expected.tokens, best.tokens)
    if second is None:
        return [
            _judgement(expected, n, first, wrong, list(_gaps(expected.passages[n], loud[n])), "")
            for n in range(len(loud))
        ]
    rate = rate_of(expected, second)
    foreign = "" if is_mostly_foreign_words(expected.tokens, expected.language) else _foreign(second, rate)
    if foreign:
        return [_all_of(expected, n, second, Kind.OTHER_LANGUAGE, 0.97, foreign) for n in range(len(loud))]
    reason = _reason(expected, second, rate)
    another = rate > _ANOTHER and share(expected.tokens, second.tokens) < _SAME
    another = another and not is_alike(expected.tokens, second.tokens)
    if not reason and another and len(second.tokens) >= _ANOTHER_LEAST <= len(expected.tokens):
        kind = _kind_of_other(expected, second)
        return [_all_of(expected, n, second, kind, 0.95, second.text) for n in range(len(loud))]
    odd = any(span not in (Span.USUAL, Span.LONG) for span in spans)
    found = [] if reason else _agreed(first, second, odd=odd)
    found = [
        *_doubted(found, expected, second, wrong),
        *(() if reason else _said_twice(expected, second, spans, found)),
    ]
    unheard, abrupt = unheard_in(expected, second), breaks_off(expected, second, loud, lasting)
    results = []
    for number, (passage, level) in enumerate(zip(expected.passages, loud, strict=True)):
        problems_here = [
            _weighed(problem, expected, second, lasting, number)
            for problem in found
            if owner(problem.expected, expected.ranges) == number
        ]
        own = [_finding(expected, second, problem, number) for problem in problems_here]
        own = _with_cut(own, problems_here, expected.ranges[number]) if abrupt[number] else own
        begin, end = expected.ranges[number]
        is_all_heard = unheard.isdisjoint(range(begin, end))
        is_title_in_doubt = end - begin <= limits_of(expected.language).title and not is_all_heard
        if spans[number] is Span.TORN or is_title_in_doubt:
            is_end_heard = end - 1 not in unheard
            own += _broken(passage, level, lasting[number], own, is_heard=is_all_heard, is_end_heard=is_end_heard)
        own += _gaps(passage, level)
        if spans[number] is Span.DOUBLE:
            is_badly_heard = bool(reason) or rate > _FOREIGN
            own = _twice(passage, second, own, is_badly_heard=is_badly_heard)
        results.append(_judgement(expected, number, second, wrong, own, reason))
    return results


def _twice(passage: Passage, hearing: Hearing, findings: list[Finding], *, is_badly_heard: bool) -> list[Finding]:
    """Returns the findings of a passage that lasts so long that something was added. Words that are heard twice are certain then."""
    if any(finding.sure >= SURE for finding in findings):
        return findings
    heard = [replace(one, sure=_ADDED_SURE) if one.kind is Kind.REPEATED else one for one in findings]
    if any(one.kind is Kind.REPEATED for one in heard):
        return heard
    return [
        *heard,
        Finding(Kind.REPEATED, passage.text, hearing.text, _ADDED_SURE if is_badly_heard else DOUBTFUL),
    ]


def _said_twice(
    expected: Expected, hearing: Hearing, spans: Sequence[Span], found: Sequence[Problem]
) -> Iterator[Problem]:
    """Yields a problem if a passage is far too long, and more words are heard, the expected ones among them, however they are aligned."""
    more = len(hearing.tokens) - len(expected.tokens)
    if len(spans) > 1 or spans[0] not in (Span.SLOW, Span.DOUBLE) or any(problem.sure >= SURE for problem in found):
        return
    if more >= _MORE * len(expected.tokens) and share(expected.tokens, hearing.tokens) >= _SAME:
        yield Problem(Kind.REPEATED, (0, 0), (0, len(hearing.tokens)), more, 0.9)


def _doubted(found: Sequence[Problem], expected: Expected, hearing: Hearing, wrong: int) -> list[Problem]:
    """Returns the problems; small ones are doubtful where the recogniser also misheard much of the rest."""
    elsewhere = (wrong - sum(problem.size for problem in found)) / max(1, len(expected.tokens))
    if elsewhere < GARBLED or (hearing.sureness > _HALF_SURE and elsewhere < _MOSTLY_GARBLED):
        return list(found)
    least = limits_of(expected.language).other
    return [
        replace(one, sure=min(one.sure, DOUBTFUL)) if one.size < least and not _is_gone(one) else one for one in found
    ]


def _is_gone(problem: Problem) -> bool:
    """Returns whether a sentence is certainly missing: it is short, but the recogniser finds it most unlikely."""
    return problem.kind is Kind.MISSING_SENTENCE and problem.change < _NEVER


def _weighed(
    problem: Problem, expected: Expected, hearing: Hearing, lasting: Sequence[Lasting], number: int
) -> Problem:
    """Returns the problem, less certain if it is the recogniser's: other words for those in Latin letters, or much that seems lost.

    Much is not lost in a passage that lasts as long as with it. Of a title that is wholly lost, its span shows that: titles vary more.
    """
    (begin, end), own = problem.expected, expected.ranges[number]
    is_title = own[1] - own[0] <= limits_of(expected.language).title and begin <= own[0] and own[1] <= end
    is_whole = is_title and lasting[number].span in (Span.USUAL, Span.LONG)
    if part_lost(problem, expected, hearing, number) > _MUCH_LOST:
        is_whole |= evidence_of_loss(problem, expected, hearing, lasting) <= LEAST_EVIDENCE
    is_heard = problem.heard[0] < problem.heard[1]
    if (is_heard and _is_by_foreign_words(problem, expected)) or (is_whole and not is_heard):
        return replace(problem, sure=min(problem.sure, DOUBTFUL))
    return problem


def _is_by_foreign_words(problem: Problem, expected: Expected) -> bool:
    """Returns whether a place is mostly words in Latin letters; of a number, whether one is beside it, which may be heard as digits."""
    begin, end = problem.expected
    if problem.kind is Kind.OTHER_NUMBER:
        beside = expected.tokens[max(0, begin - 1) : end + 1]
        return any(is_foreign_word(token, expected.language) for token in beside)
    return is_mostly_foreign_words(expected.tokens[begin:end], expected.language)


def _broken(
    passage: Passage,
    level: Loudness,
    lasting: Lasting,
    findings: Sequence[Finding],
    *,
    is_heard: bool,
    is_end_heard: bool,
) -> list[Finding]:
    """Returns a finding if a passage is far too short: a part of it is silent, or gone. A recogniser may complete it by itself.

    If it is only somewhat too short and its end is heard, it is not cut off; nor is a single word that is said fast, is heard, and ends
    softly.
    """
    if lasting.span not in (Span.HASTY, Span.TORN) or any(finding.sure >= SURE for finding in findings):
        return []
    silent = max(level.before_s, level.after_s) > _SILENT_END_S
    is_fast = lasting.usual_s < BRIEF_S and level.drop_db >= SOFT_DB and is_heard
    if not silent and (is_fast or (lasting.span is Span.HASTY and is_end_heard)):
        return [Finding(Kind.CUT_OFF, passage.text, "", DOUBTFUL)]
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
    if is_mostly_foreign_words(expected.tokens, expected.language) and rate > 0:
        return "most of it is in Latin letters, which the recogniser writes as it likes in this language"
    own = [token for token in expected.tokens if not is_foreign_word(token, expected.language)]
    if is_other_script(own, hearing.tokens):
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


def breaks_off(
    expected: Expected, hearing: Hearing, loud: Sequence[Loudness], lasting: Sequence[Lasting]
) -> list[bool]:
    """Returns of each passage whether its voice breaks off, by its loudness, its duration, and how its last word is heard."""
    gone, unheard = lost(expected.tokens, hearing.tokens), unheard_in(expected, hearing)
    return [
        is_abrupt(
            level,
            long.part,
            is_lost=end - 1 in gone,
            is_unheard=end - 1 in unheard,
            ends_hard=level.drop_db < SOFT_DB
            and end - 1 in unheard
            and ends_hard(expected.tokens[end - 1], expected.language),
        )
        for level, long, (_, end) in zip(loud, lasting, expected.ranges, strict=True)
    ]


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
