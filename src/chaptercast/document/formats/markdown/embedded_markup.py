"""HTML, JSX and remarks in Markdown: what is markup is used, what is only mentioned is read, what is neither is named.

`<Enter>` is no element of HTML: its author wrote it to be read. `<style>` amid a sentence is mentioned, and would swallow all that
follows (GitHub shows such names as text, "Disallowed Raw HTML"). `<Tabs groupId="x">` is a component of MDX.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from chaptercast.document.formats.markdown import omitted
from chaptercast.document.model import Reason

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType

_ELEMENTS_WORDS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas
caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt element em embed
fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input
ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem meta meter multicol nav nextid nobr
noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rbc rp rt rtc ruby s samp
script search section select shadow slot small source spacer span strike strong style sub summary sup svg table tbody td template
textarea tfoot th thead time title tr track tt u ul var video wbr xmp circle defs ellipse g line path polygon polyline rect text
tspan use annotation merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd
mtext mtr munder munderover semantics
"""
ELEMENTS = frozenset(_ELEMENTS_WORDS.split())
"""The elements of HTML, past and present, and of SVG and MathML."""
_SWALLOWING_WORDS = """
script style title textarea iframe xmp noembed noframes noscript plaintext template head select datalist object applet video audio
canvas svg button form table frameset dialog map math
"""
SWALLOWING = frozenset(_SWALLOWING_WORDS.split())
"""Elements that would take the text after them with them, where they are never closed."""

_TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
_VALUE = r"""(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})"""
_JSX = re.compile(rf"<(/?)([A-Za-z][\w.]*)((?:\s+(?:[\w:@-]+(?:\s*=\s*{_VALUE})?|\{{\s*\.\.\.[^{{}}]*\}}))*)\s*(/?)>")
_UNSEEN = re.compile(r"<!--(.*?)-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_IMPORT = re.compile(
    r"import\s+(?:[\w$*{}\s,]+\s+from\s+)?(['\"])[^'\"\n]+\1\s*;?\s*"
    r"|export\s+(?:default\b|const\b|let\b|var\b|function\b|async\b|class\b|\*\s*from\b|\{[^{}\n]*\}).*",
)
_VERBATIM = re.compile(r"\s*<(?:script|style|pre|textarea)\b", re.IGNORECASE)
_ONLY_TAGS = re.compile(r"(?:</?[A-Za-z][^<>{}]*>\s*)+|</?>\s*")
_MDX = re.compile(r"^(?:import\s+[\w$*{}\s,]+\s+from\s+['\"]|export\s+(?:const|default|function)\b)", re.MULTILINE)
_REMARK = re.compile(r"\[(?://|comment|_comment|\^comment)\]:\s*(?:#|<>|/)?\s*[\"'(](.*)[\"')]\s*", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\*\[([^\]\n]{1,60})\]:[ \t]*(.*)")
_CLOSERS = {"%%": "%%", "{/*": "*/}", "{::comment}": "{:/"}
_WIDEST = 3000
"""Lines of the longest remark."""


