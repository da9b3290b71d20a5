"""A script as SSML 1.1, in the portable profile: what every engine's reader takes the same way.

W3C Speech Synthesis Markup Language 1.1 (2010). The profile (docs/ssml.md): `speak`, `p`, `s` without attributes, `break` with
whole milliseconds of at most 5000, `mark` only as the first child of `s`, `sub` where the spoken text is not the written one, `lang`
around another language. No emphasis, comments, CDATA sections, prefixes or named entities beyond XML's own.
"""

from lxml import etree

from chaptercast.profile import Role
from chaptercast.script.model import Pause, Say, Script, Section, Sentence
from chaptercast.units import LanguageTag

NAMESPACE = "http://www.w3.org/2001/10/synthesis"
MAX_BREAK_MS = 5000
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


_ALIAS = str.maketrans('"&<>', "”＆‹›")
"""What would need a reference in an attribute: eSpeak NG's own reader of SSML does not decode them there."""


def to_ssml(script: Script) -> str:
    """The script as a document of SSML, ending in a line break.

    Each section's heading carries a mark `ID-LEVEL`; what is spoken in another manner than the body carries a mark `ROLE-PLACE`.
    """
    root = etree.Element(_name("speak"), nsmap={None: NAMESPACE}, version="1.1")
    root.set(_XML_LANG, script.language)
    for section in script.sections:
        _section(root, section, script.language)
    etree.indent(root, space="  ")
    text: str = etree.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _section(root: etree._Element, section: Section, language: LanguageTag) -> None:
    opening = f"{section.id}-{section.level}"
    for part in section.parts:
        match part:
            case Pause(duration):
                _breaks(root, duration)
            case Say():
                _paragraph(root, part, opening, language)
                opening = ""


def _breaks(root: etree._Element, duration: int) -> None:
    while duration > 0:
        step = min(duration, MAX_BREAK_MS)
        etree.SubElement(root, _name("break"), time=f"{step}ms")
        duration -= step


def _paragraph(root: etree._Element, say: Say, opening: str, language: LanguageTag) -> None:
    paragraph = etree.Element(_name("p"))
    for number, sentence in enumerate(sentence for sentence in say.sentences if xml_text(sentence.spoken).strip()):
        element = etree.SubElement(paragraph, _name("s"))
        mark = opening or (f"{say.role.value}-{len(root)}" if say.role is not Role.BODY else "")
        if number == 0 and mark:
            etree.SubElement(element, _name("mark"), name=mark)
        inner = element
        if say.language != language:
            inner = etree.SubElement(element, _name("lang"))
            inner.set(_XML_LANG, say.language)
        _sentence(inner, sentence)
    if len(paragraph):
        root.append(paragraph)


def _sentence(parent: etree._Element, sentence: Sentence) -> None:
    written = xml_text(" ".join(sentence.written.split()))
    if sentence.spoken == written:
        _append_text(parent, written)
        return
    sub = etree.SubElement(parent, _name("sub"), alias=xml_text(sentence.spoken).translate(_ALIAS))
    sub.text = written


def _append_text(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = text
    else:
        parent.text = text


def xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids (2.2, Char)."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
    )


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
