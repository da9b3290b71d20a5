"""Books, texts and messages that are damaged or made to hurt: they are read, or refused in one sentence, in little time and memory."""

import contextlib
import io
import random
import zipfile

import pytest
from tests.document.books import book_of, epub, fiction_book, open_document, packed, xhtml
from tests.document.listening import outlined

from chaptercast.document.block_text import texts
from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError

P = "<p>The keeper walked along the wall.</p>"
RTF = (
    rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\stylesheet{\s1 heading 1;}}\pard\s1 The quay\par\pard a{\footnote b}\par"
    rb"\trowd\intbl a\cell b\cell\row\pard{\field{\*\fldinst HYPERLINK x}{\fldrslt y}} \u8212 ? caf\'e9\par}"
)
MAIL = (
    b"From: a@example.org\nSubject: =?utf-8?B?w6Q=?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>The boats =E2=80=93\n--b\n"
    b"Content-Type: message/rfc822\n\nSubject: b\n\n> c\n--b--\n"
)
FICTION = fiction_book(f"<section><title><p>One</p></title>{P}<poem><stanza><v>a</v></stanza></poem></section>")
TEXT = open_document(
    '<text:h text:outline-level="1">One</text:h><text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body></text:note>'
    "</text:p><table:table><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
)
BOOK = book_of(
    {"a.xhtml": f"<h1>One</h1>{P}<svg><text>a</text></svg>", "b.xhtml": P}, [("One", "a.xhtml"), ("Two", "b.xhtml#x")]
)


def refused_or_read(data: bytes, name: str) -> None:
    """Raise whatever is raised besides a refusal."""
    with contextlib.suppress(InputError):
        outlined(data, name)


def changed(data: bytes, chance: random.Random) -> bytes:
    """The data with bytes changed, taken out, and put in twice."""
    made = bytearray(data)
    for _ in range(chance.choice([1, 3, 10, 40])):
        at = chance.randrange(len(made) + 1)
        how = chance.randrange(4)
        if how == 0 and made:
            made[at % len(made)] = chance.randrange(256)
        elif how == 1:
            del made[at : at + chance.randrange(1, 40)]
        elif how == 2:
            made[at:at] = made[at - 60 : at]
        else:
            made[at:at] = chance.choice(
                [b"{", b"}", b"\\", b"<", b">", b"</p>", b"&", b"--", b"\r\n\r\n", b"\x00", b'"', b"<svg>", b"<a:"]
            )
    return bytes(made)


@pytest.mark.parametrize(
    ("data", "name"), [(RTF, "x.rtf"), (MAIL, "x.eml"), (FICTION, "x.fb2"), (TEXT, "x.odt"), (BOOK, "x.epub")]
)
def test_damaged_files_are_read_or_refused(data: bytes, name: str) -> None:
    chance = random.Random(name)
    for _ in range(60):
        if not zipfile.is_zipfile(io.BytesIO(data)):
            refused_or_read(changed(data, chance), name)
            continue
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {member: archive.read(member) for member in archive.namelist()}
        hit = chance.choice(list(members))
        refused_or_read(packed({**members, hit: changed(members[hit], chance)}), name)
        refused_or_read(changed(data, chance), name)


DEEP = 20_000


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"{\\rtf1 before " + b"{" * 100_000 + b"deep" + b"}" * 100_000 + b"}", "x.rtf"),
        (b"{\\rtf1 before " + b"{\\footnote " * DEEP, "x.rtf"),
        (b"{\\rtf1 before " + b"\\itap99999 a\\nestcell " * DEEP + b"}", "x.rtf"),
        (fiction_book("<section>" * DEEP + P + "</section>" * DEEP), "x.fb2"),
        (fiction_book("<p>" + "<emphasis>" * DEEP + "deep" + "</emphasis>" * DEEP + "</p>"), "x.fb2"),
        (open_document("<text:section>" * DEEP + "<text:p>deep</text:p>" + "</text:section>" * DEEP), "x.odt"),
        (open_document("<text:list><text:list-item>" * DEEP), "x.odt"),
        (epub({"a.xhtml": xhtml("<svg>" + "<g>" * DEEP + "<text>deep</text>")}), "x.epub"),
        (epub({"a.svg": "<svg>" + "<g>" * 2000 + "<text>deep</text>"}, in_spine=(".svg",)), "x.epub"),
        (b"From: a@b\nMIME-Version: 1.0\nSubject: x\n" + b"Content-Type: message/rfc822\n\n" * DEEP + b"deep", "x.eml"),
        (
            b"From: a@b\nMIME-Version: 1.0\n"
            + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
            + b"\ndeep",
            "x.eml",
        ),
        (b"From: a@b\nMIME-Version: 1.0\nSubject: x\n\n" + b">" * 100_000 + b" deep", "x.eml"),
    ],
)
def test_depth(data: bytes, name: str) -> None:
    refused_or_read(data, name)


