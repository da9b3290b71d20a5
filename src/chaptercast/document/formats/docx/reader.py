"""From a file to its blocks: the text, the notes it refers to, and the names of what is not read."""

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
"""What the body of a document consists of."""


def read_docx(data: bytes, name: str) -> Reading:
    """The text of a word-processor document. Raises `InputError` for what is damaged, protected or made to hurt."""
    return read_within(data, name, 0)


def read_within(data: bytes, name: str, depth: int) -> Reading:
    """The same of a document that stands in `depth` others."""
    try:
        with Archive(data, name) as archive:
            return _read(Package(archive), depth)
    except RecursionError as error:
        raise InputError(
            f"{name} holds elements in elements deeper than any text has", "Save it anew and try again."
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
    """A part without text of its own, as far as it can be read."""
    path = related(package, main, kind)
    return package.xml(path, damaged=True) if path else None
