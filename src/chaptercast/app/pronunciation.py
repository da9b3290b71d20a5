"""The user's own pronunciation lexicon of a language, which every command uses: `voices/lexicons/LANGUAGE.toml` (docs/lexicons.md)."""

from pathlib import Path
from threading import Lock
from typing import Any

import tomlkit
from msgspec import Struct
from tomlkit.exceptions import TOMLKitError

from chaptercast.common.units import LanguageTag, primary
from chaptercast.common.user_folders import voice_folders
from chaptercast.errors import UsageError
from chaptercast.publication import atomic_files
from chaptercast.script.lexicons.files import LONGEST_SPOKEN, LONGEST_WRITTEN, parse_lexicon
from chaptercast.script.lexicons.selection import FOLDER

_one_at_a_time = Lock()
MOST_WORDS = 5000


class Word(Struct, frozen=True):
    """An entry: a word as it is written, and as it is said."""

    written: str
    spoken: str
    case_sensitive: bool = False


def lexicon_path(language: LanguageTag) -> Path:
    """Returns the file for a language, which may not exist yet: one for all its regions."""
    return voice_folders()[1] / FOLDER / f"{primary(language)}.toml"


def words_of_language(language: LanguageTag) -> tuple[Word, ...]:
    """Returns the user's words in a language, sorted. Raises `UsageError` if the file is wrong."""
    text = _read(lexicon_path(language))
    entries = parse_lexicon(text, lexicon_path(language).name).entries
    return tuple(
        sorted(
            (Word(entry.written, entry.spoken, entry.case_sensitive) for entry in entries),
            key=lambda word: (word.written.casefold(), word.written),
        )
    )


def put_word(language: LanguageTag, word: Word) -> None:
    """Adds a word, or changes how it is said. The rest of the file stays. Raises `UsageError`, `OutputError`."""
    if not word.written or not word.spoken or len(word.written) > LONGEST_WRITTEN or len(word.spoken) > LONGEST_SPOKEN:
        raise UsageError("A word needs a written and a spoken form, and neither may be long.")
    with _one_at_a_time:
        document = _document(language)
        name = _name(document, word.written)
        if name is None and len(document) >= MOST_WORDS:
            raise UsageError(f"There are {MOST_WORDS} words already.", "Take some out, or write a file of your own.")
        document[name or word.written] = _value(document.get(name) if name else None, word)
        _write(language, document)


def remove_word(language: LanguageTag, written: str) -> bool:
    """Takes a word out. Returns whether it was there. Raises `UsageError`, `OutputError`."""
    with _one_at_a_time:
        document = _document(language)
        name = _name(document, written)
        if name is None:
            return False
        del document[name]
        _write(language, document)
        return True


def _value(before: Any, word: Word) -> Any:
    """Returns the value of an entry. What else it says of itself stays."""
    flags = {name: flag for name, flag in before.items() if name != "spoken"} if isinstance(before, dict) else {}
    flags.pop("case-sensitive", None)
    if word.case_sensitive:
        flags["case-sensitive"] = True
    if not flags:
        return word.spoken
    table = tomlkit.inline_table()
    table.update({"spoken": word.spoken, **flags})
    return table


def _name(document: Any, written: str) -> str | None:
    return next((name for name in document if name == written), None)


def _document(language: LanguageTag) -> Any:
    path = lexicon_path(language)
    try:
        return tomlkit.parse(_read(path))
    except TOMLKitError as error:
        raise UsageError(f"The lexicon {path.name} is wrong: {error}.", "Correct it by hand.") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The lexicon {path.name} cannot be read.", "Correct it by hand.") from error


def _write(language: LanguageTag, document: Any) -> None:
    path, text = lexicon_path(language), tomlkit.dumps(document)
    parse_lexicon(text, path.name)  # so that no file is written that stops the conversions
    atomic_files.write(path, text.encode())
