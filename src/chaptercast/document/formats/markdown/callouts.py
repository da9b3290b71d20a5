"""Boxes set apart from the text: alerts (GitHub), callouts (Obsidian, Quarto), admonitions (MkDocs, MyST, Docusaurus), tabs.

Each says what kind it is and its title, as its box would show, and then its text: "Note. Remember. Bring water." What only arranges a
page (columns, grids, fences around them) is named as left out.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from chaptercast.document.formats.markdown import omitted
from chaptercast.document.model import Reason

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType

_KINDS_WORDS = """
abstract attention bug caution check cite danger definition deprecated done error example exercise fail failure faq help hint
important info information lemma missing new note notice proof question quote remark seealso solution success summary theorem tip
tldr todo update versionadded versionchanged warning
"""
KINDS = frozenset(_KINDS_WORDS.split())
"""What boxes are called in the programs that show them."""
DETAILS = frozenset(
    {"details", "dropdown", "admonition", "margin", "sidebar", "epigraph", "pull-quote", "card", "tab-item", "collapse"}
)
"""Boxes that have a title and no kind that would be said."""
TABBED = 4
"""Columns by which the text of an admonition of MkDocs is set in."""

_ALERT = re.compile(r"\[!([\w][\w -]{0,40})(?:\|[^\]\n]*)?\][+-]?[ \t]*([^\n]*)(?:\n|\Z)")
_FENCE = re.compile(r":{3,}[ \t]*(.*?)[ \t]*:*")
_CONTAINER = re.compile(
    r"""\{?\.?(?:callout-)?([A-Za-z][\w-]*)\}?(?:\[(?P<box>[^\]\n]*)\])?(?P<braces>[ \t]*\{[^{}\n]*\})?[ \t]*(?P<title>.*)"""
)
_BRACED = re.compile(r"""\{[^{}]*?\.callout-(\w+)(?:[^{}]*?\btitle\s*=\s*"([^"]*)")?[^{}]*\}""")
_INDENTED = re.compile(
    r"""(!!!|\?\?\?\+?|===[!+]?)[ \t]+(?:([\w-]+)((?:[ \t]+[\w-]+)*))?[ \t]*(?:"([^"\n]*)")?[ \t]*"""
)
_DIRECTIVE = re.compile(r"\{([\w:-]+)\}[ \t]*(.*)")
_OPTION = re.compile(r"(?::[\w-]+:.*\n|---\n(?:.*\n)*?---\n)+|(?:[ \t]*\n)+")
_LEAF = re.compile(r"::[A-Za-z][\w-]*(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})?[ \t]*")
_APART = re.compile(r"(see|version)(also|added|changed)")
_ENDS = (".", "!", "?", "…", ":", "。", "！", "？")


def callouts_plugin(md: "MarkdownIt") -> None:
    """Add the rules."""
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "container", _container, interrupting)
    md.block.ruler.before("fence", "admonition", _admonition, interrupting)
    md.core.ruler.before("inline", "callouts", _callouts)


def label(kind: str, title: str) -> str:
    """What a box says of itself: its kind, if it is known, and its title."""
    kind = kind.lower().replace("_", "-")
    said = "" if kind in DETAILS else _APART.sub(r"\1 \2", kind.replace("-", " ")).capitalize()
    parts = [said] if said and said.casefold() != title.strip().rstrip(".:").casefold() else []
    parts += [title.strip()] if title.strip() else []
    return " ".join(part if part.rstrip("*_`~").endswith(_ENDS) else part + "." for part in parts)


def _push_label(state: StateBlock, text: str, line: int, *, callout: bool = False) -> None:
    state.push("paragraph_open", "p", 1).meta = {"callout": callout}
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text, [line, line + 1], []
    state.push("paragraph_close", "p", -1)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - a rule's signature
    """A block rule: `::: note Title`, `::: {.callout-note}`, `:::`, `::youtube[...]{...}`."""
    line = _line(state, start)
    if not line.startswith("::") or state.is_code_block(start):
        return False
    fence = _FENCE.fullmatch(line)
    if fence is None and not _LEAF.fullmatch(line):
        return False
    if silent:
        return True
    state.line = start + 1
    kind, title = _kind(fence[1]) if fence else ("", "")
    if kind:
        _push_label(state, label(kind, title), start, callout=not title)
    elif fence is None or fence[1]:
        omitted.push(state, line, Reason.DIRECTIVE)
    return True


