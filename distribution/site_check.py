"""What is wrong with a built site: links that lead nowhere, and files that a page would fetch from elsewhere."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

_FETCHING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
    "link": "href",
}
"""Elements that a browser fetches without being asked, and their attribute."""
_IN_STYLES = re.compile(r"(?:@import\s+|url\(\s*)[\"']?((?:https?:)?//[^\"')\s]+)")


def faults(site: Path) -> list[str]:
    """Return a line for each fault, with the page it is on."""
    found = [
        f"{page.relative_to(site)}: {fault}" for page in sorted(site.rglob("*.html")) for fault in _of_page(page, site)
    ]
    for styles in sorted(site.rglob("*.css")):
        outside = _IN_STYLES.findall(styles.read_text(encoding="utf-8"))
        found += [f"{styles.relative_to(site)}: fetches {address}" for address in outside]
    return found


def _of_page(page: Path, site: Path) -> Iterator[str]:
    tree = html.parse(page).getroot()
    for element in tree.iter(*_FETCHING):
        address = element.get(_FETCHING[element.tag], "")
        is_fetched = element.tag != "link" or not set(element.get("rel", "").split()) & {
            "canonical",
            "next",
            "prev",
            "alternate",
        }
        if is_fetched and urlsplit(address).netloc:
            yield f"fetches {address}"
    if page.name == "404.html":  # its links are those of a server's root
        return
    for link in tree.iter("a"):
        address = urlsplit(link.get("href", ""))
        if address.scheme or address.netloc:
            continue
        target = (page.parent / unquote(address.path)).resolve() if address.path else page
        target = target / "index.html" if target.is_dir() else target
        if not target.is_file() or site not in target.parents:
            yield f"leads to {address.path}, which is not there"
        elif address.fragment and target.suffix == ".html" and unquote(address.fragment) not in _ids(target):
            yield f"leads to {address.path}#{address.fragment}, which is not there"


@cache
def _ids(page: Path) -> frozenset[str]:
    tree = html.parse(page).getroot()
    return frozenset(name for element in tree.iter() for name in (element.get("id"), element.get("name")) if name)
