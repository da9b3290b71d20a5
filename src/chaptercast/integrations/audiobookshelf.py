"""Audiobookshelf: recordings are put into one of its libraries.

Its interface: `GET /api/libraries` and `POST /api/upload`, with an API key. It writes an upload to a place that follows from title, author
and file name, so the same upload twice is one file.
"""

from msgspec import Struct

from chaptercast.errors import InputError
from chaptercast.following.polite_requests import Clock
from chaptercast.integrations.own_server import OwnServer
from chaptercast.integrations.secrets import token_at
from chaptercast.integrations.targets import Recording, Target

_PODCAST = "podcast"


class _Folder(Struct):
    id: str


class _Library(Struct, rename="camel"):
    id: str
    name: str
    folders: list[_Folder]
    media_type: str = ""


class _Libraries(Struct):
    libraries: list[_Library]


class Audiobookshelf:
    """A library of an Audiobookshelf server."""

    def __init__(self, target: Target, clock: Clock | None = None) -> None:
        self._target = target
        self._server = OwnServer(target.address, "Audiobookshelf", clock)
        self._headers = {"Authorization": f"Bearer {token_at(target.secret)}"}
        self._library: _Library | None = None

    def send(self, recording: Recording) -> None:
        """Puts a recording into the library (see `Shelf`).

        In a library of podcasts, all recordings are episodes of one podcast. In one of books, each is a book.
        """
        library = self._library = self._library or self._found()
        is_podcast = library.media_type == _PODCAST
        fields = {
            "title": recording.show if is_podcast else recording.title,
            "author": "" if is_podcast else recording.author or recording.show,
            "library": library.id,
            "folder": library.folders[0].id,
        }
        lines = {name: " ".join(value.split()) for name, value in fields.items() if value}
        self._server.upload("/api/upload", self._headers, lines, recording.path, recording.path.name)

    def _found(self) -> _Library:
        """Returns the library that is meant: by its name or identifier, or the only one. Raises `InputError`."""
        there = [one for one in self._server.read(_Libraries, "/api/libraries", self._headers).libraries if one.folders]
        wanted = [one for one in there if not self._target.library or self._target.library in (one.name, one.id)]
        if len(wanted) == 1:
            return wanted[0]
        names = ", ".join(f"“{one.name}”" for one in there) or "none"
        raise InputError(
            f"Audiobookshelf at {self._server.host} has these libraries: {names}.", 'Choose one: library = "..."'
        )
