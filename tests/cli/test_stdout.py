"""What goes to stdout and stderr: readable by programs in any locale, harmless on a terminal, and telling what it is about."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.test_commands import chaptercast, failed

from chaptercast.common.unicode_text import escaped_json, without_controls

MIXED = "# 港口 مرفأ Ærø\n\nSome text is here.\n\n## Λιμάνι №5\n\nMore text.\n"
STEERING = "# Red \u009b31m alert\n\nSome text is here.\n\n## Part \u202etwo\u202c \u2066x\u2069\n\nMore text.\n"


def on_a_terminal(*arguments: object) -> bytes:
    """What a terminal gets of stdout."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "chaptercast", *map(str, arguments)]
    done = subprocess.run(command, stdout=its, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(its)
    found = b""
    try:
        while piece := os.read(ours, 65536):
            found += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert done.returncode == 0, done.stderr
    return found


@pytest.mark.parametrize("encoding", ["cp1252", "gbk", "latin-1"])
@pytest.mark.parametrize("command", [("outline",), ("outline", "--json"), ("script",)])
def test_results_are_utf8_whatever_the_system_writes(tmp_path: Path, encoding: str, command: tuple[str, ...]) -> None:
    article = tmp_path / "a.md"
    article.write_text(MIXED, encoding="utf-8")
    run = chaptercast(*command, article, PYTHONIOENCODING=encoding)
    assert (run.returncode, run.stderr) == (0, "")
    assert "港口 مرفأ Ærø" in run.stdout
    assert "Λιμάνι №5" in run.stdout


def test_an_outline_that_was_written_so_can_be_given_back(tmp_path: Path) -> None:
    article, outline = tmp_path / "a.md", tmp_path / "h.txt"
    article.write_text(STEERING + MIXED, encoding="utf-8")
    listed = chaptercast("outline", article, PYTHONIOENCODING="cp1252")
    outline.write_text(listed.stdout, encoding="utf-8")
    again = chaptercast("outline", article, "--headings", outline)
    assert (again.returncode, again.stdout) == (0, listed.stdout)


@pytest.mark.parametrize("command", [("outline",), ("outline", "--json"), ("script", "--format", "spoken")])
def test_nothing_in_an_article_steers_a_terminal(tmp_path: Path, command: tuple[str, ...]) -> None:
    article = tmp_path / "a.md"
    article.write_text(STEERING, encoding="utf-8")
    shown = on_a_terminal(*command, article).decode()
    assert "alert" in shown
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    piped = chaptercast(*command, article).stdout
    assert "\x9b" not in piped
    assert command[0] == "script" or "\u202e" not in piped


def test_a_line_of_a_run_names_its_article(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nText is here.\n\n→ ⇒\n", encoding="utf-8")
    run = chaptercast(
        "convert", tmp_path / "one.md", tmp_path / "two.md", "-o", tmp_path / "out", "--engine", "silence"
    )
    assert run.returncode == 0, run.stderr
    told = [line for line in run.stderr.splitlines() if "not spoken" in line]
    assert [line.partition(": not spoken: ")[0] for line in told] == [
        str(tmp_path / "one.md"),
        str(tmp_path / "two.md"),
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("convret", "Did you mean “convert”?"), ("Outline", "Did you mean “outline”?"), ("xyzzy", "There are: cache, ")],
)
def test_a_mistyped_command_is_told_with_the_nearest(typed: str, told: str) -> None:
    message = failed(chaptercast(typed, "a.md"), 2)
    assert f"There is no command “{typed}”. {told}" in message


def test_what_was_typed_steers_no_terminal_either() -> None:
    for arguments in (("convert", "--rate", "\x9b31m"), ("\x9b2J",), ("outline", "a.md", "--zz\u202e")):
        assert not re.search("[\x7f-\x9f\u202e]", failed(chaptercast(*arguments), 2))


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("convert --engine es", {"espeak"}),
        ("convert --engine ", {"auto", "espeak", "silence"}),
        ("convert --language pt", {"pt-br", "pt"}),
        ("convert --voice zh", {"zh-CN"}),
        ("convert --engine silence --voice ", {"generic"}),
        ("voices --language de", {"de"}),
        ("voices --engine edg", {"edge"}),
    ],
)
def test_the_tab_key_offers_engines_voices_and_languages(words: str, offered: set[str]) -> None:
    typed = f"chaptercast {words}"
    run = chaptercast(
        _CHAPTERCAST_COMPLETE="bash_complete", COMP_WORDS=typed, COMP_CWORD=str(len(typed.split(" ")) - 1)
    )
    found = {line.rpartition(",")[2] for line in run.stdout.splitlines()}
    assert run.returncode == 0, run.stderr
    assert offered <= found
    assert all(one.startswith(words.rpartition(" ")[2]) for one in found)


@given(st.text())
def test_text_without_controls_has_all_else(text: str) -> None:
    shown = without_controls(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert [c for c in shown if not c.isspace()] == [
        c for c in text if not c.isspace() and c.isprintable() | (c in shown)
    ]


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5))
def test_escaped_json_is_the_same_json(value: object) -> None:
    written = escaped_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(written) == value
    assert not re.search("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)
