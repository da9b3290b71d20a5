"""FictionBook 2 (FB2), the format of most Russian books: one XML file, alone or in a ZIP archive, into blocks by way of HTML.

Sections nest, and what has a title is a chapter; bodies with a name hold notes. Rules by the schema, FictionBook 2.21.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.html.xml_to_html import Rebuilder
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.xml_source import parse_xml
from chaptercast.document.formats.zip_kinds import books_in
from chaptercast.document.metadata.dates import to_iso
from chaptercast.document.metadata.language import canonical
from chaptercast.document.model import Metadata, Omission, Reason
from chaptercast.document.outline.line_shape import key
from chaptercast.document.sources.encoding import decode
from chaptercast.document.sources.zip_container import Archive

_NOTES = re.compile(r"notes?|comments?|footnotes?|endnotes?|примечани[ея]|комментари[ий]|сноски", re.IGNORECASE)
"""Names of bodies that hold notes."""
_BINARY = re.compile(r"<binary\b[^>]*>[^<]*</binary\s*>", re.IGNORECASE)
"""Images: most of the file, and nothing that is read."""
_DEEPEST = 6
_LABEL = 6
"""Characters of the mark of a note."""


def read_fiction_book(data: bytes, name: str) -> Reading:
    """The text of a book. Raises `InputError` for what is damaged."""
    root = parse_xml(_BINARY.sub("", decode(data, name)), name)
    metadata = _metadata(root)
    builder = _FictionBook(root, metadata)
    builder.run(root)
    return builder.reading(metadata)


def read_packed_fiction_book(data: bytes, name: str) -> Reading:
    """The text of the one book in a ZIP archive, which is how they are handed on."""
    with Archive(data, name) as archive:
        (book,) = books_in(archive)
        return read_fiction_book(archive.read(book), name)


class _FictionBook(Rebuilder):
    """A book in the making."""

    def __init__(self, root: Element, metadata: Metadata) -> None:
        super().__init__()
        bodies = [body for body in root.iter("body") if not _is_notes(body)]
        self._several = len(bodies) > 1
        self._said = {key(metadata.title), *map(key, metadata.author.split(", ")), key(metadata.author)}
        self._in_notes = False
        self._depth = 0
        """Of sections around what is at hand."""
        if metadata.language:
            self.root.set("lang", metadata.language)

    def enter(self, element: Element) -> Element | None:
        return _RULES.get(element.tag, _FictionBook.transparent)(self, element)

    def leave(self, element: Element) -> None:
        self._depth -= self._is_deep(element)

    def _is_deep(self, element: Element) -> bool:
        """Whether what stands in an element is deeper in the book: in a section, or in one body of several."""
        return element.tag == "section" or (element.tag == "body" and self._several)

    def transparent(self, _element: Element) -> Element | None:
        """What is in it goes where it stands."""
        return self.at

    def nothing(self, _element: Element) -> Element | None:
        """No text."""
        return None

    def body(self, element: Element) -> Element | None:
        """The book, one of several parts of it, or its notes."""
        self._in_notes = _is_notes(element)
        self._depth += self._is_deep(element)
        return self.made("div", element)

    def section(self, element: Element) -> Element | None:
        """A chapter, a part of one, or a note."""
        self._depth += 1
        note = self._in_notes and element.get("id") and element.find("section") is None
        return self.made("aside", element, {"role": "doc-footnote"}) if note else self.made("div", element)

    def title(self, element: Element) -> Element | None:
        """The title of a section or of a part of one; that of the book may only say again what is known of it."""
        around = element.getparent().tag if element.getparent() is not None else ""
        if around == "body" and not self._several and not self._in_notes:
            return self._of_book(element)
        if around in ("section", "body"):
            if self._in_notes and _is_label(element):
                self.left_out += [Omission(_said(element), Reason.UNSPEAKABLE)] if _said(element) else []
                return None
            heading = self.make(f"h{min(_DEEPEST, self._depth + 1)}")
            self.depths[heading] = max(1, self._depth)
            return heading
        return self.make("p", {"class": "title", "style": "font-weight:bold"})

    def _of_book(self, element: Element) -> Element | None:
        lines = [line for line in element if _said(line)]
        if lines and all(key(_said(line)) in self._said for line in lines):
            self.left_out += [Omission(_said(line), Reason.REPEATED) for line in lines]
            return None
        return self.make("h1", {"class": "title"})

    def subtitle(self, element: Element) -> Element | None:
        """A small heading, or the stars that part scenes."""
        if not key(_said(element)):
            self.make("hr")
            return None
        return self.made(f"h{min(_DEEPEST, self._depth + 2)}", element)

    def paragraph(self, element: Element) -> Element | None:
        """A paragraph, or a line of a title."""
        if self.at.tag in ("h1", "h2", "h3", "h4", "h5", "h6") or (
            self.at.tag == "p" and self.at.get("class") == "title"
        ):
            self.settle()
            if len(self.at) or (self.at.text or "").strip():
                self.make("br")
            return self.at
        return self.made("p", element)

    def verse(self, element: Element) -> Element | None:
        """A line of a stanza."""
        if element.getprevious() is not None and element.getprevious().tag == "v":
            self.make("br")
        return self.make("span")

    def link(self, element: Element) -> Element | None:
        """A link, or the reference to a note."""
        address = _attribute(element, "href")
        attributes = {"href": address} if address else {}
        if _attribute(element, "type") == "note":
            attributes["role"] = "doc-noteref"
        return self.make("a", attributes)

    def image(self, element: Element) -> Element | None:
        """An image, by the words that stand for it."""
        alt = " ".join(
            dict.fromkeys(text for text in (_attribute(element, "alt"), _attribute(element, "title")) if text)
        )
        image = self.make("img", {"src": _attribute(element, "href")})
        if alt:
            image.set("alt", alt)
        return None

    def made(self, tag: str, element: Element, attributes: dict[str, str] | None = None) -> Element:
        """An element with the id and the language of the one that it is made of."""
        given = dict(attributes or {})
        for name in ("id", "lang", "colspan", "rowspan", "align"):
            value = _attribute(element, name)
            if value:
                given[name] = value
        return self.make(tag, given)


def _tagged(tag: str) -> Callable[[_FictionBook, Element], Element | None]:
    """The rule that makes an element of a name."""
    return lambda book, element: book.made(tag, element)


_RULES: Mapping[str, Callable[[_FictionBook, Element], Element | None]] = MappingProxyType(
    {
        **dict.fromkeys(("description", "binary", "stylesheet", "empty-line"), _FictionBook.nothing),
        "body": _FictionBook.body,
        "section": _FictionBook.section,
        "title": _FictionBook.title,
        "subtitle": _FictionBook.subtitle,
        "p": _FictionBook.paragraph,
        "v": _FictionBook.verse,
        "a": _FictionBook.link,
        "image": _FictionBook.image,
        **dict.fromkeys(("epigraph", "cite"), _tagged("blockquote")),
        **dict.fromkeys(("annotation", "poem"), _tagged("div")),
        **dict.fromkeys(("stanza", "text-author", "date"), _tagged("p")),
        **{tag: _tagged(tag) for tag in ("strong", "sub", "sup", "code", "table", "tr", "th", "td")},
        "emphasis": _tagged("em"),
        "strikethrough": _tagged("s"),
        "style": _tagged("span"),
    },
)
"""What each element becomes; others are as if they were not there."""


def _is_notes(body: Element) -> bool:
    return _NOTES.fullmatch(body.get("name", "").strip()) is not None


def _is_label(title: Element) -> bool:
    text = _said(title)
    return len(text) <= _LABEL and (not any(map(str.isalpha, text)) or len(text) == 1)


def _said(element: Element) -> str:
    return folded(" ".join(element.itertext()))


def _attribute(element: Element, name: str) -> str:
    """An attribute whatever its namespace, which differs among books."""
    return str(next((value for key_, value in element.attrib.items() if key_.rpartition("}")[2] == name), ""))


def _metadata(root: Element) -> Metadata:
    """What the description says of the text: its title, authors, language, date; the annotation is what a publisher says of it."""
    about = root.find("description/title-info")
    if about is None:
        return Metadata()

    def text(path: str) -> str:
        found = about.find(path)
        return _said(found) if found is not None else ""

    dates = [date for date in (about.find("date"), root.find("description/publish-info/year")) if date is not None]
    written = (iso for date in dates for value in (date.get("value", ""), _said(date)) if (iso := to_iso(value)))
    return Metadata(
        title=text("book-title"),
        author=", ".join(dict.fromkeys(name for author in about.findall("author") if (name := _name(author)))),
        authors=tuple(dict.fromkeys(name for author in about.findall("author") if (name := _name(author)))),
        date=next(written, ""),
        language=canonical(text("lang")),
        description=text("annotation"),
    )


def _name(author: Element) -> str:
    """A person's names in the order in which they are said, or else the nickname."""
    parts = [author.find(part) for part in ("first-name", "middle-name", "last-name")]
    name = " ".join(text for part in parts if part is not None and (text := _said(part)))
    nickname = author.find("nickname")
    return name or (_said(nickname) if nickname is not None else "")
