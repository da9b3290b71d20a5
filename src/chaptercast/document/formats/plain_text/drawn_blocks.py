"""What is drawn with signs: tables with borders, tables of aligned columns, lists of contents, diagrams, program text.

Read as sentences they would be a soup of numbers and signs. A table becomes a table, which is told cell by cell; a list of contents with
page numbers is navigation and is left out, as is a diagram, both named.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from chaptercast.document.formats.plain_text.lines import Line, is_wide
from chaptercast.document.formats.plain_text.list_markers import NUMBERED
from chaptercast.document.model import Block, Cell, CodeBlock, Omission, Reason, Span, Table

_BORDER = re.compile(r"[\s+|:=\-─━┄┅═╌┼┬┴├┤┌┐└┘│║╔╗╚╝╠╣╦╩╬╪╫╭╮╰╯*]+")
_DASHES = re.compile(r"[-=─━═]{2,}")
_BAR = re.compile(r"[|│║┃]")
_BARRED = re.compile(r"[|│║┃].*[|│║┃]")
_RULED = re.compile(r"[-=_~─━═]{2,}(?:\s+[-=_~─━═]{2,})*")
_GAP = re.compile(r"\S( {2,})(?=\S)")
_SENTENCE_GAP = re.compile(r"(?<=[.!?:;,])(?:[\"'”’)])?  (?=\S)")
_LEADER = re.compile(
    r"(\S.*?)(?:(?<![.·…_])(?:\s?[.·…_]){3,}+|(?<!\s)\s{3,}+|\t)\s*+(?:_?p(?:age|\.)?_?\s*)?(\d{1,4}|[ivxlc]{1,7})",
    re.IGNORECASE,
)
_ENDS_IN_PAGE = re.compile(r"[ .·…_](?:\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE | re.MULTILINE)
_LED = re.compile(r"(\S.*?)(?:\s?[.·…_]){4,}\s*(\S.*)")
_CONTENTS_TITLE = re.compile(
    r"\W*(?:(?:table of )?contents|(?:list of )?(?:illustrations|figures|tables|plates|maps)|inhalt(?:sverzeichnis)?"
    r"|verzeichnis der abbildungen|table des mati[eè]res|sommaire|[íi]ndice|contenido|sommario|sum[áa]rio|inhoud(?:sopgave)?"
    r"|содержание|оглавление|spis tre[śs]ci"
    r"|inneh[åa]ll|indhold|innhold|sis[äa]llys|目录|目錄|目次|차례|목차|chapter|page|chap(?:ter|\.)?\s+page)\W*",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?:\s?[.·…_]){4,}")
_SIGN = re.compile(r"[^\w\s]")
_PEN = re.compile(r"[|+\\/_─━│┃┌┐└┘├┤┬┴┼╔╗╚╝║═]|--|==|->|<-|\^")
_RULER = re.compile(r"[\d\s]+")
_CODE = re.compile(
    r"[{}]\s*$|^[{}]|;\s*$(?<=[)\]}\"'\w];)|\w\(\S*\)|::=|:=|[!=]=|->|=>|&&|\|\||^#\s?(?:include|define|if|endif)\b|^</?\w[^<>]*>|^\w+\s*=\s*\S"
)
_CODE_SIGN = re.compile(r"[{}()=<>$%#&|]")
_SURELY_CODE = re.compile(r"[{}]\s*$|::=|\w\(\S*\)\s*[;{]|^#\s?(?:include|define)\b|^[$%] \w|=.*;\s*$|^</\w+>$")
CONTENTS = 3
"""Lines from which on a row of titles with page numbers is a list of contents."""
WRAPPED = 0.25
"""Share of lines with the number of a page in a list of contents whose entries take several lines."""
LOOSE_ROWS, LOOSE_GAP = 4, 2
"""So many rows show columns that so few blanks part; fewer rows need a wider gap."""
WIDE_GAP = 3
FEW = 2
"""Rows of the smallest table."""


class Drawn(Struct, frozen=True):
    """Lines of a chunk that are drawn, from `start` to before `end`: what they become, and what is left out of them."""

    start: int
    end: int
    blocks: tuple[Block, ...] = ()
    left_out: tuple[Omission, ...] = ()
    contents: bool = False
    """They are a list of contents."""


def is_contents_title(lines: Sequence[Line]) -> bool:
    """Whether a chunk is what stands above a list of contents, and nothing else."""
    return len(lines) == 1 and _CONTENTS_TITLE.fullmatch(lines[0].text) is not None


def drawn(lines: Sequence[Line], *, expected: bool = False) -> Iterator[Drawn]:
    """What is drawn in a chunk, in order; `expected`: it stands below the title of a list of contents, or below such a list."""
    text = "\n".join(line.text for line in lines)
    if len(lines) < FEW and not expected:
        return
    found = _contents(lines, expected=expected) if expected or _ENDS_IN_PAGE.search(text) else None
    if _BAR.search(text):
        found = found or _bordered(lines)
    if _DOTTED.search(text):
        found = found or _led(lines)
    if _GAP.search(_SENTENCE_GAP.sub("", text)):
        found = found or _aligned(lines)
    if _PEN.search(text):
        found = found or _diagram(lines)
    if _CODE_SIGN.search(text):
        found = found or _code(lines)
    if found:
        yield found


def _bordered(lines: Sequence[Line]) -> Drawn | None:
    """A table whose cells are parted by bars, or by borders."""
    barred = [
        index
        for index, line in enumerate(lines)
        if _BARRED.match(line.text) or (_BAR.search(line.text) and _BORDER.search(line.text))
    ]
    rows = [index for index in barred if not _BORDER.fullmatch(lines[index].text)]
    if len(rows) < FEW or sum(_BARRED.match(lines[index].text) is not None for index in rows) < 0.8 * len(rows):
        return None
    start, end = rows[0], rows[-1] + 1
    while start and _is_border(lines[start - 1]):
        start -= 1
    while end < len(lines) and _is_border(lines[end]):
        end += 1
    groups = _groups(lines[start:end])
    table = _table(groups)
    if table is None:
        return None
    rulers = start
    while rulers and _RULER.fullmatch(lines[rulers - 1].text):
        rulers -= 1
    left_out = [Omission(line.text, Reason.UNSPEAKABLE) for line in lines[rulers:start]]
    return Drawn(rulers, end, (table,), tuple(left_out))


def _is_border(line: Line) -> bool:
    return (
        _BORDER.fullmatch(line.text) is not None and _DASHES.search(line.text.replace("+", "")) is not None
    ) or bool(re.fullmatch(r"(?:\+-)+\+", line.text))


def _groups(lines: Sequence[Line]) -> list[list[list[str]]]:
    """The rows between borders, each a list of cells."""
    groups: list[list[list[str]]] = [[]]
    for line in lines:
        if _is_border(line):
            groups.append([])
        elif _BAR.search(line.text):
            cells = [cell.strip() for cell in _BAR.split(line.text)]
            groups[-1].append(cells[1 if not cells[0] else 0 : -1 if not cells[-1] else None])
    return [group for group in groups if group]


def _table(groups: Sequence[Sequence[Sequence[str]]]) -> Table | None:
    """A table; what stands between two borders is one row where there are borders between all of them."""
    gridded = len(groups) > FEW or all(len(group) == 1 for group in groups)
    rows: list[list[str]] = []
    for group in groups:
        if gridded and len({len(row) for row in group}) == 1:
            rows.append([" ".join(filter(None, column)) for column in zip(*group, strict=True)])
        else:
            rows += map(list, group)
    rows = [row for row in rows if any(any(map(str.isalnum, cell)) for cell in row)]
    filled = sum(sum(any(map(str.isalnum, cell)) for cell in row) >= FEW for row in rows)
    if len(rows) < FEW or max(map(len, rows)) < FEW or filled < 0.5 * len(rows):
        return None
    return _made(rows, headed=len(groups) == FEW and len(groups[0]) == 1)


def _made(rows: Sequence[Sequence[str]], *, headed: bool) -> Table:
    heads = headed or (
        not any(map(str.isdigit, "".join(rows[0])))
        and any(any(map(str.isdigit, cell)) for row in rows[1:] for cell in row[1:])
    )
    return Table(
        tuple(
            tuple(Cell((Span(cell),) if cell else (), header=heads and not number) for cell in row)
            for number, row in enumerate(rows)
        )
    )


def _contents(lines: Sequence[Line], *, expected: bool) -> Drawn | None:
    """A list of contents: titles, each with the number of its page; without a title of its own the numbers have to rise."""
    listed = [match for line in lines if (match := _LEADER.fullmatch(line.text)) and any(map(str.isalpha, match[1]))]
    least = WRAPPED if expected else 0.5
    if len(listed) < (1 if expected else CONTENTS) or len(listed) < least * len(lines):
        return None
    numbers = [int(match[2]) for match in listed if match[2].isdigit()]
    rising = sum(a <= b for a, b in pairwise(numbers))
    if not expected and (
        len(set(numbers)) < CONTENTS
        or rising < 0.9 * (len(numbers) - 1)
        or sum(_leads(match) for match in listed) < 0.5 * len(listed)
    ):
        return None
    text = "\n".join(line.text for line in lines)
    return Drawn(0, len(lines), (), (Omission(text, Reason.BOILERPLATE),), contents=True)


def _leads(match: "re.Match[str]") -> bool:
    """Whether an entry leads to a page: by points, or by the number of its chapter."""
    return _DOTTED.search(match[0]) is not None or NUMBERED.match(match[1]) is not None


def _led(lines: Sequence[Line]) -> Drawn | None:
    """A table of two columns with a row of points between them: a price list."""
    rows = [_LED.fullmatch(line.text) for line in lines]
    if len(lines) < FEW or not all(rows):
        return None
    return Drawn(0, len(lines), (_made([[row[1], row[2]] for row in rows if row], headed=False),))


def _aligned(lines: Sequence[Line]) -> Drawn | None:
    """A table of columns that stand below one another."""
    texts = [_padded(line) for line in lines]
    gapped = [_GAP.search(text.strip()) is not None for text in texts]
    best: Drawn | None = None
    start = 0
    while start < len(lines):
        if not gapped[start]:
            start += 1
            continue
        end = start + 1
        while end < len(lines) and (
            gapped[end] or _RULED.fullmatch(lines[end].text) or lines[end].indent > lines[start].indent + 4
        ):
            end += 1
        found = _columns(lines, texts, start, end)
        if found and (best is None or found.end - found.start > best.end - best.start):
            best = found
        start = end
    return best


def _padded(line: Line) -> str:
    """A line as it stands on a screen: a wide character takes two places, the blanks after a sentence are none between columns."""
    text = _SENTENCE_GAP.sub(lambda match: match[0].replace(" ", "\0"), line.text)
    if not text.isascii():
        text = "".join(character + "\1" * is_wide(character) for character in text)
    return " " * line.indent + text


def _columns(lines: Sequence[Line], texts: Sequence[str], start: int, end: int) -> Drawn | None:
    rows = [index for index in range(start, end) if not _RULED.fullmatch(lines[index].text)]
    if len(rows) < FEW:
        return None
    narrow = LOOSE_GAP if len(rows) >= LOOSE_ROWS else WIDE_GAP
    cuts = _cuts([texts[index] for index in rows], narrow)
    if not cuts:
        return None
    cells = [[_cell(texts[index][a:b]) for a, b in zip([0, *cuts], [*cuts, None], strict=True)] for index in rows]
    merged = _merged(cells)
    filled = sum(sum(map(bool, row)) >= FEW for row in merged)
    if (
        len(merged) < FEW
        or filled < 0.8 * len(merged)
        or (len(merged) == FEW and len(cuts) == 1 and not _numbered(merged))
    ):
        return None
    ruled = next((index for index in range(start, end) if _RULED.fullmatch(lines[index].text)), None)
    headed = ruled is not None and ruled == start + 1
    return Drawn(start, end, (_made(merged, headed=headed),))


def _numbered(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the last cell of every row is a number."""
    return all(row[-1][-1:].isdigit() and not any(map(str.isalpha, row[-1])) for row in rows)


