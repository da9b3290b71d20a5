"""The app and the site as one ASGI application. Every request is checked before it reaches either."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from chaptercast.app.access import Access, is_own_request
from chaptercast.app.bodies import form
from chaptercast.app.connections import LISTEN
from chaptercast.app.pages import FOR_ALL, ROOT, page
from chaptercast.app.routes import Routes
from chaptercast.app.supervisor import Supervisor
from chaptercast.app.words import words_asked_for
from chaptercast.errors import InputError
from chaptercast.publication.pages.library import PAGE
from chaptercast.serving.host_names import is_own
from chaptercast.serving.site import Site

API = "/api/"
SIGN_IN = f"{ROOT}sign-in"
_SMALL = 10_000


class Application:
    """Serves a site, and the app over its queue."""

    def __init__(self, site: Path, supervisor: Supervisor, access: Access, address: str) -> None:
        """`address` is the server's address for others, with a slash at its end."""
        from chaptercast.app.api import api_routes

        self._site = Site(site)
        self._index = site / PAGE
        self._access = access
        routes = Routes(supervisor, access, site, address)
        self._app = Starlette(
            routes=[*routes.all(), *api_routes(supervisor)], exception_handlers={HTTPException: _refused}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request (ASGI)."""
        headers, path = Headers(scope=scope), scope["path"]
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif self._access.token and path == SIGN_IN:
            await (await self._sign_in(Request(scope, receive)))(scope, receive, send)
        elif (inside := self._listening(scope)) is not None:
            await self._site(inside, receive, send)
        elif not self._access.admits(headers):
            await self._stranger(scope, headers)(scope, receive, send)
        elif path.startswith((ROOT, API)):
            await self._app(scope, receive, send)
        elif path == ROOT.removesuffix("/") or (path == "/" and not self._index.is_file()):
            await RedirectResponse(ROOT, 303, FOR_ALL)(scope, receive, send)
        else:
            await self._site(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Returns a refusal if nobody may send this request, else None."""
        host = headers.get("host", "")
        if not is_own(host) or len(headers.getlist("host")) != 1:
            text = "This server is asked by its address or by this machine's name.\n"
            return PlainTextResponse(text, 421, FOR_ALL)
        if is_own_request(scope["method"], f"{scope['scheme']}://{host}", headers):
            return None
        words = words_asked_for(headers.get("accept-language", ""))
        if scope["path"].startswith(API):
            return JSONResponse({"error": words("refused_text")}, 403, FOR_ALL)
        return page("notice.html", words, 403, title=words("refused"), text=words("refused_text"), signed_in=False)

    def _stranger(self, scope: Scope, headers: Headers) -> Response:
        """Returns the answer to a request without the token. It never contains anything of the site or the queue."""
        words = words_asked_for(headers.get("accept-language", ""))
        if scope["path"].startswith(API):
            wanted = {**FOR_ALL, "WWW-Authenticate": "Bearer"}
            return JSONResponse({"error": words("sign_in")}, 401, wanted)
        is_link = scope["method"] in {"GET", "HEAD"} and scope["path"].startswith(ROOT)
        query = scope["query_string"].decode("ascii", "replace")
        here = f"{scope['path']}?{query}" if is_link and query else scope["path"] if is_link else ROOT
        return self._sign_in_page(headers, 401, here)

    async def _sign_in(self, request: Request) -> Response:
        """Sets the cookie if the browser has the token."""
        given = request.query_params.get("token", "")
        if request.method == "POST":
            try:
                given = (await form(request, _SMALL)).fields.get("token", "").strip()
            except InputError:
                given = ""
        if self._access.is_token(given):
            return RedirectResponse(ROOT, 303, {**FOR_ALL, "Set-Cookie": self._access.cookie})
        return self._sign_in_page(request.headers, 401, ROOT, is_wrong=bool(given))

    def _sign_in_page(self, headers: Headers, status: int, here: str, *, is_wrong: bool = False) -> Response:
        words = words_asked_for(headers.get("accept-language", ""))
        values = {"title": words("sign_in"), "here": here, "is_wrong": is_wrong, "signed_in": False}
        return page("sign_in.html", words, status, **values)

    def _listening(self, scope: Scope) -> Scope | None:
        """Converts a request for a recording by the podcast's address into one for the site."""
        path = scope["raw_path"].decode("ascii", "replace")
        if not path.startswith(LISTEN):
            return None
        key, slash, rest = path.removeprefix(LISTEN).partition("/")
        if not slash or not self._access.is_listening_key(key):
            return None
        return {**scope, "raw_path": f"/{rest}".encode("ascii", "replace"), "root_path": f"{LISTEN}{key}"}


async def _refused(_request: Request, error: Exception) -> Response:
    """Answers a request that has no route, or the wrong method."""
    if not isinstance(error, HTTPException):
        raise error
    return PlainTextResponse(f"{error.detail}.\n", error.status_code, {**FOR_ALL, **(error.headers or {})})
