"""Reads a file into blocks: the text, the notes that it refers to, and the names of everything that is not read."""

from chaptercast.document.formats.docx.block_assembly import assembled, with_title
from chaptercast.document.formats.docx.context import Context, Notes, Part
from chaptercast.document.formats.docx.core_properties import core_properties
from chaptercast.document.formats.docx.flow_items import Item
from chaptercast.document.formats.docx.notes import formats_of_notes, name_what_is_beside, read_notes, related
from chaptercast.document.formats.docx.numbering import Numbering
from chaptercast.document.formats.docx.package import Package
from chaptercast.document.formats.docx.paragraphs import ParagraphReader
from chaptercast.document.formats.docx.qualified_names import Element
from chaptercast.document.formats.docx.styles import StyleSheet
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.run_languages import with_languages
from chaptercast.document.metadata.merging import merged
from chaptercast.document.model import Metadata
from chaptercast.document.sources.zip_container import Archive
from chaptercast.errors import InputError

_FREQUENT = frozenset({"p", "tbl", "sdt"})
"""The main content of a document's body."""


def read_docx(data: bytes, name: str) -> Reading:
    """Read a word-processor document. Raises `InputError` if it is damaged, protected or malicious."""
    return read_within(data, name, 0)


def read_within(data: bytes, name: str, depth: int) -> Reading:
    """The same for a document nested in `depth` others."""
    try:
        with Archive(data, name) as archive:
            return _read(Package(archive), depth)
    except RecursionError as error:
        raise InputError(
            f"{name} has elements that are nested deeper than in any text", "Save it again and retry."
        ) from error


def _read(package: Package, depth: int) -> Reading:
    main = package.main
    if not main:
        raise package.archive.damaged("its text is missing")
    styles = StyleSheet(_lenient(package, main, "styles"))
    notes = Notes(formats_of_notes(_lenient(package, main, "settings")))
    context = Context(package, styles, Numbering(_lenient(package, main, "numbering"), styles), notes, depth=depth)
    name_what_is_beside(context, main)
    blocks = [*assembled(_body(context, main)), *read_notes(context, main)]
    told, language = with_languages(with_title(blocks))
    metadata = merged((core_properties(package), Metadata(language=language)))
    return Reading(told, tuple(context.left_out), metadata)


def _body(context: Context, main: str) -> list[Item]:
    story = ParagraphReader(context, Part(main, context.package.relations(main)))
    return story.read(context.package.children(main, "body", _FREQUENT)) + story.finish()


def _lenient(package: Package, main: str, kind: str) -> Element | None:
    """A part without text of its own, read as far as possible."""
    path = related(package, main, kind)
    return package.xml(path, damaged=True) if path else None
