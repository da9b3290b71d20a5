"""Exports DAISY 3 (ANSI/NISO Z39.86-2005): text as DTBook, timing as SMIL, contents as NCX, and a package that lists the files."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from chaptercast.common.units import UNDETERMINED, LanguageTag
from chaptercast.publication.exports import Choices, Entry
from chaptercast.publication.exports.book import Book
from chaptercast.publication.exports.book_markup import Dialect, Sounding, Writer, esc, flat
from chaptercast.publication.exports.chapter_tree import Branch, tree
from chaptercast.publication.exports.credits import identifier, narrator
from chaptercast.publication.exports.daisy.common import (
    HEAD,
    UNKNOWN,
    clock,
    date_of,
    in_a_line,
    publisher,
)
from chaptercast.publication.exports.daisy.smil2 import (
    NOTES,
    SEQUENCES,
    leading_somewhere,
    names_for_listeners,
    smil,
)
from chaptercast.publication.exports.notes import Notes
from chaptercast.publication.exports.page_breaks import PageBreak, highest, target
from chaptercast.publication.pages.markup import declared, direction, web_link
from chaptercast.publication.pictures import Picture
from chaptercast.publication.timed_structure import Text
from chaptercast.text_structure import Element, Kind

_TAGS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.LIST: "list",
        Kind.ITEM: "li",
        Kind.QUOTE: "blockquote",
        Kind.TABLE: "table",
        Kind.CAPTION: "caption",
        Kind.FIGURE: "div",
        Kind.CODE: "p",
        Kind.NOTE: "note",
        Kind.ALTERNATIVE: "",
        Kind.TERM: "",
        Kind.DEFINITION: "",
    }
)
_INLINE = (("strong", "strong"), ("emphasis", "em"), ("code", "code"), ("raised", "sup"), ("lowered", "sub"))
_FORMAT = "ANSI/NISO Z39.86-2005"
_TYPES = (
    ("package.opf", "text/xml"),
    ("toc.ncx", "application/x-dtbncx+xml"),
    ("book.xml", "application/x-dtbook+xml"),
)


class _Text(Writer):
    """Writes DTBook."""

    dialect = Dialect(
        _TAGS, "div", "sent", _INLINE, is_html=False, item_values=False, picture_suffixes=(".jpg", ".png")
    )

    def languages(self, language: LanguageTag, around: LanguageTag) -> str:
        """Returns the attributes for text in another language."""
        if declared(language) == declared(around):
            return ""
        turned = f' dir="{direction(language)}"' if direction(language) != direction(around) else ""
        return f' xml:lang="{declared(language) or UNDETERMINED}"{turned}'

    def sentence_attributes(self, name: str) -> str:
        """Returns the attributes of a spoken sentence: the place of its audio."""
        return f' id="{name}" smilref="s{self.chapter.number}.smil#p-{name}"'

    def unspoken(self, inner: str, attributes: str) -> str:
        """Returns a line that is not spoken."""
        return f'<span class="unspoken"{attributes}>{inner}</span>'

    def reference(self, inner: str, name: str, place: str) -> str:
        """Returns a reference to a note.

        A `noteref` would need sound of its own, which listeners could turn off. References are not spoken.
        """
        named = f' id="{name}"' if name else ""
        return f'<a{named} class="noteref" href="{place}">{inner}</a>'

    def back(self, inner: str, place: str) -> str:  # noqa: ARG002 -- players know the way
        """Returns the mark of a note."""
        return inner

    def address(self, chapter: int, name: str) -> str:  # noqa: ARG002 -- all of it is one document
        """Returns an address within the book."""
        return f"#{name}"

    def page_break(self, page: PageBreak) -> str:
        """Returns the mark where a page of the source begins. Like a `noteref`, a `pagenum` would need sound of its own."""
        return f'<span class="page-{page.kind}" id="{page.name}">{esc(page.label)}</span> '

    def link(self, inner: str, address: str) -> str:
        """Returns a link to the web."""
        return f'<a href="{esc(address)}" external="true">{inner}</a>'

    def tag(self, element: Element, around: Kind | None) -> str:
        """Returns the tag of an element."""
        if element.kind is Kind.CAPTION:
            return "caption" if around is Kind.TABLE else "div"
        return _TAGS[element.kind]

    def attributes(self, element: Element, name: str) -> str:
        """Returns the attributes of an element."""
        kind = {
            Kind.LIST: f' type="{"ol" if element.ordered else "ul"}"',
            Kind.FIGURE: ' class="figure"',
            Kind.CODE: ' class="code"',
        }
        place = f' smilref="s{self.chapter.number}.smil#g-{name}"' if element.kind in SEQUENCES else ""
        return super().attributes(element, name) + place + kind.get(element.kind, "")

    def term(self, inner: str) -> str:
        """Returns a term that is defined."""
        return inner

    def code(self, text: Text) -> str:
        """Returns lines of program text. DTBook does not preserve white space."""
        return self.lines(text).replace("\n", "<br/>")


def entries(book: Book, _choices: Choices) -> Iterator[Entry]:
    """Yields the files of the book."""
    notes = Notes(book.chapters)
    writers = [_Text(book, chapter, notes) for chapter in book.chapters]
    text = "".join(_book(book, writers))
    smils = [smil(book, writer.chapter, writer.sounding) for writer in writers]
    sounding = [[*flat(writer.sounding)] for writer in writers]
    pictures = {place: path for writer in writers for place, path in writer.pictures.items()}
    named = names_for_listeners(smils, book.episode.language)
    yield Entry("package.opf", "".join(_package(book, pictures, named=bool(named))).encode())
    tests = f'<smilCustomTest {NOTES} bookStruct="NOTE"/>\n' if any("customTest" in one for one in smils) else ""
    yield Entry("toc.ncx", "".join(_contents(book, sounding, [writer.pages for writer in writers], tests)).encode())
    if named:
        yield Entry("names.res", named.encode())
    yield Entry("book.xml", leading_somewhere(text, smils).encode())
    yield from (Entry(place, path.read_bytes(), stored=True) for place, path in pictures.items())
    for chapter, one in zip(book.chapters, smils, strict=True):
        yield Entry(f"s{chapter.number}.smil", one.encode())
        yield Entry(f"s{chapter.number}.mp3", book.sound(chapter), stored=True)


def _package(book: Book, pictures: Mapping[str, Path], *, named: bool) -> Iterator[str]:
    """Yields the package. `named`: there is a file of names for what a listener can leave."""
    episode = book.episode
    yield (
        f'{HEAD}<!DOCTYPE package PUBLIC "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN"'
        ' "http://openebook.org/dtds/oeb-1.2/oebpkg12.dtd">\n'
        '<package xmlns="http://openebook.org/namespaces/oeb-package/1.0/" unique-identifier="id">\n<metadata>\n'
        '<dc-metadata xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:oebpackage="http://openebook.org/namespaces/oeb-package/1.0/">\n'
    )
    told = [
        ("Format", _FORMAT),
        ("Title", in_a_line(episode.title)),
        *(("Creator", in_a_line(person)) for person in episode.persons),
        ("Publisher", in_a_line(publisher(episode))),
        ("Date", date_of(episode)),
        ("Language", declared(episode.language) or UNDETERMINED),
        *((("Source", web_link(episode.source)),) if web_link(episode.source) else ()),
    ]
    yield f'<dc:Identifier id="id">{esc(identifier(episode))}</dc:Identifier>\n'
    yield from (f"<dc:{name}>{esc(text)}</dc:{name}>\n" for name, text in told)
    yield "</dc-metadata>\n<x-metadata>\n"
    metas = [
        ("dtb:multimediaType", "audioFullText"),
        ("dtb:multimediaContent", "audio,text,image" if pictures else "audio,text"),
        ("dtb:totalTime", clock(book.duration)),
        ("dtb:narrator", narrator(episode)),
        ("dtb:producer", episode.author or UNKNOWN),
        ("dtb:producedDate", date_of(episode)),
    ]
    yield from (f'<meta name="{name}" content="{esc(text)}"/>\n' for name, text in metas)
    yield "</x-metadata>\n</metadata>\n<manifest>\n"
    for number, (name, kind) in enumerate(_TYPES):
        yield f'<item id="{"ncx" if name == "toc.ncx" else f"f{number}"}" href="{name}" media-type="{kind}"/>\n'
    if named:
        yield '<item id="resource" href="names.res" media-type="application/x-dtbresource+xml"/>\n'
    for chapter in book.chapters:
        yield f'<item id="s{chapter.number}" href="s{chapter.number}.smil" media-type="application/smil"/>\n'
        yield f'<item id="a{chapter.number}" href="s{chapter.number}.mp3" media-type="audio/mpeg"/>\n'
    for number, (place, path) in enumerate(pictures.items()):
        yield f'<item id="g{number}" href="{place}" media-type="{Picture(b"", path.suffix).media_type}"/>\n'
    yield "</manifest>\n<spine>\n"
    yield from (f'<itemref idref="s{chapter.number}"/>\n' for chapter in book.chapters)
    yield "</spine>\n</package>\n"


def _contents(
    book: Book, sounding: Sequence[Sequence[Sounding]], pages: Sequence[Sequence[PageBreak]], tests: str
) -> Iterator[str]:
    """Yields the NCX 2005-1. `pages` are the pages of the source that begin in each chapter, `tests` what a listener can turn off."""
    episode = book.episode
    all_pages = [page for own in pages for page in own]
    listed = _pages(sounding, pages)
    order = _play_order(sounding, listed)
    metas = [
        ("dtb:uid", identifier(episode)),
        ("dtb:depth", str(_depth(tree(book.chapters)))),
        ("dtb:totalPageCount", str(len(all_pages))),
        ("dtb:maxPageNumber", str(highest(all_pages))),
        ("dtb:generator", episode.generator),
    ]
    language = declared(episode.language) or UNDETERMINED
    yield (
        f'{HEAD}<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{language}">\n<head>\n'
    )
    yield from (f'<meta name="{name}" content="{esc(text)}"/>\n' for name, text in metas)
    yield f"{tests}</head>\n<docTitle><text>{esc(in_a_line(episode.title))}</text></docTitle>\n"
    yield from (f"<docAuthor><text>{esc(in_a_line(person))}</text></docAuthor>\n" for person in episode.persons)
    yield "<navMap>\n"
    yield from _points(tree(book.chapters), sounding, order)
    yield "</navMap>\n"
    if listed:
        yield "<pageList>\n"
        for page, place in listed:
            value = f' value="{page.label}"' if page.kind == "normal" else ""
            yield (
                f'<pageTarget id="n{page.name}" type="{page.kind}"{value} playOrder="{order[place]}">'
                f'<navLabel><text>{esc(page.label)}</text></navLabel><content src="{place}"/></pageTarget>\n'
            )
        yield "</pageList>\n"
    yield "</ncx>\n"


def _pages(sounding: Sequence[Sequence[Sounding]], pages: Sequence[Sequence[PageBreak]]) -> list[tuple[PageBreak, str]]:
    """Returns the pages of the source, each with the address of its sentence."""
    found: list[tuple[PageBreak, str]] = []
    for number, (items, own) in enumerate(zip(sounding, pages, strict=True)):
        names = [item.name for item in items]
        found += ((page, f"s{number}.smil#p-{target(page, names)}") for page in own)
    return found


def _play_order(sounding: Sequence[Sequence[Sounding]], pages: Sequence[tuple[PageBreak, str]]) -> dict[str, int]:
    """Returns the place in reading order of each address that the contents name. What has one address has one number."""
    named = {place for _, place in pages}
    order: dict[str, int] = {}
    for number, items in enumerate(sounding):
        for index, item in enumerate(items):
            place = f"s{number}.smil#p-{item.name}"
            if index == 0 or place in named:
                order[place] = len(order) + 1
    return order


def _points(
    branches: Sequence[Branch], sounding: Sequence[Sequence[Sounding]], order: Mapping[str, int]
) -> Iterator[str]:
    for branch in branches:
        number, first = branch.chapter.number, sounding[branch.chapter.number][0]
        times = f'clipBegin="{clock(first.clip.begin)}" clipEnd="{clock(first.clip.end)}"'
        place = f"s{number}.smil#p-{first.name}"
        yield (
            f'<navPoint id="n{number}" playOrder="{order[place]}" class="h{branch.chapter.level}">'
            f"<navLabel><text>{esc(in_a_line(branch.chapter.title))}</text>"
            f'<audio src="s{number}.mp3" {times}/></navLabel>'
            f'<content src="{place}"/>\n'
        )
        yield from _points(branch.below, sounding, order)
        yield "</navPoint>\n"


def _depth(branches: Sequence[Branch]) -> int:
    return 1 + max((_depth(branch.below) for branch in branches if branch.below), default=0)


def _book(book: Book, writers: Sequence[_Text]) -> Iterator[str]:
    episode = book.episode
    language = declared(episode.language) or UNDETERMINED
    title = esc(in_a_line(episode.title))
    yield (
        f'{HEAD}<!DOCTYPE dtbook PUBLIC "-//NISO//DTD dtbook 2005-2//EN" "http://www.daisy.org/z3986/2005/dtbook-2005-2.dtd">\n'
        f'<dtbook xmlns="http://www.daisy.org/z3986/2005/dtbook/" version="2005-2" xml:lang="{language}">\n<head>\n'
        f'<meta name="dtb:uid" content="{esc(identifier(episode))}"/>\n<meta name="dc:Title" content="{title}"/>\n'
        f"</head>\n<book>\n<frontmatter>\n<doctitle>{title}</doctitle>\n</frontmatter>\n<bodymatter>\n"
    )
    yield from _levels(tree(book.chapters), writers, 1)
    yield "</bodymatter>\n</book>\n</dtbook>\n"


def _levels(branches: Sequence[Branch], writers: Sequence[_Text], depth: int) -> Iterator[str]:
    for branch in branches:
        writer, chapter = writers[branch.chapter.number], branch.chapter
        language = writer.languages(chapter.heading.language, writer.book.episode.language) if chapter.heading else ""
        yield f'<level{depth}>\n<h{depth} id="h{chapter.number}"{language}>{writer.heading()}</h{depth}>\n'
        if chapter.parts:
            yield from writer.body()
        else:
            yield "<p/>\n"
        yield from _levels(branch.below, writers, depth + 1)
        yield f"</level{depth}>\n"
