"""Walks over the tree, without recursion: turns the start and end of every element, in document order, into the blocks of the model.

Blocks under construction are frames (`frames`). The text of the current block is a line (`inline_content`). An element either changes
the style of text, or ends the line and opens a frame, or is left out and reported.
"""

import functools
import re
from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, primary
from chaptercast.document.formats.html import css, element_content, formulas
from chaptercast.document.formats.html.element_frames import FRAMES, flow_frame, heading_frame, note_frame
from chaptercast.document.formats.html.element_kinds import (
    BLOCK,
    BLOCK_DISPLAYS,
    CONTEXT,
    INLINE_STYLES,
    MEDIA,
    PLAIN,
    QUOTATION_MARKS,
)
from chaptercast.document.formats.html.frames import Frame, HeadingFrame, NoteFrame
from chaptercast.document.formats.html.inline_content import Line, Picture
from chaptercast.document.formats.html.page_breaks import PageBreaks, is_page_mark
from chaptercast.document.formats.html.page_context import Page
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.plain_text import is_prose, read_page, read_preformatted
from chaptercast.document.metadata.language import canonical
from chaptercast.document.model import Block, Break, Figure, Inlines, Omission, Origin, Reason, Span, plain

_LABEL = re.compile(r"\w{1,6}|[*†‡§¶]{1,4}")
_OWN_TEXT = frozenset({"li", "dt", "dd", "td", "th", "blockquote", "summary", "figcaption", "caption"})
"""Elements that own their text, even if there are blocks beside it."""

CONTEXT_LIMIT = 24
"""Maximum number of names in `Origin.context`."""

_KEPT_AS_BLOCKS = frozenset({"li", "td", "th", "tr", "table", "ul", "ol"})
"""Elements that shape a document even if they are displayed inline."""


class _Open(Struct):
    """What to restore when an element ends."""

    style: Span
    preserve: bool
    size: float
    frame: Frame | None = None
    soft: bool = False
    ending: Callable[[], None] | None = None


