"""Writes the chapters of an EPUB: XHTML with an id for each sentence, and the overlay (SMIL) with its time."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from chaptercast.common.units import Milliseconds
from chaptercast.publication.exports.book_markup import Dialect, Group, Sounding, Writer, esc
from chaptercast.publication.exports.epub.sound_files import PlacedClip
from chaptercast.publication.exports.page_breaks import PageBreak
from chaptercast.publication.pages.markup import TAGS, declared, direction
from chaptercast.text_structure import Kind

_TYPES: Mapping[Kind, str] = MappingProxyType(
    {Kind.LIST: "list", Kind.TABLE: "table", Kind.FIGURE: "figure", Kind.NOTE: "footnote"}
)
"""Terms of the EPUB structural semantics vocabulary."""
_INLINE = (
    ("deleted", "del"),
    ("strong", "strong"),
    ("emphasis", "em"),
    ("code", "code"),
    ("raised", "sup"),
    ("lowered", "sub"),
)
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
STYLE = "style.css"


class EpubWriter(Writer):
    """Writes XHTML 5."""

    dialect = Dialect(TAGS, "figcaption", "span", _INLINE, ruby=True, pictures="images/", has_mathml=True)

    def note_attributes(self, name: str) -> str:
        """Returns the attributes of a footnote."""
        return f' id="{name}" epub:type="footnote" role="doc-footnote"'

    def reference(self, inner: str, name: str, place: str) -> str:
        """Returns a reference to a footnote."""
        named = f' id="{name}"' if name else ""
        return f'<a{named} href="{place}" epub:type="noteref" role="doc-noteref">{inner}</a>'

    def back(self, inner: str, place: str) -> str:
        """Returns the mark of a footnote."""
        return f'<a href="{place}" epub:type="backlink" role="doc-backlink">{inner}</a>' if place else inner

    def page_break(self, page: PageBreak) -> str:
        """Returns the mark where a page of the source begins."""
        label = esc(page.label)
        return f'<span epub:type="pagebreak" role="doc-pagebreak" id="{page.name}" aria-label="{label}"></span>'

    def page(self) -> Iterator[str]:
        """Yields the whole file."""
        chapter, language = self.chapter, self.book.episode.language
        spoken = esc(declared(language))
        heading = self.heading()
        heading_language = self.languages(chapter.heading.language, language) if chapter.heading else ""
        kind = ' epub:type="chapter" role="doc-chapter"' if chapter.number else ""
        yield (
            f'{HEAD}<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
            f' lang="{spoken}" xml:lang="{spoken}" dir="{direction(language)}">\n<head>\n<title>{esc(chapter.title)}</title>\n'
            f'<link rel="stylesheet" type="text/css" href="{STYLE}"/>\n</head>\n<body>\n'
            f'<section id="s{chapter.number}"{kind} aria-labelledby="h{chapter.number}">\n'
            f'<h{chapter.level} id="h{chapter.number}"{heading_language}>{heading}</h{chapter.level}>\n'
        )
        yield from self.body()
        yield "</section>\n</body>\n</html>\n"

    def overlay(self, placed: Mapping[str, PlacedClip]) -> Iterator[str]:
        """Yields the overlay of the page. Call it after the page was written. `placed` has the audio of each sentence."""
        number = self.chapter.number
        yield (
            f'{HEAD}<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">\n<body>\n'
            f'<seq id="q{number}" epub:textref="s{number}.xhtml#s{number}" epub:type="chapter">\n'
        )
        yield from _items(self.sounding, f"s{number}.xhtml", placed)
        yield "</seq>\n</body>\n</smil>\n"


def _items(items: Iterable[Sounding | Group], page: str, placed: Mapping[str, PlacedClip]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Group):
            yield f'<seq id="q-{item.name}" epub:textref="{page}#{item.name}" epub:type="{_TYPES[item.kind]}">\n'
            yield from _items(item.items, page, placed)
            yield "</seq>\n"
        else:
            file, clip = placed[item.name].file, placed[item.name].clip
            times = f'clipBegin="{clock(clip.begin)}" clipEnd="{clock(clip.end)}"'
            yield (f'<par id="p-{item.name}"><text src="{page}#{item.name}"/><audio src="{file}" {times}/></par>\n')


def clock(time: Milliseconds) -> str:
    """Returns a full clock value (SMIL 3.0, 5.4.3)."""
    seconds, thousandths = divmod(time, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
