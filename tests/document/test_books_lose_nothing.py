"""Whatever is in a book, a text, a message: every word is in the document once, or in the report of what was left out."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.document.books import book_of, epub, fiction_book, open_document, xhtml
from tests.document.test_nothing_is_lost import WORD, found, markup

from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError


class Tree:
    """Elements nested as a draw says, with words w0x, w1x... in them."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.words = 0

    def word(self) -> str:
        self.words += 1
        return f" w{self.words - 1}x "

    def made(self, tags: list[str], depth: int = 0) -> str:
        """Some elements and words; a tag is given with its attributes."""
        parts: list[str] = []
        for _ in range(self._draw(st.integers(1, 3))):
            if depth > 4 or self.words > 40 or self._draw(st.booleans()):
                parts.append(self.word())
            else:
                tag = self._draw(st.sampled_from(tags))
                parts.append(f"<{tag}>{self.made(tags, depth + 1)}</{tag.split(' ')[0]}>")
        return "".join(parts)


def kept(data: bytes, name: str) -> Counter[str] | None:
    """How often each word is in the document or in its report; None for what is refused.

    What the contents of a book say of its headings is judged with them, so that of books the outline is made, too.
    """
    try:
        document = read_bytes(data, name=name)
    except InputError:
        return None
    return found(outline(document) if name.endswith(".epub") else document)


def is_complete(data: bytes, name: str, source: str) -> bool:
    have = kept(data, name)
    return have is None or have == Counter(WORD.findall(source))


FICTION_BOOK = [
    *(
        "section",
        "section",
        'section id="n1"',
        "title",
        "subtitle",
        "p",
        "p",
        "poem",
        "stanza",
        "v",
        "cite",
        "epigraph",
    ),
    *(
        "text-author",
        "annotation",
        "emphasis",
        "strong",
        "sub",
        "sup",
        "code",
        "strikethrough",
        'style name="x"',
        "date",
    ),
    *("table", "tr", "td", "th", 'a l:href="#n1" type="note"', 'a l:href="https://example.org/"', "unknown"),
]


@settings(max_examples=150)
@given(st.data())
def test_every_word_of_a_fiction_book(data: st.DataObject) -> None:
    tree = Tree(data.draw)
    body = tree.made(FICTION_BOOK)
    notes = f'<body name="notes">{tree.made(FICTION_BOOK)}</body>' if data.draw(st.booleans()) else ""
    assert is_complete(fiction_book(body, more=notes), "x.fb2", body + notes)


OPEN_DOCUMENT = [
    *(
        "text:p",
        "text:p",
        "text:p",
        "text:span",
        'text:span text:style-name="T"',
        'text:p text:style-name="P"',
        "text:section",
    ),
    *(
        'text:h text:outline-level="2"',
        "text:list",
        "text:list-item",
        "text:list-header",
        'text:section text:display="none"',
    ),
    *("table:table", "table:table-header-rows", "table:table-row", "table:table-cell", "draw:frame", "draw:text-box"),
    *(
        "draw:custom-shape",
        "draw:g",
        "text:ruby",
        "text:ruby-base",
        "text:ruby-text",
        'text:a xlink:href="x"',
        "text:date",
    ),
    *(
        "text:bookmark-ref",
        "text:hidden-text",
        "text:page-number",
        "text:table-of-content",
        "text:index-body",
        "unknown",
    ),
    *(
        'text:p text:style-name="Quotations"',
        'text:p text:style-name="Preformatted_20_Text"',
        'text:p text:style-name="Title"',
    ),
]
STYLES = (
    '<style:style style:name="T" style:family="text"><style:text-properties fo:font-weight="bold" text:display="none"/></style:style>'
    '<style:style style:name="P" style:family="paragraph" style:default-outline-level="3"/>'
)


@settings(max_examples=150)
@given(st.data())
def test_every_word_of_an_open_document(data: st.DataObject) -> None:
    body = Tree(data.draw).made(OPEN_DOCUMENT)
    assert is_complete(open_document(body, styles=STYLES), "x.odt", body)


