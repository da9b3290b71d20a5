"""What a Markdown text holds for the program that shows it and not for its reader: told as left out, never dropped."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from chaptercast.document.model import Omission, Reason

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TYPE = "left_out"
"""The type of the tokens that stand for it."""


def token(text: str, reason: Reason, *, level: int = 0) -> Token:
    """A token for something that is not read."""
    return Token(TYPE, "", 0, content=text, meta={"reason": reason}, level=level)


def push(state: StateBlock | StateInline, text: str, reason: Reason) -> None:
    """Put such a token where a rule is at work."""
    made = state.push(TYPE, "", 0)
    made.content = text
    made.meta = {"reason": reason}


def omissions(tokens: Iterable[Token]) -> Iterator[Omission]:
    """What all of `tokens` leave out, in order."""
    stack = list(tokens)[::-1]
    while stack:
        each = stack.pop()
        if each.type == TYPE:
            text = " ".join(each.content.split())
            if text:
                yield Omission(text, each.meta["reason"])
        stack += (each.children or [])[::-1]


def left_out_plugin(md: "MarkdownIt") -> None:
    """Show nothing for such tokens."""
    md.add_render_rule(TYPE, _nothing)


def _nothing(_renderer: object, _tokens: Sequence[Token], _index: int, *_: object) -> str:
    return ""
