"""What stands beside the text: footnotes and endnotes, remarks, heads and feet of pages."""

from collections.abc import Iterator

from chaptercast.document.formats.docx.block_assembly import assembled
from chaptercast.document.formats.docx.context import Context, Part, text_of
from chaptercast.document.formats.docx.package import Package
from chaptercast.document.formats.docx.paragraphs import ParagraphReader
from chaptercast.document.formats.docx.qualified_names import Element, every, find, name, value
from chaptercast.document.model import Note, Reason

_KINDS = ("footnote", "endnote")
_USUAL_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}


def formats_of_notes(settings: Element | None) -> dict[str, str]:
    """How footnotes and endnotes are numbered (ECMA-376, 17.11.11 and 17.11.18)."""
    formats = dict(_USUAL_FORMATS)
    for kind in _KINDS:
        given = None if settings is None else find(settings, f"w:{kind}Pr", "w:numFmt")
        if given is not None:
            formats[kind] = value(given)
    return formats


def read_notes(context: Context, main: str) -> Iterator[Note]:
    """The notes that the text refers to, in that order; others, which nobody sees, are named as left out."""
    for kind in _KINDS:
        path = related(context.package, main, f"{kind}s")
        if not path:
            continue
        story = ParagraphReader(context, Part(path, context.package.relations(path)))
        sources = {value(each, "id"): each for each in context.package.xml(path) if name(each) == f"w:{kind}"}
        for note in [each for each in context.notes.referred.values() if each.kind == kind]:
            source = sources.pop(note.id, None)
            blocks = () if source is None else assembled(story.read(source) + story.finish())
            if blocks:
                yield Note(note.identity, blocks, note.label)
        for source in sources.values():
            separates = value(source, "type") not in ("", "normal")
            context.leave_out(text_of(source), Reason.BOILERPLATE if separates else Reason.HIDDEN)


def name_what_is_beside(context: Context, main: str) -> None:
    """Name heads and feet of pages, and what reviewers remarked."""
    package = context.package
    paths = [each.target for each in package.relations(main).values() if each.kind in ("header", "footer")]
    for path in dict.fromkeys(path for path in paths if path in package):
        context.leave_out(text_of(package.xml(path, damaged=True)), Reason.BOILERPLATE)
    remarks = related(package, main, "comments")
    for remark in every(package.xml(remarks, damaged=True), "w:comment") if remarks else ():
        context.leave_out(text_of(remark), Reason.REMARK)


def related(package: Package, main: str, kind: str) -> str:
    """The path of a part that the document part refers to, or where Word puts it if its references are lost."""
    usual = f"{main.rpartition('/')[0]}/{kind}.xml".lstrip("/")
    return package.related(main, kind) or (usual if usual in package and not package.relations(main) else "")
