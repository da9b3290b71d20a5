"""Signs amid a line that CommonMark does not know: Obsidian's, Pandoc's and Quarto's, kramdown's, MkDocs', CriticMarkup's.

A table from rule to function, in the order in which they are tried; each looks for its sign at one place of the text.
"""

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from markdown_it.rules_inline import StateInline

from chaptercast.document.formats.markdown import omitted
from chaptercast.document.model import Reason

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Rule = Callable[[StateInline, bool], bool]

_PAIR = r"""[\w][\w:./-]*\s*=\s*(?:"(?:\\.|[^"\\]){0,900}"|'[^']{0,500}'|[^\s"'{}=]+)"""
_ATTRIBUTE = rf"(?:[#.][^\W\d][\w:./-]*|{_PAIR}|-)"
ATTRIBUTES = rf"\{{\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\s*\}}"
"""Attributes as Pandoc and its like write them."""
_IN_BRACES = re.compile(
    rf"{ATTRIBUTES}|\{{=\w+\}}|\{{::?/?[^{{}}\n]{{0,300}}\}}|\{{/\*.{0, 2000}?\*/\}}|\{{\w+(?:\.\w+)+(?:\([^(){{}}\n]*\))?\}}",
    re.DOTALL,
)
_SPAN = re.compile(ATTRIBUTES)
_CRITIC = re.compile(r"\{(\+\+|--|~~|>>|==)(.{0,2000}?)(\+\+|--|~~|<<|==)\}", re.DOTALL)
_CRITICS = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{>>": "<<}", "{==": "==}"}
_WIKI = re.compile(r"(!?)\[\[([^\s\[\]|][^\[\]|\n]{0,300}?)?(?:\\?\|([^\[\]\n]{0,300}))?\]\](?![(\[:])")
_MARK = re.compile(r"==(?![\s=])((?:(?!==|\n\s*\n).){1,2000}?)(?<!\s)==(?!=)", re.DOTALL)
_SUBSCRIPT = re.compile(r"~([^\s~]{1,20})~(?!~)")
_SUPERSCRIPT = re.compile(r"\^([^\s^\[\]]{1,20})\^")
_COMMENT = re.compile(r"%%(?!%)(.{1,2000}?)%%", re.DOTALL)
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9][A-Za-z0-9-]*[ \t]*(?=\n|\Z)")
_CITATION = re.compile(r"\[[^\[\]@\n]{0,60}-?@[\w:.#$%&+?<>~/-]+[^\[\]\n]{0,300}\](?![(\[:{])")
_CONTENTS = re.compile(r"\[(?:TOC|toc)\]|\[\[(?:_?TOC_?|_?toc_?)\]\]|\$\{toc\}|\{toc\}")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif|tiff?)\Z", re.IGNORECASE)
_SIZE = re.compile(r"\s*\d+(?:x\d+)?\s*")


def dialects_plugin(md: "MarkdownIt") -> None:
    """Add the rules."""
    for name, before, rule in RULES:
        md.inline.ruler.before(before, name, rule)


def _leave(state: StateInline, match: "re.Match[str]", silent: bool, reason: Reason) -> bool:
    if not silent:
        omitted.push(state, match[0], reason)
    state.pos = match.end()
    return True


def _within(state: StateInline, start: int, end: int, after: int, tag: str, silent: bool) -> bool:
    """Read what stands from `start` to `end` in an element, and go on at `after`."""
    if not silent:
        if tag:
            state.push(f"{tag}_open", tag, 1)
        last, state.posMax = state.posMax, end
        state.pos = start
        state.md.inline.tokenize(state)
        state.posMax = last
        if tag:
            state.push(f"{tag}_close", tag, -1)
    state.pos = after
    return True


@functools.lru_cache(maxsize=16)
def _last(text: str, sign: str) -> int:
    """The last place of a sign in a text, looked for once."""
    return text.rfind(sign)


def _matched(state: StateInline, pattern: "re.Pattern[str]", sign: str) -> "re.Match[str] | None":
    if not state.src.startswith(sign, state.pos):
        return None
    return pattern.match(state.src, state.pos, state.posMax)


def _before(state: StateInline) -> str:
    return state.src[state.pos - 1] if state.pos else ""


def _mark(state: StateInline, silent: bool) -> bool:
    """`==text==` is marked."""
    if _last(state.src, "==") <= state.pos:
        return False
    match = _matched(state, _MARK, "==")
    if match is None or _before(state) == "=":
        return False
    return _within(state, match.start(1), match.end(1), match.end(), "mark", silent)


def _raised(state: StateInline, silent: bool) -> bool:
    """`x^2^`, and `^id` at the end of a line, which names a block."""
    if state.src[state.pos] != "^":
        return False
    match = _SUPERSCRIPT.match(state.src, state.pos, state.posMax) if _before(state).isalnum() else None
    if match:
        return _within(state, match.start(1), match.end(1), match.end(), "sup", silent)
    name = _BLOCK_ID.match(state.src, state.pos, state.posMax) if not _before(state).strip() else None
    return _leave(state, name, silent, Reason.DIRECTIVE) if name else False


def _lowered(state: StateInline, silent: bool) -> bool:
    """`H~2~O`."""
    match = _matched(state, _SUBSCRIPT, "~") if _before(state).isalnum() else None
    return _within(state, match.start(1), match.end(1), match.end(), "sub", silent) if match else False


