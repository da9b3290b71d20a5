"""A document as lines of text that a person can read and compare."""

from collections.abc import Iterable, Iterator

from chaptercast.document.model import (
    Block,
    CodeBlock,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Note,
    Omission,
    Origin,
    Paragraph,
    Quote,
    Span,
    Table,
)

MARKS = (
    ("code", "`"),
    ("strong", "*"),
    ("emphasis", "/"),
    ("deleted", "~"),
    ("raised", "^"),
    ("lowered", "_"),
    ("math", "$"),
)


def dump(blocks: Iterable[Block], left_out: Iterable[Omission] = ()) -> str:
    """Blocks, one a line, indented; then what was left out."""
    lines = [line for block in blocks for line in _lines(block)]
    lines += [f"- {omission.reason.name}: {omission.text}" for omission in left_out]
    return "\n".join(lines)


def spans(inlines: Inlines) -> str:
    return "".join(_span(span) for span in inlines).replace("\n", "⏎")


def _span(span: Span) -> str:
    text = span.text
    for name, mark in MARKS:
        if getattr(span, name):
            text = f"{mark}{text}{mark}"
    for name in ("reading", "expansion", "note", "link", "language"):
        if getattr(span, name):
            text = f"[{text}]({name}: {getattr(span, name)})"
    return text


def _origin(origin: Origin) -> str:
    parts = [origin.tag, *(f".{name}" for name in origin.classes)]
    parts += [name for name in ("bare", "after_image", "centred") if getattr(origin, name)]
    parts += [f"{origin.font_percent}%"] * (origin.font_percent != 100)
    parts += [f"underline {origin.underline}"] * bool(origin.underline)
    parts += [f"indent {origin.indent}"] * bool(origin.indent)
    parts += ["in " + " ".join(origin.context)] * bool(origin.context)
    return " ".join(part for part in parts if part)


def _lines(block: Block) -> Iterator[str]:
    language = f" <{block.language}>" if getattr(block, "language", None) else ""
    if isinstance(block, Heading | Paragraph):
        name = f"H{block.level}" if isinstance(block, Heading) else "P"
        yield f"{name}{language} {spans(block.inlines)}".ljust(2) + f" | {_origin(block.origin)}".rstrip(" |")
    elif isinstance(block, ListBlock):
        yield f"LIST{language}" + (f" from {block.start}" if block.ordered else "")
        for item in block.items:
            yield "  -"
            yield from _indented(item)
    elif isinstance(block, Quote):
        yield f"QUOTE{language}"
        yield from _indented(block.blocks)
    elif isinstance(block, Note):
        yield f"NOTE{language} {block.id} ({block.label})"
        yield from _indented(block.blocks)
    elif isinstance(block, Table):
        yield f"TABLE{language} {spans(block.caption)}".rstrip()
        for row in block.rows:
            cells = (f"{'#' * cell.header}{spans(cell.inlines)}" + _extent(cell.columns, cell.rows) for cell in row)
            yield "  " + " | ".join(cells)
    elif isinstance(block, Figure):
        yield f"FIGURE{language} {block.alt} | {spans(block.caption)} | {block.source}"
    elif isinstance(block, CodeBlock):
        yield f"CODE {block.programming_language}".rstrip()
        yield from ("  " + line for line in block.text.split("\n"))
    else:
        yield "BREAK"


def _extent(columns: int, rows: int) -> str:
    return f" [{columns}x{rows}]" if (columns, rows) != (1, 1) else ""


def _indented(blocks: Iterable[Block]) -> Iterator[str]:
    return ("    " + line for block in blocks for line in _lines(block))
