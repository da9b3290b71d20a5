"""The documentation: what it links to is there, and as a site it is whole, asks for nothing elsewhere, and is accessible."""

import functools
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest
from distribution.site import build, navigation, stage, with_links
from distribution.site_check import faults
from tests.judges.browser import chromium

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!`)\[[^\]`]*(?:`[^`]*`[^\]`]*)*\]\(([^)\s:]+)\)")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_page_links_to_is_in_the_repository(path: Path) -> None:
    addresses = {
        address.partition("#")[0] for address in LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8")))
    }
    missing = [address for address in addresses if address and not (path.parent / unquote(address)).exists()]
    assert [address for address in missing if address != "a.png"] == []  # an example of an image


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
@pytest.mark.parametrize("page", ["follow.md", "app.md"])
def test_units_of_systemd_are_right(page: str, tmp_path: Path) -> None:
    found = re.findall(
        r"^```ini\n(.*?)^```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(found) == 1
    unit = tmp_path / "chaptercast.service"
    unit.write_text(found[0].replace("%h/.local/bin/chaptercast", sys.executable))
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    command = ["systemd-analyze", "--user", "--man=no", "verify", str(unit)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_links_lead_from_page_to_page() -> None:
    assert (
        with_links("[a](docs/feed.md#keys) [b](LICENSE)", PurePosixPath("README.md"))
        == "[a](feed.md#keys) [b](licence.md)"
    )
    assert with_links("[a](../README.md) [b](feed.md)", PurePosixPath("docs/many.md")) == "[a](index.md) [b](feed.md)"
    assert with_links("[a](../../CONTRIBUTING.md)", PurePosixPath("docs/spoken/en.md")) == "[a](../contributing.md)"
    assert with_links("[a](docs/benchmarks)", PurePosixPath("README.md")) == "[a](benchmarks/README.md)"


def test_every_page_can_be_reached(tmp_path: Path) -> None:
    stage(tmp_path)
    reached = {page for section in navigation(tmp_path) for pages in section.values() for page in pages}
    folders = {page.parent for page in map(PurePosixPath, reached) if page.name == "README.md"}
    pages = {PurePosixPath(path.relative_to(tmp_path).as_posix()) for path in tmp_path.rglob("*.md")}
    alone = [page for page in pages if str(page) not in reached and page.parent not in folders]
    assert alone == [PurePosixPath("licence.md")]  # the README leads there


def test_what_is_wrong_with_a_site_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="gone.html">1</a><a href="b.html#gone">2</a><a href="b.html#here">3</a><a href="https://example.org/">4</a>'
        '<a href="../outside.html">5</a><script src="https://example.org/x.js"></script><link rel="canonical" href="https://example.org/">'
    )
    (tmp_path / "b.html").write_text('<p id="here"><img src="//example.org/x.png">')
    (tmp_path / "c.css").write_text('@import "https://example.org/x.css"; a { background: url(//example.org/y.png) }')
    assert faults(tmp_path) == [
        "a.html: fetches https://example.org/x.js",
        "a.html: leads to gone.html, which is not there",
        "a.html: leads to b.html#gone, which is not there",
        "a.html: leads to ../outside.html, which is not there",
        "b.html: fetches //example.org/x.png",
        "c.css: fetches https://example.org/x.css",
        "c.css: fetches //example.org/y.png",
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the built site."""
    folder = tmp_path_factory.mktemp("docs")
    assert build(folder) == []

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing is told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder / "site")))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_site_is_accessible_and_asks_for_nothing_elsewhere(site: str) -> None:
    with chromium() as browser:
        for page in ("index.html", "install.html"):
            for colours in ("light", "dark"):
                visit = browser.visit(site + page, ("axe",), colorScheme=colours)
                assert visit.results == [[]]
                assert visit.trouble == []
                assert [address for address in visit.requests if not address.startswith(site)] == []
