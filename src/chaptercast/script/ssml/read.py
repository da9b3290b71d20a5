"""SSML read back as a script: what `to_ssml` wrote gives the same script again, what others wrote as much of it as an engine can do.

Marks that `metadata` explains open sections; in the scripts of others a mark before a paragraph does, and its name is the title.
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
    """A script that has been parsed, and not yet put into words."""

    root: Any
    about: About
    language: LanguageTag
    """As declared, else as found."""


def parse_ssml(text: str, name: str) -> SsmlDocument:
    """Parse a script. Raises `InputError` for what is not well-formed, is no SSML, or is hostile: entities, depth, size."""
    try:
        root = parse_xml(text)
    except XmlRefusedError as error:
        raise InputError(f"{name} cannot be read as SSML: {error}.", "Mend it in that line and try again.") from error
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
    """The script that a document of SSML is: in `language`, but for the passages that say another.

    `verbalizer` puts what is not in a `sub` for the engine, as it does with articles; `pauses` are between the paragraphs of scripts
    that others wrote. What cannot be done is in the script's `notes`.
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
