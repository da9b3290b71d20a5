"""The table of rules: evidence for and against a line being a heading.

Weights are logits. Their sum is the log odds that the line is a heading, so the confidence is the logistic function of the sum. A line
is a heading if the sum is above zero and no veto (`vetoes`) applies.
"""

import math
from collections.abc import Callable

from msgspec import Struct

from chaptercast.document.outline.features import Features
from chaptercast.document.outline.numbering import PARTS


class Rule(Struct, frozen=True):
    """One piece of evidence that a human editor would use."""

    name: str
    weight: float
    test: Callable[[Features], bool]


def _serial(f: Features) -> bool:
    """Whether it belongs to a visible series. Then a full stop or exclamation mark is part of the style."""
    return bool(f.bullet or f.wrapped or f.in_sequence or f.underline)


def _numbers_parts(f: Features) -> bool:
    """Whether it belongs to a series of named parts: "CHAPTER I.". The full stop belongs to the number."""
    return bool(f.in_sequence and f.number and (f.number_alone or f.number.family in PARTS))


def _stops_inside(f: Features) -> bool:
    return f.ending == "stop" and _serial(f) and not f.stop_outside and not _numbers_parts(f)


def _set_apart(f: Features) -> bool:
    return bool(f.bold or f.size >= 112 or f.capitals or f.headline or f.underline or f.wrapped or f.role == "heading")


def _differs(f: Features) -> bool:
    return f.bold or f.size >= 112 or f.capitals


RULES: tuple[Rule, ...] = (
    Rule("any line", -2.0, lambda _: True),
    # type and markup
    Rule("bold", 2.4, lambda f: f.bold),
    Rule("partly bold", -2.5, lambda f: f.partly_bold),
    Rule("class name of a heading", 4.0, lambda f: f.role == "heading"),
    Rule("class name of a subtitle, several", 2.6, lambda f: f.role == "subtitle" and f.members >= 2),
    Rule("larger type", 2.6, lambda f: f.size >= 112),
    Rule("much larger type", 1.0, lambda f: f.size >= 135),
    Rule("smaller type", -1.0, lambda f: f.size <= 90),
    Rule("capitals", 2.4, lambda f: f.capitals),
    Rule("type of headings", 2.6, lambda f: bool(f.headline) and not _differs(f)),
    Rule("type of several headings", 0.8, lambda f: bool(f.headline) and _differs(f)),
    Rule("underlined", 6.0, lambda f: bool(f.underline)),
    Rule("in 【】", 1.8, lambda f: f.wrapped),
    Rule("bullet", 0.8, lambda f: bool(f.bullet)),
    Rule("centred", 0.7, lambda f: f.centred and not f.bold),
    Rule("at the margin of a text that is set in", 2.6, lambda f: f.outdented),
    Rule("number in a sequence", 2.4, lambda f: f.in_sequence),
    Rule("number", 0.2, lambda f: f.number is not None and not f.in_sequence),
    Rule("question that can be unfolded", 6.0, lambda f: f.tag in ("dt", "summary") and f.ending == "question"),
    Rule("summary of what can be unfolded", 3.5, lambda f: f.tag == "summary" and f.ending != "question"),
    Rule("line before a line break", 0.8, lambda f: f.heads_lines and not f.in_lines and _set_apart(f)),
    Rule("line inside a paragraph", -0.6, lambda f: f.in_lines),
    Rule("several lines, as of a poem or an address", -2.5, lambda f: f.lines >= 3),
    Rule("item of a list", -0.6, lambda f: f.list_item),
    # length
    Rule("short", 0.5, lambda f: f.width <= 44),
    Rule("rather short", 0.2, lambda f: 44 < f.width <= 72),
    Rule("long", -0.8, lambda f: 110 < f.width <= 150),
    Rule("very long", -2.2, lambda f: f.width > 150),
    # punctuation
    Rule("full stop", -3.5, lambda f: f.ending == "stop" and not _serial(f)),
    Rule("full stop in a series", -0.3, lambda f: f.ending == "stop" and _serial(f) and f.stop_outside),
    Rule("full stop inside the bold of a series", -1.2, _stops_inside),
    Rule("full stop after plain text", -2.5, lambda f: f.ending == "stop" and not _set_apart(f) and not _numbers_parts(f)),
    Rule("exclamation", -3.0, lambda f: f.ending == "exclamation" and not _serial(f)),
    Rule("question", -0.3, lambda f: f.ending == "question"),
    Rule("plain question", -2.0, lambda f: f.ending == "question" and not _set_apart(f) and not _serial(f)),
    Rule("comma or semicolon", -4.0, lambda f: f.ending in ("comma", "semicolon")),
    Rule("colon", -0.4, lambda f: f.ending == "colon" and _set_apart(f)),
    Rule("colon after plain text", -2.5, lambda f: f.ending == "colon" and not _set_apart(f) and not _serial(f)),
    Rule("ellipsis", -0.5, lambda f: f.ending == "ellipsis"),
    Rule("several sentences", -1.6, lambda f: f.sentences >= 1),
    Rule("many sentences", -1.6, lambda f: f.sentences >= 2),
    # its like
    Rule("two alike", 0.6, lambda f: f.members >= 2),
    Rule("three alike", 0.6, lambda f: f.members >= 3),
    Rule("alone", -1.4, lambda f: f.members < 2),
    Rule("under headings that the source marks", -1.2, lambda f: f.marked >= 2 and f.tag not in ("dt", "summary")),
    Rule("in a book that names its parts", -3.0, lambda f: f.named >= 2 and f.role != "heading"),
    Rule("less than a series that is more than bold", -1.4, lambda f: f.outdone),
    # position
    Rule("before any text", -0.8, lambda f: f.lead and not (f.in_sequence or f.heads_lines or f.headline or f.role == "heading")),
    Rule("name of a person, before any text", -2.5, lambda f: f.name and not (_serial(f) or f.headline)),
    Rule("long, before any text", -1.5, lambda f: f.lead and f.width > 72 and not _serial(f)),
    Rule("after an image", -0.4, lambda f: f.after_image),
    Rule("bare text after an image", -1.5, lambda f: f.after_image and f.bare and not _serial(f)),
    Rule("call to action", -1.5, lambda f: f.words == "call"),
    Rule("name of a notice", -1.5, lambda f: f.words == "notice"),
)  # fmt: skip


def weigh(f: Features, rules: tuple[Rule, ...] = RULES) -> tuple[float, tuple[str, ...]]:
    """The sum of the weights of the rules that apply to `f`, and each rule with its weight as evidence."""
    held = [rule for rule in rules if rule.test(f)]
    return sum(rule.weight for rule in held), tuple(f"{rule.name} {rule.weight:+.1f}" for rule in held)


def confidence(score: float) -> float:
    """Log odds as a probability, rounded to two digits."""
    return round(1 / (1 + math.exp(-max(-20.0, min(20.0, score)))), 2)
