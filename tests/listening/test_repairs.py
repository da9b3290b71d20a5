"""Which problems are the recogniser's own mistakes."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.listening import repairs
from chaptercast.listening.difference_rules import Problem, problems
from chaptercast.listening.model import SURE, Kind
from chaptercast.listening.words import apart, is_other_script, spoken, tokens, with_numbers_of

EN, FR, ZH = LanguageTag("en"), LanguageTag("fr"), LanguageTag("zh")


def two(written: str, heard: str, language: LanguageTag = EN) -> tuple[str, str]:
    """The texts of which the recogniser is asked."""
    expected, got = (tokens(spoken(text, language), language) for text in (written, heard))
    (problem,) = problems(expected, got, [(0, len(expected))], language)
    return tuple(repairs.alternatives(problem, expected, got, (written, heard), language))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("written", "heard", "repaired", "language"),
    [
        ("He sold a very old violin.", "He sold a violin.", "He sold a very old violin.", EN),
        ("After 90 days, all of it goes.", "After 60 days, all of it goes.", "After 90 days, all of it goes.", EN),
        (
            "About forty people came, 12 of them late.",
            "About 43 people came, 12 of them late.",
            "About forty people came, 12 of them late.",
            EN,
        ),
        ("Il y a 198 voix.", "Il y a 188 voix.", "Il y a 198 voix.", FR),
        ("一共花了三个月的时间。", "一共花了时间。", "一共花了三个月的时间。", ZH),
    ],
)
def test_only_the_place_in_doubt_is_other(written: str, heard: str, repaired: str, language: LanguageTag) -> None:
    before, after = two(written, heard, language)
    assert before == heard
    assert " ".join(after.split()) == repaired


def problem(kind: Kind, sure: float, lost: int = 1) -> Problem:
    return Problem(kind, (4, 4 + lost), (4, 4), lost, sure)


@pytest.mark.parametrize(
    ("kind", "sure", "change", "letters", "result"),
    [
        (Kind.MISSING_WORDS, 0.82, -1.2, 4, None),
        (Kind.MISSING_WORDS, 0.82, -5.0, 4, 0.6),
        (Kind.MISSING_WORDS, 0.82, -8.8, 4, 0.6),
        (Kind.MISSING_WORDS, 0.82, -11.0, 4, 0.85),
        (Kind.MISSING_WORDS, 0.5, -5.0, 4, None),
        (Kind.MISSING_WORDS, 0.5, -11.0, 4, 0.85),
        (Kind.MISSING_WORDS, 0.6, -16.0, 1, 0.6),
        (Kind.OTHER_WORDS, 0.9, -1.5, 8, 0.9),
        (Kind.OTHER_WORDS, 0.9, 0.5, 8, None),
        (Kind.OTHER_NUMBER, 0.88, -2.2, 6, 0.6),
        (Kind.OTHER_NUMBER, 0.88, -4.4, 6, 0.88),
        (Kind.OTHER_NUMBER, 0.88, 0.3, 6, None),
    ],
)
def test_what_is_as_likely_is_no_fault(
    kind: Kind, sure: float, change: float, letters: int, result: float | None
) -> None:
    found = repairs.tested(problem(kind, sure), change, 3, letters, is_guess=False)
    assert (found.sure if found else None) == result


def test_long_losses_and_repetitions_are_not_asked_about() -> None:
    assert not repairs.is_tested(problem(Kind.MISSING_SENTENCE, 0.97, 7))
    assert not repairs.is_tested(Problem(Kind.REPEATED, (4, 4), (4, 8), 4, 0.95))
    assert repairs.is_tested(problem(Kind.MISSING_WORDS, 0.82))


@pytest.mark.parametrize(
    ("written", "heard", "result"),
    [
        ("It left at 7:52.", "It left at 752.", "It left at 7:52."),
        ("It cost £9,860.", "It cost £9860.", "It cost £9,860."),
        ("En 2023, il y en avait 84 615.", "En 2023, il y en avait 84.615.", "En 2023, il y en avait 84 615."),
        ("After 90 days", "After 60 days", "After 60 days"),
        ("No number", "4 numbers", "4 numbers"),
    ],
)
def test_numbers_are_put_as_they_are_written(written: str, heard: str, result: str) -> None:
    assert with_numbers_of(written, heard) == result


def kinds(written: str, heard: str, language: LanguageTag = EN) -> list[tuple[Kind, bool]]:
    expected, got = (tokens(spoken(text, language), language) for text in (written, heard))
    return [(one.kind, one.sure >= SURE) for one in problems(expected, got, [(0, len(expected))], language)]


@pytest.mark.parametrize(
    ("written", "heard", "found"),
    [
        ("It takes less than 40 seconds.", "It takes less than 43 seconds.", [(Kind.OTHER_NUMBER, True)]),
        ("In 1990 the water rose.", "In 1890 the water rose.", [(Kind.OTHER_NUMBER, True)]),
        ("It was five in the evening then.", "It was 5 in the 5 in the evening then.", [(Kind.REPEATED, True)]),
        ("Out of breath with her sister.", "Out of there sister.", [(Kind.MISSING_WORDS, False)]),
    ],
)
def test_numbers_and_suspicions(written: str, heard: str, found: list[tuple[Kind, bool]]) -> None:
    assert kinds(written, heard) == found


def test_a_misheard_verb_before_a_chinese_number_is_no_number() -> None:
    assert kinds("机器是一九二六年从德国运来的", "机器四一九二六年从德国运来的", ZH) == []


@pytest.mark.parametrize(
    ("written", "heard", "language"),
    [
        ("没有人能一只一只地点名", "没有人能一只地点名", ZH),
        ("新手呢多报或者少报三成都很常见", "新手多报或者少报三成都很常见", ZH),
        ("我这里才两千三百一十只", "我这里才二千三百亿只", ZH),
        ("He has 14 microphones here.", "He has 40 microphones here.", EN),
    ],
)
def test_what_recognisers_get_wrong_by_themselves_is_never_certain(
    written: str, heard: str, language: LanguageTag
) -> None:
    assert not any(certain for _, certain in kinds(written, heard, language))
    expected, got = (tokens(spoken(text, language), language) for text in (written, heard))
    for one in problems(expected, got, [(0, len(expected))], language):
        assert (found := repairs.tested(one, -30.0, 1, 9, is_guess=False)) is None or found.sure < SURE


@pytest.mark.parametrize(
    ("written", "heard", "without", "language"),
    [
        ("She owns 200 books.", "She owns 200 one books.", "She owns 200 books.", "en"),
        ("Son doscientas paradas.", "Son 200 una paradas.", "Son 200 paradas.", "es"),
    ],
)
def test_a_one_that_is_heard_beside_a_number_is_asked_about_alone(
    written: str, heard: str, without: str, language: str
) -> None:
    tag = LanguageTag(language)
    expected, got = (tokens(spoken(text, tag), tag) for text in (written, heard))
    (found,) = problems(expected, got, [(0, len(expected))], tag)
    assert found.kind is Kind.OTHER_NUMBER
    assert repairs.alternatives(found, expected, got, (written, heard), tag) == (heard, without)


@pytest.mark.parametrize(
    ("wanted", "got", "certain"),
    [
        ("near Zennor", "here's inner", False),
        ("half past four", "off passed for", False),
        ("moorland in through", "mullon into", False),
        ("very slowly and gently", "very gently", True),
        ("the dog ran away", "a winter in Paris", True),
    ],
)
def test_what_sounds_alike_is_in_doubt(wanted: str, got: str, certain: bool) -> None:
    sides = [tokens(text, EN) for text in (wanted, got)]
    found = Problem(Kind.OTHER_WORDS, (0, len(sides[0])), (0, len(sides[1])), 3, 0.9)
    assert (repairs.misheard(found, *sides, EN).sure >= SURE) is certain


@pytest.mark.parametrize(
    ("wanted", "got", "is_short", "certain"),
    [
        ("bâches, brouettes et gants", "bâche bretégant", True, False),
        ("bâches, brouettes et gants", "bâche gants", True, True),
        ("s'arrêterait", "serait", False, False),
        ("s'arrêterait", "serait", True, True),
        ("s'arrêterait", "irait", False, True),
    ],
)
def test_silent_letters_and_swallowed_ones_are_no_lost_words(
    wanted: str, got: str, *, is_short: bool, certain: bool
) -> None:
    sides = [tokens(text, FR) for text in (wanted, got)]
    found = Problem(Kind.MISSING_WORDS, (0, len(sides[0])), (0, len(sides[1])), 3, 0.9, -20.0)
    assert (repairs.misheard(found, *sides, FR, is_short=is_short).sure >= SURE) is certain


@pytest.mark.parametrize(("text", "certain"), [("voulez vous partir", False), ("demandez vous partir", True)])
def test_a_word_before_one_that_begins_alike_is_easily_swallowed(text: str, certain: bool) -> None:
    expected, heard = tokens(text, FR), tokens("vous partir", FR)
    found = Problem(Kind.MISSING_WORDS, (0, 1), (0, 0), 1, 0.85, -20.0)
    assert (repairs.misheard(found, expected, heard, FR).sure >= SURE) is certain


@pytest.mark.parametrize(
    ("wanted", "got", "other"),
    [
        ("यह पानी है", "یہ پانی ہے", True),
        ("यह पानी है", "yah paani", True),
        ("时间", "じかん", False),
        ("1998", "१९९८", False),
    ],
)
def test_another_script_is_no_other_text(wanted: str, got: str, other: bool) -> None:
    assert is_other_script(tokens(wanted, LanguageTag("hi")), tokens(got, LanguageTag("hi"))) is other


def test_a_number_within_a_word_is_heard_apart() -> None:
    assert apart("Este año A1312.") == "Este año A 1312."


def test_a_year_heard_as_a_quantity_is_a_number() -> None:
    written, heard = (
        "It has been empty since 1998.",
        "It has been empty since four thousand nine hundred and ninety-eight.",
    )
    assert kinds(written, heard) == [(Kind.OTHER_NUMBER, True)]


def test_a_title_that_is_another_one_is_a_suspicion() -> None:
    expected, got = (
        tokens(text, EN) for text in ("Lost property. Every Tuesday it opens", "Nobody answers. Every Tuesday it opens")
    )
    (found,) = problems(expected, got, [(0, 2), (2, 6)], EN)
    assert (found.kind, found.expected, found.sure < SURE) == (Kind.OTHER_WORDS, (0, 2), True)
    assert not problems(expected, got, [(0, 6)], EN)


def test_a_number_of_which_a_part_is_heard_as_other_words_was_misheard() -> None:
    assert kinds("Il y en a 1312 cette année.", "Il y en a 1 300 d'où cette année.", FR) == [(Kind.OTHER_NUMBER, False)]
