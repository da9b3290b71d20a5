"""The site as an ASGI application: chooses the answer to each request. Starlette sends files, whole and in ranges."""

import hashlib
import os
import re
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path
from threading import Lock

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from chaptercast.serving.feed import localised
from chaptercast.serving.file_lookup import locate
from chaptercast.serving.host_names import is_own
from chaptercast.serving.media_types import is_for_players, media_type
from chaptercast.serving.ranges import satisfiable

FEED = "feed.xml"
INDEX = "index.html"
_SMALL = 300_000
"""Bytes up to which a file is read at once. Larger ones are sent piece by piece, each of which waits for a thread."""
_METHODS = ("GET", "HEAD")
_FOR_ALL = {
    "Cache-Control": "no-cache",  # ask each time whether it changed: an article converted again is heard at once
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ABSOLUTE = re.compile(r"http://(?P<host>[^/?#@]+)(?P<path>/.*)?", re.IGNORECASE)
_conditions = StaticFiles(check_dir=False)
"""Evaluates If-None-Match and If-Modified-Since."""


class Site:
    """Serves the files of `folder`, and its feed with the addresses of this server."""

    def __init__(self, folder: Path) -> None:
        """`folder` is resolved once, so nothing can move it later."""
        self._folder = folder.resolve()
        self._feed_lock = Lock()
        self._feed_at = lru_cache(maxsize=2)(self._localised)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        headers = MutableHeaders(scope=scope)
        response = await run_sync(self._answer, scope, headers)
        for name, value in _FOR_ALL.items():
            response.headers.setdefault(name, value)
        if isinstance(response, FileResponse) and "range" in headers:
            _settle_ranges(scope["method"], headers, int(response.headers["content-length"]))
        await response(scope, receive, send)

    def _answer(self, scope: Scope, headers: Headers) -> Response:
        if scope["method"] not in _METHODS:
            return PlainTextResponse("Only GET and HEAD.\n", 405, {"Allow": ", ".join(_METHODS)})
        host, path = _asked(scope, headers)
        root = scope.get("root_path", "")
        if not is_own(host):
            return PlainTextResponse("This server is asked by its address or by this machine's name.\n", 421)
        found = locate(self._folder, path)
        if found is not None and found.is_dir():
            found = locate(self._folder, f"{path.removesuffix('/')}/{INDEX}")
            if found is not None and not path.endswith("/"):
                return Response(status_code=308, headers={"Location": f"{root}{path}/"})
        elif path.endswith("/"):
            found = None
        kind = media_type(found.name) if found is not None and found.is_file() else None
        if found is None or kind is None:
            return PlainTextResponse("Not found.\n", 404)
        return self._sent(found, kind, f"{scope['scheme']}://{host}{root}/", headers, scope["method"])

    def _sent(self, found: Path, kind: str, here: str, headers: Headers, method: str) -> Response:
        try:
            stat = found.stat()
            response: Response
            if found == self._folder / FEED:
                response = self._feed(stat, kind, here)
            else:
                response = FileResponse(found, media_type=kind, stat_result=stat)
                if stat.st_size <= _SMALL and "range" not in headers and method == "GET":
                    content = found.read_bytes()
                    if len(content) == stat.st_size:  # else it has just been written anew
                        response = Response(content, headers=dict(response.headers))
        except OSError:  # it has just been removed
            return PlainTextResponse("Not found.\n", 404)
        if is_for_players(found.name):
            response.headers["Access-Control-Allow-Origin"] = "*"
        return (
            NotModifiedResponse(response.headers)
            if _conditions.is_not_modified(response.headers, headers)
            else response
        )

    def _feed(self, stat: os.stat_result, kind: str, here: str) -> Response:
        with self._feed_lock:  # one at a time: rewriting a feed with thousands of episodes takes 100 MB
            content, tag = self._feed_at(here, stat.st_mtime_ns, stat.st_size)
        changed = formatdate(stat.st_mtime, usegmt=True)
        return Response(content, media_type=kind, headers={"ETag": tag, "Last-Modified": changed})

    def _localised(self, here: str, _changed_ns: int, _size: int) -> tuple[bytes, str]:
        """The feed as served at `here`, and its entity tag. The other arguments identify the version of the file."""
        feed = (self._folder / FEED).read_bytes()
        content = localised(feed, here, lambda path: locate(self._folder, path) is not None)
        return content, f'"{hashlib.sha256(content).hexdigest()}"'


def _asked(scope: Scope, headers: Headers) -> tuple[str, str]:
    """The host and the path of a request. A target in absolute form, as proxies send it, contains both (RFC 9112, 3.2.2)."""
    path = scope["raw_path"].decode("ascii")
    absolute = _ABSOLUTE.fullmatch(path)
    if absolute:
        return absolute["host"], absolute["path"] or "/"
    return headers.get("host", "{}:{}".format(*scope["server"])), path


def _settle_ranges(method: str, headers: MutableHeaders, size: int) -> None:
    """Reduce the Range header to the valid part. It is defined for GET only (RFC 9110, 14.2)."""
    kept = satisfiable(headers["range"], size) if method == "GET" else None
    if kept is None:
        del headers["range"]
    else:
        headers["range"] = kept
