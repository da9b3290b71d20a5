"""The marks that items open with: bullets, numbers, letters."""

import re

BULLET = re.compile(r"(?:[-*+•‣▪●○◦·▸►➤✓✔–—]|o(?=\s{2})|\*\)|->|=>)\s+(?=\S)")
NUMBER = re.compile(r"(?:[(（](\d{1,3})[)）]|(\d{1,3})[.)、．](?!\d))\s*(?=\S)")
LETTER = re.compile(r"(?:\(?[a-zA-Z]\)|\(?[ivxIVX]{2,4}\)|[a-z]\.(?=\s)|\[\w{1,12}\](?=\s{1,8}\S))\s+(?=\S)")
NUMBERED = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)、．]?|[IVXLC]+[.)]|[(（]?[一二三四五六七八九十百]+[)）、.]|第[一二三四五六七八九十百\d]+(?:[章节節回部篇条條讲講]|[，、：])"
    r"|(?:chapter|part|section|kapitel|teil|chapitre|partie|capítulo|parte)\s+[\dIVXLC]+[.:]?)\s*(?=\S)",
    re.IGNORECASE,
)
"""What a heading may be numbered with."""


def mark(text: str) -> "re.Match[str] | None":
    """The mark of an item that a line opens with."""
    return BULLET.match(text) or NUMBER.match(text) or LETTER.match(text)
