"""Elements of a feed, named as everyone writes them (`itunes:author`), in the namespaces that these prefixes stand for."""

from typing import Any

from lxml import etree

from chaptercast.publication.feed.text import clean

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}


def add(parent: Any, name: str, text: str = "", /, **attributes: str) -> Any:
    """Append an element to `parent` and return it; attributes that are empty are left out."""
    given = {key: clean(value) for key, value in attributes.items() if value}
    element = etree.SubElement(parent, qualified(name), given)
    if text:
        element.text = clean(text)
    return element


def qualified(name: str) -> str:
    """The name as lxml has it: `{namespace}local`."""
    prefix, colon, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name
