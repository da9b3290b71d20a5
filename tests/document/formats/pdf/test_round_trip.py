"""An example of this project, printed by programs that people print with, is the same document again."""

import shutil
import subprocess
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from chaptercast.common.packaged_files import shipped
from chaptercast.document.block_text import texts
from chaptercast.document.model import Document
from chaptercast.document.outline import headings, outline
from chaptercast.document.read import read_bytes

EXAMPLE = "night-ferry-en.md"
CHROMIUM, OFFICE = (shutil.which(name) for name in ("chromium", "soffice"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    text = (shipped("examples") / EXAMPLE).read_text(encoding="utf-8").split("---\n", 2)[-1]
    page = tmp_path / "ferry.html"
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Ferry</title><body><h1>The Night Ferry</h1>'
    page.write_text(head + MarkdownIt().render(text), encoding="utf-8")
    return page


def heard(path: Path) -> tuple[list[str], list[tuple[int, str]]]:
    document: Document = outline(read_bytes(path.read_bytes(), name=path.name))
    words = [" ".join(text.split()) for text in texts(document.blocks)]
    return words, [(heading.level, " ".join(span.text for span in heading.inlines)) for heading in headings(document)]


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=100)


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
def test_a_page_that_chromium_prints_is_the_same_document(source: Path, tmp_path: Path):
    printed = tmp_path / "printed.pdf"
    run(
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path}/home",
        f"--print-to-pdf={printed}", str(source),
    )  # fmt: skip
    assert heard(printed) == heard(source)


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_a_page_that_libreoffice_prints_is_the_same_document(source: Path, tmp_path: Path):
    run(
        str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to", "pdf:writer_web_pdf_Export",
        "--outdir", str(tmp_path), str(source),
    )  # fmt: skip
    assert heard(tmp_path / "ferry.pdf") == heard(source)
