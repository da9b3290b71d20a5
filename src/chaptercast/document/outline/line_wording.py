"""What the words of a line show it to be, whatever it looks like: a credit, a notice, a date..."""

import re
from collections.abc import Callable

from chaptercast.document.outline.word_lists import ends, is_byline, is_only, opens

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
_IDENTIFIER = re.compile(r"(?:e-?|print )?(?:ISBN|ISSN|EAN|DOI)\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?:[€$£¥₽]|EUR|USD)\s?\d[\d\s.,]*|\d[\d\s.,]*(?:(?:-|–|à|a|to|bis)\s?\d[\d\s.,]*)?\s?(?:[€$£¥₽]|EUR|USD|Kč|zł|元|円|원)"
    r"|\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+"
)
_LABEL = r"\s*[:：／/|｜丨│﹕・·]|\s+[—–-]+\s"
_AFTER_LABEL = re.compile(_LABEL)
"""What stands between a label and what it labels."""
_AFTER_NOTICE = re.compile(_LABEL + r"|\s*[!！,，、]")
_NUMBER = re.compile(r"\s*\d")


def words_say(text: str) -> str:
    """The name of the first of `SIGNS` that the words of `text` show; empty for none."""
    if len(text) > _LONGEST:
        return ""
    bare = text.strip(" .。()（）[]|·—–-")
    return next((name for name, shows in SIGNS if shows(bare)), "")


SIGNS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("date", lambda line: len(line) <= _DATE_LINE and _DATE.fullmatch(line)),
    ("identifier", _IDENTIFIER.match),
    ("amount", _AMOUNT.fullmatch),
    ("contents", lambda line: is_only(line, "contents")),
    ("furniture", lambda line: is_only(line, "furniture")),
    ("tags", lambda line: opens(line, "tags", _AFTER_LABEL)),
    ("credit", lambda line: opens(line, "credit", _AFTER_LABEL) or opens(line, "credit_phrase")),
    ("byline", lambda line: len(line) <= _LINE and is_byline(line)),
    ("notice", lambda line: opens(line, "notice", _AFTER_NOTICE)),
    ("salutation", lambda line: opens(line, "salutation")),
    ("call", lambda line: opens(line, "call")),
    ("credit at end", lambda line: ends(line, "credit_end")),
    ("caption", lambda line: opens(line, "caption") or opens(line, "figure", _NUMBER) or ends(line, "caption_end")),
)
"""In order: the surer ones first."""
