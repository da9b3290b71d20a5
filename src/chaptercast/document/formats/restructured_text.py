"""Converts reStructuredText with docutils to HTML, which then goes the way of all HTML.

Sphinx directives and roles, which docutils does not know, are read by their text. Their instructions to Sphinx are named as left out.
No other file is read, and no code is run.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from chaptercast.document.formats.html.reader import read_html
from chaptercast.document.formats.plain_text import read_plain_text
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.metadata.dates import to_iso
from chaptercast.document.model import Metadata, Omission, Reason

if TYPE_CHECKING:
    from docutils import nodes

UNREADABLE = "this reStructuredText cannot be parsed; it is read as plain text."
_DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([\w:+.-]+)::", re.MULTILINE)
_ROLE = re.compile(r":([A-Za-z][\w:+.-]*):`")
_TARGETED = re.compile(r"(.*?)\s*<[^<>]*>", re.DOTALL)
_SILENT = frozenset(
    {"toctree", "contents", "index", "highlight", "currentmodule", "module", "automodule", "only", "tabularcolumns"}
)
_ERROR = 3
"""From this level of docutils' messages on, the text in a message stands nowhere else."""
_KINDS = frozenset({"seealso", "versionadded", "versionchanged", "deprecated", "todo", "admonition"})


def read_restructured(text: str) -> Reading:
    """The blocks of a reStructuredText."""
    from docutils.core import publish_doctree
    from docutils.utils import SystemMessage

    left_out: list[Omission] = []
    _know_names(text)
    settings: dict[str, Any] = {
        "file_insertion_enabled": False,
        "raw_enabled": False,
        "halt_level": 5,
        "report_level": 2,
        "warning_stream": "",
        "line_length_limit": len(text) + 1,
        "_disable_config": True,
        "chaptercast_left_out": left_out,
        "smart_quotes": False,
        "syntax_highlight": "none",
        "input_encoding": "unicode",
    }
    try:
        tree = publish_doctree(text, settings_overrides=settings)
        metadata = _cleaned(tree, left_out)
        html = _html(tree)
    except (SystemMessage, RecursionError, ValueError, AttributeError):
        return replace(read_plain_text(text), notes=(UNREADABLE,))
    reading = read_html(html)
    return replace(reading, left_out=(*left_out, *reading.left_out), metadata=metadata)


def _know_names(text: str) -> None:
    """Register a text's unknown directives and roles with docutils, for each text anew: docutils keeps what the last one made of them."""
    from docutils.parsers.rst import directives, roles
    from docutils.parsers.rst.languages import en

    for name in {name.lower() for name in _DIRECTIVE.findall(text)} - en.directives.keys():
        directives.register_directive(name, _fallback())
    for name in {name.lower() for name in _ROLE.findall(text)} - en.roles.keys():
        roles.register_local_role(name, _role)


def _role(name: str, rawtext: str, text: str, _line: int, _inliner: object, *_: object) -> tuple[list[Any], list[Any]]:
    """A role that docutils does not know: its text, without the target."""
    from docutils import nodes
    from docutils.utils import unescape

    text = unescape(text)
    titled = _TARGETED.fullmatch(text)
    shown = titled[1] if titled and titled[1] else text.rpartition(".")[2] if text.startswith("~") else text.lstrip("!")
    if name.endswith(("math", "eq")):
        return [nodes.math(rawtext, rawtext.partition("`")[2].removesuffix("`"))], []  # with its backslashes
    return [nodes.inline(rawtext, shown, classes=[name.replace(":", "-")])], []


def _as_written(value: str | None) -> str:
    return value or ""


class _AnyOption(dict[str, Callable[[str], Any]]):
    """Accepts any options."""

    def __missing__(self, _name: str) -> Callable[[str], Any]:
        return _as_written


