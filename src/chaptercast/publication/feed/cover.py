"""The cover of a show: the user's picture, checked, or a plain one of our own.

It is published under a name that changes with its content: directories look at a cover anew only where its address is new.
"""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from chaptercast.errors import UsageError
from chaptercast.publication import atomic_files

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_MIN_SIDE, _MAX_SIDE = 1400, 3000
"""Pixels, as Apple asks for."""
_SUFFIXES = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg")}
_DESIGN = b"1"
"""Goes up when the picture of our own is drawn in another way."""
_BACKGROUNDS = ("#14213d", "#1b3a2f", "#3b1c32", "#2b2d42", "#0b3954", "#3d2b1f")
_ACCENTS = ("#ffb703", "#90e0ef", "#ffafcc", "#b7e4c7", "#f4a261", "#cdb4db")
_MARGIN = 300
_BARS, _BAR_WIDTH = 24, 60
_MAX_LINES = 4
_NO_GLYPH = "\uffff"


def write_cover(folder: Path, image: str, title: str) -> str:
    """Put the cover of the site in `folder` there: the file called `image` if there is one, else one for `title`. Its name.

    Raises `UsageError` where the picture is none that directories take, `OutputError`.
    """
    if image:
        return _write_given(folder, image)
    # A drawn one is named for what decides it, so that it is drawn once only.
    name = _name(_DESIGN + title.encode(errors="replace"), ".png")
    if not (folder / name).exists():
        atomic_files.write(folder / name, _drawn(title))
    return name


def _write_given(folder: Path, image: str) -> str:
    path = folder / image
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The cover {path} cannot be read: {error.strerror}.", "Name another as image.") from error
    name = _name(content, path.suffix.lower())
    if not (folder / name).exists():
        fault = _fault(content, path.suffix.lower())
        if fault:
            raise UsageError(
                f"The cover {path} {fault}.",
                f"It must be square, {_MIN_SIDE} to {_MAX_SIDE} pixels, RGB, a JPEG or PNG with that suffix.",
            )
        atomic_files.write(folder / name, content)
    return name


def _name(decisive: bytes, suffix: str) -> str:
    return f"cover-{hashlib.sha256(decisive).hexdigest()[:12]}{suffix}"


def _fault(content: bytes, suffix: str) -> str:
    """What is wrong with a picture; its size is judged before it is unpacked."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=tuple(_SUFFIXES)) as picture:
            width, height = picture.size
            if suffix not in _SUFFIXES[picture.format or ""]:
                return f"is a {picture.format}, which its suffix does not say"
            if width != height or not _MIN_SIDE <= width <= _MAX_SIDE:
                return f"has {width} × {height} pixels"
            if picture.mode != "RGB":
                return f"has the colours {picture.mode}"
            picture.load()
    except UnidentifiedImageError:
        return "is neither JPEG nor PNG"
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        return f"is damaged: {error}"
    return ""


def _drawn(title: str) -> bytes:
    """A plain cover as PNG: bars as of a sound, and the title where the font has all its letters."""
    from PIL import Image, ImageDraw

    chance = hashlib.sha256(title.encode(errors="replace")).digest()
    picture = Image.new("RGB", (_MAX_SIDE, _MAX_SIDE), _BACKGROUNDS[chance[0] % len(_BACKGROUNDS)])
    draw = ImageDraw.Draw(picture)
    lettering = _lettering(draw, " ".join(title.split()))
    _draw_bars(draw, chance, _MAX_SIDE // 3 if lettering else _MAX_SIDE // 2)
    if lettering:
        text, font = lettering
        draw.multiline_text((_MARGIN, _MAX_SIDE * 5 // 8), text, font=font, fill="#ffffff", spacing=font.size // 4)
    return _as_png(picture)


def _draw_bars(draw: "ImageDraw", chance: bytes, middle: int) -> None:
    accent = _ACCENTS[chance[1] % len(_ACCENTS)]
    step = (_MAX_SIDE - 2 * _MARGIN - _BAR_WIDTH) // (_BARS - 1)
    for bar in range(_BARS):
        half = 90 + chance[bar + 2] * 2
        left = _MARGIN + bar * step
        corners = (left, middle - half, left + _BAR_WIDTH, middle + half)
        draw.rounded_rectangle(corners, _BAR_WIDTH // 2, fill="#ffffff" if bar % 6 == 0 else accent)


def _lettering(draw: "ImageDraw", title: str) -> "tuple[str, FreeTypeFont] | None":
    """The title in lines, and the font in the largest size that fits; nothing where it does not fit or has no glyphs."""
    from PIL import ImageFont

    for size in (280, 230, 190, 150):
        font = ImageFont.load_default(size)
        if not title or not isinstance(font, ImageFont.FreeTypeFont) or not _has_glyphs(font, title):
            return None
        lines = _wrapped(draw, title, font)
        if len(lines) <= _MAX_LINES and all(draw.textlength(line, font) <= _MAX_SIDE - 2 * _MARGIN for line in lines):
            return "\n".join(lines), font
    return None


def _has_glyphs(font: "FreeTypeFont", text: str) -> bool:
    """Whether no character of `text` would be drawn as the box that stands for a missing one."""
    missing = font.getmask(_NO_GLYPH)
    box = missing.size, bytes(missing)
    return all((mask.size, bytes(mask)) != box for mask in map(font.getmask, set(text)))


def _wrapped(draw: "ImageDraw", title: str, font: "FreeTypeFont") -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font) <= _MAX_SIDE - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _as_png(picture: "Image") -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=9, dpi=(72, 72))
    return stream.getvalue()
