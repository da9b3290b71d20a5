"""What handlers take from a request: the words of its language, small forms, and the addresses in it."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from chaptercast.app.bodies import Sent, form
from chaptercast.app.pages import FOR_ALL
from chaptercast.app.words import AppWords, words_asked_for
from chaptercast.errors import InputError
from chaptercast.publication.pages.library import PAGE

_SMALL = 100_000
"""Maximum bytes of a form without an article."""


def words_of(request: Request) -> AppWords:
    """Returns the words in the language that the browser asks for."""
    return words_asked_for(request.headers.get("accept-language", ""))


async def small_form(request: Request) -> Sent:
    """Returns a form without an article; an empty one if it is none, or too large."""
    try:
        return await form(request, _SMALL)
    except InputError:
        return Sent({})


def origin_of(request: Request) -> str:
    """Returns the address that the browser uses for the server, with a slash at its end."""
    return f"{request.scope['scheme']}://{request.headers['host']}/"


def to(path: str, said: str = "") -> Response:
    """Returns a redirect to a page of ours after a form was sent. `said` is the name of the message that it shows."""
    separator = "&" if "?" in path else "?"
    return RedirectResponse(f"{path}{separator}said={said}" if said else path, 303, FOR_ALL)


def frame(site: Path) -> dict[str, bool]:
    """Returns the values that the frame of every page needs."""
    return {"has_library": (site / PAGE).is_file()}


class Faults(dict[str, str]):
    """Faults by field; empty for a field without faults."""

    def __missing__(self, name: str) -> str:
        """Returns no fault."""
        return ""
