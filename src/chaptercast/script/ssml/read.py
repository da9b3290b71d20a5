"""Reads SSML back as a script. The output of `to_ssml` gives the same script again; other SSML gives as much as an engine can do.

A mark that `metadata` describes opens a section. In foreign SSML, a mark before a paragraph opens one, and its name is the title.
"""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from chaptercast.common.language_identification import identify
from chaptercast.common.units import LanguageTag
from chaptercast.errors import InputError
from chaptercast.script.model import Script
from chaptercast.script.safe_xml import XmlRefusedError, parse_xml
from chaptercast.script.ssml.assembly import Assembly
from chaptercast.script.ssml.items import Items, Style, local_name
from chaptercast.script.ssml.script_metadata import About, read_about
from chaptercast.script.ssml.write import XML_LANG
from chaptercast.script.utterances import Verbalizer
from chaptercast.voice_profiles import Pauses


class SsmlDocument(Struct, frozen=True):
    """A parsed script, not yet put into words."""

    root: Any
    about: About
    language: LanguageTag
    """The declared language, otherwise the identified one."""


def parse_ssml(text: str, name: str) -> SsmlDocument:
    """Parse a script. Raises `InputError` if it is not well-formed, is not SSML, or is hostile: entities, depth, size."""
    try:
        root = parse_xml(text)
    except XmlRefusedError as error:
        raise InputError(f"{name} cannot be read as SSML: {error}.", "Correct that line and try again.") from error
    if local_name(root) != "speak":
        raise InputError(f"{name} is XML, but its root element is no <speak> of SSML.", "Give an article or a script.")
    return SsmlDocument(root, read_about(root), _language(root))


def _language(root: Any) -> LanguageTag:
    declared = root.get(XML_LANG, "")
    if _TAG.fullmatch(declared):
        return LanguageTag(declared)
    spoken = (child for child in root if local_name(child) not in ("meta", "metadata"))
    return identify(
        " ".join((root.text or "", *(text for child in spoken for text in (*child.itertext(), child.tail or ""))))
    )


_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def to_script(
    document: SsmlDocument, language: LanguageTag, verbalizer: Callable[[LanguageTag], Verbalizer], pauses: Pauses
) -> Script:
    """The script of an SSML document, in `language` except for passages in another one.

    `verbalizer` prepares text outside `sub` for the engine, as in articles. `pauses` apply between the paragraphs of foreign scripts.
    Requests that cannot be fulfilled are in the script's `notes`.
    """
    found = Items()
    found.children(document.root, Style(language))
    assembly = Assembly(document.about, verbalizer, pauses)
    for item in found.items:
        assembly.add(item)
    sections = assembly.finish()
    found.notes.update(assembly.notes)
    about = document.about
    return Script(
        metadata=about.metadata,
        title=about.title,
        language=language,
        sections=sections,
        left_out=(*about.left_out, *assembly.left_out),
        notes=tuple(f"{what}." if count == 1 else f"{what} ({count} times)." for what, count in found.notes.items()),
    )