class Walker:
    """Walks over one page. `blocks` and `left_out` are the result, and the pages of `breaks` if that is given."""

    def __init__(self, page: Page, breaks: PageBreaks | None = None) -> None:
        self.page, self._breaks = page, breaks
        self.blocks: list[Block] = []
        self.left_out: list[Omission] = []
        self.line = Line()
        self.style = PLAIN
        self.frames: list[Frame] = [Frame("body", self.blocks)]
        self._preserve = False
        self._size = page.body_size
        self._open: list[_Open] = []
        self._ruby: list[int] = []
        self._after_image = False
        self._sizes: Counter[float] = Counter()

    def run(self) -> None:
        """Walks over the whole page."""
        events = etree.iterwalk(self.page.root, events=("start", "end"))
        skipped = None
        for event, element in events:
            if event == "start":
                if not self._start(element):
                    skipped = element
                    events.skip_subtree()
                elif element.text:
                    self._text(element.text, element, after=False)
                continue
            if element is skipped:
                skipped = None
            else:
                self._end()
            if element.tail and element is not self.page.root:
                self._text(element.tail, element, after=True)
        self._flush(bare=True)

    def _text(self, text: str, element: Element, *, after: bool) -> None:
        if self.page.loose and (element, after) in self.page.loose:
            whole = self.page.loose[element, after]
            self.left_out += [Omission(whole, Reason.BOILERPLATE)] if whole else ()
            return
        if self.page.sized:
            self._sizes[self._size] += len(text.strip())
        if ("\\" in text or "$$" in text or (self.page.dollars and "$" in text)) and not (
            self.style.code or self._preserve
        ):
            for piece, tree in formulas.in_text(text, dollars=self.page.dollars):
                self.line.text(piece, self.style if tree is None else replace(self.style, math=True, formula=tree))
            return
        parts = self._breaks.parts(text, within_word=self.line.within_word) if self._breaks else ((text, 0),)
        for part, number in parts:
            style = replace(self.style, page=number) if number else self.style
            self.line.text(part, style, preserve=self._preserve)

    def _start(self, element: Element) -> bool:
        """Enters an element. Returns False if its content is to be skipped."""
        tag = element.tag
        if tag == "script" and formulas.is_source(element):
            self.formula(element)
            return False
        style = self.page.styles.of(tag, element.attrib)
        omissions = self.page.omission(element, tag, in_heading=isinstance(self.frames[-1], HeadingFrame))
        if omissions is not None:
            self.left_out += (omission for omission in omissions if omission.text)
            if self._breaks and is_page_mark(element):
                self._breaks.begin(element)
            return False
        if element in self.page.notes.backlinks:
            self._lead_back(self.page.notes.backlinks[element])
            return False
        special = _SPECIAL.get(tag)
        if special is not None:
            special(self, element)
            return False
        opened = _Open(self.style, self._preserve, self._size)
        self._open.append(opened)
        if element.attrib or style or tag in INLINE_STYLES or tag in ("font", "big", "small"):
            self._restyle(element, tag, style)
        if self._is_block(element, tag, style):
            self._open_block(element, tag, style, opened)
        elif tag in _INLINE_ENDINGS:
            opened.ending = _INLINE_ENDINGS[tag](self)
        return True

    def _end(self) -> None:
        opened = self._open.pop()
        if opened.ending is not None:
            opened.ending()
        if opened.soft:
            self.line.soft_break()
        if opened.frame is not None:
            self._flush(bare=opened.frame.mixed)
            self.frames.pop()
            opened.frame.close()
            self.frames[-1].mixed = True
        self.style = opened.style
        self._preserve = opened.preserve
        self._size = opened.size

    def _restyle(self, element: Element, tag: str, style: css.Declarations) -> None:
        changes = dict(INLINE_STYLES.get(tag, {}))
        if style:
            changes.update(css.span_changes(style))
            preserve = css.preserves(style)
            self._preserve = self._preserve if preserve is None else preserve
        changes.update(element_content.attribute_changes(element, tag))
        declared = element_content.language_of(element)
        if declared:
            language = canonical(declared)
            changes["language"] = None if language == self.page.language else language
        if element in self.page.notes.references:
            changes["note"] = self.page.notes.references[element]
            changes.pop("link", None)
        if changes:
            self.style = _changed(self.style, tuple(changes.items()))
        self._size = css.pixels(style, element.attrib, tag, self._size)

    def _is_block(self, element: Element, tag: str, style: css.Declarations) -> bool:
        display = style.get("display", "")
        if display in ("inline", "contents"):
            return tag in _KEPT_AS_BLOCKS
        return (
            tag in BLOCK
            or (display in BLOCK_DISPLAYS and not element_content.is_initial(element))
            or element.get("role") == "heading"
            or element in self.page.notes.targets
        )

    def _open_block(self, element: Element, tag: str, style: css.Declarations, opened: _Open) -> None:
        if self.frames[-1].inline_only:
            self.line.soft_break()
            opened.soft = True
            return
        self._flush(bare=True)
        frame = self._frame(element, tag)
        if frame is None:
            return
        around = self.frames[-1]
        frame.start = len(frame.blocks)
        frame.classes = element_content.classes(element)
        named = tag in CONTEXT and len(around.context) < CONTEXT_LIMIT
        frame.context = (*around.context, tag) if named else around.context
        frame.language = self.style.language
        frame.depth = self.page.depths.get(element, 0)
        frame.centred = element_content.centred(element, tag, style, around.centred)
        frame.size = self._size
        self.frames.append(frame)
        opened.frame = frame

    def _frame(self, element: Element, tag: str) -> Frame | None:
        notes = self.page.notes
        if element in notes.targets:
            identity = notes.targets[element]
            return note_frame(element, self.frames, identity, notes.labels.get(identity, ""))
        if element.get("role") == "heading":
            return heading_frame(element, self.frames)
        return FRAMES.get(tag, flow_frame)(element, self.frames)

    def _lead_back(self, text: str) -> None:
        """Handles a link from a note back to its reference. It is not read, but its sign may be the label of the note."""
        frame = self.frames[-1].owner
        label = text.strip("[]() ")
        if isinstance(frame, NoteFrame) and not frame.label and _LABEL.fullmatch(label):
            frame.label = label
        if text:
            self.left_out.append(Omission(text, Reason.UNSPEAKABLE))

    def _flush(self, *, bare: bool) -> None:
        """Ends the line: what was collected becomes a block of the current frame."""
        if self.line.blank:
            self.line.take()
            return
        self._after_text(bare=bare)
        self._sizes.clear()

    def _after_text(self, *, bare: bool) -> None:
        frame = self.frames[-1]
        for segment in self.line.take():
            if isinstance(segment, Picture):
                self._show(segment, frame)
                continue
            language, inlines = _relative(segment, frame.language, self.page.language)
            frame.receive(inlines, self._origin(frame, bare=bare), language)
            self._after_image = False

    def _origin(self, frame: Frame, *, bare: bool) -> Origin:
        size = self._sizes.most_common(1)[0][0] if self._sizes else self.page.body_size
        return Origin(
            tag=frame.tag,
            classes=frame.classes,
            bare=bare and frame.tag not in _OWN_TEXT,
            after_image=self._after_image,
            centred=frame.centred,
            font_percent=round(100 * size / self.page.body_size),
            context=frame.context,
            depth=frame.depth,
        )

    def _show(self, picture: Picture, frame: Frame) -> None:
        if not picture.alt:
            reason = Reason.DECORATIVE if picture.decorative else Reason.NO_ALT
            self.left_out.append(Omission(picture.source[:200] or "image", reason))
        frame.show(Figure(picture.alt, (), picture.source, picture.decorative, frame.language))
        self._after_image = (self._after_image or not picture.amid) and not frame.inline_only

    def line_break(self, element: Element) -> None:
        """Handles `br`: two in a row separate paragraphs."""
        del element
        frame = self.frames[-1]
        if frame.inline_only:
            self.line.soft_break()
        elif self.line.line_break(self.style):
            self._flush(bare=frame.mixed)

    def picture(self, element: Element) -> None:
        """Handles `img` and other media."""
        if element.tag not in ("img", "embed"):
            fallback = element_content.text_of(element)
            if fallback:
                reason = Reason.UNSPEAKABLE if element.tag == "svg" else Reason.HIDDEN
                self.left_out.append(Omission(fallback, reason))
        self.line.picture(element_content.picture(element, element.tag))

    def formula(self, element: Element) -> None:
        """Handles `math`, or a script with a formula."""
        text, tree = formulas.of_script(element) if element.tag == "script" else formulas.of_math(element)
        self.line.text(text, replace(self.style, math=True, formula=tree))

    def thematic_break(self, element: Element) -> None:
        """Handles `hr`. One that separates footnotes from the text is ignored."""
        if self.frames[-1].inline_only:
            self.line.soft_break()
            return
        self._flush(bare=True)
        if "footnotes-sep" not in element.get("class", ""):
            self.frames[-1].blocks.append(Break())
        self._after_image = False

    def preformatted(self, element: Element) -> None:
        """Handles `pre`: code, or the prose of a mail. In a cell or a caption it is text with its line breaks."""
        block, numbers = element_content.code_block(element)
        if numbers:
            self.left_out.append(Omission(numbers, Reason.NOT_TEXT))
        if not block.text.strip():
            return
        if self.frames[-1].inline_only:
            self.line.soft_break()
            self.line.text(block.text, replace(self.style, code=True), preserve=True)
            self.line.soft_break()
            return
        self._flush(bare=True)
        listing = (
            block.programming_language
            or element.find("code") is not None
            or element_content.is_listing(element, block.text)
        )
        if listing or not (self.page.is_preformatted or is_prose(block.text)):
            self.frames[-1].blocks.append(block)
        else:
            reading = (read_page if self.page.is_preformatted else read_preformatted)(block.text)
            self.frames[-1].blocks += reading.blocks
            self.left_out += reading.left_out
        self.frames[-1].mixed = True
        self._after_image = False

    def quotation(self) -> Callable[[], None]:
        """Handles `q`: adds the marks that a browser puts around it."""
        language = self.style.language or self.page.language
        before, after = QUOTATION_MARKS.get(primary(language) if language else "", ("“", "”"))
        style = self.style
        self.line.text(before, style)
        return lambda: self.line.text(after, style)

    def ruby(self) -> Callable[[], None]:
        """Handles `ruby`: the next `rt` annotates the text that follows."""
        self._ruby.append(self.line.mark())

        def end() -> None:
            self._ruby.pop()
            self.line.mark()

        return end

    def ruby_text(self) -> Callable[[], None]:
        """Handles `rt`: the reading of the text since the last one. If there is no such text, it is text itself."""
        outer, self.line = self.line, Line()
        style = self.style

        def end() -> None:
            parts = self.line.take()
            reading = "".join(part.alt if isinstance(part, Picture) else plain(part) for part in parts)
            self.line = outer
            if not (self._ruby and self.line.annotate(self._ruby[-1], reading)):
                self.line.text(reading, style)
            if self._ruby:
                self._ruby[-1] = self.line.mark()

        return end


