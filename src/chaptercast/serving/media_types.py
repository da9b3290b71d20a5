"""The media types of a site's files. Files of other types are not served: settings and stray files are private."""

from pathlib import PurePath

_BY_NAME = {
    "chapters.json": "application/json+chapters",
    "feed.xml": "application/rss+xml",
}
_BY_SUFFIX = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".htm": "text/html",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".rss": "application/rss+xml",
    ".srt": "application/x-subrip",
    ".ssml": "application/ssml+xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_FOR_PLAYERS = {".vtt", ".srt"}
"""Together with these two JSON files: the files that web players on other sites fetch (Podcasting 2.0, transcript and chapters: CORS)."""
_FOR_PLAYERS_BY_NAME = {"chapters.json", "transcript.json"}


def media_type(name: str) -> str | None:
    """The media type of a file by its name. Text is UTF-8. `None` if the type is not served."""
    return _BY_NAME.get(name) or _BY_SUFFIX.get(PurePath(name).suffix.lower())


def is_for_players(name: str) -> bool:
    """Whether pages of other sites may read the file."""
    return name in _FOR_PLAYERS_BY_NAME or PurePath(name).suffix.lower() in _FOR_PLAYERS
