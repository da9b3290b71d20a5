"""Instructions to a site generator amid a text: Liquid and Jinja tags, Hugo's and Quarto's shortcodes, EJS and Templater.

They may stand anywhere, in addresses of links and in attributes of HTML, too, where a blank in them would end the link. So each is
replaced by a sign before the text is parsed, and is put back where it belongs to what is shown: in program text and formulas.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from msgspec import Struct

from chaptercast.document.model import Reason

_ANY = r"(?:(?!\n[ \t]*\n)[^`]){0,2000}?"
"""What stands in one: no empty line, and no mark of program text."""
_TEMPLATE = re.compile(
    rf"\{{%-?\s*comment\s*-?%\}}.*?\{{%-?\s*endcomment\s*-?%\}}|\{{\{{<\s*comment\s*>\}}\}}.*?\{{\{{<\s*/comment\s*>\}}\}}"
    rf"|\{{\{{<{_ANY}>\}}\}}|\{{\{{%{_ANY}%\}}\}}|\{{\{{\{{[^{{}}`\n]{{0,500}}\}}\}}\}}|\{{\{{(?![{{\s]*\}}){_ANY}\}}\}}"
    rf"|\{{%{_ANY}%\}}|\{{#\s{_ANY}#\}}|<%{_ANY}%>",
    re.DOTALL,
)
_CODE = re.compile(
    r"^(?P<indent>[ \t]*)(?:\{%-?[ \t]*(?:highlight|code|codeblock)\b[ \t]*(?P<liquid>[\w+#.-]*)[^\n]*%\}"
    r"|\{\{<[ \t]*highlight[ \t]+(?P<hugo>[\w+#.-]*)[^\n]*>\}\})[ \t]*\n(?P<body>.*?)"
    r"^[ \t]*(?:\{%-?[ \t]*end(?:highlight|code|codeblock)[^\n]*%\}|\{\{<[ \t]*/highlight[ \t]*>\}\})[ \t]*$",
    re.MULTILINE | re.DOTALL,
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
            self.text = _TEMPLATE.sub(self._keep, _CODE.sub(_as_fence, text))

    def _keep(self, match: "re.Match[str]") -> str:
        self._kept.append(match[0])
        return f"{self._sign}{len(self._kept) - 1}{self._sign}"

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


def _as_fence(match: "re.Match[str]") -> str:
    """Tags around program text as the fence that they stand for."""
    longest = max((len(run) for run in re.findall(r"~{3,}", match["body"])), default=2)
    fence = "~" * (longest + 1)
    return f"{match['indent']}{fence}{match['liquid'] or match['hugo'] or ''}\n{match['body']}{match['indent']}{fence}"
