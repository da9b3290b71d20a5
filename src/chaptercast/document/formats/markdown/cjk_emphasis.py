"""Emphasis next to ideographs and kana: `**粗体，**后面` is bold, as its author meant.

CommonMark 0.31.2 (6.2) decides by the white space and punctuation around a run of `*` whether it opens or closes, which supposes
that words are parted by spaces. The rule here is that of the specification "markdown-cjk-friendly" (2.0): a character of a script
without spaces beside the run counts as white space would, and its full-width punctuation as a letter. Text without such
characters is read as CommonMark says.
"""

import unicodedata
from typing import TYPE_CHECKING

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import EnvType


class CjkFriendlyState(StateInline):
    """The inline state with the changed rule."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it-py's name
        """Whether the run of markers at `start` can open and can close emphasis, and how long it is."""
        scanned = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1] if start > 0 else " "
        end = start + scanned.length
        after = self.src[end] if end < self.posMax else " "
        if not canSplitWord or not (is_cjk(before) or is_cjk(after)):
            return scanned
        opens = not isWhiteSpace(ord(after)) and (not _parts(after) or _open_to(before))
        closes = not isWhiteSpace(ord(before)) and (not _parts(before) or _open_to(after))
        return Scanned(opens, closes, scanned.length)


def is_cjk(character: str) -> bool:
    """Whether a character belongs to East Asian text: wide or full-width (UAX #11), hangul, or its punctuation."""
    return character > "\u10ff" and unicodedata.east_asian_width(character) in "WF"


def _parts(character: str) -> bool:
    """Whether a character is punctuation that is not East Asian."""
    return (isMdAsciiPunct(ord(character)) or isPunctChar(character)) and not is_cjk(character)


def _open_to(character: str) -> bool:
    return isWhiteSpace(ord(character)) or is_cjk(character) or _parts(character)


class _CjkFriendlyInline(ParserInline):
    def parse(self, src: str, md: "MarkdownIt", env: "EnvType", tokens: "list[Token]") -> "list[Token]":
        state = CjkFriendlyState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def cjk_friendly_plugin(md: "MarkdownIt") -> None:
    """Give a parser the changed rule; to be used after all plugins that add inline rules."""
    inline = _CjkFriendlyInline()
    inline.__dict__.update(md.inline.__dict__)
    md.inline = inline
