"""The cover of a show: the user's picture after a check, or a generated plain one.

Its published name changes with its content: directories fetch a cover again only if its address is new.
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
"""In pixels, as Apple requires."""
_SUFFIXES = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg")}
_DESIGN = b"1"
"""Raise this when the generated picture changes."""
_BACKGROUNDS = ("#14213d", "#1b3a2f", "#3b1c32", "#2b2d42", "#0b3954", "#3d2b1f")
_ACCENTS = ("#ffb703", "#90e0ef", "#ffafcc", "#b7e4c7", "#f4a261", "#cdb4db")
_MARGIN = 300
_BARS, _BAR_WIDTH = 24, 60
_MAX_LINES = 4
_FEW_COLOURS = 16
_NO_GLYPH = "\uffff"


def write_cover(folder: Path, image: str, title: str) -> str:
    """Write the cover of the site in `folder`: the file called `image` if there is one, otherwise one for `title`. Returns its name.

    Raises `UsageError` if directories would refuse the picture, `OutputError`.
    """
    if image:
        return _write_given(folder, image)
    # A generated cover is named after its inputs, so that it is drawn only once.
    name = _name(_DESIGN + title.encode(errors="replace"), ".png")
    if not (folder / name).exists():
        atomic_files.write(folder / name, drawn(title))
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
    """The fault of a picture. Its size is checked before it is decompressed."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=tuple(_SUFFIXES)) as picture:
            width, height = picture.size
            if suffix not in _SUFFIXES[picture.format or ""]:
                return f"is a {picture.format}, but has another suffix"
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


def drawn(title: str, side: int = _MAX_SIDE) -> bytes:
    """A plain cover of `side` pixels as PNG: bars like a sound wave, and the title if the font has all its letters."""
    from PIL import Image, ImageDraw

    chance = hashlib.sha256(title.encode(errors="replace")).digest()
    picture = Image.new("RGB", (side, side), _BACKGROUNDS[chance[0] % len(_BACKGROUNDS)])
    draw = ImageDraw.Draw(picture)
    lettering = _lettering(draw, " ".join(title.split()), side)
    _draw_bars(draw, chance, side // 3 if lettering else side // 2, side)
    if lettering:
        text, font = lettering
        draw.multiline_text(
            (_scaled(_MARGIN, side), side * 5 // 8), text, font=font, fill="#ffffff", spacing=font.size // 4
        )
    return _as_png(picture) if side == _MAX_SIDE else _as_small_png(picture)


def _scaled(length: int, side: int) -> int:
    """A length of the largest cover, in one of `side` pixels."""
    return length * side // _MAX_SIDE


def _draw_bars(draw: "ImageDraw", chance: bytes, middle: int, side: int) -> None:
    accent = _ACCENTS[chance[1] % len(_ACCENTS)]
    step, width = (_MAX_SIDE - 2 * _MARGIN - _BAR_WIDTH) // (_BARS - 1), _scaled(_BAR_WIDTH, side)
    for bar in range(_BARS):
        half = _scaled(90 + chance[bar + 2] * 2, side)
        left = _scaled(_MARGIN + bar * step, side)
        corners = (left, middle - half, left + width, middle + half)
        draw.rounded_rectangle(corners, width // 2, fill="#ffffff" if bar % 6 == 0 else accent)


def _lettering(draw: "ImageDraw", title: str, side: int) -> "tuple[str, FreeTypeFont] | None":
    """The lines of the title, and the font in the largest size that fits. `None` if it does not fit, or if the font lacks letters."""
    from PIL import ImageFont

    room = side - 2 * _scaled(_MARGIN, side)
    for size in (280, 230, 190, 150):
        font = ImageFont.load_default(_scaled(size, side))
        if not title or not isinstance(font, ImageFont.FreeTypeFont) or not _has_glyphs(font, title):
            return None
        lines = _wrapped(draw, title, font, room)
        if len(lines) <= _MAX_LINES and all(draw.textlength(line, font) <= room for line in lines):
            return "\n".join(lines), font
    return None


def _has_glyphs(font: "FreeTypeFont", text: str) -> bool:
    """Whether the font has every character of `text`, so that none is drawn as the box for a missing character."""
    missing = font.getmask(_NO_GLYPH)
    box = missing.size, bytes(missing)
    return all((mask.size, bytes(mask)) != box for mask in map(font.getmask, set(text)))


def _wrapped(draw: "ImageDraw", title: str, font: "FreeTypeFont", room: int) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _as_small_png(picture: "Image") -> bytes:
    """In so few colours that it takes a few kilobytes: it goes into every recording."""
    from PIL import Image

    stream = BytesIO()
    picture.quantize(_FEW_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(stream, "PNG")
    return stream.getvalue()


def _as_png(picture: "Image") -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=9, dpi=(72, 72))
    return stream.getvalue()
