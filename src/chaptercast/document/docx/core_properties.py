"""What a document says about itself: title, author, dates (ECMA-376, part 2, clause 11)."""

import re

from chaptercast.document.dates import to_iso
from chaptercast.document.docx.package import Package
from chaptercast.document.language import canonical
from chaptercast.document.model import Metadata

_NO_AUTHOR = re.compile(
    r"(?:.*(?:microsoft|майкрософт|微软|微軟).*|windows(?: user| 用户)?|office|user\d*|admin\w*|author|owner|unknown|un-named|unnamed"
    r"|python-docx|apache poi|openoffice|libreoffice|docx4j|pandoc|root|hp|dell|lenovo|acer|asus|pc|\W*)",
    re.IGNORECASE,
)
"""What programs and machines write where an author should be."""
_NO_TITLE = re.compile(
    r"(?:word document|document ?\d*|untitled|microsoft word - .*|.*\.(?:docx?|dotx?|rtf|odt)|\W*)", re.IGNORECASE
)
_PARTED = re.compile(r"\s*[;；]\s*")


def core_properties(package: Package) -> Metadata:
    """Title, authors, date, language and description."""
    path = package.related("", "core-properties")
    if not path:
        return Metadata()
    values: dict[str, str] = {}
    for element in package.xml(path, damaged=True):
        if isinstance(element.tag, str):
            values.setdefault(element.tag.rpartition("}")[2], " ".join("".join(element.itertext()).split()))
    authors = (name for name in _PARTED.split(values.get("creator", "")) if not _NO_AUTHOR.fullmatch(name))
    title = values.get("title", "")
    return Metadata(
        page_title="" if _NO_TITLE.fullmatch(title) else title,
        author=", ".join(dict.fromkeys(authors)),
        date=to_iso(values.get("modified", "") or values.get("created", "")),
        language=canonical(values.get("language", "")),
        description=values.get("description", ""),
    )
