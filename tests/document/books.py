"""Small EPUB, FB2, ODT and DOCX files, made for the tests."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import TypeAlias

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = """<dc:title>The book</dc:title><dc:creator>A. Finch</dc:creator>
<dc:date>2021-07-06</dc:date><dc:language>en-gb</dc:language><dc:description>&lt;p&gt;About it&lt;/p&gt;</dc:description>"""
OPF = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata
 xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>
<manifest>{manifest}</manifest><spine{toc}>{spine}</spine></package>"""
TYPES = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "ncx": "application/x-dtbncx+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
    "json": "application/json",
}
Entry: TypeAlias = "tuple[str, str] | tuple[str, str, list[Entry]]"
"""A line of a list of contents: what it says, where it leads (nowhere, if empty), and the lines below it."""


def packed(files: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xhtml(body: str, head: str = "<title/>") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head>{head}</head><body>{body}</body></html>'
    )


def contents(*entries: Entry) -> str:
    """The navigation document of a book."""
    return xhtml(f'<nav epub:type="toc">{_listed(entries)}</nav>')


def _listed(entries: Iterable[Entry]) -> str:
    items = ""
    for label, target, *below in entries:
        line = f'<a href="{target}">{label}</a>' if target else f"<span>{label}</span>"
        items += f"<li>{line}{_listed(below[0]) if below else ''}</li>"
    return f"<ol>{items}</ol>"


def epub(
    files: Mapping[str, str | bytes],
    *,
    nav: str = "",
    toc: str = "",
    more: Mapping[str, str | bytes] | None = None,
    metadata: str = METADATA,
    in_spine: tuple[str, ...] = (".xhtml",),
) -> bytes:
    """A book of `files` (names in OEBPS/), those with an ending of `in_spine` in the spine."""
    manifest = ""
    spine = ""
    for number, name in enumerate(files):
        properties = ' properties="nav"' if name == nav else ""
        kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        manifest += f'<item id="i{number}" href="{name}" media-type="{kind}"{properties}/>'
        if name.endswith(in_spine):
            spine += f'<itemref idref="i{number}"/>'
    number = list(files).index(toc) if toc else 0
    opf = OPF.format(metadata=metadata, manifest=manifest, spine=spine, toc=f' toc="i{number}"' if toc else "")
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": opf}
    return packed({**members, **{f"OEBPS/{name}": content for name, content in files.items()}, **(more or {})})


def book_of(chapters: Mapping[str, str], entries: Iterable[Entry], *, metadata: str = METADATA) -> bytes:
    """A book of chapters, the bodies of their files by their names, with a list of contents."""
    files = {name: xhtml(body) for name, body in chapters.items()}
    return epub({**files, "nav.xhtml": contents(*entries)}, nav="nav.xhtml", metadata=metadata)


def fiction_book(body: str, about: str = "<book-title>The book</book-title>", more: str = "") -> bytes:
    """An FB2 book: what is in its first body, in its `title-info`, and after the body."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"'
        f' xmlns:l="http://www.w3.org/1999/xlink"><description><title-info>{about}</title-info></description>'
        f"<body>{body}</body>{more}</FictionBook>"
    ).encode()


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OPEN_DOCUMENT = " ".join(
    (
        *(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("text", "style", "table", "office", "meta", "manifest")),
        *(f'xmlns:{name}="{_OASIS}:{long}:1.0"' for name, long in (("draw", "drawing"), ("svg", "svg-compatible"))),
        f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    )
)
"""The namespaces of OpenDocument."""


def open_document(
    body: str, *, styles: str = "", meta: str = "", more: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A text of OpenDocument: its content, its automatic styles, its metadata."""
    content = (
        f"<office:document-content {OPEN_DOCUMENT}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": f"<office:document-meta {OPEN_DOCUMENT}><office:meta>{meta}</office:meta></office:document-meta>",
            **(more or {}),
        }
    )


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def docx(body: str, *, more: Mapping[str, str] | None = None) -> bytes:
    """A word-processor file; `body` is in the namespace `w:`."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "heading 1", "heading 2", "Quote")
    )
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r2" '
            f'Type="{RELATIONS}/styles" Target="styles.xml"/><Relationship Id="r3" Type="{RELATIONS}/footnotes" '
            'Target="footnotes.xml"/></Relationships>',
            "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1"><w:p><w:r><w:t>A note.</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>",
            "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            f"<w:body>{body}</w:body></w:document>",
            **(more or {}),
        },
    )
