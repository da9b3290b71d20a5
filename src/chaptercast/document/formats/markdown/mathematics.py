r"""Formulas: `$...$`, `$$...$$`, `` $`...`$ ``, `\(...\)`, `\[...\]`, environments of LaTeX, blocks of program text in `math`.

They become `math` elements with their source, as TeX. A dollar is money where a digit or a letter stands on its outer side, or a
blank on its inner one (the rules of Pandoc and GitHub).
"""

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST = 1000
"""Characters of the longest formula that is looked for."""
INLINE, BLOCK = "formula", "formula_block"
"""Types of tokens."""

_DOLLARS = re.compile(
    rf"\$`([^`\n]{{1,{LONGEST}}})`\$|\$\$(?!\$)((?:(?!\$\$|\n[ \t]*\n).){{1,{LONGEST}}}?)\$\$"
    rf"|\$(?![\s$`])((?:\\.|[^$\\\n]|\n(?![ \t]*\n)){{1,{LONGEST}}}?)(?<![\s\\])\$(?![\w$])",
    re.DOTALL,
)
_SLASHED = re.compile(
    rf"\\\\?\(((?:(?!\n[ \t]*\n).){{1,{LONGEST}}}?)\\\\?\)|\\\\?\[((?:(?!\n[ \t]*\n).){{1,{LONGEST}}}?)\\\\?\]",
    re.DOTALL,
)
_TEX = re.compile(r"[\\^_=<>]|^\s*[A-Za-z]\s*$|^\s*[A-Za-z0-9]\s*[-+*/]\s*[A-Za-z0-9]")
_MONEY = re.compile(r"\d[\d.,]*(?:\s?[kKmM]|bn|b)?(?:\s|[-–—/,;]).*[^\W\d_]{2}|\d[\d.,]*[-–—]?", re.DOTALL)
_OPEN = re.compile(
    r"\$\$|\\\\?\[|\\begin\{(?P<name>(?:equation|align|aligned|gather|multline|eqnarray|math|displaymath|cases|split|alignat|flalign)\*?)\}"
)
_LABEL = re.compile(r"\s*(?:\{#[^{}\n]*\}|\([\w:.-]+\))?\s*")


def mathematics_plugin(md: "MarkdownIt") -> None:
    """Add the rules."""
    md.inline.ruler.before("escape", "dollars", _dollars)
    md.inline.ruler.before("escape", "slashed", _slashed)
    md.block.ruler.before("fence", "formula", _formula, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.add_render_rule(INLINE, _inline)
    md.add_render_rule(BLOCK, _block)


@functools.lru_cache(maxsize=16)
def _last(text: str, sign: str) -> int:
    """The last place of a sign in a text, looked for once."""
    return text.rfind(sign)


def _push(state: StateInline, text: str) -> None:
    state.push(INLINE, "math", 0).content = text.strip()


def _dollars(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    if _last(state.src, "$") <= state.pos:
        return False
    before = state.src[state.pos - 1] if state.pos else ""
    match = None if before.isalnum() or before in ("$", "\\") else _DOLLARS.match(state.src, state.pos, state.posMax)
    if match is None or (match[3] and _MONEY.fullmatch(match[3]) and not _TEX.search(match[3])):
        return False
    if not silent:
        _push(state, match[1] or match[2] or match[3])
    state.pos = match.end()
    return True


def _slashed(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\" or state.src[state.pos + 1 : state.pos + 2] not in ("(", "[", "\\"):
        return False
    if max(_last(state.src, "\\)"), _last(state.src, "\\]")) < state.pos:
        return False
    match = _SLASHED.match(state.src, state.pos, state.posMax)
    if match is None or not _TEX.search(match[1] or match[2]):
        return False
    if not silent:
        _push(state, match[1] or match[2])
    state.pos = match.end()
    return True


def _formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: a formula on lines of its own, perhaps with a label after it."""
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    opened = _OPEN.match(line)
    if opened is None:
        return False
    name = opened["name"]
    closing = f"\\end{{{name}}}" if name else "$$" if line.startswith("$$") else opened[0].replace("[", "]")
    at, text = start, line[opened.end() :]
    parts = []
    while closing not in text:
        parts.append(text)
        at += 1
        if at >= end or state.isEmpty(at) or at - start > LONGEST or state.sCount[at] < state.blkIndent:
            return False
        text = _line(state, at)
    last, _, rest = text.partition(closing)
    parts.append(last)
    if not _LABEL.fullmatch(rest) or not "".join(parts).strip():
        return False
    if silent:
        return True
    token = state.push(BLOCK, "math", 0)
    token.content = "\n".join(parts).strip()
    token.info = rest.strip()
    token.map = [start, at + 1]
    state.line = at + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def math(source: str) -> str:
    """The element for a formula in TeX."""
    return f'<math><annotation encoding="application/x-tex">{escapeHtml(source)}</annotation></math>'


def _inline(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    return math(tokens[index].content)


def _block(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    return f"<p>{math(tokens[index].content)}</p>\n"
