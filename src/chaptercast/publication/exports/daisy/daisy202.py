"""Exports DAISY 2.02: the full text with audio, or audio with headings only (NCC only).

Follows the DAISY 2.02 Recommendation (2001). There is only one text document, because each would have to begin with a first heading.
Each `audio` is in a `seq` of its own, because some players do not find it otherwise.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import TypeAlias

from chaptercast.common.units import UNDETERMINED, Milliseconds
from chaptercast.publication.exports import Choices, Entry
from chaptercast.publication.exports.book import Book, Chapterful
from chaptercast.publication.exports.book_markup import Dialect, Sounding, Writer, esc, flat
from chaptercast.publication.exports.credits import identifier, narrator
from chaptercast.publication.exports.daisy.common import (
    HEAD,
    UNKNOWN,
    clock,
    date_of,
    in_a_line,
    publisher,
    seconds,
    whole_seconds,
)
from chaptercast.publication.exports.notes import Notes
from chaptercast.publication.exports.page_breaks import PageBreak, highest, target
from chaptercast.publication.pages.markup import declared, direction
from chaptercast.text_structure import Kind

_TAGS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.LIST: "ul",
        Kind.ITEM: "li",
        Kind.QUOTE: "blockquote",
        Kind.TABLE: "table",
        Kind.CAPTION: "caption",
        Kind.FIGURE: "div",
        Kind.CODE: "pre",
        Kind.NOTE: "div",
        Kind.ALTERNATIVE: "",
        Kind.TERM: "",
        Kind.DEFINITION: "",
    }
)
_INLINE = (
    ("deleted", "del"),
    ("strong", "strong"),
    ("emphasis", "em"),
    ("code", "code"),
    ("raised", "sup"),
    ("lowered", "sub"),
)
_XHTML = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
_SMIL = '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">\n'
_FORMAT = "Daisy 2.02"
_Pages: TypeAlias = Sequence[tuple[PageBreak, str]]
"""The pages of the source that begin in a chapter, each with the id of its sentence."""
_ANGLES = str.maketrans("<>", "‹›")


class _Page(Writer):
    """Writes XHTML 1.0 Transitional."""

    dialect = Dialect(
        _TAGS, "div", "span", _INLINE, captions_hold_paragraphs=False, picture_suffixes=(".jpg", ".png", ".gif")
    )

    def address(self, chapter: int, name: str) -> str:  # noqa: ARG002 -- all of it is one document
        """Returns an address within the book."""
        return f"#{name}"


def full_text(book: Book, _choices: Choices) -> Iterator[Entry]:
    """Yields the files of a book with its text."""
    notes = Notes(book.chapters)
    writers = [_Page(book, chapter, notes) for chapter in book.chapters]
    text = "".join(_text(book, writers)).encode()
    sounding = [[*flat(writer.sounding)] for writer in writers]
    smils = [
        _smil(book, chapter, [(item.name, f"text.html#{item.name}", [item]) for item in items])
        for chapter, items in zip(book.chapters, sounding, strict=True)
    ]
    pictures = {place: path.read_bytes() for writer in writers for place, path in writer.pictures.items()}
    names = [items[0].name for items in sounding]
    pages = [
        [(page, target(page, [item.name for item in items])) for page in writer.pages]
        for writer, items in zip(writers, sounding, strict=True)
    ]
    yield from _files(book, {"text.html": text}, smils, names, "audioFullText", pages, pictures)


def ncc_only(book: Book, _choices: Choices) -> Iterator[Entry]:
    """Yields the files of a book of audio with headings: each heading plays its chapter, phrase by phrase."""
    smils, names = [], []
    for chapter in book.chapters:
        name = f"s{chapter.number}-0"
        phrases = [
            Sounding(f"s{chapter.number}-{number}", clip)
            for number, clip in enumerate(sorted(book.clips(chapter), key=lambda clip: clip.begin))
        ]
        smils.append(_smil(book, chapter, [(name, f"ncc.html#n{chapter.number}", phrases)]))
        names.append(name)
    yield from _files(book, {}, smils, names, "audioNcc")


def _files(
    book: Book,
    texts: Mapping[str, bytes],
    smils: Sequence[str],
    names: Sequence[str],
    kind: str,
    pages: Sequence[_Pages] = (),
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> Iterator[Entry]:
    """Yields all files, the contents first.

    `names` are the ids of the first text in each SMIL file, `pages` the pages of the source in each chapter.
    """
    written = {**texts, "master.smil": _master(book).encode()}
    written |= {f"s{number}.smil": smil.encode() for number, smil in enumerate(smils)}
    sound = sum(chapter.stretch.end - chapter.stretch.begin for chapter in book.chapters)
    size = sound + sum(map(len, written.values())) + sum(map(len, pictures.values()))
    count = len(written) + len(pictures) + len(book.chapters) + 1
    yield Entry("ncc.html", "".join(_ncc(book, names, kind, count, size, pages)).encode())
    yield from (Entry(name, content) for name, content in written.items())
    yield from (Entry(name, content, stored=True) for name, content in pictures.items())
    for chapter in book.chapters:
        yield Entry(f"s{chapter.number}.mp3", book.sound(chapter), stored=True)


def _ncc(book: Book, names: Sequence[str], kind: str, files: int, size: int, pages: Sequence[_Pages]) -> Iterator[str]:
    """Yields the navigation control centre: the metadata of the book, its headings and its pages."""
    episode = book.episode
    all_pages = [page for own in pages for page, _ in own]
    counted = Counter(page.kind for page in all_pages)
    metas = [
        ("dc:title", in_a_line(episode.title)),
        *(("dc:creator", in_a_line(person)) for person in episode.persons or (UNKNOWN,)),
        ("dc:date", date_of(episode)),
        ("dc:format", _FORMAT),
        ("dc:identifier", identifier(episode)),
        ("dc:language", declared(episode.language) or UNDETERMINED),
        ("dc:publisher", in_a_line(publisher(episode))),
        ("ncc:charset", "utf-8"),
        ("ncc:depth", str(max(chapter.level for chapter in book.chapters))),
        ("ncc:files", str(files)),
        ("ncc:footnotes", "0"),
        ("ncc:generator", episode.generator),
        ("ncc:kByteSize", str(-(-size // 1024))),
        ("ncc:maxPageNormal", str(highest(all_pages))),
        ("ncc:multimediaType", kind),
        ("ncc:narrator", narrator(episode)),
        ("ncc:pageFront", str(counted["front"])),
        ("ncc:pageNormal", str(counted["normal"])),
        ("ncc:pageSpecial", str(counted["special"])),
        ("ncc:prodNotes", "0"),
        ("ncc:setInfo", "1 of 1"),
        ("ncc:sidebars", "0"),
        ("ncc:tocItems", str(len(book.chapters) + len(all_pages))),
        ("ncc:totalTime", whole_seconds(book.duration)),
    ]
    yield from _head(book, metas)
    for chapter, name in zip(book.chapters, names, strict=True):
        title = esc(in_a_line(chapter.title))
        kind = "title" if chapter.number == 0 else "section"
        link = f'<a href="s{chapter.number}.smil#t-{name}">{title}</a>'
        yield f'<h{chapter.level} class="{kind}" id="n{chapter.number}">{link}</h{chapter.level}>\n'
        for page, place in pages[chapter.number] if pages else ():
            link = f'<a href="s{chapter.number}.smil#t-{place}">{esc(page.label)}</a>'
            yield f'<span class="page-{page.kind}" id="n{page.name}">{link}</span>\n'
    yield "</body>\n</html>\n"


def _text(book: Book, writers: Iterable[_Page]) -> Iterator[str]:
    turned = f' dir="{direction(book.episode.language)}"'
    yield from _head(book, [("dc:title", in_a_line(book.episode.title))], turned)
    for writer in writers:
        chapter = writer.chapter
        language = writer.languages(chapter.heading.language, book.episode.language) if chapter.heading else ""
        yield f'<h{chapter.level} id="h{chapter.number}"{language}>{writer.heading()}</h{chapter.level}>\n'
        yield from writer.body()
    yield "</body>\n</html>\n"


def _head(book: Book, metas: Iterable[tuple[str, str]], turned: str = "") -> Iterator[str]:
    """Yields a page up to its body. `turned` tells the direction of its text; the contents may not have it."""
    language = declared(book.episode.language)
    yield (
        f'{HEAD}{_XHTML}<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}"'
        f"{turned}>\n<head>\n"
        '<meta http-equiv="Content-type" content="text/html; charset=utf-8"/>\n'
        f"<title>{esc(in_a_line(book.episode.title))}</title>\n"
    )
    yield from _metas(metas)
    yield "</head>\n<body>\n"


def _metas(metas: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from (f'<meta name="{name}" content="{_attribute(content)}"/>\n' for name, content in metas)


def _attribute(text: str) -> str:
    """Returns a text as an attribute's value. Some readers rewrite the file and forget to escape these two characters."""
    return esc(text.translate(_ANGLES))


