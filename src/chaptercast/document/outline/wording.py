"""What the words of a line show it to be, whatever it looks like: a credit, a notice, a date..."""

import re
from collections.abc import Callable

from chaptercast.document.outline.words import SIGN, byline, ending, opening, whole

_LONGEST = 400
"""Characters; longer texts are no such lines."""
_LINE = 120
"""Characters of the longest byline."""
_DATE_LINE = 48
_MONTHS = (
    "jan|feb|m[aä]r|apr|ma[iy]|ju[nl]|aug|sep|o[ck]t|nov|de[cz]|janv|févr|avr|juin|juil|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|out|"
    "янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек"
)
_DATE = re.compile(
    r"(?:[\w ]{2,12}[,:：]\s*)?(?:"
    r"[0-9〇零一二三四五六七八九十令和平成昭民国國元]{2,9}\s?[年년]\s?[0-9〇一二三四五六七八九十]{1,3}\s?[月월](?:\s?[0-9〇一二三四五六七八九十]{1,3}\s?[日号號일])?(?:\s?[0-9:]{4,5})?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T]\d{1,2}:\d{2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    rf"|(?:\w+,?\s+)?\d{{1,2}}(?:\.|st|nd|rd|th)?\s+(?:de\s+)?(?:{_MONTHS})\w*\.?,?\s+(?:de\s+)?\d{{4}}(?:\s*г\.?|\s+года)?"
    rf"|(?:\w+,?\s+)?(?:{_MONTHS})\w*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|(?:{_MONTHS})\w*\.?\s+\d{{4}}"
    r")",
    re.IGNORECASE,
)
_AFTER_NOTICE = SIGN + r"|\s*[!！,，、]"


def words_say(text: str) -> str:
    """The name of the first of `SIGNS` that the words of `text` show; empty for none."""
    if len(text) > _LONGEST:
        return ""
    bare = text.strip(" .。()（）[]|·—–-")
    return next((name for name, shows in SIGNS if shows(bare)), "")


SIGNS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("date", lambda line: len(line) <= _DATE_LINE and _DATE.fullmatch(line)),
    ("contents", lambda line: whole("contents").fullmatch(line)),
    ("furniture", lambda line: whole("furniture").fullmatch(line)),
    ("tags", lambda line: opening("tags", SIGN).match(line)),
    ("credit", lambda line: opening("credit", SIGN).match(line) or opening("credit_phrase").match(line)),
    ("byline", lambda line: len(line) <= _LINE and byline().match(line)),
    ("notice", lambda line: opening("notice", f"(?:{_AFTER_NOTICE})").match(line)),
    ("salutation", lambda line: opening("salutation").match(line)),
    ("call", lambda line: opening("call").match(line)),
    ("credit at end", lambda line: ending("credit_end").search(line[-16:])),
    (
        "caption",
        lambda line: (
            opening("caption").match(line)
            or opening("figure", r"\s*\d").match(line)
            or ending("caption_end").search(line[-16:])
        ),
    ),
)
"""In order: the surer ones first."""
