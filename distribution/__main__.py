"""`python -m distribution`: writes what the program's packages hold below `share`."""

from pathlib import Path

from distribution.manual import manual_pages
from distribution.shells import completion_files

SHARE = Path(__file__).parents[1] / "share"


def main() -> None:
    """Write the completion files and the manual pages; a page of a command that is no more is removed."""
    files = {SHARE / place: text for place, text in (*completion_files(), *manual_pages())}
    for old in SHARE.rglob("*"):
        if old.is_file() and old not in files:
            old.unlink()
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
