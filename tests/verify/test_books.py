"""Faults in talking books that their public validators do not see, planted one by one: each is found, told with its place, and alone."""

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chaptercast.common.mpeg_frames import Grid
from chaptercast.publication.exports.output_files import export
from chaptercast.verify import verify

Files = dict[str, bytes]
Fault = Callable[[Files], object]


@pytest.fixture(scope="session")
def books(recording: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    kinds = ("epub", "daisy", "daisy-ncc", "daisy3", "lpf", "audiobook")
    return dict(zip(kinds, export(recording, kinds, tmp_path_factory.mktemp("books")), strict=True))


def damaged(book: Path, fault: Fault, folder: Path) -> Path:
    with zipfile.ZipFile(book) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    fault(files)
    path = folder / book.name
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return path


def swap(name: str, old: str, new: str) -> Fault:
    def do(files: Files) -> None:
        text, times = re.subn(old, new, files[name].decode(), count=1, flags=re.DOTALL)
        assert times
        files[name] = text.encode()

    return do


def put(name: str, other: str) -> Fault:
    return lambda files: files.update({name: files[other]})


@pytest.mark.parametrize("kind", ["epub", "daisy", "daisy-ncc", "daisy3", "lpf", "audiobook"])
def test_a_sound_book_has_no_findings(books: dict[str, Path], kind: str) -> None:
    assert verify(books[kind]) == (1, ())


LAST = r'(<par id="p-s6-1">.*?)clipEnd="[^"]*"'
FAULTS: list[tuple[str, Fault, str]] = [
    ("epub", swap("EPUB/s6.smil", LAST, r'\1clipEnd="0:10:00.000"'), "ends at 600.000 s, the sound at"),
    (
        "epub",
        swap("EPUB/s0.smil", r'(<par id="p-s0-1">.*?</par>)\n(<par id="p-s0-2">.*?</par>)', r"\2\n\1"),
        "s0-1 is played after",
    ),
    ("epub", swap("EPUB/package.opf", r"<meta property=.media:active-class.>[^<]*</meta>", ""), "it names no class"),
    ("epub", swap("EPUB/package.opf", r">-epub-media", ">.-epub-media"), "named without a dot"),
    ("epub", lambda files: files.update({"EPUB/style.css": b""}), "no style tells how"),
    ("epub", put("EPUB/cover.png", "EPUB/s0.xhtml"), "cover.png is said to be image/png, it is something else"),
    ("epub", put("EPUB/audio/s1.mp3", "EPUB/audio/s3.mp3"), "audio/s1.mp3: the clip of"),
    (
        "epub",
        swap("EPUB/s0.xhtml", "</section>", "<p>Unheard words.</p></section>"),
        "“Unheard words.” is heard nowhere",
    ),
    ("epub", swap("EPUB/s0.smil", r'<par id="p-s0-1">.*?</par>\n', ""), "nothing plays"),
    ("epub", swap("EPUB/package.opf", ' media-overlay="m2"', ""), "s2.xhtml has no overlay"),
    (
        "epub",
        swap("EPUB/package.opf", r"(<meta property=.media:duration.>)[^<]*", r"\g<1>0:00:05.000"),
        "the book is said to last 5.0 s",
    ),
    ("daisy", put("s1.mp3", "s3.mp3"), "s1.mp3: the clip of"),
    ("daisy", swap("ncc.html", "#t-s3-0", "#t-s3-9"), "ncc.html leads to s3.smil#t-s3-9, where nothing is"),
    (
        "daisy",
        swap("ncc.html", 'tocItems" content="7"', 'tocItems" content="8"'),
        "says 8 of its entries, there are 7",
    ),
    (
        "daisy",
        swap("ncc.html", 'totalTime" content="[^"]*"', 'totalTime" content="00:09:00"'),
        "says that the book lasts 00:09:00",
    ),
    ("daisy", swap("text.html", "</body>", "<p>Unheard words.</p></body>"), "“Unheard words.” is heard nowhere"),
    ("daisy", lambda files: files.pop("s4.mp3"), "s4.mp3 is named and is not in it"),
    ("daisy-ncc", put("s1.mp3", "s3.mp3"), "s1.mp3: the clip of"),
    ("daisy3", put("s1.mp3", "s3.mp3"), "s1.mp3: the clip of"),
    ("daisy3", swap("toc.ncx", "s3.smil#p-s3-0", "s3.smil#p-none"), "toc.ncx leads to s3.smil#p-none"),
    (
        "daisy3",
        swap("package.opf", 'totalTime" content="[^"]*"', 'totalTime" content="00:09:00.000"'),
        "the book lasts 00:09:00.000",
    ),
    ("lpf", put("audio/s1.mp3", "audio/s3.mp3"), "audio/s1.mp3 is said to last"),
    ("lpf", swap("publication.json", "TR/audiobooks/", "TR/pub/"), "conformsTo is not"),
    ("lpf", lambda files: files.pop("text/s2.vtt"), "text/s2.vtt is named and is not in it"),
    ("audiobook", swap("manifest.json", "audio/s2.mp3", "audio/s2.mp3#t=5"), "where the order names a part of a file"),
    ("audiobook", put("audio/s5.mp3", "manifest.json"), "audio/s5.mp3 is said to be audio/mpeg, it is something else"),
]


@pytest.mark.parametrize(("kind", "fault", "told"), FAULTS, ids=[f"{n}-{kind}" for n, (kind, *_) in enumerate(FAULTS)])
def test_a_planted_fault_is_found(books: dict[str, Path], kind: str, fault: Fault, told: str, tmp_path: Path) -> None:
    book = damaged(books[kind], fault, tmp_path)
    _, findings = verify(book)
    assert any(told in finding for finding in findings), findings
    assert all(finding.startswith(str(book)) for finding in findings)


def test_books_beside_a_recording_are_checked_with_it(recording: Path, books: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / recording.name
    shutil.copytree(recording, folder)
    shutil.copy(damaged(books["epub"], FAULTS[2][1], tmp_path), folder)
    (folder / "strange.zip").write_bytes(b"anything")
    _, findings = verify(folder)
    assert [finding for finding in findings if "it names no class" in finding]
    assert not [finding for finding in findings if "strange" in finding]


def bomb(files: Files) -> None:
    files["EPUB/s0.smil"] = b"<x>" * 100_000


@pytest.mark.parametrize(
    "fault",
    [
        bomb,
        lambda files: files.update({"EPUB/package.opf": b"\x00\xff"}),
        lambda files: files.update({"META-INF/container.xml": b"<container/>"}),
        swap("EPUB/s0.smil", 'clipBegin="[^"]*"', 'clipBegin="soon"'),
        swap("EPUB/s0.smil", 'src="[^"]*"', 'src="../../../../etc/passwd#x"'),
        swap("EPUB/s0.smil", "<smil", '<!DOCTYPE x [<!ENTITY a "b">]><smil'),
    ],
)
def test_a_hostile_book_is_a_finding(books: dict[str, Path], fault: Fault, tmp_path: Path) -> None:
    verify(damaged(books["epub"], fault, tmp_path))  # whatever it says, it says it in lines


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(b"PK\x03\x04 no")
    _, findings = verify(path)
    assert "it is no archive" in findings[0]


def strange(folder: Path) -> Path:
    """A sound DAISY 2.02 book as other programs make them: whole seconds, a title that is heard twice, a note where it is referred to."""
    frames = silent_mp3(12_000)
    smil = (
        '<smil><head><meta name="ncc:timeInThisSmil" content="0:00:11"/></head><body><seq dur="11s">'
        '<par id="t"><text src="text.html#t"/><audio src="a.mp3" clip-begin="npt=0.5s" clip-end="npt=2s"/></par>'
        '<par id="h"><text src="text.html#h"/><audio src="a.mp3" clip-begin="npt=0.5s" clip-end="npt=2s"/></par>'
        '<par id="a"><text src="text.html#a"/><audio src="a.mp3" clip-begin="npt=2s" clip-end="npt=4s"/></par>'
        '<par id="n" system-required="footnote-on"><text src="text.html#n"/>'
        '<audio src="a.mp3" clip-begin="npt=4s" clip-end="npt=6.3s"/></par>'
        '<par id="b"><text src="text.html#b"/><audio src="a.mp3" clip-begin="npt=6.4s" clip-end="npt=10.2s"/></par>'
        "</seq></body></smil>"
    )
    text = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><h1 id="t">T</h1><h1 id="h">T</h1>'
        '<p><span class="page-normal" id="p">7</span><span id="a">A.</span> <span id="b">B.</span></p><p id="n">Note.</p></body></html>'
    )
    ncc = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><meta name="ncc:tocItems" content="2"/>'
        '<meta name="ncc:totalTime" content="0:00:11"/></head><body><h1><a href="s.smil#t">T</a></h1>'
        '<span class="noteref"><a href="s.smil#n">1</a></span></body></html>'
    )
    path = folder / "strange.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"ncc.html": ncc, "s.smil": smil, "text.html": text, "a.mp3": frames}.items():
            archive.writestr(name, content)
    return path