def _smil(book: Book, chapter: Chapterful, texts: Sequence[tuple[str, str, Sequence[Sounding]]]) -> str:
    """Returns a chapter's SMIL 1.0. Each text has a name, an address, and the sounds that belong to it."""
    before = [0, *accumulate(each.duration for each in book.chapters)][chapter.number]
    metas = [
        ("dc:format", _FORMAT),
        ("dc:identifier", identifier(book.episode)),
        ("dc:title", in_a_line(book.episode.title)),
        ("title", in_a_line(chapter.title)),
        ("ncc:generator", book.episode.generator),
        ("ncc:totalElapsedTime", clock(Milliseconds(before))),
        ("ncc:timeInThisSmil", clock(chapter.duration)),
    ]
    pieces = [f"{HEAD}{_SMIL}<smil>\n<head>\n", *_metas(metas)]
    pieces.append(
        f'<layout>\n<region id="txtView"/>\n</layout>\n</head>\n<body>\n<seq dur="{seconds(chapter.duration)}s">\n'
    )
    for name, place, sounding in texts:
        pieces.append(f'<par endsync="last" id="p-{name}">\n<text src="{place}" id="t-{name}"/>\n<seq>\n')
        for item in sounding:
            times = f'clip-begin="npt={seconds(item.clip.begin)}s" clip-end="npt={seconds(item.clip.end)}s"'
            pieces.append(f'<audio src="s{chapter.number}.mp3" {times} id="a-{item.name}"/>\n')
        pieces.append("</seq>\n</par>\n")
    pieces.append("</seq>\n</body>\n</smil>\n")
    return "".join(pieces)


def _master(book: Book) -> str:
    """Returns the master SMIL: the order of the SMIL files."""
    metas = [
        ("dc:format", _FORMAT),
        ("dc:identifier", identifier(book.episode)),
        ("dc:title", in_a_line(book.episode.title)),
        ("ncc:generator", book.episode.generator),
        ("ncc:timeInThisSmil", clock(book.duration)),
    ]
    listed = (
        f'<ref title="{_attribute(in_a_line(chapter.title))}" src="s{chapter.number}.smil" id="m{chapter.number}"/>\n'
        for chapter in book.chapters
    )
    layout = '<layout>\n<region id="txtView"/>\n</layout>\n'
    return f"{HEAD}{_SMIL}<smil>\n<head>\n{''.join(_metas(metas))}{layout}</head>\n<body>\n{''.join(listed)}</body>\n</smil>\n"