RTF = [
    *(
        r"\par ",
        r"\par\pard ",
        r"\line ",
        r"\tab ",
        r"\cell ",
        r"\row ",
        r"\trowd\intbl ",
        r"\itap2 ",
        r"\nestcell ",
        r"\nestrow ",
    ),
    *(
        "{",
        "{",
        "}",
        "}",
        r"{\b ",
        r"{\v ",
        r"{\deleted ",
        r"{\footnote ",
        r"{\shptxt ",
        r"{\header ",
        r"{\*\annotation ",
    ),
    *(
        r"{\field{\*\fldinst PAGE}{\fldrslt ",
        r"{\listtext ",
        r"\ilvl1 ",
        r"\s1 ",
        r"\s4 ",
        r"\outlinelevel1 ",
        r"\qc ",
        r"\sect ",
    ),
    *(
        r"{\super ",
        r"\u8212 ?",
        r"\'97",
        r"\~",
        r"\plain ",
        r"\lang1031 ",
        r"\trhdr ",
        "\n",
        r"{\shppict ",
    ),
]
SHEET = r"{\stylesheet{\s1 heading 1;}{\s4 Quote;}}"


@settings(max_examples=200)
@given(st.lists(st.lists(st.sampled_from(RTF), max_size=4), min_size=1, max_size=20))
def test_every_word_of_rtf(drawn: list[list[str]]) -> None:
    source = "".join("".join(signs) + f" w{number}x " for number, signs in enumerate(drawn))
    data = (r"{\rtf1\ansi" + SHEET + source + "}").encode()
    have = kept(data, "x.rtf")
    if have is None:
        return
    assert have == Counter(WORD.findall(source))


@settings(max_examples=150)
@given(st.data())
def test_every_word_of_a_message(data: st.DataObject) -> None:
    number = 0

    def part(depth: int) -> str:
        nonlocal number
        kind = data.draw(st.sampled_from(("mixed", "alternative", "related", "plain", "html", "file", "message")))
        if depth > 3 or kind in ("plain", "html", "file"):
            number += 1
            subtype = {"html": "html", "file": "plain"}.get(kind, "plain")
            shown = "Content-Disposition: attachment; filename=w{}x.txt\n" if kind == "file" else ""
            text = "" if kind == "file" else f"w{number}x" if subtype == "plain" else f"<p>w{number}x</p>"
            return f"Content-Type: text/{subtype}\n{shown.format(number)}\n{text}\n"
        if kind == "message":
            return f"Content-Type: message/rfc822\n\nSubject: inner\n{part(depth + 1)}"
        inner = "".join(f"--b{depth}\n{part(depth + 1)}" for _ in range(data.draw(st.integers(1, 3))))
        return f"Content-Type: multipart/{kind}; boundary=b{depth}\n\n{inner}--b{depth}--\n"

    source = "From: a@example.org\nMIME-Version: 1.0\n" + part(0)
    have = kept(source.encode(), "x.eml")
    assert have is None or have == Counter(WORD.findall(source))


LABELS = ["The quay", "1", "I", "Part One", "About the Author", "By Finch", "Contents"]


@settings(max_examples=150)
@given(
    st.lists(markup(), min_size=1, max_size=3),
    st.lists(
        st.tuples(st.sampled_from(LABELS), st.integers(0, 2), st.sampled_from(["", "#a", "#b", "#fn1", "#none"])),
        max_size=6,
    ),
)
def test_every_word_of_a_book_whatever_its_contents_name(bodies: list[str], lines: list[tuple[str, int, str]]) -> None:
    pages = {f"{n}.xhtml": f"<h2 id='a'>{LABELS[n]}</h2>{body}<p id='b'>w1000x</p>" for n, body in enumerate(bodies)}
    entries = [(label, f"{n}.xhtml{anchor}") for label, n, anchor in lines]
    assert is_complete(book_of(pages, entries), "x.epub", "".join(pages.values()))


LINES = ["tspan", 'tspan y="9"', 'tspan dy="1em"', "a", "textPath"]


@settings(max_examples=150)
@given(st.data(), st.booleans())
def test_every_word_of_the_text_in_a_drawing(data: st.DataObject, page: bool) -> None:
    tree = Tree(data.draw)
    inside = "".join(f"<g><text>{tree.made(LINES)}</text></g>" for _ in range(data.draw(st.integers(1, 3))))
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><title>An owl</title>{inside}</svg>'
    book = (
        epub({"a.svg": drawing}, in_spine=(".svg",))
        if page
        else epub({"a.xhtml": xhtml(f"<p>The keeper {drawing} walked.</p>")})
    )
    assert is_complete(book, "x.epub", inside)
