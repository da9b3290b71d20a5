"""The options that decide how much is announced, and what becomes of code, notes and addresses."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.test_commands import chaptercast

from chaptercast.cli.main import cli

ARTICLE = """---
title: The Ferry
lang: en
---

See [the rules](https://example.org/rules).[^1] They are old.

- lamp
- rope
- patience

```
cast off
```

[^1]: On the east quay.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def said(article: Path, *options: str) -> list[str]:
    arguments = ["script", str(article), "--format", "spoken", "--engine", "silence", *options]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout.splitlines()


def test_by_default_a_listener_is_told_what_would_be_missed(article: Path) -> None:
    assert said(article) == [
        *("The Ferry", "See the rules.", "Note 1.", "On the east quay.", "They are old."),
        *("List with 3 items.", "lamp", "rope", "patience", "Code, one line.", "cast off"),
    ]


def test_more_or_nothing_is_announced_on_demand(article: Path) -> None:
    assert {"End of list.", "End of code.", "End of note."} <= set(said(article, "--verbosity", "FULL"))
    assert "List with 3 items." not in said(article, "--verbosity", "none")


def test_code_notes_and_addresses(article: Path) -> None:
    assert said(article, "--code", "skip")[-1] == "Code, one line, left out."
    assert said(article, "--notes", "end")[-1] == "On the east quay."
    assert "On the east quay." not in said(article, "--notes", "skip")
    assert "(link: example" in said(article, "--link-addresses")[1]


def test_an_unknown_choice_is_wrong_use(article: Path) -> None:
    run = CliRunner().invoke(cli, ["script", str(article), "--verbosity", "loud"])
    assert run.exit_code == 2
    assert "'none', 'brief', 'full'" in run.output


FURNISHED = """<title>Rooks of the elms</title><nav>Home News Weather Sport Travel Shop Account Help Imprint</nav>
<main><h1>Rooks of the elms</h1><p>Rooks build their nests in the tops of tall elms, and come back to them.</p></main>"""


def test_what_is_not_spoken_is_shown_by_reason(tmp_path: Path) -> None:
    page = tmp_path / "rooks.html"
    page.write_text(FURNISHED, encoding="utf-8")
    run = chaptercast("outline", page, "--report", "--engine", "silence")
    assert run.returncode == 0, run.stderr
    assert "Spoken: 19 words.\n" in run.stdout
    assert "navigation or other page furniture: 1 × with 9 words.\n    Home News Weather" in run.stdout
    assert "9 of 28 words that readers see are not spoken (32%)" in run.stdout
    described = json.loads(chaptercast("outline", page, "--report", "--json", "--engine", "silence").stdout)
    assert (described["said_words"], described["lost_words"]) == (19, 9)
    converted = chaptercast("convert", page, "-o", tmp_path / "out", "--engine", "silence")
    assert ": not spoken: 1 × navigation or other page furniture (9 words)." in converted.stderr
    assert "9 of 28 words that readers see are not spoken (32%)" in converted.stderr


def test_of_an_article_that_is_spoken_whole_nothing_is_said_to_be_lost(tmp_path: Path) -> None:
    whole = tmp_path / "rooks.md"
    whole.write_text("# Rooks\n\nThey nest early.\n", encoding="utf-8")
    run = chaptercast("outline", whole, "--report", "--engine", "silence")
    assert run.stdout == "Spoken: 4 words.\nNothing is left out.\n"
    assert "Look here" not in chaptercast("convert", whole, "-o", tmp_path / "out", "--engine", "silence").stderr


def test_what_is_not_spoken_is_shown_where_no_engine_speaks_the_language(tmp_path: Path) -> None:
    page = tmp_path / "rooks.html"
    page.write_text(FURNISHED, encoding="utf-8")
    run = CliRunner().invoke(cli, ["outline", str(page), "--report", "--offline", "--language", "xh"])
    assert run.exit_code == 0
    assert "Spoken: 19 words.\n" in run.output
    assert "Home News Weather" in run.output
