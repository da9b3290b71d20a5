"""Vetoes against headings, whatever they look like: captions, bylines, quotations, lists in disguise, and so on.

`VETOES` apply to lines that only look like headings. `DEMOTIONS` apply to headings that the source itself marks.
"""

import re
from collections.abc import Callable

from chaptercast.document.outline.features import Features
from chaptercast.document.outline.rules import Rule

_NOWHERE = frozenset(
    {
        "li",
        "blockquote",
        "figure",
        "figcaption",
        "caption",
        "aside",
        "footer",
        "nav",
        "form",
        "button",
        "label",
        "dialog",
        "address",
        "th",
    }
)
_NO_PLACE_FOR_MARKED = frozenset({"figure", "figcaption", "footer", "nav", "form", "aside", "dialog"})
_WEIGHT = -20.0
_SHORT = 60
"""The maximum width, in columns, of a marked heading that may have two sentences before all text: "Lesson one. Say hello!"."""
_LABEL_END = re.compile(r"^[^:：]{1,16}[:：]$")
"""A name with its colon and nothing after it: the notice itself is the text below."""


def _veto(name: str, test: Callable[[Features], bool]) -> Rule:
    return Rule(name, _WEIGHT, test)


def _serial(f: Features) -> bool:
    return bool(f.in_sequence or f.bullet or f.wrapped or f.role == "heading")


def _stands_out(f: Features) -> bool:
    return bool(
        f.bold
        or f.size >= 112
        or f.role in ("heading", "subtitle")
        or f.in_sequence
        or f.capitals
        or f.headline
        or f.underline
        or f.wrapped
    )


def _may_be_standfirst(f: Features) -> bool:
    return f.role in ("lead", "subtitle") or (f.sentences >= 1 and f.width > _SHORT)


VETOES: tuple[Rule, ...] = (
    _veto("heads nothing", lambda f: not f.opens),
    _veto("tag of a heading for something else", lambda f: f.demoted),
    _veto("line of a list", lambda f: f.crowded),
    _veto("line of a list of contents", lambda f: f.repeated or f.words == "contents"),
    _veto("credit", lambda f: f.words in ("credit", "credit at end")),
    _veto("byline", lambda f: f.words == "byline" or f.role == "byline"),
    _veto("notice", lambda f: f.words == "notice" and (f.heads_lines or f.ending != "colon" or _LABEL_END.search(f.text) is None)),
    _veto("call to action", lambda f: f.words == "call" and f.linked >= 0.6),
    _veto("salutation", lambda f: f.words == "salutation" and not _serial(f) and not (f.bold and not f.ending)),
    _veto("tags", lambda f: f.words == "tags"),
    _veto("date", lambda f: f.words == "date"),
    _veto("page furniture", lambda f: f.words == "furniture" or f.role == "furniture"),
    _veto("caption", lambda f: f.words == "caption" or f.role == "caption"),
    _veto("text after an image", lambda f: f.after_image and (f.bullet in ("▲", "△") or not _stands_out(f))),
    _veto("standfirst", lambda f: f.role == "lead" or f.before_credit or (f.role == "subtitle" and f.members < 2)),
    _veto("quotation", lambda f: f.role == "quote" or (f.quoted >= 0.6 and not _serial(f))),
    _veto("link", lambda f: f.linked >= 0.6 and not _serial(f)),
    _veto("turn of an interview", lambda f: f.turn and not f.in_sequence),
    _veto("last line of a paragraph", lambda f: f.in_lines and not f.heads_lines and not f.bold),
    _veto("formula", lambda f: f.formula),
    _veto("number of an edition, or a price", lambda f: f.words in ("identifier", "amount")),
    _veto("in brackets", lambda f: f.bracketed),
    _veto("term of a glossary", lambda f: f.tag == "dt" and f.ending != "question"),
    _veto("inside another block", lambda f: not _NOWHERE.isdisjoint(f.context)),
)  # fmt: skip

DEMOTIONS: tuple[Rule, ...] = (
    _veto("credit", lambda f: f.words == "credit"),
    _veto("byline", lambda f: f.words == "byline" or (f.role == "byline")),
    _veto("tags", lambda f: f.words == "tags"),
    _veto("date", lambda f: f.words == "date" and f.members < 2),
    _veto("page furniture", lambda f: f.words in ("furniture", "call") and f.empty),
    _veto("list of contents", lambda f: f.words == "contents"),
    _veto("caption", lambda f: f.words == "caption" or f.role == "caption"),
    _veto("standfirst", lambda f: f.before_credit or f.low or (f.lead and _may_be_standfirst(f))),
    _veto("quotation", lambda f: f.role == "quote" or (f.quoted >= 0.95 and (f.members < 2 or f.ending == "stop"))),
    _veto("sentences", lambda f: f.sentences >= 2 and f.width > 120),
    _veto("inside another block", lambda f: not _NO_PLACE_FOR_MARKED.isdisjoint(f.context)),
)  # fmt: skip