def _cuts(texts: Sequence[str], narrow: int) -> list[int]:
    """Where columns begin after the first one: behind blanks that all lines have in the same place."""
    width = max(map(len, texts))
    taken = [False] * (width + 1)
    for text in texts:
        for place, character in enumerate(text):
            if character != " ":
                taken[place] = True
    cuts: list[int] = []
    blank = 0
    seen = False
    for place in range(width):
        if taken[place]:
            if seen and blank >= narrow:
                cuts.append(place)
            seen, blank = True, 0
        else:
            blank += 1
    return cuts


def _cell(text: str) -> str:
    return " ".join(text.replace("\0", " ").replace("\1", "").split())


def _merged(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows, with those that only go on with the one above as part of it."""
    result: list[list[str]] = []
    for row in rows:
        if result and not row[0] and sum(map(bool, row)) == 1:
            result[-1] = [" ".join(filter(None, pair)) for pair in zip(result[-1], row, strict=True)]
        else:
            result.append(list(row))
    return result


def _diagram(lines: Sequence[Line]) -> Drawn | None:
    """A drawing: most lines are of bars, dashes and slashes."""
    if len(lines) < CONTENTS:
        return None
    pens = [
        line for line in lines if _PEN.search(line.text) and len(_SIGN.findall(line.text)) >= 0.3 * _solid(line.text)
    ]
    signs = sum(len(_SIGN.findall(line.text)) for line in lines)
    total = sum(_solid(line.text) for line in lines)
    if len(pens) < 0.6 * len(lines) or signs < 0.4 * total:
        return None
    text = "\n".join(" " * line.indent + line.text for line in lines)
    return Drawn(0, len(lines), (), (Omission(text, Reason.UNSPEAKABLE),))


def _solid(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _code(lines: Sequence[Line]) -> Drawn | None:
    """Program text: most lines end or are put together as no sentence is."""
    telling = sum(_CODE.search(line.text) is not None or _SURELY_CODE.search(line.text) is not None for line in lines)
    surely = sum(_SURELY_CODE.search(line.text) is not None for line in lines)
    if len(lines) < FEW or telling < 0.7 * len(lines) or surely < FEW:
        return None
    base = min(line.indent for line in lines)
    text = "\n".join(" " * (line.indent - base) + line.text for line in lines)
    return Drawn(0, len(lines), (CodeBlock(text),))
