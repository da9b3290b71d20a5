"""Pictures that belong to a recording: its cover, and the figures of its article, as far as they lie beside or within it.

An article may name any file of this machine: only what lies in its own folder or the one around it, or within the article itself, is taken,
and only what is a picture.
"""

import hashlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from chaptercast.publication import atomic_files
from chaptercast.publication.packed_pictures import packed_cover, packed_picture

FOLDER = "images"
"""Of the figures, beside the recording."""
_COVER = "cover"
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}
_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}
_MOST_BYTES, _MOST_COVER_BYTES = 20_000_000, 1_000_000
_MOST_PIXELS = 50_000_000
_COVER_SIDE = 1400
_DRAWN_SIDE = 1000


class Picture(Struct, frozen=True):
    """A picture as a file has it."""

    content: bytes
    suffix: str

    @property
    def media_type(self) -> str:
        """As MIME has it."""
        return _TYPES[self.suffix]


def cover(article: Path | None, image: str, title: str) -> Picture:
    """The cover of a recording: the picture `image` that its `article` names, if it is there, else a plain one with the title."""
    found = _own(article, image)
    if found is None and article is not None:
        found = _picture(packed_cover(article))
    if found is not None:
        return found if _is_fit(found) else _smaller(found)
    from chaptercast.publication.feed.cover import drawn

    return Picture(drawn(title, _DRAWN_SIDE), ".png")


def write_cover(folder: Path, picture: Picture) -> None:
    """Put a cover beside its recording, in place of an earlier one. Raises `OutputError`."""
    name = f"{_COVER}{picture.suffix}"
    atomic_files.write(folder / name, picture.content, durable=False)
    for suffix in _TYPES:
        if suffix != picture.suffix:
            with atomic_files.output_errors(folder):
                (folder / f"{_COVER}{suffix}").unlink(missing_ok=True)


def kept_cover(folder: Path) -> Picture | None:
    """The cover beside a recording; None where there is none."""
    return next((Picture(path.read_bytes(), path.suffix) for path in _named(folder, _COVER)), None)


def write_figures(folder: Path, article: Path | None, sources: Iterable[str]) -> None:
    """Put the pictures called `sources` in an article beside its recording, as far as they are there. Raises `OutputError`."""
    for source in sources:
        picture = _own(article, source)
        if picture is not None:
            atomic_files.write(folder / FOLDER / f"{_name(source)}{picture.suffix}", picture.content, durable=False)


def kept_figure(folder: Path, source: str) -> Path | None:
    """The file of a figure's picture beside a recording; None where it is not kept."""
    return next(iter(_named(folder / FOLDER, _name(source))), None) if source else None


def _named(folder: Path, stem: str) -> list[Path]:
    paths = (folder / f"{stem}{suffix}" for suffix in _TYPES)
    return [path for path in paths if path.is_file()]


def _name(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _own(article: Path | None, source: str) -> Picture | None:
    """A picture that lies beside an article, or within it."""
    try:
        parts = urlsplit(source)
        if article is None or not source or parts.scheme or parts.netloc or parts.path.startswith(("/", "\\")):
            return None
        around = article.resolve().parent
        path = (around / unquote(parts.path)).resolve()
        is_near = path.is_relative_to(around) or path.is_relative_to(around.parent)
        if not path.is_file():
            return _picture(packed_picture(article, source))
        return _picture(path.read_bytes()) if is_near and path.stat().st_size <= _MOST_BYTES else None
    except (OSError, ValueError):
        return None


def _picture(content: bytes | None) -> Picture | None:
    suffix = _suffix(content) if content else ""
    return Picture(content, suffix) if content and suffix else None


def _suffix(content: bytes) -> str:
    """What kind of picture it is; nothing where it is none, or too large to be shown. Nothing is unpacked."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=tuple(_SUFFIXES)) as picture:
            width, height = picture.size
            return _SUFFIXES[picture.format or ""] if width * height <= _MOST_PIXELS else ""
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombError):
        return ""


def _is_fit(picture: Picture) -> bool:
    """Whether every player shows it as it is."""
    return picture.suffix in (".jpg", ".png") and len(picture.content) <= _MOST_COVER_BYTES


def _smaller(picture: Picture) -> Picture:
    return as_jpeg(picture, _COVER_SIDE)


def as_jpeg(picture: Picture, side: int) -> Picture:
    """Returns it as a JPEG of at most so many pixels a side, with white behind what is transparent. Raises `OSError` if it is damaged."""
    from PIL import Image

    stream = BytesIO()
    with Image.open(BytesIO(picture.content)) as opened:
        drawn = opened.convert("RGBA")
        shown = Image.new("RGB", drawn.size, "white")
        shown.paste(drawn, mask=drawn)
        shown.thumbnail((side, side))
        shown.save(stream, "JPEG", quality=85)
    return Picture(stream.getvalue(), ".jpg")
