"""Debian's Chromium, driven by Playwright, and Firefox, driven by Puppeteer, both examined by axe-core: what a page is to people, with and
without assistive technology."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from .requirement import NODE_FOLDER, require

_SCRIPT = Path(__file__).with_name("node") / "browse.mjs"
_FIREFOX_SCRIPT = _SCRIPT.with_name("browse-firefox.mjs")


class Visit(NamedTuple):
    """What came of a visit to a page."""

    results: list[Any]
    """Of each step."""
    trouble: list[str]
    """The page's errors and warnings, those of its Content-Security-Policy among them."""
    requests: list[str]
    """Every address that was asked for."""


class Browser:
    """A running browser; every visit is one of a new user."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def visit(self, url: str, *steps: tuple[Any, ...], width: int = 1280, height: int = 800, **look: Any) -> Visit:
        """Goes to `url` and takes `steps`: a name of `browse.mjs` and its values.

        `look`: Playwright's options of a context, `javascript`, and `before`, a script that runs before the page's own.
        """
        __tracebackhide__ = True
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {"url": url, "steps": steps, "viewport": {"width": width, "height": height}, **look}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return Visit(**answer)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium that is started once and left at the end."""
    __tracebackhide__ = True
    require("chromium")
    with _started(_SCRIPT, "chromium") as browser:
        yield browser


@contextmanager
def firefox() -> Iterator[Browser]:
    """A Firefox that is started once and left at the end. It takes the steps of a keyboard, and no `look`."""
    __tracebackhide__ = True
    require("firefox")
    with _started(_FIREFOX_SCRIPT, "firefox-esr") as browser:
        yield browser


@contextmanager
def _started(script: Path, program: str) -> Iterator[Browser]:
    __tracebackhide__ = True
    command = ["node", str(script), str(NODE_FOLDER), str(shutil.which(program))]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield Browser(process)
        assert process.stdin is not None
        process.stdin.close()
