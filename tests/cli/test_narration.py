"""The options that decide how much is announced, and what becomes of code, notes and addresses."""

from pathlib import Path

import pytest
from click.testing import CliRunner

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