def silent_mp3(milliseconds: int) -> bytes:
    grid = Grid(22_050, 48_000)
    return grid.silent_frame(padded=False) * (milliseconds * 22_050 // 1000 // grid.samples_per_frame)


def test_a_sound_book_of_another_program_has_no_findings(tmp_path: Path) -> None:
    assert verify(strange(tmp_path)) == (1, ())


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (swap("s.smil", "npt=10.2s", "npt=99s"), "a.mp3: the clip of b ends at 99.000 s"),
        (swap("s.smil", '<par id="b">.*?</par>', ""), "“B.” is heard nowhere"),
        (swap("s.smil", '(<par id="a">.*?</par>)(.*)(<par id="b">.*?</par>)', r"\3\2\1"), "a is played after"),
        (swap("s.smil", "npt=6.4s", "npt=8.2s"), "nothing plays 6.300 to 8.200 s"),
        (swap("s.smil", "npt=6.4s", "npt=3.1s"), "clips overlap at 3.100 s"),
        (swap("s.smil", "npt=6.4s", "npt=10.2s"), "ends before it begins"),
        (swap("s.smil", "text.html#b", "text.html#gone"), "there is no place gone"),
        (swap("s.smil", "text.html#b", "gone.html#b"), "gone.html is named and is not in it"),
        (swap("s.smil", "0:00:11", "0:00:31"), "s.smil says that it lasts 0:00:31"),
        (swap("ncc.html", "0:00:11", "0:01:11"), "the book lasts 0:01:11"),
        (swap("ncc.html", 'tocItems" content="2"', 'tocItems" content="5"'), "says 5 of its entries, there are 2"),
        (swap("ncc.html", "s.smil#t", "s.smil#x"), "leads to s.smil#x, where nothing is"),
        (swap("text.html", "</body>", "<p>More.</p></body>"), "“More.” is heard nowhere"),
        (lambda files: files.pop("a.mp3"), "a.mp3 is named and is not in it"),
    ],
)
def test_faults_in_a_book_of_another_program_are_found(tmp_path: Path, fault: Fault, told: str) -> None:
    (tmp_path / "damaged").mkdir()
    _, findings = verify(damaged(strange(tmp_path), fault, tmp_path / "damaged"))
    assert any(told in finding for finding in findings), findings
