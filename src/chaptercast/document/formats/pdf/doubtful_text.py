"""Finds pages whose letters look wrong: bad text layers of scans, and fonts that the file maps to other letters.

No list of words is needed: recognition that fails puts signs into words ("«3E*»CM"), a wrong map digits ("ci6nienia").
"""

import re
from collections.abc import Sequence

from chaptercast.document.formats.pdf.page import Page

_FEWEST, _SHARE = 4, 0.03
"""Minimum number of odd words on a page, and minimum share of its words, for a warning."""
_DIGIT = re.compile(r"(?=.{5})[^\W\d_]+(?:\d[^\W\d_]+)+")
"""A word in small letters with single digits in it."""
_SIGN = re.compile(r"[^\W\d_][^\w\s'’.,\-–—/&@:|·+()\[\]]+[^\W\d_]")
"""A word with another sign in it than those that join or shorten words."""
_AROUND = "()[]{}.,;:!?\"'“”„‘’«»…–—-"
_ADDRESS = re.compile(r"https?:|www\.|@|\w/\w|\.\w{2,4}$")
_ALPHABETS = re.compile("[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]")
"""Letters of alphabets that put spaces between words."""


def odd_words(page: Page) -> list[str]:
    """Returns the words of a page that cannot be right; none if there are only a few, which may be formulas or names."""
    words = [word for line in page.lines for word in line.text.split() if _ALPHABETS.search(word)]
    found = [word for word in words if _is_odd(word.strip(_AROUND), in_layer=page.layer)]
    return found if len(found) >= max(_FEWEST, _SHARE * len(words)) else []


def doubtful(pages: Sequence[Page]) -> dict[int, list[str]]:
    """Returns the odd words of pages, by the numbers of the pages. Text that was just recognised has its own confidence."""
    found = {page.number: odd_words(page) for page in pages if page.way != "OCR"}
    return {number: words for number, words in found.items() if words}


def _is_odd(word: str, *, in_layer: bool) -> bool:
    if _ADDRESS.search(word):
        return False
    return bool((word == word.lower() or word[1:] == word[1:].lower()) and _DIGIT.fullmatch(word)) or (
        in_layer and _SIGN.search(word) is not None
    )
