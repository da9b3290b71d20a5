"""Makes the app installable on a phone: the manifest, with an entry in the Share menu, and the icons."""

import io
from functools import cache
from typing import Any

from chaptercast.app.pages import ROOT
from chaptercast.app.words import AppWords

MANIFEST_TYPE = "application/manifest+json"
SIZES = (192, 512)
_PAPER, _INK = "#0a5866", "#faf8f4"
_BARS = ((0.22, 0.42, 0.58), (0.38, 0.28, 0.72), (0.54, 0.36, 0.64), (0.70, 0.46, 0.54))
"""Bars of the icon, as loudness over time: position, start and end of each as a share of the picture, within the safe zone of maskable
icons."""
_WIDTH = 0.08


def manifest(words: AppWords) -> dict[str, Any]:
    """Returns the web app manifest (W3C), with a share target: shared content is filled into the form, and the person submits it."""
    icons = [
        {"src": f"{ROOT}icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in SIZES
        for purpose in ("any", "maskable")
    ]
    return {
        "id": ROOT,
        "name": words("app"),
        "short_name": "chaptercast",
        "lang": words.language,
        "start_url": ROOT,
        "scope": "/",
        "display": "standalone",
        "background_color": _INK,
        "theme_color": _PAPER,
        "icons": icons,
        "share_target": {
            "action": ROOT,
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "address"},
        },
    }


def icon_svg() -> str:
    """Returns the icon as SVG."""
    bars = "".join(
        f'<rect x="{100 * left:g}" y="{100 * top:g}" width="{100 * _WIDTH:g}" height="{100 * (bottom - top):g}" rx="4"/>'
        for left, top, bottom in _BARS
    )
    picture = f'<rect width="100" height="100" fill="{_PAPER}"/><g fill="{_INK}">{bars}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{picture}</svg>'


@cache
def icon_png(size: int) -> bytes:
    """Returns the icon as PNG."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (size, size), _PAPER)
    drawing = ImageDraw.Draw(picture)
    for left, top, bottom in _BARS:
        box = (size * left, size * top, size * (left + _WIDTH), size * bottom)
        drawing.rounded_rectangle(box, radius=size * 0.04, fill=_INK)
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
