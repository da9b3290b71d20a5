"""DAISY books against their document types, and against the recording."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from tests.judges import dtbook_faults, dtd_faults, ffprobe_duration, jing

from chaptercast.common.units import LanguageTag
from chaptercast.publication.exports import Choices
from chaptercast.publication.exports.daisy.silent_groups import with_plain_blocks
from chaptercast.publication.exports.daisy.smil2 import names_for_listeners
from chaptercast.publication.exports.output_files import export

HTML = "{http://www.w3.org/1999/xhtml}"
DTBOOK = "{http://www.daisy.org/z3986/2005/dtbook/}"
SMIL2 = "{http://www.w3.org/2001/SMIL20/}"


def unpacked(recording: Path, kind: str, folder: Path) -> Path:
    return export(recording, [kind], folder, Choices(unpacked=True))[0]


def parsed(path: Path) -> etree._Element:
    return etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True)).getroot()


@pytest.fixture(scope="session", params=["recording", "arabic"])
def any_recording(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("kind", ["daisy", "daisy-ncc"])
def test_daisy_202_is_valid(any_recording: Path, kind: str, tmp_path: Path) -> None:
    book = unpacked(any_recording, kind, tmp_path)
    for page in book.glob("*.html"):
        assert dtd_faults(page, "xhtml1-transitional.dtd") == []
    for smil in book.glob("*.smil"):
        assert dtd_faults(smil, "smil10.dtd") == []


def test_daisy_3_is_valid(any_recording: Path, tmp_path: Path) -> None:
    book = unpacked(any_recording, "daisy3", tmp_path)
    assert dtbook_faults(book / "book.xml") == []
    assert dtd_faults(book / "book.xml", "dtbook-2005-2.dtd") == []
    assert dtd_faults(book / "toc.ncx", "ncx-2005-1.dtd") == []
    assert dtd_faults(book / "package.opf", "oebpkg12.dtd") == []


def test_jing_finds_only_what_is_wrong(recording: Path, arabic: Path, tmp_path: Path) -> None:
    books = [unpacked(folder, "daisy3", tmp_path) / "book.xml" for folder in (recording, arabic)]
    twice = tmp_path / "twice.xml"
    twice.write_bytes(books[0].read_bytes().replace(b' id="s0-1"', b' id="s0-2"'))
    faults = jing(*books, twice)
    assert {fault.partition(":")[0] for fault in faults} == {"2-twice.xml"}, faults
    assert 'ID "s0-2" has already been defined' in faults[0]


def npt(value: str) -> float:
    return float(re.fullmatch(r"npt=([\d.]+)s", value)[1])


def clock(value: str) -> float:
    hours, minutes, seconds = value.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


@pytest.mark.parametrize("kind", ["daisy", "daisy-ncc"])
def test_every_heading_plays_its_chapter(recording: Path, kind: str, tmp_path: Path) -> None:
    book = unpacked(recording, kind, tmp_path)
    ncc = parsed(book / "ncc.html")
    metas = {meta.get("name"): meta.get("content") for meta in ncc.iter(f"{HTML}meta")}
    headings = [e for e in ncc.find(f"{HTML}body") if re.fullmatch(r"h\d", etree.QName(e).localname)]
    assert metas["ncc:tocItems"] == str(len(headings)) == "7"
    assert metas["ncc:files"] == str(len([*book.iterdir()]))
    assert metas["ncc:multimediaType"] == {"daisy": "audioFullText", "daisy-ncc": "audioNcc"}[kind]
    assert metas["dc:date"] == "2025-11-03"
    assert [int(etree.QName(h).localname[1]) for h in headings] == [1, 2, 3, 4, 5, 6, 2]
    total = 0.0
    for heading in headings:
        file, _, anchor = heading.find(f"{HTML}a").get("href").partition("#")
        smil = parsed(book / file)
        assert next(e.get("id") for e in smil.iter("text")) == anchor
        told = {meta.get("name"): meta.get("content") for meta in smil.iter("meta")}
        assert clock(told["ncc:totalElapsedTime"]) == pytest.approx(total, abs=0.002)
        clips = sorted((npt(e.get("clip-begin")), npt(e.get("clip-end")), e.get("src")) for e in smil.iter("audio"))
        assert clips[0][0] == 0
        assert all(before[1] == after[0] for before, after in pairwise(clips))
        assert clips[-1][1] == pytest.approx(ffprobe_duration(book / clips[0][2]), abs=0.03)
        assert clock(told["ncc:timeInThisSmil"]) == pytest.approx(clips[-1][1], abs=0.002)
        total += clips[-1][1]
    assert abs(clock(metas["ncc:totalTime"]) - total) < 0.6


def test_every_sentence_of_the_text_is_played_once(recording: Path, tmp_path: Path) -> None:
    book = unpacked(recording, "daisy", tmp_path)
    text = parsed(book / "text.html")
    named = [e.get("id") for e in text.iter(f"{HTML}span") if re.fullmatch(r"s\d+-\d+", e.get("id") or "")]
    played = [e.get("src") for n in range(7) for e in parsed(book / f"s{n}.smil").iter("text")]
    assert played == [f"text.html#{name}" for name in named]


def test_dtbook_and_smil_name_each_other(recording: Path, tmp_path: Path) -> None:
    book = unpacked(recording, "daisy3", tmp_path)
    text = parsed(book / "book.xml")
    sentences = {e.get("id"): e.get("smilref") for e in text.iter(f"{DTBOOK}sent")}
    found = {}
    for number in range(7):
        for par in parsed(book / f"s{number}.smil").iter(f"{SMIL2}par"):
            place, audio = par.find(f"{SMIL2}text").get("src"), par.find(f"{SMIL2}audio")
            assert clock(audio.get("clipBegin")) < clock(audio.get("clipEnd"))
            found[place.partition("#")[2]] = f"s{number}.smil#{par.get('id')}"
    assert found == sentences
    points = parsed(book / "toc.ncx").iter("{http://www.daisy.org/z3986/2005/ncx/}navPoint")
    assert [point.get("playOrder") for point in points] == [str(n) for n in range(1, 8)]
    assert "".join(text.find(f".//{DTBOOK}note").itertext()).split() == ["1", "The", "note", "is", "short."]


def test_what_a_listener_can_leave_has_a_sequence(recording: Path, tmp_path: Path) -> None:
    book = unpacked(recording, "daisy3", tmp_path)
    sequences = {
        f"s{number}.smil#{sequence.get('id')}": sequence
        for number in range(7)
        for sequence in parsed(book / f"s{number}.smil").iter(f"{SMIL2}seq")
    }
    text = parsed(book / "book.xml")
    left = [e for e in text.iter() if etree.QName(e).localname in {"list", "table", "note"}]
    assert [etree.QName(e).localname for e in left] == ["note", "list", "list", "table"]
    for element in left:
        sequence = sequences[element.get("smilref")]
        assert sequence.get("class") == etree.QName(element).localname
        assert sequence.get("end") == f"DTBuserEscape;{sequence[-1].get('id')}.end"
        inside = {e.get("src").partition("#")[2] for e in sequence.iter(f"{SMIL2}text")}
        assert inside == {e.get("id") for e in element.iter(f"{DTBOOK}sent")}
        assert sequence.get("customTest") == ("note" if sequence.get("class") == "note" else None)
    (test,) = parsed(book / "s1.smil").iter(f"{SMIL2}customTest")
    (same,) = parsed(book / "toc.ncx").iter("{*}smilCustomTest")
    assert {**test.attrib, "bookStruct": "NOTE"} == dict(same.attrib)
    assert test.get("defaultState") == "true", "notes are heard unless a listener turns them off"
    names = [e.get("select") for e in parsed(book / "names.res").iter("{*}nodeSet")]
    assert {name for name in names if "seq" in name} == {f"//seq[@class='{e}']" for e in ("list", "table", "note")}
    (listed,) = [e for e in parsed(book / "package.opf").iter("{*}item") if e.get("id") == "resource"]
    assert (listed.get("href"), listed.get("media-type")) == ("names.res", "application/x-dtbresource+xml")


def test_what_a_listener_can_leave_is_named_in_the_language_of_the_book(recording: Path, tmp_path: Path) -> None:
    smils = [path.read_text(encoding="utf-8") for path in unpacked(recording, "daisy3", tmp_path).glob("*.smil")]
    named = etree.fromstring(names_for_listeners(smils, LanguageTag("de-AT")).encode())
    assert [e.text for e in named.iter("{*}text")] == ["Liste", "Tabelle", "Anmerkung", "Anmerkungen"]
    assert {e.get("{http://www.w3.org/XML/1998/namespace}lang") for e in named.iter("{*}resource")} == {"de"}


def test_where_nothing_is_spoken_there_is_nothing_to_leave(recording: Path, tmp_path: Path) -> None:
    path = unpacked(recording, "daisy3", tmp_path) / "book.xml"
    text = path.read_text(encoding="utf-8")
    silent = re.sub(r'<sent id="[^"]*" smilref="[^"]*"(.*?)</sent>', r"<span\1</span>", text)
    plain = with_plain_blocks(silent, re.findall(r'smilref="([^"#]*#g-[^"]*)"', silent))
    assert "smilref" not in plain
    made, given = etree.fromstring(plain.encode()), etree.fromstring(text.encode())
    assert next(made.iter("{*}list", "{*}table", "{*}note"), None) is None
    assert "".join("".join(made.itertext()).split()) == "".join("".join(given.itertext()).split())
    path.write_text(plain, encoding="utf-8")
    assert dtbook_faults(path) == []
    assert dtd_faults(path, "dtbook-2005-2.dtd") == []


def test_a_reference_to_a_note_is_a_link_since_it_has_no_sound(recording: Path, tmp_path: Path) -> None:
    text = parsed(unpacked(recording, "daisy3", tmp_path) / "book.xml")
    assert not [*text.iter(f"{DTBOOK}noteref")]
    (note,) = text.iter(f"{DTBOOK}note")
    assert [e.get("href") for e in text.iter(f"{DTBOOK}a") if e.get("class") == "noteref"] == [f"#{note.get('id')}"]


def test_a_book_without_lists_tables_and_notes_has_no_names_for_them(arabic: Path, tmp_path: Path) -> None:
    book = unpacked(arabic, "daisy3", tmp_path)
    assert not (book / "names.res").exists()
    assert "resource" not in (book / "package.opf").read_text(encoding="utf-8")


def test_only_the_text_of_daisy_202_tells_its_direction(arabic: Path, tmp_path: Path) -> None:
    book = unpacked(arabic, "daisy", tmp_path)
    assert parsed(book / "text.html").get("dir") == "rtl"
    assert "dir" not in parsed(book / "ncc.html").attrib, "the contents may not"


@pytest.mark.parametrize(("kind", "text"), [("daisy", "text.html"), ("daisy3", "book.xml")])
def test_the_figure_of_the_article_is_shown(recording: Path, kind: str, text: str, tmp_path: Path) -> None:
    book = unpacked(recording, kind, tmp_path)
    (picture,) = parsed(book / text).iter("{*}img")
    assert picture.get("alt") == "A lamp on a tower"
    assert (book / picture.get("src")).read_bytes().startswith(b"\x89PNG")
    assert picture.getparent().get("id"), "its time is that of its words"
    if kind == "daisy3":
        listed = {item.get("href"): item.get("media-type") for item in parsed(book / "package.opf").iter("{*}item")}
        assert listed[picture.get("src")] == "image/png"