def _comment(state: StateInline, silent: bool) -> bool:
    """`%%a remark%%` (Obsidian)."""
    if _last(state.src, "%%") <= state.pos:
        return False
    match = _matched(state, _COMMENT, "%%")
    return _leave(state, match, silent, Reason.REMARK) if match else False


def _braces(state: StateInline, silent: bool) -> bool:
    """Attributes, expressions and remarks in braces, and CriticMarkup."""
    if state.src[state.pos] != "{":
        return False
    closing = next((sign for sign in _CRITICS if state.src.startswith(sign, state.pos)), "")
    if closing and _last(state.src, _CRITICS[closing]) > state.pos:
        critic = _CRITIC.match(state.src, state.pos, state.posMax)
        if critic:
            return _criticised(state, critic, silent)
    if state.src.startswith("{/*", state.pos) and _last(state.src, "*/}") < state.pos:
        return False
    match = _IN_BRACES.match(state.src, state.pos, state.posMax) or _CONTENTS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    return _leave(state, match, silent, Reason.REMARK if match[0].startswith("{/*") else Reason.DIRECTIVE)


def _criticised(state: StateInline, match: "re.Match[str]", silent: bool) -> bool:
    """What is added stands, what is deleted does not, and remarks are left out (CriticMarkup)."""
    kind, text = match[1], match[2]
    if kind in ("--", ">>"):
        return _leave(state, match, silent, Reason.REMARK if kind == ">>" else Reason.DELETED)
    start = match.start(2)
    if kind == "~~":
        old, arrow, _ = text.partition("~>")
        if not silent and arrow:
            omitted.push(state, old, Reason.DELETED)
        start += len(old) + len(arrow) if arrow else 0
    return _within(state, start, match.end(2), match.end(), "mark" if kind == "==" else "", silent)


def _brackets(state: StateInline, silent: bool) -> bool:
    """`[[links]]`, `[spans]{.of-a-class}`, citations, the place of a list of contents."""
    if state.src[state.pos] not in "[!$":
        return False
    contents = _CONTENTS.match(state.src, state.pos, state.posMax)
    if contents:
        return _leave(state, contents, silent, Reason.DIRECTIVE)
    wiki = _WIKI.match(state.src, state.pos, state.posMax)
    if wiki and (wiki[2] or wiki[3]):
        return _linked(state, wiki, silent)
    return state.src[state.pos] == "[" and (_cited(state, silent) or _attributed(state, silent))


def _cited(state: StateInline, silent: bool) -> bool:
    """`[see @name, 3]` (Pandoc)."""
    citation = _CITATION.match(state.src, state.pos, state.posMax)
    return _leave(state, citation, silent, Reason.DIRECTIVE) if citation else False


def _attributed(state: StateInline, silent: bool) -> bool:
    """`[text]{.of-a-class}` (Pandoc)."""
    if _last(state.src, "]{") < state.pos:
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, True)
    attributes = _SPAN.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if attributes is None:
        return False
    start = state.pos
    _within(state, start + 1, end, attributes.end(), "span", silent)
    if not silent:
        omitted.push(state, attributes[0], Reason.DIRECTIVE)
    return True


def _linked(state: StateInline, match: "re.Match[str]", silent: bool) -> bool:
    """A link of a wiki says its name, or what stands after the bar; what is shown from elsewhere is named."""
    embedded, target, name = match[1], (match[2] or "").strip(), match[3]
    if _before(state).isalnum() and target.isdigit():  # an index: x[[1]]
        return False
    named = bool(name and name.strip())
    if embedded:
        if not silent:
            _embed(state, match[0], target, name.strip() if name and not _SIZE.fullmatch(name) else "")
        state.pos = match.end()
        return True
    if name and named:
        return _within(state, match.start(3), match.end(3), match.end(), "span", silent)
    if not silent:
        folder, shown = _shown(target)
        if folder:
            omitted.push(state, folder, Reason.DIRECTIVE)
        state.push("text", "", 0).content = shown
    state.pos = match.end()
    return True


def _embed(state: StateInline, source: str, target: str, alt: str) -> None:
    """What is shown from another file: an image with its words, or what is named."""
    if _IMAGE.search(target) and alt:
        token = state.push("image", "img", 0)
        token.attrs = {"src": target, "alt": ""}
        token.children = state.md.inline.parse(alt, state.md, state.env, [])
    else:
        omitted.push(state, source, Reason.NO_ALT if _IMAGE.search(target) else Reason.EMBED)


def _shown(target: str) -> tuple[str, str]:
    """The folder of a page, and what a link to it shows."""
    page, *headings = target.split("#")
    folder, slash, name = page.rpartition("/")
    parts = [name.removesuffix(".md").strip(), *(heading.strip() for heading in headings)]
    shown = ", ".join(part for part in parts if part and not part.startswith("^"))
    blocks = " ".join(f"#{part}" for part in parts if part.startswith("^"))
    return " ".join(filter(None, (folder + slash, blocks))), shown or target


RULES: tuple[tuple[str, str, Rule], ...] = (
    ("mark", "emphasis", _mark),
    ("lowered", "strikethrough", _lowered),
    ("raised", "link", _raised),
    ("comment", "link", _comment),
    ("braces", "link", _braces),
    ("brackets", "link", _brackets),
)
"""Name, the rule of CommonMark that it comes before, and the function."""
