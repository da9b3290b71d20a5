"""What an HTML page says about itself: `<meta>`, OpenGraph, JSON-LD, `<title>`."""

from chaptercast.document.html.page import Page
from chaptercast.document.html.things import folded
from chaptercast.document.model import Metadata


def page_metadata(page: Page) -> Metadata:
    """The metadata of a page."""
    title = next((folded("".join(t.itertext())) for t in page.root.iter("title") if t.getparent().tag == "head"), "")
    return Metadata(title=title, language=page.language)
