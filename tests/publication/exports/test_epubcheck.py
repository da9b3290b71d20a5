"""EPUBs of every kind as EPUBCheck sees them: all at once, since it takes longer to start than to check one."""

from pathlib import Path

from tests.judges import epubcheck
from tests.publication.exports.test_epub_original import epub, with_sound
from tests.publication.exports.test_page_lists import ships
from tests.verify.test_books import FAULTS, damaged

from chaptercast.publication.exports.output_files import export


def test_epubcheck_finds_nothing(recording: Path, arabic: Path, tmp_path: Path) -> None:
    """Nor in a book in which `check` finds a fault; but in what is no book."""
    books = [path for folder in (recording, arabic, ships(tmp_path)) for path in export(folder, ["epub"])]
    books += with_sound(epub(tmp_path)).glob("*-original.epub")
    assert len(books) == 4
    faulty, none = damaged(books[0], FAULTS[0][1], tmp_path), tmp_path / "none.epub"
    none.write_bytes(b"PK")
    faults = epubcheck(*books, faulty, none)
    assert {fault.partition(":")[0] for fault in faults} == {"none.epub"}, faults