@functools.lru_cache(maxsize=1024)
def _changed(style: Span, changes: tuple[tuple[str, Any], ...]) -> Span:
    """Returns a style with some fields changed. The same few changes recur throughout a page."""
    return replace(style, **dict(changes))


def _relative(
    inlines: Inlines, around: LanguageTag | None, page: LanguageTag | None
) -> tuple[LanguageTag | None, Inlines]:
    """Returns the language of a block, and its spans; a span has a language only if it differs."""
    languages = {span.language for span in inlines if span.text.strip()}
    if languages == {None} and around is None:
        return None, inlines
    language = languages.pop() if len(languages) == 1 else around
    changed = (replace(span, language=None if span.language == language else span.language or page) for span in inlines)
    return language, tuple(changed)


_SPECIAL: Mapping[str, Callable[[Walker, Element], None]] = MappingProxyType(
    {
        "br": Walker.line_break,
        "hr": Walker.thematic_break,
        "img": Walker.picture,
        "math": Walker.formula,
        "pre": Walker.preformatted,
        "listing": Walker.preformatted,
        "xmp": Walker.preformatted,
        "plaintext": Walker.preformatted,
        **dict.fromkeys(MEDIA, Walker.picture),
    },
)
"""Elements that are handled as a whole."""

_INLINE_ENDINGS: Mapping[str, Callable[[Walker], Callable[[], None]]] = MappingProxyType(
    {"q": Walker.quotation, "ruby": Walker.ruby, "rt": Walker.ruby_text},
)
"""Inline elements that need an action at their start and at their end."""
