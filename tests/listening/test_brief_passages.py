"""Passages of a few sounds: what a recogniser makes of them is weak evidence."""

import pytest
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.listening.brief_passages import doubted, estimated_s, is_confirmed, is_doubtful
from chaptercast.listening.energy import Loudness
from chaptercast.listening.model import Finding, Judgement, Kind, Verdict
from chaptercast.listening.pace import Span

FADING = Loudness(is_silent=False, gaps=(), seconds=0.5, drop_db=20.0)
LOUD_END = replace(FADING, drop_db=2.0)


def wrong(kind: Kind, sure: float = 0.9) -> Judgement:
    return Judgement(
        Verdict.WRONG, "take", 2, 1, (Finding(kind, "" if kind is Kind.REPEATED else "thick", "take", sure),)
    )


@pytest.mark.parametrize(
    ("kind", "level", "span", "usual_s", "is_weak"),
    [
        (Kind.OTHER_WORDS, FADING, Span.USUAL, 0.6, True),
        (Kind.OTHER_LANGUAGE, FADING, Span.SLOW, 0.6, True),
        (Kind.MISSING_WORDS, FADING, Span.USUAL, 2.0, False),
        (Kind.REPEATED, FADING, Span.SLOW, 0.6, True),
        (Kind.REPEATED, FADING, Span.DOUBLE, 0.6, False),
        (Kind.SILENCE, FADING, Span.USUAL, 0.6, False),
        (Kind.CUT_OFF, FADING, Span.HASTY, 0.6, True),
        (Kind.CUT_OFF, FADING, Span.TORN, 0.6, False),
        (Kind.CUT_OFF, LOUD_END, Span.USUAL, 0.6, False),
    ],
)
def test_only_loudness_is_believed_alone(
    kind: Kind, level: Loudness, span: Span, usual_s: float, is_weak: bool
) -> None:
    assert is_doubtful(wrong(kind), level, span, usual_s) is is_weak


def test_what_is_in_doubt_already_stays_so() -> None:
    assert not is_doubtful(wrong(Kind.OTHER_WORDS, 0.6), FADING, Span.USUAL, 0.6)


def test_doubted_findings_are_kept_and_none_is_certain() -> None:
    found = doubted(wrong(Kind.OTHER_WORDS))
    assert found.verdict is Verdict.UNJUDGED
    assert [(one.kind, one.sure) for one in found.findings] == [(Kind.OTHER_WORDS, 0.6)]
    assert found.reason == "too short to be sure"


@pytest.mark.parametrize(
    ("heard", "errors", "change", "certain"),
    [(2, 2, -12.0, True), (2, 2, -5.0, False), (2, 0, -12.0, False), (9, 8, 4.0, True)],
)
def test_a_window_of_its_own_confirms_what_is_far_more_likely_or_longer_than_the_written_text(
    heard: int, errors: int, change: float, certain: bool
) -> None:
    assert is_confirmed(2, heard, errors, change) is certain


def test_an_ideograph_lasts_longer_than_a_letter() -> None:
    assert estimated_s(2, LanguageTag("zh-CN")) == pytest.approx(0.59)
    assert estimated_s(12, LanguageTag("en")) == pytest.approx(0.99)
