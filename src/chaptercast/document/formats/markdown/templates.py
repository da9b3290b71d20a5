"""Instructions to a site generator amid a text: Liquid and Jinja tags, Hugo's and Quarto's shortcodes, EJS and Templater.

They may stand anywhere, in addresses of links and in attributes of HTML, too, where a blank in them would end the link. So each is
replaced by a sign before the text is parsed, and is put back where it belongs to what is shown: in program text and formulas.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from msgspec import Struct

from chaptercast.document.model import Reason

LONGEST = 2000
"""Characters of the longest instruction."""
_CLOSERS = {"{{{": "}}}", "{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>"}
_OPENER = re.compile(r"\{\{\{|\{\{[<%]|\{\{|\{%|\{#(?=\s)|<%")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_COMMENTED = re.compile(r"\{%-?\s*comment\s*-?%\}|\{\{<\s*comment\s*>\}\}")
_END_OF_COMMENT = re.compile(r"\{%-?\s*endcomment\s*-?%\}|\{\{<\s*/comment\s*>\}\}")
_OF_CODE = "highlight|code-toggle|mermaid|chart|katex"
_CODE = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<opener>\{%-?[ \t]*(?:highlight|code|codeblock)\b[ \t]*(?P<liquid>[\w+#.-]*)[^\n]*%\}"
    rf"|\{{\{{<[ \t]*(?:{_OF_CODE})\b[ \t]*(?P<hugo>[\w+#.-]*)[^\n]*(?<!/)>\}}\}})"
    r"|(?P<closer>\{%-?[ \t]*end(?:highlight|code|codeblock)[^\n]*%\}"
    rf"|\{{\{{<[ \t]*/(?:{_OF_CODE})[ \t]*>\}}\}}))[ \t]*",
)
_COMMENT = re.compile(r"\{#|\{\{[<%]?\s*/\*|\{%-?\s*comment\b|\{\{<\s*comment\b|<%#")
_PICTURE = re.compile(
    r"\{\{[<%]\s*(?:figure|img|image|fig)\b|\{%-?\s*(?:include(?:_relative|_cached)?\s+\S*(?:fig|image|img|picture)|figure|image|img)\b",
)
_FIELD = re.compile(r"""\b(alt|caption|src|path|file|url|image_path)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SIGNS = [chr(0xF0000 + number) for number in range(16)]
"""Characters of a private plane; one that the text does not have marks what was replaced."""


class Shown(Struct, frozen=True):
    """A picture that an instruction shows."""

    alt: str
    caption: str
    source: str


class Templates:
    """A text whose instructions are replaced by signs, and what they were."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._kept: list[str] = []
        self._sign = next((sign for sign in _SIGNS if sign not in text), "")
        self._placed = re.compile(f"{self._sign}(\\d+){self._sign}") if self._sign else re.compile("(?!)")
        if self._sign and ("{%" in text or "{{" in text or "{#" in text or "<%" in text):
            self.text = "".join(self._replaced(_with_fences(text)))

    def _replaced(self, text: str) -> Iterator[str]:
        """The text in pieces, with signs for its instructions."""
        at = 0
        opener = _OPENER.search(text)
        while opener:
            end = _end(text, opener)
            if end:
                yield text[at : opener.start()]
                self._kept.append(text[opener.start() : end])
                yield f"{self._sign}{len(self._kept) - 1}{self._sign}"
                at = end
            opener = _OPENER.search(text, end or opener.end())
        yield text[at:]

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self._kept)

    def back(self, text: str) -> str:
        """A text with its instructions as they were written."""
        return self._placed.sub(lambda match: self._kept[int(match[1])], text) if self._sign in text else text

    def back_in_address(self, address: str) -> str:
        """As `back`, for an address that was percent-encoded."""
        return self.back(unquote(address)) if self._kept and quote(self._sign) in address else address

    def parts(self, text: str) -> Iterator[tuple[str, str]]:
        """Pairs of what is text and the instruction after it; the last one has none."""
        at = 0
        for match in self._placed.finditer(text):
            yield text[at : match.start()], self._kept[int(match[1])]
            at = match.end()
        yield text[at:], ""


def reason(template: str) -> Reason:
    """Why an instruction is not read."""
    return Reason.REMARK if _COMMENT.match(template) else Reason.DIRECTIVE


def picture(template: str) -> Shown | None:
    """The picture that an instruction shows, if it gives words for it."""
    if not _PICTURE.match(template):
        return None
    fields = {name: double or single for name, double, single in _FIELD.findall(template)}
    alt, caption = fields.get("alt", ""), fields.get("caption", "")
    source = next((fields[name] for name in ("src", "path", "file", "url", "image_path") if name in fields), "")
    return Shown(alt or caption, caption if alt and caption != alt else "", source) if alt or caption else None


def _end(text: str, opener: "re.Match[str]") -> int:
    """Where an instruction ends; 0 if it is none: no empty line stands in one, and no mark of program text."""
    closer = _CLOSERS[opener[0]]
    end = text.find(closer, opener.end(), opener.end() + LONGEST)
    inside = text[opener.end() : end] if end >= 0 else ""
    if not inside.strip() or "`" in inside or _EMPTY_LINE.search(inside):
        return 0
    end += len(closer)
    if _COMMENTED.fullmatch(text, opener.start(), end):
        closing = _END_OF_COMMENT.search(text, end, end + 10 * LONGEST)
        return closing.end() if closing else end
    return end


def _with_fences(text: str) -> str:
    """Tags around program text as the fences that they stand for; the tags stay, to be named."""
    if not re.search(rf"\{{%-?\s*end|\{{\{{<\s*/(?:{_OF_CODE})", text):
        return text
    lines = text.split("\n")
    made: list[str] = []
    opened: re.Match[str] | None = None
    start = 0
    for line in lines:
        match = _CODE.fullmatch(line)
        if match and match["opener"] and opened is None:
            opened, start = match, len(made)
            made.append(line)
        elif match and match["closer"] and opened is not None:
            body = made[start + 1 :]
            longest = max((len(run) for run in re.findall(r"~{3,}", "\n".join(body))), default=2)
            fence = opened["indent"] + "~" * (longest + 1)
            made[start + 1 :] = ["", fence + (opened["liquid"] or opened["hugo"] or ""), *body, fence, "", line]
            opened = None
        else:
            made.append(line)
    return "\n".join(made)
