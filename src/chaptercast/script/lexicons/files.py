"""Lexicon files: respellings in TOML or CSV, and the W3C's PLS 1.0. What is wrong is told with its line, all at once."""

import csv
import hashlib
import io
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.errors import UsageError
from chaptercast.script.lexicons.lexicon import Entry
from chaptercast.script.lexicons.pls import read_pls

SUFFIXES = (".toml", ".csv", ".tsv", ".pls")
"""In the order in which a name without a suffix is looked for."""
LARGEST = 8_000_000
"""Bytes of a file."""
LONGEST_WRITTEN, LONGEST_SPOKEN = 200, 1000
"""Characters of an entry."""
_TOLD = 5
"""How many faults are told."""

_FLAGS = ("whole-word", "case-sensitive")
_CSV_FLAGS: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {"part-of-word": ("whole-word", False), "case-sensitive": ("case-sensitive", True)}
)


class LexiconFile(Struct, frozen=True):
    """A lexicon that has been read."""

    name: str
    """For people: its path, or what else it came from."""
    entries: tuple[Entry, ...]
    """Those that ask for a certain case first: where they match they say more."""
    language: str = ""
    """As the file says (PLS); else it depends on what names the file."""
    unusable: tuple[str, ...] = ()
    """Words that it gives only phonemes for, which no engine here takes."""
    path: Path | None = None
    sha256: str = ""
    """Of its content, in hexadecimal, where it has a path."""


class _Faults:
    """What is wrong in a file, gathered."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, line: int, what: str) -> None:
        self.lines.append(f"line {line}: {what}")

    def entry(self, line: int, written: str, spoken: str, flags: Mapping[str, bool]) -> Entry | None:
        """An entry, or nothing where it has a fault."""
        written, spoken = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (written, spoken))
        if not written or not spoken:
            self.add(line, f"“{written or spoken}” has no {'spoken' if written else 'written'} form")
        elif len(written) > LONGEST_WRITTEN or len(spoken) > LONGEST_SPOKEN:
            self.add(
                line,
                f"“{written[:30]}…” is longer than {LONGEST_WRITTEN} characters, or is said in more than {LONGEST_SPOKEN}",
            )
        else:
            whole_word, case_sensitive = flags.get("whole-word", True), flags.get("case-sensitive", False)
            return Entry(written, spoken, whole_word, case_sensitive)
        return None


def read_lexicon(path: Path) -> LexiconFile:
    """Read a lexicon. Raises `UsageError` where it cannot be read or is wrong: with the lines and what is wrong in them."""
    try:
        if not path.is_file():
            raise UsageError(f"There is no lexicon {path}.", "Check its name and its place.")
        if path.stat().st_size > LARGEST:
            raise UsageError(f"The lexicon {path} is larger than {LARGEST // 1_000_000} MB.", "Split it.")
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise UsageError(f"The lexicon {path} cannot be read: {error}.", "Save it as UTF-8.") from error
    return replace(parse_lexicon(text, str(path)), path=path, sha256=hashlib.sha256(content).hexdigest())


def parse_lexicon(text: str, name: str) -> LexiconFile:
    """A lexicon from its text; the suffix of `name` tells the format. Raises `UsageError`."""
    faults = _Faults()
    language = ""
    unusable: tuple[str, ...] = ()
    suffix = PurePath(name).suffix.lower()
    if text.lstrip().startswith("<"):
        pls = read_pls(text, name)
        flags = {"case-sensitive": True}  # "judgement" and "Judgement" are two graphemes (PLS 1.0, 4.5)
        made = [faults.entry(line, written, spoken, flags) for line, written, spoken in pls.aliases]
        for line, what in pls.faults:
            faults.add(line, what)
        language, unusable = pls.language, pls.phonemes_only
    elif suffix in _READERS:
        made = _READERS[suffix](text, faults)
    else:
        raise UsageError(
            f"The lexicon {name} is neither TOML nor CSV nor PLS.", f"Name it with one of {', '.join(SUFFIXES)}."
        )
    if faults.lines:
        more = f"; and {len(faults.lines) - _TOLD} more" if len(faults.lines) > _TOLD else ""
        raise UsageError(
            f"The lexicon {name} is wrong: {'; '.join(faults.lines[:_TOLD])}{more}.", "Mend it, or take it out."
        )
    entries = (Entry(e.written, e.spoken, e.whole_word, e.case_sensitive, name) for e in made if e is not None)
    return LexiconFile(name, tuple(sorted(entries, key=lambda entry: not entry.case_sensitive)), language, unusable)


def _toml(text: str, faults: _Faults) -> list[Entry | None]:
    """`written = "spoken"`, or `written = { spoken = "...", whole-word = false, case-sensitive = true }`."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        faults.add(line, f'this is no TOML; a line is like "nginx" = "engine x" ({error})')
        return []
    lines = _lines_of_keys(text)
    return [_toml_entry(lines.get(written, 1), written, value, faults) for written, value in table.items()]


