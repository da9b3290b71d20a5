"""Reads the text of a paragraph run by run, each run with its style (ECMA-376, 17.3.2).

A table (`element_handlers`) says how each element is read. An element without a handler is descended into, so that no text is lost.
Text that is not read (deleted, hidden, part of a table of contents...) is collected and named when the paragraph ends.
"""

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.document.formats.docx.context import Context, Part
from chaptercast.document.formats.docx.fields import Fields
from chaptercast.document.formats.docx.qualified_names import Element, name
from chaptercast.document.formats.docx.run_properties import NOTHING_SAID, RunProperties
from chaptercast.document.formats.docx.styles import PLAIN as NO_STYLE
from chaptercast.document.formats.docx.styles import Style, over
from chaptercast.document.formats.html.inline_content import Line, Segment
from chaptercast.document.metadata.language import canonical
from chaptercast.document.model import Block, Reason, Span

_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)
_COMPLEX = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufeff]")


class State:
    """The state at a place in a part: the open fields, and the reason why text is not read, if there is one."""

    def __init__(self) -> None:
        self.fields = Fields()
        self.reasons: list[Reason] = []

    @contextmanager
    def silent(self, reason: Reason | None) -> Iterator[None]:
        """Leave out what is read inside the context, if there is a reason."""
        if reason is not None:
            self.reasons.append(reason)
        yield
        if reason is not None:
            self.reasons.pop()


class TextReader:
    """Reads the content of one paragraph, or of several that form one for a reader."""

    def __init__(self, context: Context, part: Part, state: State, handlers: "Handlers") -> None:
        self.context = context
        self.part = part
        self.state = state
        self.line = Line()
        self.segments: list[Segment] = []
        self.after: list[Element | Block] = []
        """Content of the paragraph that is read after it: text boxes, charts."""
        self.sizes: Counter[int] = Counter()
        """The number of letters in each type size (half-points)."""
        self.span = Span("")
        """The style of the current text."""
        self.mark = ""
        """The note whose mark is the text of the current run."""
        self.program: list[str] = []
        """Code, with its white space."""
        self.code = False
        """Whether the current paragraph is code."""
        self._handlers = handlers
        self._aside: list[tuple[Reason, str]] = []
        self._style = NO_STYLE
        self._run = NOTHING_SAID
        self._hidden = False
        self._navigation = False
        self._one_line = False

    def read(self, paragraph: Element, style: Style, *, navigation: bool = False, one_line: bool = False) -> None:
        """Read a paragraph in a style. `navigation`: it belongs to a table of contents. `one_line`: it is a heading."""
        self._style, self._navigation, self._one_line = style, navigation, one_line
        self.code = style.role == "code"
        self.enter(NOTHING_SAID)
        self.walk(paragraph)

    def take(self) -> list[Segment]:
        """The text and images read so far. What was not read is listed."""
        for reason, group in groupby(self._aside, key=lambda pair: pair[0]):
            text = "".join(raw for _, raw in group)
            if reason is Reason.BOILERPLATE:
                self.context.leave_out_entry(text)
            else:
                self.context.leave_out(text, reason)
        self._aside.clear()
        found, self.segments = [*self.segments, *self.line.take()], []
        return found

    def walk(self, element: Element) -> None:
        """Read the content of an element."""
        for each in element:
            self.handle(each)

    def handle(self, element: Element) -> None:
        """Read an element."""
        kind = name(element)
        handler = self._handlers.get(kind)
        if handler is not None:
            handler(self, element)
        elif not kind.endswith("Pr"):
            self.walk(element)

    @property
    def reason(self) -> Reason | None:
        """Why the current text is not read; `None` if it is."""
        if self.state.reasons:
            return self.state.reasons[-1]
        if self._hidden:
            return Reason.HIDDEN
        if self.state.fields.in_code:
            return Reason.NOT_TEXT
        contents = self._navigation or (self.state.fields.navigation and not self._one_line)
        return Reason.BOILERPLATE if contents else None

    @property
    def font(self) -> str:
        """The font of the current run."""
        return self._run.font

    def say(self, raw: str) -> None:
        """Read text in the style of the current run."""
        self.state.fields.tell(raw)
        reason = self.reason
        if reason is not None:
            self.keep_aside(reason, raw)
            return
        span = self.span
        link = self.state.fields.link
        language = self._language(raw)
        if link or language or self.mark:
            raised = span.raised or bool(self.mark)
            span = replace(span, link=link or span.link, language=language, note=self.mark, raised=raised)
        self.sizes[self._run.half_points or self.context.usual_size] += len(raw.strip())
        self.write(raw, span)

    def write(self, raw: str, span: Span) -> None:
        """Add text to the line."""
        if self.code:
            self.program.append(raw)
        self.line.text(raw, span)

    def keep_aside(self, reason: Reason, raw: str) -> None:
        """List text as not read when the paragraph ends."""
        self._aside.append((reason, raw))

    def gap(self) -> None:
        """Add white space."""
        reason = self.reason
        if reason is not None:
            self.keep_aside(reason, " ")
        else:
            self.write("\t", self.span)

    def end_line(self, *, of_page: bool = False) -> None:
        """End the line or the page. Two line ends in a row separate paragraphs."""
        if self.reason is not None:
            self.gap()
        elif self.code:
            self.write("\n", self.span)
        elif self._one_line or of_page:
            self.line.soft_break()
        elif self.line.line_break(self.span):
            self.segments += self.line.take()

    def enter(self, said: RunProperties) -> None:
        """Apply the properties of a run: its own, those of its style, of the paragraph's style, and of all text.

        Bold, italic and hidden are toggles: a character style turns them off if the paragraph style has them on (17.7.3).
        """
        styles = self.context.styles
        style = styles.get(said.style, "character") if said.style else NO_STYLE
        look = _look(said, style, self._style.run, styles.run)
        self._run, self._hidden = look.run, look.hidden
        link = self.span.link
        self.span = replace(look.span, link=link) if link else look.span

    def _language(self, text: str) -> LanguageTag | None:
        """The language that the run or its style states; `None` if only the default for all text does."""
        if not any(map(str.isalpha, text)):
            return None
        key = "language"
        if _EAST_ASIAN.search(text):
            key = "east_asian_language"
        elif _COMPLEX.search(text):
            key = "complex_language"
        styles = self.context.styles
        said = getattr(self._run, key)
        usual = getattr(styles.get("").run, key) or getattr(styles.run, key)
        return canonical(said) if said and said != usual else None


Handler: TypeAlias = Callable[[TextReader, Element], None]
Handlers: TypeAlias = Mapping[str, Handler]
"""Element handlers by name."""


class _Look(Struct, frozen=True):
    """The properties of a run, including all inherited ones."""

    run: RunProperties
    hidden: bool
    span: Span


@functools.lru_cache(maxsize=4096)
def _look(said: RunProperties, style: Style, around: RunProperties, of_all: RunProperties) -> _Look:
    """The look of a run: its own properties, its character style, the paragraph's style, the document's defaults."""
    run = over(said, over(style.run, over(around, of_all)))
    span = Span(
        "",
        strong=_toggled(said.bold, style.run.bold, around.bold),
        emphasis=_toggled(said.italic, style.run.italic, around.italic),
        deleted=_toggled(said.struck, style.run.struck, around.struck),
        raised=run.position == "superscript",
        lowered=run.position == "subscript",
        code=style.is_code,
    )
    return _Look(run, _toggled(said.hidden, style.run.hidden, around.hidden), span)


def _toggled(own: bool | None, style: bool | None, around: bool | None) -> bool:
    return own if own is not None else bool(style) != bool(around)