def _fallback() -> type:
    """A directive that docutils does not know: its text is read, the rest is listed."""
    from docutils import nodes
    from docutils.parsers.rst import Directive

    from chaptercast.document.formats.markdown.callouts import KINDS, label

    class Fallback(Directive):
        has_content = True
        optional_arguments = 1
        final_argument_whitespace = True
        option_spec = _AnyOption(name=_as_written)

        def run(self) -> list[nodes.Node]:
            left_out: list[Omission] = self.state.document.settings.chaptercast_left_out
            argument = " ".join(self.arguments)
            name = self.name.rpartition(":")[2]
            made: list[nodes.Node] = []
            if name in KINDS or name in _KINDS:
                made.append(nodes.paragraph("", label(name, argument)))
            else:
                left_out.append(Omission(f"{self.name} {argument}".strip(), Reason.DIRECTIVE))
            if name in _SILENT and name != "only":
                if self.content:
                    left_out.append(Omission("\n".join(self.content), Reason.BOILERPLATE))
                return made
            body = nodes.container()
            self.state.nested_parse(self.content, self.content_offset, body)
            return [*made, body]

    return Fallback


def _cleaned(tree: "nodes.document", left_out: list[Omission]) -> Metadata:
    """The metadata at the start of the text. Messages, comments and tables of contents are removed and listed."""
    from docutils import nodes

    for message in list(tree.findall(nodes.system_message)):
        shown = [literal.astext() for literal in message.findall(nodes.literal_block)]
        kept: list[nodes.Node] = []
        for text in shown:
            if text.lstrip().startswith(".. "):
                left_out.append(Omission(text, Reason.DIRECTIVE))
            elif message["level"] >= _ERROR:
                kept.append(nodes.paragraph("", text))
        message.parent.replace(message, kept)
    for section in list(tree.findall(nodes.section)):
        if "system-messages" in section["classes"]:
            section.parent.remove(section)
    for comment in list(tree.findall(nodes.comment)):
        left_out.append(Omission(comment.astext(), Reason.REMARK))
        comment.parent.remove(comment)
    for topic in list(tree.findall(nodes.topic)):
        if "contents" in topic["classes"]:
            left_out.append(Omission(topic.astext(), Reason.BOILERPLATE))
            topic.parent.remove(topic)
    return _metadata(tree, left_out)


def _metadata(tree: "nodes.document", left_out: list[Omission]) -> Metadata:
    from docutils import nodes

    values = {"title": tree.get("title", ""), "author": "", "date": ""}
    authors = []
    for info in list(tree.findall(nodes.docinfo)):
        for field in info.children:
            text = " ".join(field.astext().split())
            if isinstance(field, nodes.author):
                authors.append(text)
            elif isinstance(field, nodes.authors):
                authors += [" ".join(each.astext().split()) for each in field.children]
            elif isinstance(field, nodes.date) and to_iso(text):
                values["date"] = to_iso(text)
            else:
                left_out.append(Omission(text, Reason.METADATA))
        info.parent.remove(info)
    return Metadata(title=values["title"], author=", ".join(authors), authors=tuple(authors), date=values["date"])


def _html(tree: "nodes.document") -> str:
    return "".join(_Writer(tree).parts())


class _Writer:
    """Writes the few HTML elements that a document tree needs."""

    def __init__(self, tree: "nodes.document") -> None:
        self._tree = tree
        self._depth = 0

    def parts(self) -> Iterator[str]:
        """The HTML, in pieces. Works without recursion."""
        from docutils import nodes

        stack: list[nodes.Node | str] = [self._tree]
        while stack:
            node = stack.pop()
            if isinstance(node, nodes.Text):  # a text node is a string, too
                yield escape(node.astext())
                continue
            if isinstance(node, str):
                yield node
                continue
            before, after, inside = self._element(node)
            yield before
            stack.append(after)
            if inside:
                stack += list(node.children)[::-1]

    def _element(self, node: "nodes.Node") -> tuple[str, str, bool]:
        """The text before and after a node, and whether its children are written."""
        from chaptercast.document.formats.markdown.mathematics import math

        name = type(node).__name__
        special = _SPECIAL.get(name)
        if special is not None:
            return special(node)
        if name in ("math", "math_block"):
            formula = math(node.astext())
            return (formula if name == "math" else f"<p>{formula}</p>"), "", False
        tag = _TAGS.get(name, "")
        return (f"<{tag}>", f"</{tag}>", True) if tag else ("", "", True)