def markup_plugin(md: "MarkdownIt") -> None:
    """Add the rules."""
    everywhere: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    md.block.ruler.at("html_block", _html_block, everywhere)
    md.block.ruler.before("html_block", "remark", _remark, everywhere)
    md.block.ruler.before("html_block", "expression", _expression, {"alt": []})
    md.block.ruler.before("reference", "program", _program, {"alt": []})
    md.inline.ruler.before("html_inline", "jsx", _jsx)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: HTML, but for names that are none and for what is opened and never closed."""
    line = _line(state, start)
    if not line.startswith("<"):
        return False
    if line.startswith("<!--"):
        return _is_closed(state, start, "-->") and html_block(state, start, end, silent)
    if state.env.get("mdx") and not _VERBATIM.match(line):
        return _tags_alone(state, start, line, silent)
    tag = _TAG.match(line) or re.match(r"<(/?)([A-Za-z][\w.:-]*)", line)
    if tag is not None:
        name = tag[2].lower()
        if name not in ELEMENTS and not _is_component_of_html(name):
            return False
        closed = tag[1] or name not in SWALLOWING | {"pre"} or _is_closed(state, start, f"</{name}")
        if not closed:
            return False
    return html_block(state, start, end, silent)


def _is_component_of_html(name: str) -> bool:
    return "-" in name


def _is_closed(state: StateBlock, start: int, closer: str) -> bool:
    """Whether something is closed further down."""
    last: dict[str, int] = state.env.setdefault("closers", {})
    if closer not in last:
        last[closer] = state.src.lower().rfind(closer)
    return last[closer] > state.bMarks[start]


def _tags_alone(state: StateBlock, start: int, line: str, silent: bool) -> bool:
    """In MDX a line of tags is HTML, and what stands between such lines is Markdown."""
    if not _ONLY_TAGS.fullmatch(line):
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.content, token.map = line + "\n", [start, start + 1]
        state.line = start + 1
    return True


def _last_line_of_braces(state: StateBlock) -> int:
    """The last line that ends with a brace, looked for once."""
    if "last brace" not in state.env:
        numbers = (number for number in range(state.lineMax - 1, -1, -1) if _line(state, number).rstrip().endswith("}"))
        state.env["last brace"] = next(numbers, -1)
    return int(state.env["last brace"])


def _expression(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: an expression of MDX on lines of its own, `{` to `}`."""
    line = _line(state, start).rstrip()
    if not state.env.get("mdx") or not line.startswith("{") or state.level:
        return False
    at = start
    while not (_line(state, at).rstrip().endswith("}") and state.sCount[at] <= state.sCount[start]):
        at += 1
        if at >= min(end, start + _WIDEST) or _last_line_of_braces(state) < at:
            return False
    if not silent:
        omitted.push(state, state.getLines(start, at + 1, 0, False), Reason.DIRECTIVE)
        state.line = at + 1
    return True


