"""The result for a recording: counted verdicts, error rates by voice and language, and each doubtful place. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.listening.edits import Edit
from chaptercast.listening.model import SURE, Finding, Judged, Passage, Verdict

_LONGEST = 160


class Rate(Struct, frozen=True):
    """The recogniser's error rate for one voice in one language."""

    voice: str
    language: LanguageTag
    passages: int
    words: int
    errors: int

    @property
    def rate(self) -> float:
        """Errors per word; per syllable in Chinese, per kana in Japanese."""
        return self.errors / max(1, self.words)


class Report(Struct, frozen=True):
    """The result for one recording."""

    recording: str
    """Its path, as given."""
    recogniser: str
    judged: tuple[Judged, ...]
    """Passages that were not heard as written. The others are only counted."""
    verdicts: dict[Verdict, int]
    rates: tuple[Rate, ...]
    untimed: int = 0
    """Number of passages whose times are unknown."""
    refusal: str = ""
    """Why the recording was not checked at all."""
    edits: tuple[Edit, ...] = ()
    """Where it was cut or lengthened after it was made."""

    @property
    def is_wrong(self) -> bool:
        """Whether something in it is certainly wrong."""
        return self.verdicts.get(Verdict.WRONG, 0) > 0


def report_of(
    recording: str, recogniser: str, judged: Iterable[Judged], untimed: int, edits: tuple[Edit, ...] = ()
) -> Report:
    """Returns the report that combines the judgements of all passages."""
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
    return Report(recording, recogniser, tuple(told), dict(verdicts), rates, untimed, edits=edits)


def refused(recording: str, reason: str) -> Report:
    """Returns the report for a recording that was not checked."""
    return Report(recording, "", (), {}, (), refusal=reason)


def moment(passage: Passage, finding: Finding | None = None) -> Milliseconds:
    """Returns the approximate time of a finding."""
    part = finding.at if finding else 0.0
    return Milliseconds(round(passage.start + (passage.end - passage.start) * part))


def clock(time: Milliseconds) -> str:
    """Returns a time as `1:02:03`, or `2:03` in the first hour."""
    minutes, seconds = divmod(time // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def lines(report: Report) -> Iterator[str]:
    """Yields one line for each doubtful place: time, kind, expected text, heard text, confidence."""
    for one in report.judged:
        findings: Sequence[Finding | None] = one.judgement.findings or (None,)
        for finding in findings:
            yield f"{report.recording}: {clock(moment(one.passage, finding))}: {told(one, finding)}"


def told(one: Judged, finding: Finding | None) -> str:
    """Returns a finding as a line, or why a passage could not be judged."""
    if finding is None:
        return f"could not judge “{_short(one.passage.text)}”: {one.judgement.reason}; heard “{_short(one.judgement.heard)}”"
    doubt = "" if finding.sure >= SURE else "perhaps "
    expected = f", should be “{_short(finding.expected)}”" if finding.expected else ""
    heard = f", heard “{_short(finding.heard)}”" if finding.heard else ""
    within = f", in “{_short(one.passage.text)}”" if finding.expected != one.passage.text else ""
    return f"{doubt}{finding.kind}{expected}{heard}{within} ({finding.sure:.0%} sure)"


def summary(report: Report) -> Iterator[str]:
    """Yields verdicts and error rates as lines."""
    if report.refusal:
        yield f"{report.recording}: not listened to: {report.refusal}."
        return
    counted = ", ".join(f"{report.verdicts.get(verdict, 0)} {verdict}" for verdict in Verdict)
    yield f"{report.recording}: {sum(report.verdicts.values())} passages, {counted} ({report.recogniser})."
    for rate in report.rates:
        if rate.words:
            yield f"    {rate.voice or 'a voice'}, {rate.language}: {rate.rate:.1%} of {rate.words} words or syllables heard otherwise."
    for edit in report.edits:
        longer = "longer" if edit.by > 0 else "shorter"
        seconds = f"{abs(edit.by) / 1000:.1f} s {longer} than its transcript"
        yield f"    The recording is {seconds} from {clock(edit.at)} on: it was edited, and is judged at its own times."
    if report.untimed:
        yield f"    {report.untimed} passages are not in the transcript, so they were not listened to."


def as_table(report: Report) -> dict[str, Any]:
    """Returns the report as data for programs."""
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
        "edited": [{"at_ms": edit.at, "by_ms": edit.by} for edit in report.edits],
        "passages": [passage_table(one) for one in report.judged],
    }


def passage_table(one: Judged) -> dict[str, Any]:
    """Returns a passage that was not heard as written, as data for programs."""
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
