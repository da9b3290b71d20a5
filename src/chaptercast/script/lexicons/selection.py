"""Which lexicons an article is spoken with: its own, its profile's, and those of its languages."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from msgspec import Struct, field

from chaptercast import voice_profiles as profiles
from chaptercast.common.units import LanguageTag, primary
from chaptercast.common.user_folders import voice_folders
from chaptercast.errors import UsageError
from chaptercast.script.lexicons.files import SUFFIXES, LexiconFile, read_lexicon
from chaptercast.script.lexicons.lexicon import Entry, Lexicon

FOLDER = "lexicons"
"""Beside the voice profiles: `voices/lexicons/LANGUAGE.toml`."""
_FIELDS = ("lexicon", "lexicons")
_LONGEST_NAME = 100
_TOLD = 5


class Lexicons(Struct):
    """The lexicons of one article. In each language those of the article come first, then the profile's, then the language's."""

    language: LanguageTag
    """Of the article: what its own and its profile's lexicons are for, unless they say otherwise."""
    files: tuple[LexiconFile, ...] = ()
    """The article's own and its profile's, in this order."""
    missed: tuple[str, ...] = ()
    """Those that an article from elsewhere names, which cannot lie beside it."""
    _ready: dict[LanguageTag, Lexicon] = field(default_factory=dict)
    _of_languages: dict[LanguageTag, tuple[LexiconFile, ...]] = field(default_factory=dict)

    def of(self, language: LanguageTag) -> Lexicon:
        """What a passage in `language` is spoken with. Raises `UsageError` for a lexicon that is wrong."""
        if language not in self._ready:
            self._of_languages[language] = tuple(read_lexicon(path) for path in _of_language(language))
            self._ready[language] = Lexicon(self._entries(language))
        return self._ready[language]

    def notes(self) -> tuple[str, ...]:
        """What of the lexicons used so far cannot be, a line for each."""
        missed = (f"the lexicon “{name}” that it asks for is not here; it is spoken without." for name in self.missed)
        return (*missed, *(_note(file) for file in self._used() if file.unusable))

    def read(self) -> tuple[tuple[Path, str], ...]:
        """The files of the article's own and its profile's, each with its SHA-256."""
        return tuple((file.path, file.sha256) for file in self.files if file.path)

    def _used(self) -> Iterator[LexiconFile]:
        seen = {file.name: file for files in (self.files, *self._of_languages.values()) for file in files}
        yield from seen.values()

    def _entries(self, language: LanguageTag) -> Iterator[Entry]:
        for file in self.files:
            if primary(LanguageTag(file.language or self.language)) == primary(language):
                yield from file.entries
        for file in self._of_languages[language]:
            yield from file.entries


def lexicons_of(
    language: LanguageTag, named: Iterable[str], extra: Iterable[tuple[str, str]], folder: Path | None
) -> Lexicons:
    """The lexicons of an article: what its front matter asks for (`extra`), and those `named` by its profile.

    `folder` is where the article lies; nothing where it has no place on this machine: then it misses the files that it names. Raises
    `UsageError` for a lexicon that is not there or is wrong.
    """
    own = [value for key, value in extra if key.lower() in _FIELDS and value]
    missed = tuple(name for value in own for name in _names(value)) if folder is None else ()
    of_article = (file for value in own for file in _of_article(value, folder))
    return Lexicons(language, (*of_article, *(_of_name(name) for name in named)), missed)


def _names(value: str) -> list[str]:
    """The names of files in what front matter gives; none where it gives words (`GIF: jif, nginx: engine x`)."""
    return [] if ": " in value else value.split(", ")


def _of_article(value: str, folder: Path | None) -> Iterator[LexiconFile]:
    names = _names(value)
    if not names:
        yield _inline(value)
    for name in names if folder else ():
        if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or PureWindowsPath(name).root:
            raise UsageError(f"The article asks for the lexicon “{name}”.", "Name a file beside the article.")
        yield read_lexicon(Path(folder or "", name))


def _inline(value: str) -> LexiconFile:
    words: list[list[str]] = []
    for part in value.split(", "):
        written, colon, spoken = part.partition(": ")
        if colon:
            words.append([written, spoken])
        elif words:
            words[-1][1] += f", {part}"
    name = "front matter"
    return LexiconFile(
        name, tuple(Entry(written, spoken, lexicon=name) for written, spoken in words if written and spoken)
    )


def _of_language(language: LanguageTag) -> Iterator[Path]:
    """The lexicons of a language, the user's before the shipped ones, those of `zh-TW` before those of `zh`."""
    parts = language.split("-")
    tags = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    for folder in voice_folders():
        for tag in tags:
            yield from _existing(folder / FOLDER, tag)


def _of_name(name: str) -> LexiconFile:
    """A lexicon that a profile names, from the first folder that has it."""
    for folder in voice_folders():
        for path in _existing(folder / FOLDER, name):
            return read_lexicon(path)
    there = sorted(
        {path.stem for folder in voice_folders() for path in (folder / FOLDER).glob("*") if path.suffix in SUFFIXES}
    )
    raise UsageError(f"There is no lexicon called “{name}”.", profiles.suggestion(name, there) if there else _NONE)


_NONE = "Lexicons are looked for in voices/lexicons."


def _existing(folder: Path, name: str) -> Iterator[Path]:
    if not 0 < len(name) <= _LONGEST_NAME or PurePosixPath(name).name != name or PureWindowsPath(name).name != name:
        return
    suffixes = ("",) if name.endswith(SUFFIXES) else SUFFIXES
    yield from (path for suffix in suffixes if (path := folder / f"{name}{suffix}").is_file())


def _note(file: LexiconFile) -> str:
    words = ", ".join(file.unusable[:_TOLD])
    more = f" and {len(file.unusable) - _TOLD} more" if len(file.unusable) > _TOLD else ""
    return f"{file.name}: phonemes cannot be given to an engine here; no alias for: {words}{more}."
