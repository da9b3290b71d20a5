"""From a file to a `Document`."""

import re
from pathlib import Path

from chaptercast.document import front_matter
from chaptercast.document.encoding import decode
from chaptercast.document.html.reader import read_html
from chaptercast.document.markdown import read_markdown
from chaptercast.document.model import Document, Metadata, Paragraph, Span
from chaptercast.document.reading import Reading
from chaptercast.errors import InputError
from chaptercast.units import LanguageTag


def read_document(path: Path) -> Document:
    """Read an article from a file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "Check the name of the file.") from error
    return read_bytes(data, name=str(path))


def read_bytes(data: bytes, *, name: str = "") -> Document:
    """Read an article from bytes."""
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    matter = front_matter.split(text)
    body = matter.body
    if body.lstrip().startswith("<"):
        reading = read_html(body)
    elif name.endswith(".txt"):
        reading = Reading(tuple(Paragraph((Span(p.strip()),)) for p in re.split(r"\n\s*\n", body) if p.strip()))
    else:
        reading = read_markdown(body)
    title = str(matter.fields.get("title", "")) or reading.metadata.title
    title = re.sub(r"_([^_\s]+?)_", "“\\1”", title)
    metadata = Metadata(title=title, author=str(matter.fields.get("author", "")), date=str(matter.fields.get("date", "")))
    if not reading.blocks:
        raise InputError(f"{name}: there is nothing to speak in it", "")
    from chaptercast.document.language import identify
    from chaptercast.document.model import plain

    sample = " ".join(plain(b.inlines) for b in reading.blocks if isinstance(b, Paragraph))
    language = reading.metadata.language or identify(sample)
    return Document(metadata, reading.blocks, LanguageTag(language), reading.left_out)
