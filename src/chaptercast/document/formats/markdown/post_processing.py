"""The last rule over a parsed text: what was replaced is put back or named, words parted at line ends are joined, emoji codes are signs.

By now every sign of Markdown is known, so that program text and formulas stay as they are, and nothing of their kind is found in them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from chaptercast.document.formats.markdown import mathematics, omitted, templates
from chaptercast.document.formats.markdown.embedded_markup import Names, checked, closing_places
from chaptercast.document.formats.markdown.templates import Templates
from chaptercast.document.formats.plain_text.hyphenation import SIGNS, Hyphens
from chaptercast.document.model import Reason

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_VERBATIM = frozenset({"code_inline", "code_block", "fence", mathematics.INLINE, mathematics.BLOCK})
_EMOJI = re.compile(r"(?<![\w:]):([a-z0-9_+-]*[a-z+][a-z0-9_+-]*):(?!\w)")
_ICON = re.compile(r"(?:material|fontawesome|octicons|simple|fa|fas|fab|bi|mdi|icon)-[\w-]+")
_BOX = re.compile(r"\[[ xX/-]\](?=\s)")
_CHUNK = re.compile(r"\{+[ ]*\.?([A-Za-z][\w+#-]*)[^}]*\}+.*")
_INLINE_CHUNK = re.compile(r"\{?(?:r|python|julia|ojs)\}? [^\n]+")
_CONTENTS = re.compile(r"\{:\s*toc\b.*\}")
_CLOSING_SIGNS = re.compile(r"[ \t]+#+(?=[ \t]*\{[^{}\n]*\}[ \t]*\Z)")
_CHUNKED = re.compile(r"^(?:```+|~~~+)\{(?:r|python|julia|ojs)\b", re.MULTILINE)


def finish_plugin(md: "MarkdownIt") -> None:
    """Add the rules, after all others."""
    md.core.ruler.before("inline", "headings", _headings)
    md.core.ruler.push("finish", _finish)


def _headings(state: StateCore) -> None:
    """Signs that close a heading before its attributes are none of its text: `## Use ## {#use}`."""
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if before.type == "heading_open" and token.content.endswith("}"):
            token.content = _CLOSING_SIGNS.sub("", token.content)


def _finish(state: StateCore) -> None:
    finisher = _Finisher(state)
    state.tokens = list(finisher.blocks(state.tokens))


class _Finisher:
    def __init__(self, state: StateCore) -> None:
        self._templates: Templates = state.env.get("templates") or Templates("")
        self._names = Names(state.src)
        self._hyphens = Hyphens(state.src)
        self._chunked = _CHUNKED.search(state.src) is not None
        meanings: dict[str, str] = state.env.get("abbreviations", {})
        self._meanings = {name: meaning for name, meaning in meanings.items() if meaning}
        found = "|".join(re.escape(name) for name in sorted(self._meanings, key=len, reverse=True))
        self._abbreviation = re.compile(rf"(?<!\w)(?:{found})(?!\w)") if found else None

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """The tokens of all blocks."""
        for index, token in enumerate(tokens):
            if token.type == "inline":
                item = index > 1 and tokens[index - 2].type == "list_item_open"
                token.children = list(self._line(token, token.children or [], item=item))
                yield token
            elif token.type == "html_block":
                yield from self._html(token, _closes_nothing)
            else:
                yield self._restored(token)

    def _restored(self, token: Token) -> Token:
        if token.type in _VERBATIM or token.info:
            token.content = self._templates.back(token.content)
            token.info = self._templates.back(token.info)
        if token.type == "fence":
            match = _CHUNK.fullmatch(token.info.strip())
            token.info = match[1] if match else token.info
            if token.info.strip() == "math":
                token.type, token.tag, token.info = mathematics.BLOCK, "math", ""
        return token

    def _line(self, inline: Token, children: Sequence[Token], *, item: bool) -> Iterator[Token]:
        """The tokens of one line of text."""
        if _CONTENTS.search(inline.content) and item:  # the list is replaced by one of contents (kramdown)
            yield omitted.token(self._templates.back(inline.content), Reason.DIRECTIVE)
            return
        box = _BOX.match(inline.content) if item else None
        if box and children and children[0].type == "text" and children[0].content.startswith(box[0]):
            yield omitted.token(box[0], Reason.UNSPEAKABLE)
            children[0].content = children[0].content[len(box[0]) :].lstrip()
        closing = closing_places(each.content if each.type == "html_inline" else "" for each in children)
        for index, token in enumerate(list(_joined(children, self._hyphens))):
            if token.type == "text":
                yield from self._text(token)
            elif token.type == "html_inline":
                yield from self._html(token, partial(_closes_after, closing, index))
            elif token.type == "code_inline" and self._chunked and _INLINE_CHUNK.fullmatch(token.content):
                yield omitted.token(token.content, Reason.DIRECTIVE)
            else:
                yield from self._element(token)

    def _element(self, token: Token) -> Iterator[Token]:
        """Links, images and marks around text."""
        for name in ("href", "src"):
            address = token.attrs.get(name)
            if isinstance(address, str):
                token.attrs[name] = self._templates.back_in_address(address)
        if token.type == omitted.TYPE:
            token.content = self._templates.back(token.content)
        if token.type == "image":
            inner = list(self._line(token, token.children or [], item=False))
            token.children = [each for each in inner if each.type != omitted.TYPE]
            yield from (each for each in inner if each.type == omitted.TYPE)
        yield self._restored(token)

    def _html(self, token: Token, closes_after: Callable[[str], bool]) -> Iterator[Token]:
        verbatim = re.match(r"\s*<(?:pre|code|script|style)\b", token.content) is not None
        if verbatim:
            token.content = self._templates.back(token.content)
        for part in checked(token, self._names, closes_after):
            if part.type != "html_inline":
                part.content = self._templates.back(part.content)
                yield part
                continue
            inside_tag = part.content.startswith("<") and part.content.count("<") == 1
            if inside_tag:
                part.content = self._templates.back(part.content).replace("{{", "").replace("{%", "")
            for text, template in self._templates.parts(part.content):
                if text:
                    yield Token("html_inline", "", 0, content=text)
                if template:
                    yield omitted.token(template, templates.reason(template))

    def _text(self, token: Token) -> Iterator[Token]:
        for text, template in self._templates.parts(token.content):
            yield from self._signs(text)
            if template:
                yield from _instruction(template)

    def _signs(self, text: str) -> Iterator[Token]:
        """Text with its emoji codes as emoji, and what abbreviations stand for."""
        if ":" in text:
            at = 0
            for match in _EMOJI.finditer(text):
                sign = _emoji(match[1])
                icon = not sign and _ICON.fullmatch(match[1]) is not None
                if not sign and not icon:
                    continue
                yield from self._abbreviations(text[at : match.start()] + sign)
                if icon:
                    yield omitted.token(match[0], Reason.DIRECTIVE)
                at = match.end()
            text = text[at:]
        yield from self._abbreviations(text)

    def _abbreviations(self, text: str) -> Iterator[Token]:
        at = 0
        for match in self._abbreviation.finditer(text) if self._abbreviation and text else ():
            yield Token("text", "", 0, content=text[at : match.start()])
            title = escape(self._meanings[match[0]])
            yield Token("html_inline", "", 0, content=f'<abbr title="{title}">{escape(match[0])}</abbr>')
            at = match.end()
        if text[at:]:
            yield Token("text", "", 0, content=text[at:])


def _closes_after(closing: Mapping[str, int], index: int, name: str) -> bool:
    return closing.get(name, -1) > index


def _closes_nothing(_name: str) -> bool:
    return False


def _joined(children: Sequence[Token], hyphens: Hyphens) -> Iterator[Token]:
    """The tokens, with words that the end of a line parted joined."""
    for index, token in enumerate(children):
        before = children[index - 1] if index else None
        after = children[index + 1] if index + 1 < len(children) else None
        if (
            token.type != "softbreak"
            or before is None
            or after is None
            or before.type != "text"
            or after.type != "text"
        ):
            yield token
            continue
        if before.content[-1:] not in SIGNS or before.content[-2:-1].isspace():
            yield token
            continue
        before.content, gap = hyphens.joined(before.content, after.content)
        yield token if gap else Token("text", "", 0)


def _instruction(template: str) -> Iterator[Token]:
    """What stands for an instruction: the picture that it shows, or nothing that is read."""
    shown = templates.picture(template)
    if shown is None:
        yield omitted.token(template, templates.reason(template))
        return
    picture = f'<img src="{escape(shown.source)}" alt="{escape(shown.alt)}">'
    yield Token("html_inline", "", 0, content=picture + (f"<br>{escape(shown.caption)}<br>" if shown.caption else ""))


def _emoji(name: str) -> str:
    """The emoji of a code, or nothing."""
    from rich.emoji import Emoji, NoEmoji

    try:
        return str(Emoji(name))
    except NoEmoji:
        return ""
