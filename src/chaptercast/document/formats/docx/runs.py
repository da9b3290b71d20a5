"""The text of a paragraph, run by run, in the style of each (ECMA-376, 17.3.2).

What each element in it is read as stands in a table (`handlers`); what is not in that is walked through, so that no text is lost.
Text that is not read (deleted, hidden, part of a list of contents...) is kept aside, and named when the paragraph ends.
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
    """Where in its part a text stands: the fields that are open, and why nothing there is read, if so."""

    def __init__(self) -> None:
        self.fields = Fields()
        self.reasons: list[Reason] = []

    @contextmanager
    def silent(self, reason: Reason | None) -> Iterator[None]:
        """What is read meanwhile is left out, if there is a reason."""
        if reason is not None:
            self.reasons.append(reason)
        yield
        if reason is not None:
            self.reasons.pop()


class TextReader:
    """Reads what one paragraph holds, or several that are one to a reader."""

    def __init__(self, context: Context, part: Part, state: State, handlers: "Handlers") -> None:
        self.context = context
        self.part = part
        self.state = state
        self.line = Line()
        self.segments: list[Segment] = []
        self.after: list[Element | Block] = []
        """What stands in the paragraph and is read after it: text boxes, charts."""
        self.sizes: Counter[int] = Counter()
        """Letters by the half-points of their type."""
        self.span = Span("")
        """The style of text at this place."""
        self.mark = ""
        """The note that the text of the run at hand is the mark of."""
        self.program: list[str] = []
        """Program text, with its white space."""
        self.code = False
        """Whether the paragraph at hand is program text."""
        self._handlers = handlers
        self._aside: list[tuple[Reason, str]] = []
        self._style = NO_STYLE
        self._run = NOTHING_SAID
        self._hidden = False
        self._navigation = False
        self._one_line = False

    def read(self, paragraph: Element, style: Style, *, navigation: bool = False, one_line: bool = False) -> None:
        """Read a paragraph in a style; `navigation` if it is part of a list of contents, `one_line` if it is a heading."""
        self._style, self._navigation, self._one_line = style, navigation, one_line
        self.code = style.role == "code"
        self.enter(NOTHING_SAID)
        self.walk(paragraph)

    def take(self) -> list[Segment]:
        """The stretches of text and images that were read; what was not is named."""
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
        """Read what stands in an element."""
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
        """Why text at this place is not read; None if it is."""
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
        """The font of the run at hand."""
        return self._run.font

    def say(self, raw: str) -> None:
        """Read text, in the style of the run at hand."""
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
        """Name text as not read when the paragraph ends."""
        self._aside.append((reason, raw))

    def gap(self) -> None:
        """White space."""
        reason = self.reason
        if reason is not None:
            self.keep_aside(reason, " ")
        else:
            self.write("\t", self.span)

    def end_line(self, *, of_page: bool = False) -> None:
        """The line ends, or the page; two ends of lines in a row part paragraphs."""
        if self.reason is not None:
            self.gap()
        elif self.code:
            self.write("\n", self.span)
        elif self._one_line or of_page:
            self.line.soft_break()
        elif self.line.line_break(self.span):
            self.segments += self.line.take()

    def enter(self, said: RunProperties) -> None:
        """Take the properties of a run: its own, those of its style, those of the paragraph's, and those of all text.

        Bold, italic and hidden are toggled: a style of characters turns them off where that of the paragraph has them on (17.7.3).
        """
        styles = self.context.styles
        style = styles.get(said.style, "character") if said.style else NO_STYLE
        look = _look(said, style, self._style.run, styles.run)
        self._run, self._hidden = look.run, look.hidden
        link = self.span.link
        self.span = replace(look.span, link=link) if link else look.span

    def _language(self, text: str) -> LanguageTag | None:
        """What the run or its style says of the language of a text; None where only all text is said to be in one."""
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
"""What is done with an element, by its name."""


class _Look(Struct, frozen=True):
    """The properties of a run with all that it has from styles."""

    run: RunProperties
    hidden: bool
    span: Span


@functools.lru_cache(maxsize=4096)
def _look(said: RunProperties, style: Style, around: RunProperties, of_all: RunProperties) -> _Look:
    """The look of a run: as it says itself, in a style of characters, in a paragraph of a style, in a document."""
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
