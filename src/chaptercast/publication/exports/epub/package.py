"""Writes the package of an EPUB 3.3: metadata, list of files, reading order, and accessibility."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from chaptercast.common.units import UNDETERMINED
from chaptercast.publication.exports.book import Book
from chaptercast.publication.exports.book_markup import esc
from chaptercast.publication.exports.chapter_tree import Branch, tree
from chaptercast.publication.exports.credits import identifier, narrator
from chaptercast.publication.exports.dates import day, modified
from chaptercast.publication.exports.epub.pages import HEAD, STYLE, clock
from chaptercast.publication.exports.epub.sound_files import SoundFile
from chaptercast.publication.exports.page_breaks import PageBreak
from chaptercast.publication.pages.markup import declared, direction, web_link
from chaptercast.publication.pages.page_frame import interface

ACTIVE = "-epub-media-overlay-active"
ACTIVE_CSS = f""".{ACTIVE} {{ background-color: #ffe08a; color: #1a1a1a; }}
@media (prefers-color-scheme: dark) {{
  .{ACTIVE} {{ background-color: #5a4300; color: #ffffff; }}
}}
"""
CSS = f"""body {{ line-height: 1.6; margin: 5%; }}
pre {{ white-space: pre-wrap; }}
img {{ max-width: 100%; height: auto; }}
table {{ border-collapse: collapse; }}
td, th {{ border: 1px solid; padding: 0.25em 0.5em; text-align: start; }}
aside {{ border-inline-start: 3px solid; padding-inline-start: 0.75em; }}
{ACTIVE_CSS}"""
CONTAINER = f"""{HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_FEATURES = (
    "synchronizedAudioText",
    "structuralNavigation",
    "tableOfContents",
    "readingOrder",
    "displayTransformability",
)

_SUMMARY = (
    "The text is spoken throughout by a synthetic voice, and each sentence is marked as it is heard. It has headings, "
    "a table of contents, and the structure of the article: lists, tables, notes and languages."
)


class Extra(Struct, frozen=True):
    """A picture in the book."""

    name: str
    media_type: str
    use: str = ""
    """`cover-image`, or empty for a figure."""


def package(
    book: Book,
    sounds: Mapping[int, Sequence[SoundFile]],
    extra: Sequence[Extra] = (),
    *,
    has_page_list: bool = False,
    with_formulas: Collection[int] = (),
) -> Iterator[str]:
    """Yields the package document. `sounds` are the audio files of each chapter, `extra` its pictures.

    `with_formulas` are the numbers of the chapters that show formulas as MathML.
    """
    episode = book.episode
    language = declared(episode.language) or UNDETERMINED
    yield (
        f'{HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{esc(identifier(episode))}</dc:identifier>\n'
        f"<dc:title>{esc(_said(episode.title))}</dc:title>\n<dc:language>{language}</dc:language>\n"
    )
    yield from (f"<dc:creator>{esc(_said(person))}</dc:creator>\n" for person in episode.persons)
    told = {"date": day(episode.date), "source": web_link(episode.source), "description": _said(episode.description)}
    yield from (f"<dc:{name}>{esc(text)}</dc:{name}>\n" for name, text in told.items() if text)
    yield f'<meta property="dcterms:modified">{modified(episode.date)}</meta>\n'
    yield from _sound(book)
    if has_page_list:
        source = web_link(episode.source) or _said(episode.title)
        yield f'<meta property="pageBreakSource">{esc(source)}</meta>\n'
    yield from _access(
        has_pictures=any(not picture.use for picture in extra),
        has_page_list=has_page_list,
        has_formulas=bool(with_formulas),
    )
    if any(picture.use for picture in extra):
        yield '<meta name="cover" content="cover"/>\n'
    yield "</metadata>\n<manifest>\n"
    yield from _manifest(book, sounds, extra, with_formulas)
    progression = ' page-progression-direction="rtl"' if direction(episode.language) == "rtl" else ""
    yield f"</manifest>\n<spine{progression}>\n"
    yield from (f'<itemref idref="s{chapter.number}"/>\n' for chapter in book.chapters)
    yield "</spine>\n</package>\n"


def _sound(book: Book) -> Iterator[str]:
    for chapter in book.chapters:
        yield f'<meta property="media:duration" refines="#m{chapter.number}">{clock(chapter.duration)}</meta>\n'
    yield f'<meta property="media:duration">{clock(book.duration)}</meta>\n'
    yield f'<meta property="media:active-class">{ACTIVE}</meta>\n'
    yield f'<meta property="media:narrator">{esc(narrator(book.episode))}</meta>\n'


def _access(*, has_pictures: bool, has_page_list: bool, has_formulas: bool) -> Iterator[str]:
    """Yields the accessibility metadata that is true for every such book (Schema.org's vocabulary).

    Claims that only a certifier may make are left out.
    """
    properties = [
        *(("accessMode", mode) for mode in ("textual", "auditory", *(("visual",) if has_pictures else ()))),
        ("accessModeSufficient", "textual"),
        ("accessModeSufficient", "auditory"),
        *(
            ("accessibilityFeature", feature)
            for feature in (
                *_FEATURES,
                *(("alternativeText",) if has_pictures else ()),
                *(("pageBreakMarkers", "pageNavigation") if has_page_list else ()),
                *(("MathML",) if has_formulas else ()),
            )
        ),
        ("accessibilityHazard", "none"),
    ]
    yield f'<meta property="schema:accessibilitySummary" xml:lang="en">{_SUMMARY}</meta>\n'
    yield from (f'<meta property="schema:{name}">{esc(text)}</meta>\n' for name, text in properties)


def _manifest(
    book: Book, sounds: Mapping[int, Sequence[SoundFile]], extra: Sequence[Extra], with_formulas: Collection[int]
) -> Iterator[str]:
    yield '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
    yield f'<item id="style" href="{STYLE}" media-type="text/css"/>\n'
    for number, picture in enumerate(extra):
        named = "cover" if picture.use else f"f{number}"
        properties = f' properties="{picture.use}"' if picture.use else ""
        yield f'<item id="{named}" href="{picture.name}" media-type="{picture.media_type}"{properties}/>\n'
    for chapter in book.chapters:
        n = chapter.number
        properties = ' properties="mathml"' if n in with_formulas else ""
        yield (
            f'<item id="s{n}" href="s{n}.xhtml" media-type="application/xhtml+xml" media-overlay="m{n}"{properties}/>\n'
            f'<item id="m{n}" href="s{n}.smil" media-type="application/smil+xml"/>\n'
        )
        for number, file in enumerate(sounds[n]):
            named = f"a{n}-{number}" if number else f"a{n}"
            yield f'<item id="{named}" href="{file.name}" media-type="audio/mpeg"/>\n'


def navigation(book: Book, breaks: Sequence[tuple[int, PageBreak]] = ()) -> Iterator[str]:
    """Yields the navigation document: contents, pages and landmarks.

    The contents are not a landmark, because their page is not read. `breaks` are the pages of the source, each with its chapter.
    """
    page = interface(book.episode.language)
    language, contents = declared(book.episode.language), esc(page.words("chapters"))
    own = f' lang="{page.words.language}" xml:lang="{page.words.language}"' if page.own else ""
    yield (
        f'{HEAD}<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{language}" xml:lang="{language}" dir="{page.direction}">\n'
        f"<head>\n<title>{esc(_said(book.episode.title))}</title>\n</head>\n<body>\n"
        f'<nav epub:type="toc" role="doc-toc" aria-labelledby="contents">\n<h1 id="contents"{own}>{contents}</h1>\n'
    )
    yield from _branches(tree(book.chapters))
    yield "</nav>\n"
    yield from _page_list(breaks)
    yield (
        f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n'
        f'<li><a epub:type="bodymatter" href="s0.xhtml">{esc(_said(book.chapters[0].title))}</a></li>\n'
        "</ol>\n</nav>\n</body>\n</html>\n"
    )


def _page_list(breaks: Sequence[tuple[int, PageBreak]]) -> Iterator[str]:
    """Yields the list of the source's pages (EPUB 3.3, 7.4.3)."""
    if not breaks:
        return
    yield '<nav epub:type="page-list" role="doc-pagelist" hidden="hidden">\n<ol>\n'
    yield from (f'<li><a href="s{chapter}.xhtml#{page.name}">{esc(page.label)}</a></li>\n' for chapter, page in breaks)
    yield "</ol>\n</nav>\n"


def _branches(branches: Sequence[Branch]) -> Iterator[str]:
    yield "<ol>\n"
    for branch in branches:
        yield f'<li><a href="s{branch.chapter.number}.xhtml">{esc(_said(branch.chapter.title))}</a>'
        if branch.below:
            yield "\n"
            yield from _branches(branch.below)
        yield "</li>\n"
    yield "</ol>\n"


def _said(text: str) -> str:
    """Returns a text as one line."""
    return " ".join(text.split())
