"""`python -m distribution [FOLDER]`: writes what the program's packages hold below `share`, or below another folder.

This is a process of its own, also for the test that holds it against `share`: click keeps a command's help option
as it was first asked for, so a command that was used alone before would be described without `-h`.
"""

import sys
from pathlib import Path

from distribution.manual import manual_pages
from distribution.shells import completion_files

SHARE = Path(__file__).parents[1] / "share"


def main(folder: Path = SHARE) -> None:
    """Write the completion files and the manual pages; a page of a command that is no more is removed."""
    files = {folder / place: text for place, text in (*completion_files(), *manual_pages())}
    for old in folder.rglob("*"):
        if old.is_file() and old not in files:
            old.unlink()
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