def _toml_entry(line: int, written: str, value: Any, faults: _Faults) -> Entry | None:
    if isinstance(value, str):
        return faults.entry(line, written, value, {})
    if not isinstance(value, dict) or not isinstance(value.get("spoken"), str):
        hint = "; a word with a dot in it needs them too" if isinstance(value, dict) else ""
        faults.add(line, f"“{written}” needs what is spoken, in quotation marks{hint}")
        return None
    flags = {key: flag for key, flag in value.items() if key != "spoken"}
    wrong = [key for key, flag in flags.items() if key not in _FLAGS or not isinstance(flag, bool)]
    if wrong:
        faults.add(line, f"“{wrong[0]}” of “{written}” must be one of {', '.join(_FLAGS)}, and true or false")
        return None
    return faults.entry(line, written, value["spoken"], flags)


def _lines_of_keys(text: str) -> dict[str, int]:
    """The line of each key: tomllib keeps none."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        found = _KEY.match(line)
        if found:
            lines.setdefault(found[1] or found[2] or found[3], number)
    return lines


_KEY = re.compile(r"""[ \t]*(?:\[[ \t]*)?(?:"([^"]*)"|'([^']*)'|([\w-]+))""")


def _csv(text: str, faults: _Faults) -> list[Entry | None]:
    """`written,spoken` and, where wanted, `case-sensitive` or `part-of-word`; a comma, a semicolon or a tab between them."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    made: list[Entry | None] = []
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells) and not cells[0].startswith("#") and cells[:2] != ["written", "spoken"]:
                made.append(_csv_entry(rows.line_num, cells, faults))
    except csv.Error as error:
        faults.add(rows.line_num, str(error))
    return made


def _csv_entry(line: int, cells: list[str], faults: _Faults) -> Entry | None:
    written, spoken, *options = (*cells, "") if len(cells) < 2 else cells
    named = [option for cell in options for option in cell.split()]
    wrong = [option for option in named if option not in _CSV_FLAGS]
    if wrong:
        faults.add(
            line, f"“{wrong[0]}” is none of {', '.join(_CSV_FLAGS)}; what has a comma in it needs quotation marks"
        )
        return None
    return faults.entry(line, written, spoken, dict(_CSV_FLAGS[option] for option in named))


def _delimiter(text: str) -> str:
    """What stands first between the words of the first line that says something: spreadsheets of many countries write `;`."""
    lines = (line for line in text.split("\n") if line.strip() and not line.startswith("#"))
    unquoted = re.sub(r'"[^"]*"', "", next(lines, ""))
    return next((sign for sign in unquoted if sign in ",;\t"), ",")


_READERS: Mapping[str, Callable[[str, _Faults], list[Entry | None]]] = MappingProxyType(
    {".toml": _toml, ".csv": _csv, ".tsv": _csv}
)
