"""What locks a book, or is wrong with it, is said by its name."""

import io
import zipfile

import pytest
from tests.document.books import epub, packed, xhtml

from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError

PAGE = {"a.xhtml": xhtml("<p>The keeper walked along the wall.</p>")}
ENCRYPTION = "META-INF/encryption.xml"


def encryption(algorithm: str, file: str) -> str:
    return (
        f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/><CipherData><CipherReference URI="{file}"/>'
        "</CipherData></EncryptedData></encryption>"
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "copy-protected and cannot"),
        ({"META-INF/license.lcpl": "{}"}, "copy-protected by Readium LCP"),
        ({"META-INF/sinf.xml": "<x/>"}, "copy-protected by Apple FairPlay"),
        ({"META-INF/rights.xml": "<x/>"}, "copy-protected by Adobe ADEPT"),
    ],
)
def test_the_scheme_that_locks_a_book_is_named(more: dict[str, str], said: str) -> None:
    locked = encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "OEBPS/A.xhtml")
    with pytest.raises(InputError, match=said) as caught:
        read_bytes(epub(PAGE, more={ENCRYPTION: locked, **more}), name="x.epub")
    assert caught.value.remedy == "Give a copy without protection."


@pytest.mark.parametrize(
    "content",
    [
        encryption("http://www.idpf.org/2008/embedding", "OEBPS/a.xhtml"),
        encryption("http://ns.adobe.com/pdf/enc#RC", "OEBPS/font.otf"),
        encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "OEBPS/video.mp4"),
    ],
)
def test_a_book_with_obfuscated_fonts_or_a_locked_video_is_read(content: str) -> None:
    assert read_bytes(epub(PAGE, more={ENCRYPTION: content}), name="x.epub").blocks


def test_a_book_of_pictures_is_said_to_be_one() -> None:
    book = epub({"a.jpg": b"\xff\xd8", "b.jpg": b"\xff\xd8"}, in_spine=(".jpg",))
    with pytest.raises(InputError, match="its pages are pictures") as caught:
        read_bytes(book, name="x.epub")
    assert "whole copy" not in caught.value.remedy


def test_a_book_that_was_cut_off_and_one_with_a_password_are_refused() -> None:
    book = epub(PAGE)
    with pytest.raises(InputError, match="damaged"):
        read_bytes(book[: len(book) // 2], name="x.epub")
    flagged = bytearray(book)
    for at in (6, book.index(b"PK\x01\x02") + 8):  # the flag that says that a file is encrypted, of the first one
        flagged[at] |= 1
    with pytest.raises(InputError, match="password"):
        read_bytes(bytes(flagged), name="x.epub")


def test_a_bomb_in_any_file_of_a_book_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    for name in ("META-INF/container.xml", "OEBPS/book.opf", ENCRYPTION):
        members = {
            info.filename: zipfile.ZipFile(io.BytesIO(epub(PAGE))).read(info)
            for info in zipfile.ZipFile(io.BytesIO(epub(PAGE))).infolist()
        }
        with pytest.raises(InputError, match="declares entities"):
            read_bytes(packed({**members, name: bomb}), name="x.epub")
