"""Runs: lines that are one text, joined."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from chaptercast.document.formats.plain_text.hyphenation import Hyphens
from chaptercast.document.formats.plain_text.line_joining import goes_on, joint, scene_of
from chaptercast.document.formats.plain_text.lines import Line, is_wide
from chaptercast.document.formats.plain_text.list_markers import NUMBERED

PROSE = 60
"""Columns from which on a single line is prose and not a verse, an address or a heading."""


class Run(Struct):
    """Lines that belong together: one, or several that were wrapped."""

    lines: list[Line]
    hyphens: Hyphens

    @property
    def indent(self) -> int:
        """Columns before the first line."""
        return self.lines[0].indent

    @property
    def prose(self) -> bool:
        """Whether it is running text."""
        return len(self.lines) > 1 or self.lines[0].width >= PROSE

    @property
    def text(self) -> str:
        """Its lines as one text."""
        parts = [self.lines[0].text]
        for line in self.lines[1:]:
            if is_wide(parts[-1][-1:] or " ") and is_wide(line.text[0]):
                parts.append(line.text)
                continue
            parts[-1], gap = self.hyphens.joined(parts[-1], line.text)
            parts += [gap, line.text]
        return "".join(parts)

    @property
    def heading(self) -> bool:
        """Whether it looks like one: in capitals, or numbered."""
        text = self.text
        return (sum(map(str.isalpha, text)) > 1 and text.isupper()) or NUMBERED.match(text) is not None


def runs(lines: Sequence[Line], margin: int, hyphens: Hyphens) -> Iterator[Run]:
    """The runs of a chunk."""
    scene = scene_of(lines, margin)
    run: Run | None = None
    for line in lines:
        if run is not None and goes_on(joint(run.lines[-1], line, scene)):
            run.lines.append(line)
            continue
        if run is not None:
            yield run
        run = Run([line], hyphens)
    if run is not None:
        yield run