_TAGS = {
    **dict.fromkeys(("paragraph", "attribution", "line", "rubric", "caption"), "p"),
    "bullet_list": "ul", "list_item": "li", "definition_list": "dl", "term": "dt", "definition": "dd", "field_list": "dl",
    "field_name": "dt", "field_body": "dd", "option_list": "dl", "option_group": "dt", "description": "dd", "emphasis": "em",
    "strong": "strong", "literal": "code", "subscript": "sub", "superscript": "sup", "title_reference": "cite", "block_quote": "blockquote",
    "thead": "thead", "tbody": "tbody", "row": "tr", "table": "table", "figure": "figure", "legend": "p", "compound": "div",
    "container": "div", "topic": "div", "sidebar": "div", "transition": "hr", "section": "section",
}  # fmt: skip
"""The element for each docutils node. Other nodes are replaced by their content."""


def _depth(node: Any) -> int:
    depth = 1
    while node.parent is not None:
        depth += type(node.parent).__name__ == "section"
        node = node.parent
    return min(depth, 6)


def _title(node: Any) -> tuple[str, str, bool]:
    around = type(node.parent).__name__
    if around in ("document", "section"):
        level = _depth(node)
        return f"<h{level}>", f"</h{level}>", True
    return "<p>", "</p>", True


def _image(node: Any) -> tuple[str, str, bool]:
    return f'<img src="{escape(node.get("uri", ""))}" alt="{escape(node.get("alt", ""))}">', "", False


def _reference(node: Any) -> tuple[str, str, bool]:
    address = node.get("refuri", "")
    return (f'<a href="{escape(address)}">', "</a>", True) if address else ("", "", True)


def _note_reference(node: Any) -> tuple[str, str, bool]:
    target = node.get("refid", "")
    return f'<a role="doc-noteref" href="#{escape(target)}" id="ref-{escape(target)}">', "</a>", True


def _note(node: Any) -> tuple[str, str, bool]:
    name = (node.get("ids") or [""])[0]
    return f'<div role="doc-footnote" id="{escape(name)}">', "</div>", True


def _nothing(_node: Any) -> tuple[str, str, bool]:
    return "", "", False


def _numbered(node: Any) -> tuple[str, str, bool]:
    return f'<ol start="{int(node.get("start", 1))}">', "</ol>", True


def _program(node: Any) -> tuple[str, str, bool]:
    languages = [name for name in node.get("classes", ()) if name != "code"]
    named = f' class="language-{escape(languages[0])}"' if languages else ""
    return f"<pre><code{named}>{escape(node.astext())}</code></pre>", "", False


def _cell(node: Any) -> tuple[str, str, bool]:
    tag = "th" if type(node.parent.parent).__name__ == "thead" else "td"
    return f'<{tag} colspan="{node.get("morecols", 0) + 1}" rowspan="{node.get("morerows", 0) + 1}">', f"</{tag}>", True


def _admonition(node: Any) -> tuple[str, str, bool]:
    from chaptercast.document.formats.markdown.callouts import label

    name = type(node).__name__
    titled = name == "admonition"
    return "<div>" + ("" if titled else f"<p>{escape(label(name, ''))}</p>"), "</div>", True


_SPECIAL: dict[str, Callable[[Any], tuple[str, str, bool]]] = {
    "title": _title, "subtitle": _title, "image": _image, "reference": _reference, "footnote_reference": _note_reference,
    "citation_reference": _note_reference, "footnote": _note, "citation": _note, "label": _nothing, "enumerated_list": _numbered,
    "literal_block": _program, "doctest_block": _program, "entry": _cell, "substitution_definition": _nothing,
    **dict.fromkeys(
        ("attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning", "admonition"), _admonition
    ),
}  # fmt: skip
