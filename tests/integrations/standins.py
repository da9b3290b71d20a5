"""Stand-ins for Wallabag, Readeck, Linkding and Audiobookshelf: what their documented interfaces answer, on this machine."""

import json
from collections.abc import Callable
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct, field

TEXT = (
    "<h2>On the bridge</h2>" + "<p>The night tram crosses the river at two, and the conductor counts the lamps.</p>" * 8
)
KEY = "k3y-of-the-user"
WALLABAG_KEY = f"client_id = 1_a\nclient_secret = {KEY}\nusername = ada\npassword = p=w ö\n"
Answer = tuple[int, dict[str, str], bytes]


def in_json(value: object, status: int = 200) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()


class Saved(Struct, frozen=True):
    """An article that a user keeps, whatever the server."""

    id: int
    url: str
    title: str = ""
    tag: str = ""
    text: str = TEXT

    @property
    def created(self) -> str:
        return f"2026-11-{1 + self.id // 1440:02}T{self.id // 60 % 24:02}:{self.id % 60:02}:00"


class Answers(dict):
    """Answers by function: `tests.serving` asks with the whole path."""

    def __init__(self, answer: Callable[[str, dict[str, str], dict[str, str]], Answer]) -> None:
        super().__init__()
        self._answer = answer

    def get(self, path: str, default: object = None) -> object:  # noqa: ARG002 -- as of a dict
        own = super().get(path)
        if own is not None:
            return own

        def write(handler: BaseHTTPRequestHandler) -> None:
            parts = urlsplit(path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, headers, body = self._answer(parts.path, query, dict(handler.headers))
            handler.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        return write


class Server(Struct):
    """A stand-in with articles, the newest last."""

    saved: list[Saved] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tokens: int = 0

    def newest_first(self, tag: str) -> list[Saved]:
        return [one for one in reversed(self.saved) if not tag or one.tag == tag]

    def linkding(self, path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        self.asked.append((path, query))
        if headers.get("Authorization") != f"Token {KEY}":
            return in_json({"detail": "Invalid token."}, 401)
        if path != "/api/bookmarks/":
            return in_json({}, 404)
        found = self.newest_first(query.get("q", "").removeprefix("#"))
        offset, limit = int(query["offset"]), int(query["limit"])
        listed = [
            {
                "id": one.id,
                "url": one.url,
                "title": one.title,
                "tag_names": [one.tag],
                "date_added": f"{one.created}.5Z",
            }
            for one in found[offset : offset + limit]
        ]
        return in_json({"count": len(found), "next": None, "previous": None, "results": listed})

    def readeck(self, path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        self.asked.append((path, query))
        if headers.get("Authorization") != f"Bearer {KEY}":
            return in_json({"status": 401, "message": "Unauthorized"}, 401)
        if path.endswith("/article"):
            (one,) = (one for one in self.saved if path == f"/api/bookmarks/id{one.id}/article")
            return 200, {"Content-Type": "text/html; charset=utf-8"}, one.text.encode()
        assert (path, query["sort"], query["type"]) == ("/api/bookmarks", "-created", "article")
        offset, limit = int(query["offset"]), int(query["limit"])
        found = self.newest_first(query.get("labels", "").strip('"'))[offset : offset + limit]
        listed = [
            {
                "id": f"id{one.id}", "url": one.url, "title": one.title, "authors": ["Ada"], "lang": "en", "state": 0,
                "published": None, "created": f"{one.created}Z", "has_article": True, "labels": [one.tag],
            }
            for one in found
        ]  # fmt: skip
        return in_json(listed)

    def wallabag(self, path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        self.asked.append((path, query))
        if path == "/oauth/v2/token":
            self.tokens += 1
            return in_json({"access_token": f"t{self.tokens}", "expires_in": 3600, "token_type": "bearer"})
        if headers.get("Authorization") != f"Bearer t{self.tokens}":
            return in_json({"error": "invalid_grant", "error_description": "The access token expired."}, 401)
        if path.startswith("/api/entries/"):
            (one,) = (one for one in self.saved if path == f"/api/entries/{one.id}.json")
            return in_json({"id": one.id, "content": one.text})
        assert (path, query["archive"], query["detail"]) == ("/api/entries.json", "0", "metadata")
        found = self.newest_first(query.get("tags", ""))
        page, size = int(query["page"]), int(query["perPage"])
        pages = max(1, -(-len(found) // size))
        if page > pages:
            return in_json({"error": {"code": 404}}, 404)
        listed = [
            {
                "id": one.id, "url": one.url, "title": one.title, "created_at": f"{one.created}+0100",
                "published_by": ["Ada"], "language": "en_GB", "is_archived": 0, "tags": [{"label": one.tag}],
            }
            for one in found[(page - 1) * size : page * size]
        ]  # fmt: skip
        return in_json({"page": page, "limit": size, "pages": pages, "_embedded": {"items": listed}})


class Shelf(Struct):
    """A stand-in for Audiobookshelf: what was put on it, by its path there."""

    libraries: list[dict] = field(
        default_factory=lambda: [
            {"id": "l1", "name": "Books", "mediaType": "book", "folders": [{"id": "f1", "fullPath": "/books"}]},
            {"id": "l2", "name": "Shows", "mediaType": "podcast", "folders": [{"id": "f2", "fullPath": "/shows"}]},
        ]
    )
    bodies: list[bytes] = field(default_factory=list)
    fails: int = 0
    """The status that uploads are answered with, if not 0."""
    files: dict[str, bytes] = field(default_factory=dict)
    uploads: int = 0

    def answer(self, path: str, _query: dict[str, str], headers: dict[str, str]) -> Answer:
        if headers.get("Authorization") != f"Bearer {KEY}":
            return 401, {}, b"Unauthorized"
        if path == "/api/libraries":
            return in_json({"libraries": self.libraries})
        assert path == "/api/upload"
        if self.fails:
            return self.fails, {"Retry-After": "60"}, b""
        self.uploads += 1
        whole = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + self.bodies[-1]
        parts = {}
        for part in BytesParser(policy=HTTP).parsebytes(whole).iter_parts():
            parts[part.get_param("name", header="content-disposition")] = part
        told = {name: part.get_payload(decode=True).decode() for name, part in parts.items() if name != "0"}
        (library,) = (one for one in self.libraries if one["id"] == told["library"])
        assert told["folder"] == library["folders"][0]["id"]
        owner = [] if library["mediaType"] == "podcast" else [told["author"]]
        place = "/".join((*owner, told["title"], parts["0"].get_filename()))
        self.files[place] = parts["0"].get_payload(decode=True)
        return 200, {}, b"OK"
