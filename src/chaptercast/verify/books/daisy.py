"""DAISY books: what their validators do not look for, and times that do not add up."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from chaptercast.verify.books.content import Content, differs, place
from chaptercast.verify.books.playing import Played, played_findings, seconds, silent_findings

_TOTAL_OFF_S = 1.5
"""DAISY 2.02 tells the whole length in whole seconds."""
_HEADING = re.compile(r"\{[^}]*\}h[1-6]")
_MAY_BE_LEFT_OUT = ("system-required", "customTest")
"""Attributes of what a listener may leave out: notes, page numbers. A note is heard where it is referred to."""


def daisy202_findings(content: Content) -> Iterator[str]:
    """What is wrong with a DAISY 2.02 book."""
    ncc = content.xml("ncc.html")
    metas = {meta.get("name"): meta.get("content", "") for meta in ncc.iter("{*}meta")}
    items = [element for element in ncc.iter("*") if _HEADING.fullmatch(str(element.tag)) or _is_page(element)]
    links = [place("ncc.html", link.get("href", "")) for e in items for link in e.iter("{*}a")]
    clips: list[Played] = []
    for smil, anchor in dict.fromkeys(links):
        if smil not in content.names:
            yield f"ncc.html leads to {smil}, which is not in it"
        elif all(element.get("id") != anchor for element in content.xml(smil).iter("*")):
            yield f"ncc.html leads to {smil}#{anchor}, where nothing is"
    for smil in dict.fromkeys(file for file, _ in links if file in content.names):
        own = list(_clips(content, smil))
        clips += own
        told = {meta.get("name"): meta.get("content", "") for meta in content.xml(smil).iter("{*}meta")}
        yield from _length_findings(smil, told.get("ncc:timeInThisSmil", ""), own)
    yield from _book_findings(content, clips, "ncc.html")
    entries = sum(1 for _ in ncc.iter("{*}a"))
    if not metas.get("ncc:tocItems", "").isdigit() or int(metas["ncc:tocItems"]) not in (entries, len(links)):
        yield f"ncc.html says {metas.get('ncc:tocItems', 'nothing')} of its entries, there are {entries}"
    yield from _total_findings("ncc.html", metas.get("ncc:totalTime", ""), clips)


def _is_page(element: Any) -> bool:
    """Whether an element of the navigation control centre is the number of a page."""
    return str(element.get("class", "")).startswith("page-")


def daisy3_findings(content: Content) -> Iterator[str]:
    """What is wrong with a DAISY 3 book."""
    package = next((name for name in sorted(content.names) if name.endswith(".opf")), "package.opf")
    root = content.xml(package)
    items = {item.get("id"): place(package, item.get("href", ""))[0] for item in root.iter("{*}item")}
    clips: list[Played] = []
    for ref in root.iter("{*}itemref"):
        smil = items.get(ref.get("idref"), "")
        if smil not in content.names:
            yield f"{package}: {smil or ref.get('idref')} is named and is not in it"
            continue
        own = list(_clips(content, smil))
        clips += own
        yield from _length_findings(smil, next((e.get("dur", "") for e in content.xml(smil).iter("{*}seq")), ""), own)
    ncx = next(name for name in sorted(content.names) if name.endswith(".ncx"))
    for point in content.xml(ncx).iter("{*}content"):
        file, anchor = place(ncx, point.get("src", ""))
        if file not in content.names or all(e.get("id") != anchor for e in content.xml(file).iter("*")):
            yield f"{ncx} leads to {file}#{anchor}, where nothing is"
    yield from _book_findings(content, clips, "")
    metas = {meta.get("name"): meta.get("content", "") for meta in root.iter("{*}meta")}
    yield from _total_findings(package, metas.get("dtb:totalTime", ""), clips)


def _book_findings(content: Content, clips: Sequence[Played], contents: str) -> Iterator[str]:
    """`contents` shows headings only, and may be played in parts."""
    yield from played_findings(content, clips)
    for file in dict.fromkeys(clip.file for clip in clips):
        if file != contents and file in content.names:
            yield from silent_findings(content, file, {clip.name for clip in clips if clip.file == file})


def _clips(content: Content, smil: str) -> Iterator[Played]:
    for par in content.xml(smil).iter("par", "{*}par"):
        text = next(par.iter("text", "{*}text"), None)
        file, anchor = place(smil, text.get("src", "")) if text is not None else ("", "")
        is_aside = any(one.get(name) for one in (par, *par.iterancestors()) for name in _MAY_BE_LEFT_OUT)
        for audio in par.iter("audio", "{*}audio"):
            begin = audio.get("clip-begin") or audio.get("clipBegin") or "0"
            end = audio.get("clip-end") or audio.get("clipEnd")
            sound = place(smil, audio.get("src", ""))[0]
            yield Played(file, anchor, sound, seconds(begin), seconds(end) if end else content.sound(sound), is_aside)


def _length_findings(smil: str, said: str, clips: Sequence[Played]) -> Iterator[str]:
    length = sum(clip.end - clip.begin for clip in clips)
    if said and differs(seconds(said), length):
        yield f"{smil} says that it lasts {said}, its clips last {length:.3f} s"


def _total_findings(file: str, said: str, clips: Sequence[Any]) -> Iterator[str]:
    total = sum(clip.end - clip.begin for clip in clips)
    if not said or abs(seconds(said) - total) > _TOTAL_OFF_S:
        yield f"{file} says that the book lasts {said or 'nothing'}, its clips last {total:.3f} s"
