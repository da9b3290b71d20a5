"""Elements of a feed, written one after the other, so that memory does not grow with their number.

They are named as everyone writes them (`itunes:author`), in the namespaces that these prefixes stand for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from lxml import etree

from chaptercast.publication.feed.feed_text import clean

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}


class Writer:
    """Writes elements, each on its line, indented."""

    def __init__(self, file: Any) -> None:
        """`file` is what lxml writes incrementally to."""
        self._file = file
        self._depth = 1

    def add(self, name: str, text: str = "", /, **attributes: str) -> None:
        """Write an element with nothing but text in it; attributes that are empty are left out."""
        self._break()
        with self._file.element(qualified(name), _given(attributes)):
            if text:
                self._file.write(clean(text))

    @contextmanager
    def inside(self, name: str, /, **attributes: str) -> Iterator[None]:
        """Write an element; what is written meanwhile is in it."""
        self._break()
        with self._file.element(qualified(name), _given(attributes)):
            self._depth += 1
            yield
            self._depth -= 1
            self._break()

    def _break(self) -> None:
        self._file.write("\n" + "  " * self._depth)


@contextmanager
def rss(stream: BytesIO) -> Iterator[Writer]:
    """Write a feed to `stream`: what is written meanwhile is in its channel."""
    with etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("rss", {"version": "2.0"}, nsmap=NAMESPACES):
            writer = Writer(file)
            with writer.inside("channel"):
                yield writer
            file.write("\n")


def qualified(name: str) -> str:
    """The name as lxml has it: `{namespace}local`."""
    prefix, colon, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def _given(attributes: dict[str, str]) -> dict[str, str]:
    return {key: clean(value) for key, value in attributes.items() if value}
