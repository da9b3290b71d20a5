"""What is heard of numbers, and what a duration says about lost words."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.listening.ears import EN, passage

from chaptercast.common.units import LanguageTag
from chaptercast.listening.hearings import expected_of, hearing_of, is_mostly_foreign_words, rate_of
from chaptercast.listening.model import SURE, Kind
from chaptercast.listening.number_words import is_one_word_other, is_same
from chaptercast.listening.pace import Lasting
from chaptercast.listening.recogniser import Heard
from chaptercast.listening.words import are_all_among, is_one_digit_other, tokens

FR = LanguageTag("fr")


def unlikely_by(change: float, heard: str) -> Callable[[str], float]:
    """What was not heard is less likely by so much."""
    return lambda text: 0.0 if text == heard else change


def test_a_digit_of_a_number_that_seems_filled_up_is_wrong_if_the_written_one_is_unlikely() -> None:
    expected, heard = expected_of([passage("Il y en a 1312 cette année", FR)]), "Il y en a 1392 cette année"
    for change, certain in ((-12.0, True), (-8.0, False)):
        hearing = hearing_of([Heard(heard, -0.2, 0.0)], expected, likelihood=unlikely_by(change, heard))
        (problem,) = hearing.problems
        assert (problem.kind, problem.sure >= SURE) == (Kind.OTHER_NUMBER, certain)


def test_a_number_in_words_is_wrong_if_one_of_its_words_is_another() -> None:
    expected = expected_of([passage("He has worked there for thirty-four years and never learned to swim", EN)])
    heard = "He has worked there for 54 years and never learned to swim"
    (problem,) = hearing_of([Heard(heard, -0.1, 0.0)], expected, likelihood=unlikely_by(-9.0, heard)).problems
    assert (problem.kind, problem.sure >= SURE) == (Kind.OTHER_NUMBER, True)


def test_a_number_within_others_is_not_heard() -> None:
    expected = expected_of([passage("On the 22 of October 2021 a stone gave way", EN)])
    heard = "On the 42 of October 2021 a stone gave way"
    assert hearing_of([Heard(heard, -0.1, 0.0)], expected, likelihood=unlikely_by(-19.0, heard)).problems


@pytest.mark.parametrize(
    ("written", "heard", "are"),
    [
        (["10", "30"], ["1030"], True),
        (["2317"], ["2", "317"], True),
        (["22", "2021"], ["42", "2021"], False),
        (["7"], ["1", "7"], True),
    ],
)
def test_numbers_are_the_same_however_they_are_parted(written: list[str], heard: list[str], are: bool) -> None:
    assert are_all_among(written, heard) is are


def test_one_digit_and_one_word() -> None:
    assert is_one_digit_other("1312 of them", "1392 of them")
    assert not is_one_digit_other("2075", "2615")
    assert not is_one_digit_other("我这里才2310只", "我这里才2300亿指")


def test_a_chinese_word_with_a_latin_letter_is_heard_syllable_by_syllable() -> None:
    written, heard = (tokens(text, LanguageTag("zh-CN")) for text in ("明信片和T恤补齐", "明信片和低蓄補器"))
    assert [
        (one.shown, other.shown) for one, other in zip(written, heard, strict=True) if one.sound != other.sound
    ] == [("T", "低")]
    eight, nine = (tokens(f"{word} thousand four hundred", EN) for word in ("eight", "nine"))
    assert is_one_word_other(eight, nine, EN)
    assert not is_one_word_other(eight, tokens("one thousand", EN), EN)


@pytest.mark.parametrize(("seconds", "certain"), [(3.6, True), (5.0, False)])
def test_a_word_is_lost_rather_than_misheard_if_the_passage_is_too_short(seconds: float, certain: bool) -> None:
    expected = expected_of([passage("They sang whatever quickly came into their heads", EN)])
    heard = "They sang whatever came into their heads"
    lasting = [Lasting(seconds, 5.0)]
    hearing = hearing_of([Heard(heard, -0.1, 0.0)], expected, likelihood=unlikely_by(-9.0, heard), lasting=lasting)
    assert [problem.sure >= SURE for problem in hearing.problems] == [certain]


def test_a_number_of_another_gender_is_the_same() -> None:
    spanish = LanguageTag("es")
    written, heard = (
        tokens(text, spanish) for text in ("mil setecientas cuarenta y una", "mil setecientos cuarenta y uno")
    )
    assert is_same(written, heard)
    assert not is_same(written, tokens("mil setecientos cincuenta y uno", spanish))


@pytest.mark.parametrize(
    ("written", "heard", "lost"),
    [
        ("剩下的活儿才开始", "剩下的活才开始", []),
        ("厨房差点儿乱了套", "厨房差点乱了套", []),
        ("儿子在厨房里洗碗", "子在厨房里洗碗", [Kind.MISSING_WORDS]),
        ("剩下的茶碗才洗完", "剩下的碗才洗完", [Kind.MISSING_WORDS]),
    ],
)
def test_the_end_of_a_chinese_syllable_is_no_lost_word(written: str, heard: str, lost: list[Kind]) -> None:
    expected = expected_of([passage(written, LanguageTag("zh-CN"))])
    hearing = hearing_of([Heard(heard, -0.1, 0.0)], expected, likelihood=unlikely_by(-12.0, heard))
    assert [problem.kind for problem in hearing.problems] == lost


@pytest.mark.parametrize(
    ("heard", "certain"), [("就像参观200年代初期的街道", False), ("就像参观2600年代初期的街道", True)]
)
def test_a_repeated_digit_is_easily_lost_where_digits_are_read_one_by_one(heard: str, certain: bool) -> None:
    expected = expected_of([passage("就像参观2000年代初期的街道", LanguageTag("zh-CN"))])
    (problem,) = hearing_of([Heard(heard, -0.1, 0.0)], expected, likelihood=unlikely_by(-12.0, heard)).problems
    assert (problem.kind, problem.sure >= SURE) == (Kind.OTHER_NUMBER, certain)


def test_words_in_latin_letters_do_not_count_in_the_error_rate_of_chinese() -> None:
    zh = LanguageTag("zh-CN")
    expected = expected_of([passage("Steam Deck的五个功能", zh)])
    assert rate_of(expected, hearing_of([Heard("利尔丝茨的五个功能", -0.1, 0.0)], expected)) == 0
    assert rate_of(expected, hearing_of([Heard("谢谢大家", -0.1, 0.0)], expected)) == 1
    assert is_mostly_foreign_words(tokens("二，Outline", zh), zh)
    assert not is_mostly_foreign_words(tokens("我的T恤", zh), zh)
    assert not is_mostly_foreign_words(tokens("a chance of rain", EN), EN)


def test_a_year_that_is_heard_in_digits_is_the_same_however_it_is_said() -> None:
    expected = expected_of([passage("Written from Venice on July tenth one thousand eight hundred and seventeen", EN)])
    expected = replace(
        expected, passages=(replace(expected.passages[0], written=("Written from Venice on July 10, 1817",)),)
    )
    heard = "Written from Venice on July 10, 1817."
    assert not hearing_of([Heard(heard, -0.1, 0.0)], expected, likelihood=unlikely_by(-12.0, heard)).problems
    heard = "Written from Venice on July 10, 1871."
    (problem,) = hearing_of([Heard(heard, -0.1, 0.0)], expected, likelihood=unlikely_by(-12.0, heard)).problems
    assert problem.kind is Kind.OTHER_NUMBER
