"""The pages for readers who speak a language tell what is said now."""

import re

import pytest
from tests.script.normalise.other.test_tables import LANGUAGES as BY_TABLES
from tests.script.normalise.spoken_pages import LANGUAGES, PAGES, index, page

from chaptercast.script.normalise.data import LANGUAGES as WITH_RULES

COMMAND = "python -m tests.script.normalise.spoken_pages"
LONGEST = 250
"""Lines that a person reads in one go."""


def written(code: str) -> str:
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def rows(code: str) -> set[str]:
    """What is written and what is said, each pair as `written | said`."""
    cells = [re.split(r" ?(?<!\\)\| ?", line)[1:-1] for line in written(code).splitlines() if line.startswith("| ")]
    return {" | ".join(line[pair : pair + 2]) for line in cells for pair in range(0, len(line), 2)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_is_up_to_date(code):
    assert written(code) == page(code, LANGUAGES[code]), f"run `{COMMAND}`"


def test_the_list_of_pages_is_up_to_date_and_names_them_all():
    assert (PAGES / "README.md").read_text(encoding="utf-8") == index(), f"run `{COMMAND}`"
    assert set(re.findall(r"\((\w+)\.md\)", index())) == {path.stem for path in PAGES.glob("??.md")} == set(LANGUAGES)


def test_every_language_with_rules_or_a_table_has_a_page():
    assert set(LANGUAGES) == WITH_RULES | set(BY_TABLES)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("zh", "2 km | 两公里"),
        ("zh", r"US\$20 · USD20 · \$20 | 二十美元"),
        ("de", "z. B. · z. b. | zum Beispiel"),
        ("de", "Dr. Müller | Doktor Müller"),
        ("de", "S. 3 | Seite drei"),
        ("en", "e.g. · e. g. · eg. | for example"),
        ("fr", "Mlle Martin | Mademoiselle Martin"),
        ("es", "q. e. p. d. | que en paz descanse"),
        ("no", "20 kr · 20 kr. | tjue kroner"),
        ("pt", "16 | dezesseis"),
        ("pt", "16 | dezasseis"),
        ("ar", "2 kWh | كيلوواطا ساعة"),
        ("ja", r"20 \$ | 二十ドル"),
    ],
)
def test_a_page_shows_entries_as_they_are_said_in_a_text(code, row):
    assert row in rows(code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_has_every_kind_and_can_be_read_by_a_person(code):
    sections = re.findall("^## (.+)", written(code), re.MULTILINE)
    wanted = {"Numbers", "Dates and years", "Times of day", "Money", "Units", "Currencies", "Signs", "Sentences"}
    assert wanted <= set(sections)
    assert ("Abbreviations" in sections) == (code != "zh")
    assert len(written(code).splitlines()) <= LONGEST


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"zh"}))
def test_no_digit_is_left_in_what_is_said(code):
    assert not [row for row in rows(code) if any(sign.isdecimal() for sign in row.split(" | ")[1])]


@pytest.mark.parametrize("code", ["zh", "de", "ar"])
def test_nothing_of_a_row_is_taken_for_markup(code):
    tables = re.findall(r"(?:^\|.*\n)+", written(code), re.MULTILINE)
    assert tables
    for lines in tables:
        assert len({line.replace(r"\|", "").count("|") for line in lines.splitlines()}) == 1


def test_tables_of_a_language_that_is_written_from_right_to_left_are_set_so():
    assert written("ar").count('<div dir="rtl">') == written("ar").count("## ") == written("ar").count("</div>")
    assert "rtl" not in written("de")