def _remark(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: remarks over several lines, of Obsidian, MDX and kramdown."""
    line = _line(state, start)
    opener = next((opener for opener in _CLOSERS if line.startswith(opener)), "")
    if not opener or state.is_code_block(start) or not _is_closed(state, start, _CLOSERS[opener]):
        return False
    at, text = start, line[len(opener) :]
    closer = _CLOSERS[opener]
    while closer not in text:
        at += 1
        if at >= min(end, start + _WIDEST) or (state.sCount[at] < state.blkIndent and not state.isEmpty(at)):
            return False
        text = _line(state, at)
    if re.sub(r"[}\s]|\*/|/?comment", "", text.partition(closer)[2]):
        return False  # text goes on behind it: a rule for what stands in a line takes it
    if not silent:
        omitted.push(state, state.getLines(start, at + 1, state.blkIndent, False), Reason.REMARK)
        state.line = at + 1
    return True


def _program(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: imports and exports of MDX, remarks that pose as addresses, what abbreviations stand for."""
    line = _line(state, start)
    if silent or not line.startswith(("import", "export", "[", "*[")):
        return False
    abbreviation = _ABBREVIATION.fullmatch(line)
    if abbreviation:
        state.env.setdefault("abbreviations", {})[abbreviation[1]] = abbreviation[2].strip()
        state.line = start + 1
        return True
    remark = _REMARK.fullmatch(line)
    if remark:
        omitted.push(state, remark[1], Reason.REMARK)
        state.line = start + 1
        return True
    if state.level or state.sCount[start] or not _IMPORT.fullmatch(line):
        return False
    at = start + 1
    while at < end and not state.isEmpty(at):
        at += 1
    omitted.push(state, state.getLines(start, at, 0, False), Reason.DIRECTIVE)
    state.line = at
    return True


def _jsx(state: StateInline, silent: bool) -> bool:
    """A tag of a component, with expressions among its attributes."""
    if state.src[state.pos] != "<":
        return False
    match = _JSX.match(state.src, state.pos, state.posMax)
    if match is None or not ("{" in match[3] or "." in match[2]):
        return False
    if not silent and not match[1]:
        if match[2].lower() in ELEMENTS:
            state.push("html_inline", "", 0).content = f"<{match[1]}{match[2]}>"
        omitted.push(state, match[0], Reason.DIRECTIVE)
    state.pos = match.end()
    return True


def is_mdx(text: str) -> bool:
    """Whether a text is MDX, by what it imports or exports; what a fence shows may do so as well."""
    return _MDX.search(text) is not None and _MDX.search(_without_fences(text)) is not None


def _without_fences(text: str) -> str:
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        bare = line.lstrip()
        if fence:
            ended = bare.startswith(fence) and (fence.startswith("<") or not bare.strip(fence[0]).strip())
            fence = "" if ended else fence
        elif bare.startswith("<script"):
            fence = "</script>"
        elif bare.startswith(("```", "~~~")):
            fence = bare[: len(bare) - len(bare.lstrip(bare[0]))]
        else:
            kept.append(line)
    return "\n".join(kept)


def closing_places(contents: Iterable[str]) -> dict[str, int]:
    """The last of some HTML tokens that closes each name."""
    found: dict[str, int] = {}
    for index, content in enumerate(contents):
        if content.startswith("</"):
            found[content[2:].rstrip("> \t\n").lower()] = index
    return found


class Names:
    """Which names in angle brackets a text opens and closes."""

    def __init__(self, source: str) -> None:
        self._opened = set(re.findall(r"<([A-Za-z][\w.:-]*)", source))
        self._closed = set(re.findall(r"</([A-Za-z][\w.:-]*)\s*>", source))

    def pair(self, name: str) -> bool:
        """Whether a name is both opened and closed somewhere."""
        return name in self._opened and self.closed(name)

    def closed(self, name: str) -> bool:
        """Whether a name is closed somewhere."""
        return name in self._closed


def checked(token: Token, names: Names, closes_after: Callable[[str], bool]) -> Iterator[Token]:
    """What an HTML token becomes: markup, text, or something that is named; `closes_after` says whether its line closes a name after it."""
    at = 0
    content = token.content
    for match in _UNSEEN.finditer(content):
        yield from _tags(token, content[at : match.start()], names, closes_after)
        remark = match[1] if match[1] is not None else match[2]
        yield omitted.token(
            match[0] if remark is None else remark, Reason.DIRECTIVE if remark is None else Reason.REMARK
        )
        at = match.end()
    yield from _tags(token, content[at:], names, closes_after)


def _tags(token: Token, content: str, names: Names, closes_after: Callable[[str], bool]) -> Iterator[Token]:
    if token.type == "html_block" and _VERBATIM.match(content):
        yield _html(content)
        return
    at = 0
    for match in _TAG.finditer(content):
        name = match[2]
        if name.lower() in ELEMENTS:
            across = token.type == "html_block" and names.closed(name)
            if not across and _is_mention(match, content, closes_after):
                yield _html(content[at : match.start()])
                yield from _mentioned(match)
                at = match.end()
            continue
        yield _html(content[at : match.start()])
        yield from _unknown(match, names)
        at = match.end()
    yield _html(content[at:])


def _is_mention(match: "re.Match[str]", content: str, closes_after: Callable[[str], bool]) -> bool:
    """Whether an element would swallow what follows, and is not closed: it is only mentioned."""
    name = match[2].lower()
    if match[1] or name not in SWALLOWING or closes_after(name):
        return False
    return content.lower().find(f"</{name}", match.end()) < 0


def _mentioned(match: "re.Match[str]") -> Iterator[Token]:
    if "=" in match[3]:
        yield omitted.token(match[0], Reason.NOT_TEXT)
    else:
        yield _text(match[0])


def _unknown(match: "re.Match[str]", names: Names) -> Iterator[Token]:
    """A name that is no element: a component, if it is closed or has attributes with values; else something to be read."""
    closing, name, attributes = match[1], match[2], match[3]
    if closing and names.pair(name):
        return
    if "=" in attributes or attributes.rstrip().endswith("/") or names.pair(name):
        yield omitted.token(match[0], Reason.DIRECTIVE)
    else:
        yield _text(match[0])


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
