"""A script as SSML 1.1, in the portable profile: what every engine's reader takes the same way. `read_ssml` reads it back.

W3C Speech Synthesis Markup Language 1.1 (2010). The profile (docs/ssml.md): `speak`, `metadata`, `p`, `s` without attributes, `break`
with whole milliseconds of at most 5000, `mark` only as the first child of `s`, `sub` where the spoken text is not the written one,
`lang` around another language, `prosody` and `voice` around a paragraph. No emphasis, comments, CDATA sections, prefixes or named
entities beyond XML's own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct

from chaptercast.common.unicode_text import xml_text
from chaptercast.common.units import LanguageTag
from chaptercast.script.model import Pause, Say, Script, Section, Sentence
from chaptercast.script.ssml.attribute_values import prosody
from chaptercast.script.ssml.detection import NAMESPACE
from chaptercast.script.ssml.script_metadata import Opening, add_metadata
from chaptercast.voice_profiles import Role

MAX_BREAK_MS = 5000
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_ALIAS = str.maketrans('"&<>', "＂＆＜＞")
"""What would need a reference in an attribute: eSpeak NG's own reader of SSML does not decode them there. What is spoken has no
full-width forms of these (they are cleaned away), so that reading can turn them back.
"""
FROM_ALIAS = str.maketrans("＂＆＜＞", '"&<>')
ROLE_MARK = re.compile(rf"({'|'.join(Role)})-\d+(\.continued)?")
"""The mark of words that are not simply the next paragraph of the body: their role, a number that makes it unique, and whether they
go on with the paragraph before.
"""
_MARK = re.compile(r"[A-Za-z0-9_.:-]+")


def to_ssml(script: Script) -> str:
    """The script as a document of SSML, ending in a line break.

    The first words of each section carry a mark `ID-LEVEL`, which `metadata` explains; what is spoken in another manner than the
    body carries a mark `ROLE-NUMBER`.
    """
    return "".join(ssml_pieces(script))


def ssml_pieces(script: Script) -> Iterator[str]:
    """The same, section by section: nothing is held but a section."""
    openings = _openings(script.sections)
    head = _speak(script.language)
    _break_lines(add_metadata(head, _name("metadata"), script, openings), 1)
    opening_tag = _text(_speak(script.language)).removesuffix("/>") + ">"
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{opening_tag}{_inside(head, opening_tag)}'
    writer = _Writer(script.language)
    for section, opening in zip(script.sections, openings, strict=True):
        yield _inside(writer.section(section, opening), opening_tag)
    yield f"\n{_CLOSING_TAG}\n"


_CLOSING_TAG = "</speak>"


def _speak(language: LanguageTag) -> Any:
    root = etree.Element(_name("speak"), nsmap={None: NAMESPACE}, version="1.1")
    root.set(XML_LANG, language)
    return root


def _text(element: Any) -> str:
    return str(etree.tostring(element, encoding="unicode", xml_declaration=False))


def _inside(root: Any, opening_tag: str) -> str:
    """The children of a `speak`, each on a line of its own."""
    for paragraph in root.iter(_name("p")):
        _break_lines(paragraph, 1)
    if not len(root):
        return ""
    _break_lines(root, 0)
    root[-1].tail = ""
    return _text(root).removeprefix(opening_tag).removesuffix(_CLOSING_TAG)


def _openings(sections: Sequence[Section]) -> tuple[Opening, ...]:
    openings: list[Opening] = []
    marks: set[str] = set()
    for number, section in enumerate(sections):
        mark = f"{section.id}-{section.level}"
        if mark in marks or not _MARK.fullmatch(mark) or ROLE_MARK.fullmatch(mark):
            mark = f"section.{number}-{section.level}"
        role = next((part.role for part in section.parts if isinstance(part, Say)), None)
        marks.add(mark)
        openings.append(Opening(mark if role else "", section.id, section.title, section.level, role or Role.HEADING))
    return tuple(openings)


class _Writer(Struct):
    """What has been written so far."""

    language: LanguageTag
    root: Any = None
    """Of the section at hand."""
    said: int = 0
    """How many utterances."""
    mark: str = ""
    """To be set at the next words: a section begins there."""
    last: tuple[Any, Say] | None = None
    """The paragraph that was written last, and the last words in it."""
    pause: int = 0
    """Not yet written."""

    def section(self, section: Section, opening: Opening) -> Any:
        """A `speak` that holds a section and nothing else."""
        self.mark, self.last, self.root = opening.mark, None, _speak(self.language)
        for part in section.parts:
            match part:
                case Pause(duration):
                    self.pause += duration
                case Say():
                    self._say(part)
        self._breaks(self.root)
        return self.root

    def _say(self, say: Say) -> None:
        self.said += 1
        paragraph, before = self.last or (None, None)
        if paragraph is not None and before is not None and say.continues and _alike(say, before):
            mark = "" if self.pause or say.language != before.language else f"{say.role}-{self.said}.continued"
        else:
            mark = self.mark or _role_mark(say, self.said)
            self.mark = ""
            self._breaks(self.root)
            paragraph = _new_paragraph(self.root, say)
        self._breaks(paragraph)
        for sentence in say.sentences or (Sentence("", ""),):
            _sentence(paragraph, sentence, mark, say.language if say.language != self.language else "")
            mark = ""
        self.last = paragraph, say

    def _breaks(self, parent: Any) -> None:
        while self.pause > 0:
            step = min(self.pause, MAX_BREAK_MS)
            etree.SubElement(parent, _name("break"), time=f"{step}ms")
            self.pause -= step


def _alike(one: Say, other: Say) -> bool:
    return (one.role, one.voice, one.manner) == (other.role, other.voice, other.manner)


def _role_mark(say: Say, number: int) -> str:
    continued = ".continued" if say.continues else ""
    return f"{say.role}-{number}{continued}" if continued or say.role is not Role.BODY else ""


def _new_paragraph(parent: Any, say: Say) -> Any:
    if say.voice:
        parent = etree.SubElement(parent, _name("voice"), name=xml_text(say.voice))
    if manner := prosody(say.manner):
        parent = etree.SubElement(parent, _name("prosody"), manner)
    return etree.SubElement(parent, _name("p"))


def _sentence(paragraph: Any, sentence: Sentence, mark: str, language: str) -> None:
    parent = etree.SubElement(paragraph, _name("s"))
    if mark:
        etree.SubElement(parent, _name("mark"), name=mark)
    if language:
        parent = etree.SubElement(parent, _name("lang"), {XML_LANG: language})
    written, spoken = xml_text(sentence.written), xml_text(sentence.spoken).translate(_ALIAS)
    said_as_written = " ".join(written.split()) == xml_text(sentence.spoken) and not sentence.respellings
    if said_as_written or not spoken.strip():
        _append_text(parent, written)
    else:
        etree.SubElement(parent, _name("sub"), alias=spoken).text = written


def _append_text(parent: Any, text: str) -> None:
    if len(parent):
        parent[-1].tail = text
    else:
        parent.text = text


def _break_lines(parent: Any, level: int) -> None:
    """Set the children on lines of their own. Only for elements that hold no text: in a sentence every space is the author's."""
    if len(parent):
        parent.text = f"\n{'  ' * (level + 1)}"
        for child in parent:
            child.tail = parent.text
        parent[-1].tail = f"\n{'  ' * level}"


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
