"""EPUB 3 with Media Overlays, as EPUBCheck and readers of XML see it, held against the recording's transcript and its sound."""

import json
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from mutagen.id3 import ID3
from tests.judges import ffprobe_duration
from tests.publication.exports.epubs import XHTML, overlays, pages

from chaptercast.publication.exports.output_files import export


@pytest.fixture(scope="session")
def book(recording: Path) -> Path:
    return export(recording, ["epub"])[0]


def test_the_same_recording_gives_the_same_bytes(book: Path, recording: Path, tmp_path: Path) -> None:
    (again,) = export(recording, ["epub"], tmp_path)
    assert again.read_bytes() == book.read_bytes()


def chapters(recording: Path) -> list[dict[str, object]]:
    return json.loads((recording / "episode.json").read_text(encoding="utf-8"))["chapters"]


def test_each_chapter_has_a_page_and_all_of_its_sound(book: Path, recording: Path, tmp_path: Path) -> None:
    found = overlays(book)
    assert [*found] == [f"s{number}.xhtml" for number in range(len(chapters(recording)))]
    with zipfile.ZipFile(book) as archive:
        archive.extractall(tmp_path)
    for pars in found.values():
        for audio in {par.audio for par in pars}:
            clips = [(par.begin, par.end) for par in pars if par.audio == audio]
            assert clips[0][0] == 0
            assert all(before[1] == after[0] for before, after in pairwise(clips)), "heard in the order of the text"
            assert clips[-1][1] == pytest.approx(ffprobe_duration(tmp_path / "EPUB" / audio), abs=0.03)
            assert all(begin < end for begin, end in clips)


def test_the_files_of_sound_are_the_recording(book: Path, recording: Path) -> None:
    (audio,) = recording.glob("*.mp3")
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if name.endswith(".mp3")]
        frames = b"".join(archive.read(name) for name in names)
    assert len(names) == len(chapters(recording)) + 3, "a note that is told within a paragraph has a file of its own"
    assert audio.read_bytes().endswith(frames)


def test_each_sentence_starts_when_the_transcript_has_it(book: Path, recording: Path, tmp_path: Path) -> None:
    segments = json.loads((recording / "transcript.json").read_text(encoding="utf-8"))["segments"]
    told = {segment["body"]: segment["startTime"] for segment in segments}
    with zipfile.ZipFile(book) as archive:
        archive.extractall(tmp_path)
    before, checked = 0.0, 0
    begins: dict[str, float] = {}
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if name.endswith(".mp3"):
                begins[name.removeprefix("EPUB/")] = before
                before += ffprobe_duration(tmp_path / name)
    texts = pages(book)
    for page, pars in overlays(book).items():
        named = {element.get("id"): "".join(element.itertext()) for element in texts[page].iter() if element.get("id")}
        for par in pars:
            if named[par.name] in told and par.begin:
                assert begins[par.audio] + par.begin == pytest.approx(told[named[par.name]], abs=0.06)
                checked += 1
    assert checked >= 10


def test_overlays_follow_the_text_and_name_all_of_it(book: Path) -> None:
    texts = pages(book)
    for page, pars in overlays(book).items():
        order = [element.get("id") for element in texts[page].iter() if element.get("id")]
        places = [order.index(par.name) for par in pars]
        assert places == sorted(places)
        named = {par.name for par in pars}
        assert "".join(_unnamed(texts[page].find(f"{XHTML}body"), named)).split() == []


def _unnamed(element: etree._Element, named: set[str]) -> Iterator[str]:
    if element.get("id") in named or element.get("class") == "unspoken":
        return
    yield element.text or ""
    for child in element:
        yield from _unnamed(child, named)
        yield child.tail or ""


def test_the_structure_of_the_article_is_there(book: Path) -> None:
    body = next(page for name, page in pages(book).items() if name == "s1.xhtml")
    words = {
        tag: ["".join(e.itertext()).strip() for e in body.iter(f"{XHTML}{tag}")]
        for tag in ("li", "em", "strong", "code")
    }
    assert words["em"] == ["lamp"]
    assert words["strong"] == ["strong words"]
    assert words["code"] == ["code"]
    assert len(words["li"]) == 3
    (aside,) = body.iter(f"{XHTML}aside")
    (reference,) = (a for a in body.iter(f"{XHTML}a") if a.get("role") == "doc-noteref")
    assert aside.get("role") == "doc-footnote"
    assert reference.get("href") == f"#{aside.get('id')}"
    assert any(e.get("lang") == "de" and "Guten Tag" in "".join(e.itertext()) for e in body.iter())
    (quotation,) = body.iter(f"{XHTML}blockquote")
    assert "".join(quotation.itertext()).strip() == "A quotation. It goes on."
    table = next(page for name, page in pages(book).items() if name == "s2.xhtml")
    rows = [["".join(cell.itertext()) for cell in row] for row in table.iter(f"{XHTML}tr")]
    assert rows == [["Name", "Height"], ["Tower", "31 metres"], ["Hall", ""]]


def test_formulas_are_mathml_and_declared(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        package = etree.fromstring(archive.read("EPUB/package.opf"))
        declared = {e.get("href") for e in package.iter("{*}item") if e.get("properties") == "mathml"}
        shown = {
            name.removeprefix("EPUB/"): [e.get("alttext") for e in etree.fromstring(archive.read(name)).iter("{*}math")]
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }
    assert {name: found for name, found in shown.items() if found} == {"s6.xhtml": ["x_1^2"]}
    assert declared == {"s6.xhtml"}
    assert "MathML" in {e.text for e in package.iter("{*}meta")}


def test_a_book_in_arabic_turns_its_pages_the_other_way(arabic: Path) -> None:
    with zipfile.ZipFile(export(arabic, ["epub"])[0]) as archive:
        assert b'page-progression-direction="rtl"' in archive.read("EPUB/package.opf")
        assert b'lang="ar" xml:lang="ar" dir="rtl"' in archive.read("EPUB/s0.xhtml")


def test_the_cover_and_the_figure_are_in_it(book: Path, recording: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        package = etree.fromstring(archive.read("EPUB/package.opf"))
        items = {item.get("properties"): item.get("href") for item in package.iter("{*}item") if item.get("properties")}
        assert archive.read(f"EPUB/{items['cover-image']}") == (recording / "cover.png").read_bytes()
        page = etree.fromstring(archive.read("EPUB/s2.xhtml"))
        (picture,) = page.iter(f"{XHTML}img")
        assert picture.get("alt") == "A lamp on a tower"
        assert archive.read(f"EPUB/{picture.get('src')}").startswith(b"\x89PNG")
    assert picture.getparent().get("id") in {par.name for par in overlays(book)["s2.xhtml"]}


def test_the_cover_is_in_the_mp3(recording: Path) -> None:
    (audio,) = recording.glob("*.mp3")
    (picture,) = ID3(audio).getall("APIC")
    assert (picture.mime, picture.type) == ("image/png", 3)
    assert picture.data == (recording / "cover.png").read_bytes()
