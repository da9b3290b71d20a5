"""What is told of an article before it is spoken."""

from pathlib import Path

from tests.document.books import METADATA, OPF, epub, xhtml

from chaptercast.pipeline.options import Options
from chaptercast.pipeline.preparation import prepare


def test_files_that_a_book_names_and_lacks_are_told(tmp_path: Path) -> None:
    names = [f"{number}.xhtml" for number in range(7)]
    manifest = "".join(f'<item id="i{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="i{name}"/>' for name in names)
    package = OPF.format(metadata=METADATA, manifest=manifest, spine=spine, toc="")
    page = xhtml("<h1>The quay</h1><p>The keeper walked along the wall.</p>")
    path = tmp_path / "book.epub"
    path.write_bytes(epub({"0.xhtml": page}, more={"OEBPS/book.opf": package}))
    notes = list(prepare(path, Options(engine="silence")).notes)
    missing = ", ".join(f"OEBPS/{name}" for name in names[1:5])
    assert notes == [f"named in the book, and not in its file: {missing} and 2 others."]
    whole = tmp_path / "whole.epub"
    whole.write_bytes(epub({"0.xhtml": page}))
    assert list(prepare(whole, Options(engine="silence")).notes) == []
