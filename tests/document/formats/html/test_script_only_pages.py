"""Pages whose text only a program fetches."""

import pytest

from chaptercast.document.read import read_bytes
from chaptercast.errors import ExitCode, InputError

SHELL = """<!doctype html><html><head><title>The harbour today</title><script src="/main.js"></script></head>
<body><h1>The harbour today</h1><div id="{id}">{text}</div></body></html>"""


@pytest.mark.parametrize(
    ("name", "text"), [("root", "Loading…"), ("__next", ""), ("app", "<p>One moment, please.</p>")]
)
def test_a_page_that_is_filled_by_a_program_is_refused_with_what_to_do(name: str, text: str) -> None:
    with pytest.raises(InputError, match=r"harbour\.html has a title and no text: .*JavaScript") as caught:
        read_bytes(SHELL.format(id=name, text=text).encode(), name="harbour.html")
    assert caught.value.exit_code == ExitCode.INPUT
    assert "Save the page from a browser" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("root", "<p>Eleven boats went out in the night, and ten are back by now.</p>"),
        ("notice", "<p>Closed today.</p>"),
    ],
)
def test_a_page_with_a_text_of_its_own_is_read_however_short(name: str, text: str) -> None:
    assert read_bytes(SHELL.format(id=name, text=text).encode()).blocks
