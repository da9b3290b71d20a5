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
CORE = f"{PACKAGE}/relationships/metadata/core-properties"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
"""What the content of parts may use."""


def relationships(*entries: tuple[str, str]) -> str:
    """A file of relationships: type and target of each; ids are r1, r2... An address is external."""
    lines = (
        f'<Relationship Id="r{number}" Type="{kind if "/" in kind else f"{RELATIONS}/{kind}"}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for number, (kind, target) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def docx(
    body: str,
    *,
    more: Mapping[str, str | bytes] | None = None,
    styles: str = "",
    relations: tuple[tuple[str, str], ...] = (),
    main: str = "word/document.xml",
) -> bytes:
    """A word-processor file; `body` is in the namespaces `NAMESPACES`.

    `relations` are those of the text besides styles (r1) and footnotes (r2).
    """
    usual = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "heading 1", "heading 2", "Quote")
    )
    folder, file = main[: main.rfind("/") + 1], main[main.rfind("/") + 1 :]
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="1"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"'
            "/></Types>",
            "_rels/.rels": relationships(("officeDocument", main), (CORE, "docProps/core.xml")),
            f"{folder}_rels/{file}.rels": relationships(
                ("styles", "styles.xml"), ("footnotes", "footnotes.xml"), *relations
            ),
            f"{folder}styles.xml": f"<w:styles {NAMESPACES}>{usual}{styles}</w:styles>",
            **({f"{folder}footnotes.xml": notes} if "footnoteReference" in body else {}),
            main: f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            **(more or {}),
        },
    )


def paragraph(text: str, style: str = "", run: str = "", properties: str = "") -> str:
    """A paragraph of one run, with its properties and those of the run."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{style}{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def style(identity: str, name: str, content: str = "", kind: str = "paragraph", *, own: bool = False) -> str:
    """A style; without a `kind` it says of none."""
    told = f' w:type="{kind}"' if kind else ""
    return (
        f'<w:style{told} w:styleId="{identity}"{" w:customStyle=" + chr(34) + "1" + chr(34) if own else ""}>'
        f'<w:name w:val="{name}"/>{content}</w:style>'
    )
