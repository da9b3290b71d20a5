"""`python -m distribution.licences PYTHON FILE`: writes the licences of all packages in an environment, as a page."""

import json
import subprocess
import sys
from pathlib import Path

_HEAD = """# Licences of what it needs

The program is GPL-3.0-or-later. This page lists the packages that it needs with all its extras, and what each says of itself.
`make licences` makes it anew with pip-licenses, from an environment that holds nothing else.

`espeakng-loader` names no licence. It holds eSpeak NG, which is GPL-3.0-or-later. Voices have licences of their own:
`chaptercast voices --available` shows them.

| package | licence | source |
|---|---|---|
"""


def licence_page(python: str) -> str:
    """Return the page of the packages that `python`, the path of an interpreter, has installed."""
    command = [sys.executable, "-m", "piplicenses", "--python", python, "--format=json", "--with-urls", "--from=mixed"]
    done = subprocess.run(
        [*command, "--ignore-packages", "chaptercast"], check=True, capture_output=True, encoding="utf-8"
    )
    found = sorted(json.loads(done.stdout), key=lambda package: package["Name"].lower())
    return _HEAD + "".join(
        f"| {_name(package)} | {_cell(package['License'])} | {_source(package)} |\n" for package in found
    )


def _name(package: dict[str, str]) -> str:
    return f"`{package['Name']}`"


def _source(package: dict[str, str]) -> str:
    return "" if package["URL"] == "UNKNOWN" else f"<{package['URL']}>"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(licence_page(sys.argv[1]), encoding="utf-8")
