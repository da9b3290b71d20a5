"""The W3C's Pronunciation Lexicon Specification 1.0 (2008): graphemes with an alias are taken, those with phonemes only are named."""

from typing import Any

from msgspec import Struct

from chaptercast.errors import UsageError
from chaptercast.script.safe_xml import XmlRefusedError, parse_xml

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Pls(Struct, frozen=True):
    """What a document of PLS says."""

    language: str
    aliases: tuple[tuple[int, str, str], ...]
    """Line, grapheme, alias."""
    phonemes_only: tuple[str, ...]
    faults: tuple[tuple[int, str], ...]
    """Line, and what is wrong there."""


def read_pls(text: str, name: str) -> Pls:
    """Read a lexicon in PLS. Raises `UsageError` for what is not XML, not PLS, or hostile.

    Of several aliases of a lexeme the first is the preferred one (4.7); each of its graphemes has it.
    """
    try:
        root = parse_xml(text)
    except XmlRefusedError as error:
        raise UsageError(f"The lexicon {name} cannot be read: {error}.", "Mend it, or take it out.") from error
    if _local(root) != "lexicon":
        raise UsageError(f"The lexicon {name} is XML, but no PLS: line {root.sourceline}: <{_local(root)}>.")
    aliases: list[tuple[int, str, str]] = []
    phonemes_only: list[str] = []
    faults: list[tuple[int, str]] = []
    for lexeme in root:
        if _local(lexeme) != "lexeme":
            continue
        line = lexeme.sourceline or 1
        graphemes, spoken = _texts(lexeme, "grapheme"), _texts(lexeme, "alias")
        if not graphemes:
            faults.append((line, "a lexeme has no grapheme"))
        elif spoken:
            aliases += ((line, grapheme, spoken[0]) for grapheme in graphemes)
        elif _texts(lexeme, "phoneme"):
            phonemes_only += graphemes
        else:
            faults.append((line, f"“{graphemes[0][:30]}” has neither alias nor phoneme"))
    return Pls(root.get(_XML_LANG, ""), tuple(aliases), tuple(phonemes_only), tuple(faults))


def _texts(lexeme: Any, kind: str) -> list[str]:
    return ["".join(child.itertext()) for child in lexeme if _local(child) == kind]


def _local(element: Any) -> str:
    """The name of an element of PLS, whether or not it declares the namespace; empty for a stranger's."""
    tag = str(element.tag)
    return tag.removeprefix(f"{{{NAMESPACE}}}")
