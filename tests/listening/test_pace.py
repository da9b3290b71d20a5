"""How long passages last: what is far too short or too long is noticed by its loudness alone."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.listening.pace import Pace, Span, letters_of


def pace(*short_s: float) -> Pace:
    known = Pace()
    for letters in (30, 40, 50, 60, 80):
        known.learn(letters, 0.15 + 0.07 * letters)
    for seconds in short_s:
        known.learn(5, seconds)
    return known


@pytest.mark.parametrize(
    ("letters", "seconds", "span"),
    [
        (60, 4.4, Span.USUAL),
        (60, 3.3, Span.USUAL),
        (60, 2.5, Span.HASTY),
        (60, 5.6, Span.LONG),
        (60, 6.5, Span.SLOW),
        (60, 8.0, Span.DOUBLE),
        (5, 0.65, Span.USUAL),
        (14, 0.88, Span.HASTY),
        (5, 0.32, Span.TORN),
        (60, 2.0, Span.TORN),
    ],
)
def test_what_is_too_short_or_too_long(letters: int, seconds: float, span: Span) -> None:
    assert pace(0.65, 0.62, 0.7).lasting(letters, seconds).span is span


def test_nothing_is_odd_before_the_pace_is_known() -> None:
    assert Pace().lasting(60, 0.5).span is Span.USUAL


def test_a_few_faults_do_not_change_the_pace() -> None:
    known = pace()
    for seconds in (0.3, 20.0):
        known.learn(60, seconds)
    assert known.lasting(60, 4.4).span is Span.USUAL
    assert known.lasting(60, 2.5).span is Span.HASTY


def test_a_long_silence_within_is_not_speech() -> None:
    assert pace().lasting(60, 8.0, gap_s=3.0).span is Span.SLOW
    assert pace().lasting(60, 8.0, gap_s=0.5).span is Span.DOUBLE


def test_a_short_passage_speaks_for_lost_words_and_a_usual_one_against_them() -> None:
    short, usual = pace().lasting(60, 3.3), pace().lasting(60, 4.4)
    assert short.evidence_of_loss(0.2) > 1
    assert usual.evidence_of_loss(0.2) < 0
    assert Pace().lasting(60, 3.3).evidence_of_loss(0.2) == 0


def test_letters_are_counted_without_marks() -> None:
    assert letters_of("“Twice,” he said.", LanguageTag("en")) == 11
    assert letters_of("对时。", LanguageTag("zh")) == 2


def test_a_latin_letter_takes_less_time_than_a_chinese_syllable() -> None:
    assert letters_of("艾特zhouyanliang投稿", LanguageTag("zh")) == 4 + 4
    assert letters_of("一款DNS服务器", LanguageTag("zh")) == 5 + 3
    assert letters_of("Der Name 北京", LanguageTag("de")) == 9
