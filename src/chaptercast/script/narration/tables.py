"""How tables are said: their size, the names of their columns, then row by row, each cell after the name of its column."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Cell, Table, plain
from chaptercast.script.narration.duration import weight
from chaptercast.script.narration.foreign_language import foreign_language
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.narration.lists import SUPPLIED
from chaptercast.script.narration.narrator import Narrator, Steps
from chaptercast.script.narration.options import Verbosity
from chaptercast.script.narration.phrases import words_for
from chaptercast.script.normalise import speakable
from chaptercast.text_structure import Cell as Shape
from chaptercast.text_structure import Element, Header, Kind
from chaptercast.voice_profiles import Role

LONGEST_NAME = 40
"""Weight up to which the name of a column or a row is said again for each of its cells."""
COLUMNS = 100
"""Columns in which cells that span rows are followed: nobody keeps more of them in mind, and their number bounds the work."""
_MARKS = tuple(".!?…。！？;；")


class Placed(Struct, frozen=True):
    """A cell at its place in a row."""

    cell: Cell
    column: int
    """The first one that it covers, from 0."""
    continued: bool = False
    """Whether it began in a row above."""

    @property
    def covered(self) -> range:
        """The columns that it covers, as far as they count."""
        return range(self.column, self.column + min(max(self.cell.columns, 1), COLUMNS))


def table(narrator: Narrator, block: Table) -> Steps:
    """A table. Without any announcements it is said as it stands, row by row."""
    rows = placed(block)
    heads = _header_rows(rows) if narrator.settings.verbosity != Verbosity.NONE else 0
    narrator.before("table")
    announced = False
    if any(speakable(plain(cell.inlines)) for row in block.rows for cell in row):
        width = max(spot.covered.stop for row in rows for spot in row)
        announced = narrator.announce("table", columns=width, rows=len(rows))
    telling = _Telling(narrator, block.language, _names(rows[:heads]))
    with narrator.inside(Element(Kind.TABLE)):
        with narrator.inside(Element(Kind.CAPTION)):
            narrator.block("row", block.caption, Role.ASIDE, block.language)
        if heads:
            narrator.announce("table-headers")
        for number, row in enumerate(rows, 1):
            with narrator.inside(Element(Kind.ROW, cells=_shape(row, of_headers=number <= heads))):
                telling.say(row, number, of_headers=number <= heads)
    if announced:
        narrator.announce("table-end")
    narrator.after("table")
    yield from ()


def placed(block: Table) -> list[list[Placed]]:
    """The rows of a table with the column of each cell, those that reach down from above among them (HTML, 4.9.12)."""
    rows: list[list[Placed]] = []
    reaching: list[tuple[Placed, int]] = []
    for cells in block.rows:
        row = [replace(spot, continued=True) for spot, _ in reaching]
        taken = {column for spot in row for column in spot.covered}
        reaching = [(spot, left - 1) for spot, left in reaching if left > 1]
        column = 0
        for cell in cells:
            while column in taken:
                column += 1
            spot = Placed(cell, column)
            row.append(spot)
            if cell.rows > 1 and column < COLUMNS:
                reaching.append((spot, cell.rows - 1))
            column = spot.covered.stop
        rows.append(sorted(row, key=lambda spot: spot.column))
    return rows


def _shape(row: Sequence[Placed], *, of_headers: bool) -> tuple[Shape, ...]:
    """The cells that begin in a row, for those who see it."""
    names = Header.COLUMN if of_headers else Header.ROW
    return tuple(
        Shape(names if spot.cell.header else Header.NOTHING, spot.cell.columns, spot.cell.rows)
        for spot in row
        if not spot.continued
    )


def _header_rows(rows: Sequence[Sequence[Placed]]) -> int:
    """How many rows at the top hold nothing but headers; a table of headers alone has none."""
    heads = next((i for i, row in enumerate(rows) if not all(spot.cell.header for spot in row)), len(rows))
    return heads if heads < len(rows) else 0


def _names(rows: Sequence[Sequence[Placed]]) -> Mapping[int, str]:
    """The name of each column, from the lowest header over it; empty where it is too long to be said again and again."""
    names: dict[int, str] = {}
    for row in rows:
        for spot in row:
            text = " ".join(plain(spot.cell.inlines).split())
            if speakable(text):
                names |= dict.fromkeys(spot.covered, text if weight(text) <= LONGEST_NAME else "")
    return names


class _Telling(Struct):
    """Says the rows of one table."""

    narrator: Narrator
    declared: LanguageTag | None
    names: Mapping[int, str]

    def say(self, row: Sequence[Placed], number: int, *, of_headers: bool) -> None:
        pieces: list[Piece] = []
        cell = -1
        for spot in row:
            told = list(self._cell(spot, named=not of_headers))
            if not spot.continued:
                cell += 1
                told = [replace(p, style=replace(p.style, cell=cell)) if p.written else p for p in told]
            pieces += [*self._separator(pieces, told), *told]
        if not any(speakable(plain(spot.cell.inlines)) for spot in row if not spot.continued):
            pieces = [replace(piece, said="") for piece in pieces]
        elif not of_headers:
            self.narrator.before("row")
            self.narrator.announce("table-row", number=number)
        language = self.declared or self.narrator.language
        self.narrator.before("row")
        self.narrator.say_pieces(pieces, Role.ASIDE if of_headers else self.narrator.role, language, declared=True)
        self.narrator.after("row")

    def _cell(self, spot: Placed, *, named: bool) -> Iterator[Piece]:
        """The name of its column, unless the cell is itself a name, and its text."""
        language = self.declared or self.narrator.language
        words = words_for(language)
        announcing = self.narrator.settings.verbosity != Verbosity.NONE
        text = plain(spot.cell.inlines)
        if spot.continued:
            if announcing and speakable(text) and weight(text) <= LONGEST_NAME:
                yield Piece("", " ".join(text.split()))
            return
        pieces = self._in_their_language(self.narrator.read(spot.cell.inlines, language), language)
        if not speakable("".join(piece.said for piece in pieces)):
            empty = words.within("empty") if announcing and named else ""
            pieces = [*(replace(piece, said="") for piece in pieces), *([Piece("", empty)] if empty else [])]
        name = self._name(spot, language) if named and announcing and not spot.cell.header else ""
        if name and any(piece.said for piece in pieces):
            yield Piece("", name + words.separators.header)
        yield from pieces

    def _name(self, spot: Placed, language: LanguageTag) -> str:
        name = self.names.get(spot.column)
        return words_for(language).within("column", number=spot.column + 1) if name == "" else name or ""

    def _in_their_language(self, pieces: list[Piece], language: LanguageTag) -> list[Piece]:
        """A cell of its own language is known as a whole: a row of several languages cannot be."""
        if self.declared or self.narrator.declared:
            return pieces
        found = foreign_language("".join(piece.said for piece in pieces), language)
        return [replace(piece, language=piece.language or found) for piece in pieces] if found else pieces

    def _separator(self, before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Piece]:
        """Between cells: heard and written where there is something to be heard or to be read on both sides."""
        separator = words_for(self.declared or self.narrator.language).separators.cells
        written = _any(before, "written") and _any(after, "written")
        said = _any(before, "said") and _any(after, "said")
        if said and next(piece.said for piece in reversed(before) if piece.said).rstrip().endswith(_MARKS):
            yield Piece(separator if written else "", " ", style=SUPPLIED)
        elif said or written:
            yield Piece(separator if written else "", separator if said else "", style=SUPPLIED)


def _any(pieces: Sequence[Piece], side: str) -> bool:
    return any(getattr(piece, side).strip() for piece in pieces)