def _kind(text: str) -> tuple[str, str]:
    """Kind and title of a container; nothing if it only arranges a page."""
    quarto = _BRACED.search(text)
    if quarto:
        return quarto[1], quarto[2] or ""
    match = _CONTAINER.fullmatch(text)
    if match is None or match[1].lower() not in KINDS | DETAILS:
        return "", ""
    title = match["box"] or match["title"] or ""
    return (match[1], title) if match[1].lower() in KINDS or title else ("", "")


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: `!!! note "Title"`, `??? tip`, `=== "Tab"`, with the text below set in (MkDocs)."""
    match = _INDENTED.fullmatch(_line(state, start))
    if match is None or state.is_code_block(start) or not (match[2] or match[4]):
        return False
    if match[1].startswith("=") and not match[4]:
        return False
    inner = state.sCount[start] + TABBED
    last = after = start + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= inner):
        after += 1
        last = after if not state.isEmpty(after - 1) else last
    if last == start + 1 and (state.isEmpty(start + 1) or last > end or state.sCount[start + 1] < inner):
        return False
    if silent:
        return True
    said = label(match[2] or "", match[4] if match[4] is not None else "") if not match[1].startswith("=") else match[4]
    if said:
        _push_label(state, said, start)
    outer = (state.parentType, state.lineMax, state.blkIndent)
    state.parentType, state.lineMax, state.blkIndent = "blockquote", last, inner
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax, state.blkIndent = outer
    state.line = last
    return True


def _callouts(state: StateCore) -> None:
    """A core rule: quotations that are alerts, and program text that is a box (MyST)."""
    tokens = list(_with_directives(state))
    closes: list[str] = []
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            alert = _alert(tokens, index)
            closes.append("div" if alert else "blockquote")
            if alert:
                token.tag = "div"
        elif token.type == "blockquote_close":
            token.tag = closes.pop() if closes else token.tag
        elif token.type == "paragraph_open" and token.meta.get("callout"):
            _take_heading(tokens, index)
    state.tokens = [token for token in tokens if not token.meta.get("taken")]


def _alert(tokens: list[Token], index: int) -> bool:
    """Whether a quotation begins with `[!note] Title`; then this is put as it is said."""
    if index + 2 >= len(tokens) or tokens[index + 1].type != "paragraph_open":
        return False
    inline = tokens[index + 2]
    match = _ALERT.match(inline.content)
    if match is None:
        return False
    rest = inline.content[match.end() :]
    inline.content = "\n".join(filter(None, (label(match[1], match[2]), rest)))
    return True


def _take_heading(tokens: list[Token], index: int) -> None:
    """A heading right below the fence of a callout is its title (Quarto)."""
    if index + 5 >= len(tokens) or tokens[index + 3].type != "heading_open":
        return
    inline = tokens[index + 1]
    inline.content = label(inline.content.rstrip("."), tokens[index + 4].content)
    for token in tokens[index + 3 : index + 6]:
        token.meta = {"taken": True}


def _with_directives(state: StateCore) -> Iterator[Token]:
    """The tokens, with the text of boxes in fences of program text read (MyST)."""
    for token in state.tokens:
        match = _DIRECTIVE.fullmatch(token.info.strip()) if token.type == "fence" else None
        if match is None or match[1] not in KINDS | DETAILS:
            yield token
            continue
        content = token.content
        options = _OPTION.match(content)
        if options:
            content = content[options.end() :]
            yield omitted.token(options[0], Reason.DIRECTIVE, level=token.level)
        inner: list[Token] = []
        said = label(match[1], match[2])
        state.md.block.parse(f"{said}\n\n{content}" if said else content, state.md, state.env, inner)
        yield from inner
