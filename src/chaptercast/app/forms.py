"""Turns a submitted form into an order, or into its faults. All input is untrusted."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from msgspec import Struct, field

from chaptercast.app.model import NO_LANGUAGE, Heading, Kind, Order, Outline, Step
from chaptercast.app.voice_choices import chosen
from chaptercast.common.language_tags import normalised
from chaptercast.common.unicode_text import well_formed, without_controls
from chaptercast.document.sources.url import is_url, target_of
from chaptercast.errors import UsageError
from chaptercast.pipeline.inputs import SUFFIXES
from chaptercast.publication.slug import slug

FIELDS = ("address", "text", "title", "voice", "language", "check")
MOST_TITLE = 300
MOST_ADDRESS = 4000
_NAMED = 60
"""Number of characters of a text that become its file name, and so the episode's name if there is no other."""
_DEEPEST = 6
_MARKED_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
"""A heading that shows that a text is Markdown."""


class Wanted(Struct, frozen=True):
    """What a form asks for. Faults are listed by field, as names of the app's words."""

    order: Order | None
    content: bytes = b""
    """The content of a text."""
    faults: Mapping[str, str] = field(default_factory=dict)


def line(text: str, most: int) -> str:
    """Returns untrusted text as one line, without control characters."""
    return " ".join(without_controls(well_formed(text)).split())[:most]


def wanted(given: Mapping[str, str], upload: str, *, offline: bool) -> Wanted:
    """Returns the order in a form. `upload` is the name of the uploaded file, empty if there is none."""
    address, text = line(given.get("address", ""), MOST_ADDRESS + 1), well_formed(given.get("text", "")).strip()
    faults: dict[str, str] = {}
    title, language = line(given.get("title", ""), MOST_TITLE), NO_LANGUAGE
    if given.get("language"):
        language = normalised(given["language"]) or NO_LANGUAGE
        faults |= {} if language else {"language": "fault_language"}
    voice = chosen(given["voice"], offline=offline) if given.get("voice") else None
    if given.get("voice") and voice is None:
        faults["voice"] = "fault_voice"
    kind, source = Kind.ADDRESS, address
    if sum(map(bool, (address, text, upload))) != 1:
        faults["address"] = "fault_several" if address or text or upload else "fault_nothing"
    elif address:
        source = with_scheme(address)
        faults |= {} if is_address(source) else {"address": "fault_address"}
    elif text:
        kind, source = Kind.TEXT, text_name(text)
    else:
        kind, source = Kind.FILE, file_name(upload)
        faults |= {} if source else {"upload": "fault_file"}
    if faults:
        return Wanted(None, faults=faults)
    step = Step.OUTLINE if given.get("check") else Step.SPEAK
    engine, name = (voice.engine, voice.voice) if voice else ("auto", "")
    return Wanted(Order(kind, source, title, engine, name, language, step), text.encode())


def with_scheme(address: str) -> str:
    """Returns a typed address with its scheme."""
    return address if is_url(address) else f"https://{address}"


def is_address(address: str) -> bool:
    """Returns whether the address may be used for an article. Its host is checked when it is fetched."""
    try:
        target_of(address)
    except UsageError:
        return False
    return len(address) <= MOST_ADDRESS and " " not in address


def text_name(text: str) -> str:
    """Returns a file name for a text, from its beginning."""
    suffix = ".md" if _MARKED_HEADING.search(text) else ".txt"
    return f"{slug(line(text.strip().partition(chr(10))[0].lstrip('# '), _NAMED), 'text')}{suffix}"


def file_name(upload: str) -> str:
    """Returns a safe file name for `upload`; empty if the file type is not supported."""
    name = PurePath(well_formed(upload).replace("\\", "/")).name
    lower = name.lower()
    suffix = ".fb2.zip" if lower.endswith(".fb2.zip") else PurePath(lower).suffix
    if suffix not in SUFFIXES | {".fb2.zip", ".xml"}:
        return ""
    return f"{slug(name[: -len(suffix)])}{suffix}"


def edited(outline: Outline, given: Mapping[str, str]) -> Outline:
    """Returns the outline with a person's changes: a level for each heading, 0 for running text."""
    headings = []
    for number, heading in enumerate(outline.headings):
        level = given.get(f"level-{number}", "")
        is_level = level.isascii() and level.isdigit() and 0 <= int(level) <= _DEEPEST and level != "1"
        headings.append(Heading(int(level) if is_level else heading.level, heading.title))
    return Outline(line(given.get("title", ""), MOST_TITLE) or outline.title, tuple(headings))