@pytest.mark.parametrize(
    ("head", "unit", "name"),
    [
        *(
            (b"{\\rtf1 ", unit, "x.rtf")
            for unit in (b"\\par ", b"{", b"}", b"\\'", b"\\u1 ?", b"\\cell ", b"\\row ", b"{\\listtext 1.}a\\par ")
        ),
        *(
            (b"{\\rtf1 ", unit, "x.rtf")
            for unit in (b"{\\footnote a}", b"\\trowd\\intbl a\\cell\\row ", b"\\u-10179 ", b"{\\*\\x ", b"\\bin0 ")
        ),
        *(
            (b"From: a@b\nMIME-Version: 1.0\n", unit, "x.eml")
            for unit in (b"X: y\n", b" a\n", b"=?utf-8?q?a?= ", b"To: <a@b>,", b"\n> a")
        ),
        *((b"Subject: x\nFrom: a@b\nTo: ", unit, "x.eml") for unit in (b"a@b,", b'"', b"(", b"<", b"\\", b"=?", b"a ")),
        *(
            (b"<FictionBook><body>", unit, "x.fb2")
            for unit in (b"<section>", b"<p>a</p>", b"<title>", b"<v>a</v>", b"<a type='note'>", b"&x;")
        ),
    ],
)
def test_repetition_takes_time_in_proportion(head: bytes, unit: bytes, name: str) -> None:
    # What is not in proportion takes minutes, and meets the time limit of every test.
    with contextlib.suppress(InputError):
        read_bytes(head + unit * (60_000 // len(unit)), name=name)


def test_a_file_that_unpacks_to_far_more_than_a_text_has() -> None:
    with pytest.raises(InputError, match="far more"):
        read_bytes(open_document("<text:p>a</text:p>" * 200_000), name="x.odt")
    with pytest.raises(InputError, match="far more"):
        read_bytes(packed({"a.fb2": fiction_book("<p>a</p>" * 500_000)}), name="x.fb2.zip")


@pytest.mark.parametrize("repeat", ["table:number-columns-repeated", "table:number-rows-repeated"])
def test_a_cell_that_stands_for_a_million(repeat: str) -> None:
    cell = f'<table:table-cell {repeat}="1048576"><text:p>a</text:p></table:table-cell>'
    table = f'<table:table><table:table-row {repeat}="1048576">{cell}{cell}</table:table-row></table:table>'
    document = read_bytes(open_document(f"<text:p>b</text:p>{table}"), name="x.odt")
    assert sum(map(len, texts(document.blocks))) < 10_000


def test_styles_that_are_their_own_parents() -> None:
    styles = "".join(
        f'<style:style style:name="{one}" style:family="paragraph" style:parent-style-name="{other}"/>'
        for one, other in ("ab", "ba", "cc")
    )
    body = "".join(f'<text:p text:style-name="{name}">w</text:p>' for name in "abc")
    assert len(read_bytes(open_document(body, styles=styles), name="x.odt").blocks) == 3
    rtf = rb"{\rtf1{\stylesheet{\s1\sbasedon2 One;}{\s2\sbasedon1 Two;}}\pard\s1 a\par\pard\s2 b\par}"
    assert len(read_bytes(rtf, name="x.rtf").blocks) == 2
