"""PDF files on the command line: pages, passwords, pictures."""

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import chaptercast
from tests.document.formats.pdf.making import Sheet, pdf


@pytest.fixture
def report(tmp_path: Path) -> Path:
    sheets = [Sheet() for _ in range(3)]
    for sheet, word in zip(sheets, ("salt", "bread", "wine"), strict=True):
        sheet.lines(40, 100, [f"This is the page on {word}, and", "no other page has it."])
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(sheets))
    return path


def test_only_the_pages_that_are_asked_for_are_read(report: Path):
    done = chaptercast("script", report, "--format", "spoken", "--pages", "2-3", "--engine", "silence")
    assert done.returncode == 0
    assert "salt" not in done.stdout
    assert "bread" in done.stdout
    assert "wine" in done.stdout


def test_the_report_says_how_each_page_was_read(report: Path):
    done = chaptercast("outline", report, "--report", "--engine", "silence")
    assert "Pages 1 to 3: read by where the text stands, 97% sure." in done.stdout
    described = json.loads(chaptercast("outline", report, "--report", "--json", "--engine", "silence").stdout)
    assert described["pages"][1] == {"page": 2, "label": "2", "read_by": "layout", "sure": 0.97, "fault": ""}


@pytest.mark.parametrize(
    ("pages", "message"), [("9", "has 3 pages: there is no page 9"), ("3-2", "are no pages"), ("x", "are no pages")]
)
def test_pages_that_there_are_not_are_refused(report: Path, pages: str, message: str):
    done = chaptercast("outline", report, "--pages", pages)
    assert done.returncode in (2, 3)
    assert message in done.stderr


def test_a_scan_that_is_not_to_be_recognised_is_refused_with_its_pages(tmp_path: Path):
    sheet = Sheet()
    sheet.picture()
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf([sheet, sheet]))
    done = chaptercast("outline", path, "--ocr", "never")
    assert done.returncode == 3
    assert "2 of its 2 pages are pictures" in done.stderr
    assert "Traceback" not in done.stderr
