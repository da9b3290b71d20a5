"""What a document says about itself: title, author, dates (ECMA-376, part 2, clause 11)."""

from chaptercast.document.formats.docx.package import Package
from chaptercast.document.metadata.dates import to_iso
from chaptercast.document.metadata.language import canonical
from chaptercast.document.metadata.office_properties import authors_of, title_of
from chaptercast.document.model import Metadata


def core_properties(package: Package) -> Metadata:
    """Title, authors, date, language and description."""
    path = package.related("", "core-properties")
    if not path:
        return Metadata()
    values: dict[str, str] = {}
    for element in package.xml(path, damaged=True):
        if isinstance(element.tag, str):
            values.setdefault(element.tag.rpartition("}")[2], " ".join("".join(element.itertext()).split()))
    return Metadata(
        page_title=title_of(values.get("title", "")),
        author=authors_of(values.get("creator", "")),
        date=to_iso(values.get("modified", "") or values.get("created", "")),
        language=canonical(values.get("language", "")),
        description=values.get("description", ""),
    )
