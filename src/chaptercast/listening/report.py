"""What came of listening to a recording: verdicts counted, error rates by voice and language, and each place in doubt. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.listening.model import SURE, Finding, Judged, Passage, Verdict

_LONGEST = 160


class Rate(Struct, frozen=True):
    """How much the recogniser heard otherwise of one voice in one language."""

    voice: str
    language: LanguageTag
    passages: int
    words: int
    errors: int

    @property
    def rate(self) -> float:
        """Errors for each word; syllables in Chinese, kana in Japanese."""
        return self.errors / max(1, self.words)


class Report(Struct, frozen=True):
    """A recording that was listened to."""

    recording: str
    """Its path, as it was given."""
    recogniser: str
    judged: tuple[Judged, ...]
    """Those that were not heard as written; the others are only counted."""
    verdicts: dict[Verdict, int]
    rates: tuple[Rate, ...]
    untimed: int = 0
    """Passages that nobody knows where to look for."""
    refusal: str = ""
    """Why it was not listened to at all."""

    @property
    def is_wrong(self) -> bool:
        """Whether something in it is certainly wrong."""
        return self.verdicts.get(Verdict.WRONG, 0) > 0


def report_of(recording: str, recogniser: str, judged: Iterable[Judged], untimed: int) -> Report:
    """Gather what came of each passage."""
    verdicts: Counter[Verdict] = Counter()
    words: Counter[tuple[str, LanguageTag]] = Counter()
    errors: Counter[tuple[str, LanguageTag]] = Counter()
    passages: Counter[tuple[str, LanguageTag]] = Counter()
    told: list[Judged] = []
    for one in judged:
        judgement, who = one.judgement, (one.passage.voice, one.passage.language)
        verdicts[judgement.verdict] += 1
        passages[who] += 1
        words[who] += judgement.words
        errors[who] += judgement.errors
        if judgement.verdict is not Verdict.HEARD:
            told.append(one)
    rates = tuple(Rate(*who, passages[who], words[who], errors[who]) for who in sorted(passages))
    return Report(recording, recogniser, tuple(told), dict(verdicts), rates, untimed)


def refused(recording: str, reason: str) -> Report:
    """Of a recording that was not listened to."""
    return Report(recording, "", (), {}, (), refusal=reason)


def moment(passage: Passage, finding: Finding | None = None) -> Milliseconds:
    """About when something is to be heard."""
    part = finding.at if finding else 0.0
    return Milliseconds(round(passage.start + (passage.end - passage.start) * part))


def clock(time: Milliseconds) -> str:
    """`1:02:03`, or `2:03` in the first hour."""
    minutes, seconds = divmod(time // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def lines(report: Report) -> Iterator[str]:
    """Each place in doubt in a line: when, what kind, what should be heard, what was, how sure that is."""
    for one in report.judged:
        findings: Sequence[Finding | None] = one.judgement.findings or (None,)
        for finding in findings:
            yield f"{report.recording}: {clock(moment(one.passage, finding))}: {told(one, finding)}"


def told(one: Judged, finding: Finding | None) -> str:
    """A finding in a line, or why a passage could not be judged."""
    if finding is None:
        return f"could not judge “{_short(one.passage.text)}”: {one.judgement.reason}; heard “{_short(one.judgement.heard)}”"
    doubt = "" if finding.sure >= SURE else "perhaps "
    expected = f", should be “{_short(finding.expected)}”" if finding.expected else ""
    heard = f", heard “{_short(finding.heard)}”" if finding.heard else ""
    within = f", in “{_short(one.passage.text)}”" if finding.expected != one.passage.text else ""
    return f"{doubt}{finding.kind}{expected}{heard}{within} ({finding.sure:.0%} sure)"


def summary(report: Report) -> Iterator[str]:
    """Verdicts and error rates, in lines."""
    if report.refusal:
        yield f"{report.recording}: not listened to: {report.refusal}."
        return
    counted = ", ".join(f"{report.verdicts.get(verdict, 0)} {verdict}" for verdict in Verdict)
    yield f"{report.recording}: {sum(report.verdicts.values())} passages, {counted} ({report.recogniser})."
    for rate in report.rates:
        if rate.words:
            yield f"    {rate.voice or 'a voice'}, {rate.language}: {rate.rate:.1%} of {rate.words} words or syllables heard otherwise."
    if report.untimed:
        yield f"    {report.untimed} passages are not in the transcript, so they were not listened to."


def as_table(report: Report) -> dict[str, Any]:
    """The report for programs."""
    return {
        "recording": report.recording,
        "recogniser": report.recogniser,
        "refused": report.refusal,
        "verdicts": {str(verdict): report.verdicts.get(verdict, 0) for verdict in Verdict},
        "rates": [
            {
                "voice": rate.voice,
                "language": rate.language,
                "passages": rate.passages,
                "words": rate.words,
                "error_rate": round(rate.rate, 4),
            }
            for rate in report.rates
        ],
        "untimed": report.untimed,
        "passages": [passage_table(one) for one in report.judged],
    }


def passage_table(one: Judged) -> dict[str, Any]:
    """A passage that was not heard as it is written, for programs."""
    passage, judgement = one.passage, one.judgement
    return {
        "start_ms": passage.start,
        "end_ms": passage.end,
        "language": passage.language,
        "voice": passage.voice,
        "verdict": str(judgement.verdict),
        "reason": judgement.reason,
        "written": passage.text,
        "heard": judgement.heard,
        "findings": [
            {
                "kind": str(finding.kind),
                "at_ms": moment(passage, finding),
                "expected": finding.expected,
                "heard": finding.heard,
                "sure": round(finding.sure, 2),
            }
            for finding in judgement.findings
        ],
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
