"""What the control words of RTF mean that matter for its text (RTF 1.9.1, appendix B); all others only set type."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec.structs import replace

from chaptercast.document.formats.rtf import charsets
from chaptercast.document.formats.rtf.body import Look
from chaptercast.document.formats.rtf.parser import Document, Field, Vocabulary
from chaptercast.document.model import Reason

_NOT_A_LEVEL = 9
"""The outline level of running text."""
_NO_LANGUAGE = frozenset({0, 1024})


def _omitted(reason: Reason) -> Callable[[Document], None]:
    return lambda document: document.omit(reason)


def _goes_to(name: str) -> Callable[[Document], None]:
    """Text goes to a part of the document that is one for all: fonts, styles, what it says of itself."""

    def go(document: Document) -> None:
        document.state.destination = getattr(document, name)

    return go


def _field(document: Document) -> None:
    document.state.field = Field()


def _nothing_new(document: Document) -> None:
    """What is in the group is read as what is around it."""
    del document


DESTINATIONS: Mapping[str, Callable[[Document], None]] = MappingProxyType(
    {
        "fonttbl": _goes_to("fonts"),
        "stylesheet": _goes_to("sheet"),
        "info": _goes_to("info"),
        **dict.fromkeys(
            ("colortbl", "nonesttables", "xe", "tc", "tcn", "nonshppict", "shprslt", "pntxta", "pntxtb"), Document.skip
        ),
        **dict.fromkeys(
            ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
            _omitted(Reason.BOILERPLATE),
        ),
        "annotation": _omitted(Reason.REMARK),
        "footnote": Document.note,
        "pict": Document.picture,
        **dict.fromkeys(("listtext", "pntext"), Document.label),
        "field": _field,
        "fldinst": Document.instruction,
        "fldrslt": Document.result,
        **dict.fromkeys(("shptxt", "dptxbxtext"), Document.box),
        "sn": Document.shape_property,
        "sv": Document.shape_value,
        "upr": Document.choice,
        "ud": Document.chosen,
        **dict.fromkeys(
            ("shppict", "shpinst", "picprop", "nesttableprops", "moMath", "moMathPara", "shpgrp"), _nothing_new
        ),
    },
)


def _style(document: Document, value: int | None) -> None:
    document.state.style = value


def _level(document: Document, value: int | None) -> None:
    document.state.level = (value or 0) + 1 if (value or 0) < _NOT_A_LEVEL else 0


def _centred(*, centred: bool) -> Callable[[Document, int | None], None]:
    def align(document: Document, _value: int | None) -> None:
        document.state.centred = centred

    return align


def _nesting(document: Document, value: int | None) -> None:
    document.state.nesting = min(max(value or 0, 0), 20)


def _in_table(document: Document, _value: int | None) -> None:
    document.state.nesting = max(1, document.state.nesting)


def _depth(document: Document, value: int | None) -> None:
    document.state.depth = min(max(value or 0, 0), 8)


def _first_line(document: Document, value: int | None) -> None:
    document.state.first_line = min(max(value or 0, -5000), 5000)


def _indent(document: Document, value: int | None) -> None:
    document.state.indent = min(max(value or 0, 0), 5000)


def _fallback(document: Document, value: int | None) -> None:
    document.state.fallback = max(0, value or 0)


def _page(document: Document, value: int | None) -> None:
    document.set_encoding(charsets.of_page(value or 0))


def _family(word: str) -> Callable[[Document, int | None], None]:
    return lambda document, _value: document.set_encoding(charsets.of_document(word) or charsets.FALLBACK)


def _deleted(document: Document, value: int | None) -> None:
    document.state.deleted = value != 0


def _row(document: Document, _value: int | None) -> None:
    document.headed = False


def _headed(document: Document, _value: int | None) -> None:
    document.headed = True


def _language(document: Document, value: int | None) -> None:
    document.language = charsets.language_of(value or 0) or ""


def _paragraph(document: Document, _value: int | None) -> None:
    document.end_paragraph()


WORDS: Mapping[str, Callable[[Document, int | None], None]] = MappingProxyType(
    {
        **dict.fromkeys(("par", "\n", "\r", "sect"), _paragraph),
        "line": lambda document, _value: document.line_break(),
        "cell": lambda document, _value: document.end_cell(1),
        "nestcell": lambda document, _value: document.end_cell(2),
        "row": lambda document, _value: document.end_row(1),
        "nestrow": lambda document, _value: document.end_row(2),
        "pard": lambda document, _value: document.reset_paragraph(),
        "s": _style,
        "outlinelevel": _level,
        "qc": _centred(centred=True),
        **dict.fromkeys(("ql", "qr", "qj"), _centred(centred=False)),
        "itap": _nesting,
        "intbl": _in_table,
        "ilvl": _depth,
        "fi": _first_line,
        "li": _indent,
        "uc": _fallback,
        "f": lambda document, value: document.use_font(value or 0),
        "ansicpg": _page,
        **{word: _family(word) for word in ("ansi", "mac", "pc", "pca")},
        "deleted": _deleted,
        "trowd": _row,
        "trhdr": _headed,
        "deflang": _language,
    },
)


def _set(name: str) -> Callable[[Look, int | None], Look]:
    """A property that is on, or off where its value is 0."""
    return lambda look, value: replace(look, **{name: value != 0})


def _size(look: Look, value: int | None) -> Look:
    return replace(look, half_points=min(max(value or 0, 0), 400))


def _spoken(look: Look, value: int | None) -> Look:
    return replace(look, language="" if value in _NO_LANGUAGE else charsets.language_of(value or 0) or "")


CHARACTERS: Mapping[str, Callable[[Look, int | None], Look]] = MappingProxyType(
    {
        "b": _set("bold"),
        "i": _set("italic"),
        **dict.fromkeys(("strike", "striked"), _set("struck")),
        "v": _set("hidden"),
        "super": lambda look, value: replace(look, raised=value != 0, lowered=False),
        "sub": lambda look, value: replace(look, raised=False, lowered=value != 0),
        "nosupersub": lambda look, _value: replace(look, raised=False, lowered=False),
        "fs": _size,
        "lang": _spoken,
        "plain": lambda look, _value: Look(link=look.link),
    },
)

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "tab": "\t",
        "emdash": "—",
        "endash": "–",
        "bullet": "•",
        "lquote": "‘",
        "rquote": "’",
        "ldblquote": "“",
        "rdblquote": "”",
        **dict.fromkeys(("~", "emspace", "enspace", "qmspace"), "\u00a0"),
        "-": "\u00ad",
        "_": "\u2011",
        "\\": "\\",
        "{": "{",
        "}": "}",
        "zwj": "\u200d",
        "zwnj": "\u200c",
    },
)

VOCABULARY = Vocabulary(DESTINATIONS, WORDS, CHARACTERS, SIGNS)
