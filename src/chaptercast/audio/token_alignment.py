"""Finds the place of each spoken word in the written text. `二零二一` is spoken for `2021`; the reader is shown `2021`."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Begin and end in a text, in characters."""


def written_spans(written: str, spoken: str, words: Sequence[Span]) -> Sequence[Span | None]:
    """For each of the `words` of `spoken`, in order, its stretch of `written`; `None` if it has none.

    If a stretch was replaced as a whole, it belongs to its first word. The spans never overlap and are in order.
    """
    alike = len(written) == len(spoken) and " ".join(written.split()) == spoken
    found: list[Span | None] = []
    done, length = 0, len(written)
    for span in words if alike else _aligned(written, spoken, words):
        if span is not None and done <= span[0] < span[1] <= length:
            done = span[1]
            found.append(span)
        else:
            found.append(None)
    return found


def _aligned(written: str, spoken: str, words: Sequence[Span]) -> Iterator[Span | None]:
    """The same by tokens: each spoken word covers tokens, and each token is aligned to written tokens."""
    written_tokens, spoken_tokens = _tokens(written), _tokens(spoken)
    likes = _likes(_texts(spoken, spoken_tokens), _texts(written, written_tokens))
    ends = [end for _, end in spoken_tokens]
    for begin, end in words:
        first = last = bisect_right(ends, begin)
        while last < len(spoken_tokens) and spoken_tokens[last][0] < end:
            last += 1
        found = [like for like in likes[first:last] if like is not None]
        yield (written_tokens[found[0][0]][0], written_tokens[found[-1][1] - 1][1]) if found else None


def _tokens(text: str) -> list[Span]:
    return [match.span() for match in _token().finditer(text)]


@cache
def _token() -> Any:
    """A pattern for tokens: words with their accents; kana and ideographs one by one.

    A semicolon is one, too. It stands between the cells of a table's row, and keeps a number apart from the next cell's.
    """
    import regex

    single = r"\p{Han}\p{Hiragana}\p{Katakana}"
    word = rf"[^\W{single}]+"
    return regex.compile(rf"[{single};；؛]|{word}(?:['’]{word})*")


def _texts(text: str, tokens: list[Span]) -> list[str]:
    folded = text.lower()
    if len(folded) != len(text):
        folded = text
    return [folded[begin:end] for begin, end in tokens]


def _likes(spoken: list[str], written: list[str]) -> list[Span | None]:
    """For each spoken token, the run of written tokens that it stands for."""
    if spoken == written:
        return [(number, number + 1) for number in range(len(written))]
    likes: list[Span | None] = [None] * len(spoken)
    for kind, begin, end, written_begin, written_end in _changes(spoken, written):
        if kind == "equal":
            likes[begin:end] = [(number, number + 1) for number in range(written_begin, written_end)]
        elif kind == "replace":
            likes[begin:end] = [(written_begin, written_end)] * (end - begin)
    return likes


def _changes(spoken: list[str], written: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Like `SequenceMatcher.get_opcodes`, but the common beginning and end are removed first, which usually leaves little."""
    shorter = min(len(spoken), len(written))
    head = next((n for n in range(shorter) if spoken[n] != written[n]), shorter)
    tail = next((n for n in range(shorter - head) if spoken[-1 - n] != written[-1 - n]), shorter - head)
    spoken_end, written_end = len(spoken) - tail, len(written) - tail
    yield "equal", 0, head, 0, head
    middle = SequenceMatcher(None, spoken[head:spoken_end], written[head:written_end])
    for kind, begin, end, other_begin, other_end in middle.get_opcodes():
        yield kind, head + begin, head + end, head + other_begin, head + other_end
    yield "equal", spoken_end, len(spoken), written_end, len(written)
