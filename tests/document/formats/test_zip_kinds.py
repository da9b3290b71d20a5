"""What is no article is called by its name, whatever its suffix, with a way to go on."""

import pytest
from tests.document.books import packed

from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def stream(name: str) -> bytes:
    return OLE + bytes(600) + name.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed({"xl/workbook.xml": "<x/>"}), "an Excel workbook"),
        (packed({"ppt/presentation.xml": "<x/>"}), "a PowerPoint presentation"),
        (packed({"Index/Document.iwa": b"x", "Metadata/a.plist": b"x"}), "Pages, Numbers or Keynote"),
        (packed({"index.xml": b"x"}), "a Pages document"),
        (packed({"FixedDocSeq.fdseq": b"x"}), "an XPS file"),
        (packed({f"{n}.jpg": b"x" for n in range(9)}), "a comic book"),
        (packed({"a.txt": b"x"}), "a ZIP archive"),
        (bytes(60) + b"BOOKMOBI" + bytes(99), "a Kindle book"),
        (b"\xeaDRMION\xee" + bytes(99), "a Kindle book that is copy-protected"),
        (b"CONT\x02\x00" + bytes(99), "a Kindle book"),
        (bytes(60) + b"TEXtREAd" + bytes(99), "a Palm book"),
        (b"AT&TFORM" + bytes(99), "a DjVu file"),
        (b"ITSF\x03" + bytes(99), "a compiled help file"),
        (b"ITOLITLS" + bytes(99), "a Microsoft Reader book"),
        (b"\xffWPC" + bytes(99), "a WordPerfect document"),
        (b"%!PS-Adobe-3.0\n", "a PostScript file"),
        (stream("WordDocument"), "a Word 97-2003 document"),
        (stream("Workbook"), "an Excel 97-2003 workbook"),
        (stream("PowerPoint Document"), "a PowerPoint 97-2003 presentation"),
        (stream("__properties_version1.0"), "an Outlook message"),
        (stream("EncryptedPackage"), "a document protected by a password"),
        (OLE + bytes(600), "an old Office file"),
    ],
)
@pytest.mark.parametrize("name", ["a.epub", "a"])
def test_it_is_called_by_its_name(data: bytes, said: str, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, name=name)
    assert said in caught.value.message
    assert caught.value.remedy
