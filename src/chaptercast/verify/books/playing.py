"""What a book plays and shows, whatever format says so: clips within their sound, without gaps, in the order of the text, all of it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from lxml import etree
from msgspec import Struct

from chaptercast.verify.books.content import Content, differs
from chaptercast.verify.file_reading import short

_OVERLAP_S = 0.1
_GAP_S = 0.5
"""Between two clips. What is before the first and after the last one may be left out: other books begin within a file."""
_MOST_TOLD = 5
"""Of one kind in one file: a hundred lines of the same tell nobody more."""
_NOT_SHOWN = {"head", "script", "style", "rt", "rp", "doctitle", "docauthor", "pagenum"}
_PAGE = re.compile(r"\b(?:doc-)?pagebreak\b|\bpage-(?:normal|front|special)\b")
_TYPE = "{http://www.idpf.org/2007/ops}type"
UNSPOKEN = "unspoken"
"""The class of text that is there and not said: it is named among what the recording leaves out."""


class Played(Struct, frozen=True):
    """A text and what is heard with it."""

    file: str
    name: str
    sound: str
    begin: float
    """In seconds."""
    end: float
    is_aside: bool = False
    """Whether it is a note or the like, which may be heard where it is referred to."""


def played_findings(content: Content, clips: Sequence[Played]) -> Iterator[str]:
    """What is wrong with all clips of a book, in the order in which they are played."""
    yield from _sound_findings(content, clips)
    by_file: dict[str, list[Played]] = defaultdict(list)
    for clip in clips:
        by_file[clip.file].append(clip)
    for file, own in by_file.items():
        yield from _text_findings(content, file, own)


def silent_findings(content: Content, file: str, named: set[str]) -> Iterator[str]:
    """Which text of a file is heard with nothing, though it is not marked as unspoken. `named` are the ids of what is heard."""
    root = content.xml(file)
    silent = [" ".join(text.split()) for text in _unnamed(root, named)]
    found = [text for text in silent if any(character.isalnum() for character in text)]
    yield from _few([f"{file}: “{short(text)}” is heard nowhere" for text in found])


def seconds(clock: str) -> float:
    """A time as SMIL writes it: `0:01:02.5`, `62.5s`, `npt=62.5s`, `1.5min`. Raises `ValueError`."""
    text = clock.strip().removeprefix("npt=")
    if ":" in text:
        total = 0.0
        for part in text.split(":"):
            total = 60 * total + float(part)
        return total
    for unit, factor in (("ms", 0.001), ("min", 60.0), ("h", 3600.0), ("s", 1.0)):
        if text.endswith(unit):
            return float(text.removesuffix(unit)) * factor
    return float(text)


def _sound_findings(content: Content, clips: Sequence[Played]) -> Iterator[str]:
    by_sound: dict[str, list[Played]] = defaultdict(list)
    for clip in clips:
        by_sound[clip.sound].append(clip)
    for sound, own in by_sound.items():
        if sound not in content.names:
            yield f"{sound} is named and is not in it"
            continue
        length = content.sound(sound)
        late = [clip for clip in own if clip.end > length and differs(clip.end, length)]
        yield from _few(
            [f"{sound}: the clip of {c.name} ends at {c.end:.3f} s, the sound at {length:.3f} s" for c in late]
        )
        yield from _few([f"{sound}: the clip of {c.name} ends before it begins" for c in own if c.end <= c.begin])
        ordered = sorted({(clip.begin, clip.end) for clip in own})
        gaps = [(a[1], b[0]) for a, b in pairwise(ordered) if b[0] - a[1] > _GAP_S]
        yield from _few([f"{sound}: nothing plays {begin:.3f} to {end:.3f} s of it" for begin, end in gaps])
        twice = [b[0] for a, b in pairwise(ordered) if a[1] - b[0] > _OVERLAP_S]
        yield from _few([f"{sound}: clips overlap at {at:.3f} s" for at in twice])


def _text_findings(content: Content, file: str, clips: Sequence[Played]) -> Iterator[str]:
    if file not in content.names:
        yield f"{file} is named and is not in it"
        return
    places = {
        element.get("id"): number for number, element in enumerate(content.xml(file).iter("*")) if element.get("id")
    }
    yield from _few([f"{file}: there is no place {clip.name}" for clip in clips if clip.name not in places])
    known = [clip for clip in clips if clip.name in places and not clip.is_aside]
    wrong = [after for before, after in pairwise(known) if places[after.name] < places[before.name]]
    yield from _few([f"{file}: {clip.name} is played after what follows it in the text" for clip in wrong])


def _unnamed(element: Any, named: set[str]) -> Iterator[str]:
    """The text in an element that is in no element of these names. By hand, since a book may be nested as deep as it likes."""
    waiting: list[Any] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        is_element = isinstance(one.tag, str)
        silent = (
            not is_element or etree.QName(one).localname in _NOT_SHOWN or one.get("hidden") is not None or _is_page(one)
        )
        if not (silent or one.get("id") in named or UNSPOKEN in (one.get("class") or "").split()):
            for child in reversed(one):
                waiting += [child.tail or "", child]
            yield one.text or ""


def _is_page(element: Any) -> bool:
    """Whether an element is the number of a printed page."""
    return any(_PAGE.search(element.get(name) or "") for name in (_TYPE, "role", "class"))


def _few(findings: list[str]) -> Iterator[str]:
    yield from findings[:_MOST_TOLD]
    if len(findings) > _MOST_TOLD:
        yield f"{findings[0].partition(':')[0]}: and {len(findings) - _MOST_TOLD} more like this"
