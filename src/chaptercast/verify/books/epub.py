"""EPUBs with Media Overlays: what EPUBCheck does not look for."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from chaptercast.verify.books.content import Content, differs, place
from chaptercast.verify.books.playing import Played, played_findings, seconds, silent_findings

_TOTAL_OFF_S = 1.0
"""EPUB 3.3, 9.2.1."""
_FEW = 0.25
"""The share of pages below which missing overlays are no decision but a mistake."""
_TYPE = "{http://www.idpf.org/2007/ops}type"
_FRONT = re.compile(r"\b(?:cover|titlepage|toc|landmarks|page-list|copyright-page|frontmatter|index)\b")
_ASIDE = re.compile(r"\b(?:footnotes?|endnotes?|rearnotes?|note|pagebreak|annotation|sidebar)\b")


def epub_findings(content: Content) -> Iterator[str]:
    """What is wrong with an EPUB."""
    container = content.xml("META-INF/container.xml")
    package = next((e.get("full-path", "") for e in container.iter("{*}rootfile")), "")
    root = content.xml(package)
    items = {item.get("id"): item for item in root.iter("{*}item")}
    yield from _type_findings(content, package, items)
    spine = [items[ref.get("idref")] for ref in root.iter("{*}itemref") if ref.get("idref") in items]
    yield from _without_overlay(content, package, spine)
    clips: list[Played] = []
    total = 0.0
    names: dict[str, set[str]] = defaultdict(set)
    for overlay in {
        id(one): one for item in spine if (one := items.get(item.get("media-overlay"))) is not None
    }.values():
        file = place(package, overlay.get("href", ""))[0]
        own = list(_overlay(content, file, names))
        length = sum(clip.end - clip.begin for clip in own)
        said = _duration(root, f"#{overlay.get('id')}")
        if own and (said is None or differs(said, length)):
            yield f"{file}: it is said to last {said} s, its clips last {length:.3f} s"
        total += length
        clips += own
    for item in spine:
        page = place(package, item.get("href", ""))[0]
        if item.get("media-overlay") in items and page in content.names:
            yield from silent_findings(content, page, names[page])
    yield from played_findings(content, clips)
    said = _duration(root, None)
    if clips and (said is None or abs(said - total) > _TOTAL_OFF_S):
        yield f"{package}: the book is said to last {said} s, its clips last {total:.3f} s"
    if clips:
        yield from _active_findings(content, package, root, items)


def _without_overlay(content: Content, package: str, spine: Sequence[Any]) -> Iterator[str]:
    """Which pages lack an overlay in a book where nearly all have one. Covers and contents have no text to be read along."""
    silent = [
        item for item in spine if not item.get("media-overlay") and "nav" not in item.get("properties", "").split()
    ]
    if len(silent) >= _FEW * len(spine):
        return
    for item in silent:
        page = place(package, item.get("href", ""))[0]
        types = " ".join(e.get(_TYPE, "") for e in content.xml(page).iter("{*}body", "{*}section", "{*}nav"))
        if not _FRONT.search(types):
            yield f"{page} has no overlay: readers pass over it, or stop there"


def _overlay(content: Content, name: str, names: dict[str, set[str]]) -> Iterator[Played]:
    """What an overlay plays. `names` gets the ids of all texts by their file: what has no sound is spoken by the reader itself."""
    for par in content.xml(name).iter("{*}par"):
        text, audio = par.find("{*}text"), par.find("{*}audio")
        if text is None:
            continue
        file, anchor = place(name, text.get("src", ""))
        names[file].add(anchor)
        if audio is None:
            continue
        sound = place(name, audio.get("src", ""))[0]
        end = audio.get("clipEnd")
        begin = seconds(audio.get("clipBegin", "0"))
        is_aside = any(_ASIDE.search(one.get(_TYPE, "")) for one in (par, *par.iterancestors()))
        yield Played(file, anchor, sound, begin, seconds(end) if end else content.sound(sound), is_aside)


def _duration(root: Any, refined: str | None) -> float | None:
    metas = (meta for meta in root.iter("{*}meta") if meta.get("property") == "media:duration")
    found = next((meta.text or "" for meta in metas if meta.get("refines") == refined), None)
    return None if found is None else seconds(found)


def _type_findings(content: Content, package: str, items: dict[Any, Any]) -> Iterator[str]:
    for item in items.values():
        name, said = place(package, item.get("href", ""))[0], item.get("media-type", "")
        if name not in content.names or not said.startswith(("audio/", "image/")) or said == "image/svg+xml":
            continue
        found = content.kind(name)
        if found != said:
            yield f"{name} is said to be {said}, it is {found or 'something else'}"


def _active_findings(content: Content, package: str, root: Any, items: dict[Any, Any]) -> Iterator[str]:
    metas = (meta for meta in root.iter("{*}meta") if meta.get("property") == "media:active-class")
    name = next(((meta.text or "").strip() for meta in metas), "")
    if not name:
        yield f"{package}: it names no class for what is heard (media:active-class): nothing is marked as it is played"
        return
    if name.startswith("."):
        yield f"{package}: the class for what is heard is “{name}”: it is named without a dot"
    styles = [item for item in items.values() if item.get("media-type") == "text/css"]
    texts = [
        content.read(file) for item in styles if (file := place(package, item.get("href", ""))[0]) in content.names
    ]
    pages = [place(package, item.get("href", ""))[0] for item in items.values() if item.get("media-overlay")]
    texts += [
        (style.text or "").encode()
        for file in pages
        if file in content.names
        for style in content.xml(file).iter("{*}style")
    ]
    rule = re.compile(rb"\." + re.escape(name.lstrip(".")).encode() + rb"(?![\w-])")
    if not any(rule.search(text) for text in texts):
        yield f"{package}: no style tells how “{name}” looks: nothing is marked as it is played"
