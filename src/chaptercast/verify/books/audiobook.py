"""W3C and Readium audiobooks: that what they list is there, and lasts as long as they say."""

import json
import re
from collections.abc import Iterator
from typing import Any

from chaptercast.verify.books.content import Content, differs, place

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_CONFORMS = "https://www.w3.org/TR/audiobooks/"


def lpf_findings(content: Content) -> Iterator[str]:
    """What is wrong with a W3C Audiobook."""
    told = json.loads(content.read("publication.json").decode())
    if told.get("conformsTo") not in (_CONFORMS, [_CONFORMS]):
        yield f"publication.json: conformsTo is not {_CONFORMS}: readers take it for a book of text"
    order = [(item["url"], item.get("encodingFormat", ""), _seconds(item["duration"])) for item in told["readingOrder"]]
    yield from _order_findings(content, "publication.json", order, _seconds(told["duration"]))
    for item in [*told.get("resources", []), *(a for i in told["readingOrder"] for a in i.get("alternate", []))]:
        if place("publication.json", item["url"])[0] not in content.names:
            yield f"{item['url']} is named and is not in it"


def readium_findings(content: Content) -> Iterator[str]:
    """What is wrong with a Readium audiobook."""
    told = json.loads(content.read("manifest.json").decode())
    order = [(item["href"], item.get("type", ""), float(item["duration"])) for item in told["readingOrder"]]
    yield from _order_findings(content, "manifest.json", order, float(told["metadata"]["duration"]))
    listed = {place("manifest.json", href)[0] for href, _, _ in order}
    for href in _toc(told.get("toc", [])):
        if place("manifest.json", href)[0] not in listed:
            yield f"manifest.json: its contents lead to {href}, which is not read"


def _order_findings(
    content: Content, manifest: str, order: list[tuple[str, str, float]], total: float
) -> Iterator[str]:
    for address, said, seconds in order:
        name, fragment = place(manifest, address)
        if fragment:
            yield f"{address}: readers show nothing where the order names a part of a file"
        if name not in content.names:
            yield f"{name} is named and is not in it"
            continue
        if content.kind(name) != said:
            yield f"{name} is said to be {said}, it is {content.kind(name) or 'something else'}"
        if differs(seconds, content.sound(name)):
            yield f"{name} is said to last {seconds:.3f} s, it lasts {content.sound(name):.3f} s"
    if abs(total - sum(seconds for _, _, seconds in order)) > 1:
        yield f"{manifest}: the book is said to last {total:.3f} s, which is not what its parts do"


def _toc(entries: list[Any]) -> Iterator[str]:
    waiting = list(entries)
    while waiting:
        entry = waiting.pop()
        yield str(entry["href"])
        waiting += entry.get("children", [])


def _seconds(duration: str) -> float:
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(f"“{duration}” is no duration")
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds
