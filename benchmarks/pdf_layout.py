"""How well the text of PDFs is read by where it stands: `python -m benchmarks.pdf_layout FILE.pdf...`

The structure of tagged files is the truth; it is not used for reading. For files without one, only the listener's counters are given.
Beside it, the same figures for `pdftotext`, where it is installed. Times are seconds of computing.
"""

import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.block_text import texts
from chaptercast.document.formats.pdf.block_assembly import assembled
from chaptercast.document.formats.pdf.page import Facts, Page
from chaptercast.document.formats.pdf.running_text import Verbalizer
from chaptercast.document.formats.pdf.worker_process import values
from chaptercast.document.formats.pdf.worker_protocol import Request
from chaptercast.document.model import Document, ListBlock, Metadata, Paragraph, Table, plain
from chaptercast.document.outline import headings, outline

_HEADINGS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"})
_LONG = 15
"""Minimum number of words of a paragraph whose beginning is looked for."""
_BROKEN = re.compile(
    r"[^\W\d_A-Z]{2,}[-\u00ad\u2010\ufffe\u0002]\s+(?!and\b|or\b|und\b|oder\b|to\b|bis\b|et\b|y\b)[^\W\d_A-Z]{2,}"
)
_NUMBER = re.compile(r"\W{0,3}(?:page\s*)?\d{1,4}\W{0,3}", re.IGNORECASE)
_ITEM = re.compile(r"\W*(?:[a-z]|[ivx]+)[.)]\s|[-•*–o]\s")


class Told(Struct):
    """What a tool makes of a file."""

    texts: list[str]
    headings: list[str]
    paragraphs: list[str]


class Truth(Struct):
    """What the structure of a file says."""

    words: list[str]
    headings: list[str]
    beginnings: list[list[str]]


def words(text: str) -> list[str]:
    """The words of a text without signs, all small."""
    bare = (
        re.sub(r"\W", "", word).casefold() for word in unicodedata.normalize("NFKC", text).replace("\u00ad", "").split()
    )
    return [word for word in bare if word]


def pages_of(path: Path, *, tags: bool) -> tuple[list[Page], Facts]:
    """The pages of a file, read with or without its structure."""
    found = list(values(path.read_bytes(), Request(use_tags=tags)))
    facts = next(value for value in found if isinstance(value, Facts))
    return [value for value in found if isinstance(value, Page)], facts


def truth_of(pages: Sequence[Page]) -> Truth | None:
    """What the structure says; None if a page with text has none."""
    if not all(page.leaves for page in pages if page.lines):
        return None
    wording = Verbalizer(pages)
    truth = Truth([], [], [])
    for page in pages:
        for number, leaf in enumerate(page.leaves):
            own = [line for line in page.lines if line.column == number]
            said = words(plain(wording.inlines(own, {})))
            if not said or leaf.kind in ("Figure", "Formula"):
                continue
            truth.words += said
            if not _HEADINGS.isdisjoint(leaf.kinds):
                truth.headings.append("".join(said))
            elif leaf.kind == "P" and len(said) >= _LONG and not leaf.within("Table"):
                truth.beginnings.append(said[:4])
    return truth


def ours(path: Path) -> Told:
    """What chaptercast reads without the structure and the outline of a file."""
    pages, facts = pages_of(path, tags=False)
    result = assembled(pages, replace(facts, chapters=(), title=""))
    document = outline(Document(Metadata(), tuple(result.blocks), "en", tuple(result.left_out)))
    title = [document.metadata.title] if document.metadata.title else []
    # a definition in the margin begins with a small letter, and in no middle of a sentence
    running = (each for each in document.blocks if isinstance(each, Paragraph) and each.origin.tag != "dd")
    paragraphs = [plain(block.inlines) for block in running]
    return Told([*title, *_texts(document)], [*title, *(plain(h.inlines) for h in headings(document))], paragraphs)


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (" | ".join(plain(cell.inlines) for cell in row) for row in block.rows)
        elif isinstance(block, ListBlock) and block.ordered:
            for number, item in enumerate(block.items, block.start):
                first, *more = [*texts(item)] or [""]
                yield from (f"{number}. {first}", *more)
        else:
            yield from texts((block,))


def by_pdftotext(path: Path) -> Told:
    """What pdftotext reads; it knows no headings."""
    text = subprocess.run(
        ["pdftotext", path, "-"], capture_output=True, text=True, errors="replace", check=False
    ).stdout
    blocks = re.split(r"\n\s*\n|\f", text)
    return Told(blocks, [], blocks)


def scores(told: Told, truth: Truth) -> str:
    """The shares of words found and right, of the order, of headings found and right, and of paragraphs that begin where they should."""
    got = [word for text in told.texts for word in words(text)]
    common = sum((Counter(truth.words) & Counter(got)).values())
    order = SequenceMatcher(None, truth.words, got, autojunk=False).ratio()
    named = ["".join(words(heading)) for heading in told.headings]
    met = sum((Counter(truth.headings) & Counter(named)).values())
    begun = {tuple(words(text)[at : at + 4]) for text in told.texts for at in (0, 1)}
    opened = sum(tuple(beginning) in begun for beginning in truth.beginnings)
    parts = (
        ("found", common, len(truth.words)),
        ("right", common, len(got)),
        ("order", order, 1),
        ("headings found", met, len(truth.headings)),
        ("headings right", met, len(named) if truth.headings else 0),
        ("paragraphs", opened, len(truth.beginnings)),
    )
    return ", ".join(f"{name} {share / whole:.3f}" for name, share, whole in parts if whole)


def counters(told: Told) -> str:
    """What a listener stumbles over: broken words, beginnings in mid-sentence, lines that come again and again, numbers alone."""
    broken = sum(len(_BROKEN.findall(text)) for text in told.texts)
    middle = sum(
        len(text) > 60 and text.strip()[:1].islower() and not _ITEM.match(text.strip()) for text in told.paragraphs
    )
    alike = Counter(re.sub(r"\d+", "#", text.strip()).casefold() for text in told.texts if len(text.strip()) < 90)
    heads = sum(count for text, count in alike.items() if count >= 3 and sum(c.isalpha() for c in text) >= 6)
    numbers = sum(_NUMBER.fullmatch(text.strip()) is not None for text in told.texts)
    return f"broken words {broken}, begun in mid-sentence {middle}, repeated lines {heads}, numbers alone {numbers}"


def _seconds() -> float:
    return sum(getrusage(who).ru_utime + getrusage(who).ru_stime for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


def main() -> None:
    """Print the figures of the files that are named."""
    tools = {"chaptercast": ours, **({"pdftotext": by_pdftotext} if shutil.which("pdftotext") else {})}
    for path in map(Path, sys.argv[1:]):
        truth = truth_of(pages_of(path, tags=True)[0])
        for name, tool in tools.items():
            start = _seconds()
            told = tool(path)
            spent = f"{_seconds() - start:.1f} s"
            figures = [counters(told), *([scores(told, truth)] if truth else [])]
            print(f"{path.name}: {name}: {spent}; {'; '.join(figures)}")


if __name__ == "__main__":
    main()
