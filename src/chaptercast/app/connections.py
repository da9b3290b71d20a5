"""Makes links to the app and its recordings for other devices, their QR codes, and the bookmarklet."""

import io
from pathlib import Path
from typing import Any

from markupsafe import Markup

from chaptercast.app.access import Access
from chaptercast.app.pages import ROOT
from chaptercast.publication.feed.rss import FEED_FILE

LISTEN = "/listen/"


def sign_in_link(access: Access, address: str) -> str:
    """Returns the link that signs a phone in, on a server with `address` for others; without a token, the app's own address."""
    return f"{address}{ROOT[1:]}sign-in?token={access.token}" if access.token else f"{address}{ROOT[1:]}"


def feed_link(access: Access, address: str) -> str:
    """Returns the address of the podcast for apps without cookies."""
    return f"{address}{LISTEN[1:]}{access.listening_key}/{FEED_FILE}" if access.token else f"{address}{FEED_FILE}"


def connections(site: Path, access: Access, address: str, here: str) -> dict[str, Any]:
    """Returns the content of the page about connections. `here` is the address that the browser used for the server."""
    link = sign_in_link(access, address) if access.token else ""
    feed = feed_link(access, address) if (site / FEED_FILE).is_file() else ""
    return {
        "link": link,
        "link_code": _drawn(link) if link else "",
        "feed": feed,
        "feed_code": _drawn(feed) if feed else "",
        "bookmarklet": f"javascript:void(location.href='{here}{ROOT[1:]}?address='+encodeURIComponent(location.href))",
    }


def _drawn(text: str) -> Markup:
    """Returns the QR code of a text, as SVG within a page."""
    import segno

    written = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(
        written,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    return Markup(written.getvalue().decode("utf-8"))  # noqa: S704 -- drawn here, and holds no text
