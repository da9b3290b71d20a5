"""Texts of all kinds that hypothesis makes, and what must hold for whatever is made of one."""

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import strategies as st

_LINES = (
    "the in of a house 1987 3rd U.S.A. don't l’heure d’un œuf Straße naïve über 日本 語 カタカナ ひらがな 的 儿 得 银行",
    "привет שלום مرحبا नमस्ते สวัสดี 한국어 Ελλάδα x² ½ №5 €5 100% C++ e-mail me@example.org & # @ / ~ * <b> [[a]] {x}",
    "\u200b a\u00adb é e\u0301 ﬁ Ａ １２ ٣ ५ ⅷ ① ㎏ ℃ 々 〇 ゝ ㄅ ꡀ 𝒜 𠀀 ⴰ Ꭰ \ufffd co-op -5 5- -- '' ’tis O’Neill’s",
    "12:30 3.14 1,000 12,5 \0 a\0b 🙂 👩\u200d🚀 今日は 東京へ 三本 我得了 这儿 嗯",
)
WORDS = " ".join(_LINES).split(" ")
"""Of many scripts and ways to write, some of which nobody reads."""
_MARKS = ", |. |; |: |! |? |… |... | — |—| - |，|。|、|！| “|” | (|) |「|」|¿| |\n"
PUNCTUATION = _MARKS.split("|")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Words with punctuation between them."""
    count = draw(st.integers(0, 7))
    parts = [draw(st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8"), max_size=4)) for _ in range(count)]
    return "".join(part + (draw(st.sampled_from(PUNCTUATION)) if draw(st.booleans()) else " ") for part in parts)


def lost(text: str, words: Iterable[tuple[int, int]], unread: Iterable[tuple[int, int]]) -> str:
    """Letters and digits that belong neither to a word that is said (offset, length) nor to what is told as not read (begin, end)."""
    known = {at for offset, length in words for at in range(offset, offset + length)}
    known |= {at for begin, end in unread for at in range(begin, end)}
    return "".join(letter for at, letter in enumerate(text) if letter.isalnum() and at not in known)


def in_order(text: str, words: Iterable[tuple[int, int, int]]) -> bool:
    """Whether words (when, offset, length) are within the text, one after the other in it and in time."""
    found = list(words)
    ordered = all(one[0] <= other[0] and one[1] + one[2] <= other[1] for one, other in pairwise(found))
    return ordered and all(0 <= offset < offset + length <= len(text) for _, offset, length in found)
