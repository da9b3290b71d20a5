"""The pages of a PDF in the books made of its recording."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from tests.document.formats.pdf.making import Sheet, pdf
from tests.judges import dtbook_faults, dtd_faults

from chaptercast.pipeline import Options, convert
from chaptercast.publication.exports import Choices
from chaptercast.publication.exports.output_files import export

from .conftest import ignore


def ships(folder: Path) -> Path:
    """The recording of a PDF with three pages."""
    sheets = []
    for heading, lines in (
        ("Part 1", ["The keeper counts the ships. He writes the number of", "them into the book of the harbour every"]),
        ("", ["evening, and nobody reads what stands in it. But one", "day somebody asked him for it."]),
        ("Part 3", ["It was a woman from the other bank. She had been", "waiting there since the spring."]),
    ):
        sheet = Sheet()
        if heading:
            sheet.text(40, 50, heading, 20, "SansB")
        sheet.lines(40, 90, lines)
        sheets.append(sheet)
    source = folder / "ships.pdf"
    labels = "/Lang(en)/PageLabels<</Nums[0<</S/r/St 4>>1<</S/D/St 12>>]>>"
    source.write_bytes(pdf(sheets, title="The Ships", catalog=labels, outline=[("Part 1", 0), ("Part 3", 2)]))
    return convert(source, folder / "out", Options(engine="silence", offline=True), ignore, ignore).audio.parent


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ships(tmp_path_factory.mktemp("pages"))


def test_the_manifest_names_them(recording: Path) -> None:
    pages = json.loads((recording / "episode.json").read_text(encoding="utf-8"))["pages"]
    assert [page["label"] for page in pages] == ["iv", "12", "13"]
    assert [page["read_by"] for page in pages] == ["layout"] * 3
    starts = [page["start_ms"] for page in pages]
    assert starts[0] < starts[1] < starts[2]


def test_the_page_shows_them(recording: Path) -> None:
    text = (recording / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'role="doc-pagebreak"[^>]* aria-label="(\w+)"', text) == ["iv", "12", "13"]


def test_an_epub_lists_them(recording: Path, tmp_path: Path) -> None:
    (book,) = export(recording, ["epub"], tmp_path)
    with zipfile.ZipFile(book) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xhtml", ".opf"))}
    listed = re.search(r'epub:type="page-list".*?</nav>', files["EPUB/nav.xhtml"], re.DOTALL)
    links = re.findall(r'href="([^"#]*)#([^"]*)">([^<]*)<', listed[0])
    assert [label for _, _, label in links] == ["iv", "12", "13"]
    for page, name, label in links:
        assert f'role="doc-pagebreak" id="{name}" aria-label="{label}"' in files[f"EPUB/{page}"]
    assert "pageBreakMarkers" in files["EPUB/package.opf"]


def test_daisy_books_list_them(recording: Path, tmp_path: Path) -> None:
    old, new = export(recording, ["daisy", "daisy3"], tmp_path, Choices(unpacked=True))
    contents = (old / "ncc.html").read_text(encoding="utf-8")
    assert re.findall(r'class="page-(\w+)"[^>]*><a href="[^"]*">(\w+)<', contents) == [
        ("front", "iv"),
        ("normal", "12"),
        ("normal", "13"),
    ]
    assert all(
        f'ncc:{name}" content="{count}"' in contents for name, count in (("pageNormal", 2), ("maxPageNormal", 13))
    )
    points = (new / "toc.ncx").read_text(encoding="utf-8")
    assert re.findall(r"<pageTarget .*?<text>(\w+)<", points) == ["iv", "12", "13"]
    text = (new / "book.xml").read_text(encoding="utf-8")
    assert re.findall(r'<span class="page-\w+"[^>]*>(\w+)<', text) == ["iv", "12", "13"]
    assert "pagenum" not in text, "it would need sound of its own"
    assert dtd_faults(old / "text.html", "xhtml1-transitional.dtd") == []
    assert dtd_faults(old / "ncc.html", "xhtml1-transitional.dtd") == []
    assert dtbook_faults(new / "book.xml") == []
    assert dtd_faults(new / "toc.ncx", "ncx-2005-1.dtd") == []
