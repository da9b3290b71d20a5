"""The pages for readers who speak a language tell what is said now."""

import pytest
from tests.script.normalise.spoken_pages import LANGUAGES, PAGES, page


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_is_up_to_date(code):
    command = "python -m tests.script.normalise.spoken_pages"
    assert (PAGES / f"{code}.md").read_text(encoding="utf-8") == page(code, LANGUAGES[code]), f"run `{command}`"


def test_a_page_shows_sentences_and_tables_as_they_are_said():
    rows = page("zh", "Chinese").splitlines()
    assert "| 2 km | 两公里 |" in rows
    assert r"| \$20 | 二十美元 |" in rows
    assert any(row.startswith("| 排名No.1") for row in rows)
    assert {"## Phone", "## Table: units"} <= set(rows)


def test_nothing_of_a_row_is_taken_for_markup():
    assert all(
        row.replace(r"\|", "").count("|") == 3 for row in page("zh", "Chinese").splitlines() if row.startswith("| ")
    )
