"""Fields: what their code says of the text that they show (ECMA-376, 17.16)."""

import re
from enum import Enum, auto

from msgspec import Struct, field

from chaptercast.document.formats.docx.qualified_names import Element, child, integer, is_on, name, value

DEEPEST = 100
"""Fields within one another that are told apart."""
NAVIGATION = frozenset({"TOC", "INDEX", "TOA", "RD"})
"""Lists of contents and the like."""
_ARGUMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_RUBY = re.compile(r"\\o\s*(?:\\a[dclr]\s*)?\(\s*\\s\s*\\up\s*-?\d+\s*\(([^()]*)\)\s*[,;]\s*([^()]*)\)", re.IGNORECASE)


class Phase(Enum):
    """Where in a field one is."""

    CODE = auto()
    RESULT = auto()


class Field(Struct):
    """A field that is open."""

    form: Element | None = None
    """What a form field is: `w:ffData`."""
    phase: Phase = Phase.CODE
    code: str = ""
    told: bool = False
    """Some text has been read in it."""

    @property
    def kind(self) -> str:
        """The first word of its code."""
        return (self.code.split() or [""])[0].upper()


class Fields(Struct):
    """The fields that are open at a place in the text."""

    stack: list[Field] = field(default_factory=list)

    def begin(self, mark: Element) -> None:
        """A field begins, and with it its code."""
        if len(self.stack) < DEEPEST:
            self.stack.append(Field(child(mark, "w:ffData")))

    def instruct(self, code: str) -> None:
        """Part of its code."""
        if self.stack and self.stack[-1].phase is Phase.CODE:
            self.stack[-1].code += code

    def separate(self) -> None:
        """Its code ends; what follows is what it shows."""
        if self.stack:
            self.stack[-1].phase = Phase.RESULT

    def end(self) -> Field | None:
        """It ends."""
        return self.stack.pop() if self.stack else None

    def tell(self, text: str) -> None:
        """Text has been met: the fields that are open have a result."""
        if text.strip():
            for each in self.stack:
                each.told = True

    @property
    def in_code(self) -> bool:
        """Whether text is the result of a field within the code of another, which nobody sees."""
        *around, last = self.stack or [Field()]
        return last.phase is Phase.RESULT and any(each.phase is Phase.CODE for each in around)

    @property
    def navigation(self) -> bool:
        """Whether text is part of a list of contents."""
        return any(each.phase is Phase.RESULT and each.kind in NAVIGATION for each in self.stack)

    @property
    def link(self) -> str:
        """The address that text leads to."""
        if not self.stack:
            return ""
        open_links = (
            each.code for each in reversed(self.stack) if each.phase is Phase.RESULT and each.kind == "HYPERLINK"
        )
        return link_of(next(open_links, ""))

    def leave_navigation(self) -> None:
        """Running text has come: a list of contents that is open was never closed."""
        self.stack = [each for each in self.stack if each.kind not in NAVIGATION]


def arguments(code: str) -> list[str]:
    """The words of a field's code, what stands in quotation marks as one."""
    return [(quoted or bare).replace('\\"', '"').replace("\\\\", "\\") for quoted, bare in _ARGUMENT.findall(code)]


def link_of(code: str) -> str:
    r"""The address of `HYPERLINK "address" \l "place"`; nothing where it leads into the document itself."""
    words = arguments(code)
    if len(words) < 2 or words[0].upper() != "HYPERLINK" or words[1].startswith("\\"):
        return ""
    return words[1]


def ruby_of(code: str) -> tuple[str, str] | None:
    r"""Reading and text of a phonetic guide as older programs write it: `EQ \* jc2 \o\ad(\s\up 9(とうきょう),東京)`."""
    match = _RUBY.search(code) if code.lstrip()[:2].upper() == "EQ" else None
    return (match[1].strip(), match[2].strip()) if match else None


def shown(ended: Field) -> str:
    """What a field shows that has no result of its own: a box that is ticked or not, the chosen entry of a list, a prompt."""
    form = ended.form
    for each in () if form is None else form:
        if name(each) == "w:checkBox":
            ticked = child(each, "w:checked")
            return "☒" if is_on(child(each, "w:default") if ticked is None else ticked) else "☐"
        if name(each) == "w:ddList":
            entries = [value(entry) for entry in each if name(entry) == "w:listEntry"]
            chosen = child(each, "w:result")
            index = integer(value(chosen)) if chosen is not None else 0
            return entries[index] if 0 <= index < len(entries) else ""
    if ended.phase is Phase.CODE and ended.kind == "QUOTE":
        return " ".join(arguments(ended.code)[1:2])
    return ""
