"""`python -m distribution.site`: the documentation as a site in `build/site`, every link of it checked, nothing fetched from elsewhere."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

from distribution.site_check import faults

ROOT = Path(__file__).parents[1]
MOVED = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "LICENSE": "licence.md",
}
"""Files at the root of the repository, and their pages."""
NAVIGATION = {
    "Start": ["index.md", "install.md", "listeners.md", "publishers.md"],
    "Articles": ["text.md", "web-pages.md", "word.md", "books.md", "pdf.md", "many.md", "ssml.md"],
    "Speech": ["voices.md", "neural.md", "edge.md", "openai.md", "espeak.md", "profiles.md"],
    "What is said": ["narration.md", "formulas.md", "lexicons.md", "spoken/README.md"],
    "Recordings": [
        "pages.md",
        "transcripts.md",
        "episode.md",
        "feed.md",
        "serve.md",
        "app.md",
        "talking-books.md",
        "listening.md",
    ],
    "Running it": ["follow.md", "security.md", "environment.md", "scale.md", "benchmarks/README.md"],
    "Development": [
        "api.md",
        "contributing.md",
        "architecture.md",
        "decisions/README.md",
        "changelog.md",
        "licences.md",
    ],
}
"""The order of the pages. One that is not there is left out; one that is not listed stands in the last section."""
IN_A_FOLDER = {"spoken", "benchmarks", "decisions"}
"""Folders whose page leads to the others in it."""
STYLES = """/* The theme's own colours of links have a contrast below 4.5:1 (WCAG 1.4.3). */
:root, [data-md-color-scheme="default"] { --md-typeset-a-color: #2a36b1; --md-accent-fg-color: #2a36b1; }
[data-md-color-scheme="slate"] { --md-typeset-a-color: #a9b8ff; --md-accent-fg-color: #a9b8ff; }
.md-typeset a { text-decoration: underline; }
"""
_LINK = re.compile(r"(\]\()([^)\s]+)(\))")


def build(folder: Path) -> list[str]:
    """Build the site anew in `folder / "site"`, and return the faults that the generator did not find.

    Raises `CalledProcessError` if the generator found one itself.
    """
    pages, site = folder / "pages", folder / "site"
    for old in (pages, site):
        shutil.rmtree(old, ignore_errors=True)
    stage(pages)
    file = folder / "mkdocs.yml"
    file.write_text(json.dumps(configuration(pages, site), indent=1), encoding="utf-8")  # JSON is YAML
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", str(file)]
    subprocess.run(command, check=True, cwd=folder, env={**os.environ, "NO_COLOR": "1"})
    return faults(site)


def stage(pages: Path) -> None:
    """Lay all pages out in one folder, with their links as they are from there."""
    sources = {PurePosixPath("docs", path.relative_to(ROOT / "docs")): path for path in (ROOT / "docs").rglob("*.md")}
    sources |= {PurePosixPath(name): ROOT / name for name in MOVED if (ROOT / name).exists()}
    for name, path in sources.items():
        page = pages / staged(name)
        page.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        is_licence = name.name == "LICENSE"
        page.write_text(f"# Licence\n\n```\n{text}```\n" if is_licence else with_links(text, name), encoding="utf-8")
    (pages / "extra.css").write_text(STYLES, encoding="utf-8")
    for folder in IN_A_FOLDER:
        index = pages / folder / "README.md"
        if index.parent.exists() and not index.exists():
            others = sorted(index.parent.glob("*.md"), reverse=True)
            lines = "".join(f"- [{path.stem}]({path.name})\n" for path in others)
            index.write_text(f"# {folder.capitalize()}\n\n{lines}", encoding="utf-8")


def staged(name: PurePosixPath) -> PurePosixPath:
    """The place of a file of the repository among the pages."""
    if str(name) in MOVED:
        return PurePosixPath(MOVED[str(name)])
    place = name.relative_to("docs")
    return place / "README.md" if str(place) in IN_A_FOLDER else place


def with_links(text: str, name: PurePosixPath) -> str:
    """A file's text, with its links to other files of the repository as they are from its page."""
    return _LINK.sub(lambda link: link[1] + _moved(link[2], name) + link[3], text)


def _moved(target: str, name: PurePosixPath) -> str:
    address, mark, fragment = target.partition("#")
    if not address or ":" in address:
        return target
    parts: list[str] = []
    for part in (name.parent / address).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    wanted = PurePosixPath(*parts)
    if str(wanted) not in MOVED and wanted.parts[:1] != ("docs",):
        return target
    return _way(staged(name).parent, staged(wanted)) + mark + fragment


def _way(folder: PurePosixPath, page: PurePosixPath) -> str:
    return str(PurePosixPath(*[".."] * len(folder.parts), page) if folder.parts != page.parent.parts else page.name)


def configuration(pages: Path, site: Path) -> dict[str, object]:
    """What the generator is told."""
    colours = [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "toggle": {"icon": "lucide/sun", "name": "Switch to dark colours"},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "toggle": {"icon": "lucide/moon", "name": "Switch to light colours"},
        },
    ]
    api = {"python": {"paths": [str(ROOT / "src")], "options": {"show_source": False, "heading_level": 3}}}
    return {
        "site_name": "chaptercast",
        "site_description": "Turns an article into a chaptered talking recording.",
        "docs_dir": pages.name,
        "site_dir": site.name,
        "use_directory_urls": False,  # the pages can be read from a folder, too
        "nav": navigation(pages),
        "theme": {
            "language": "en",
            "font": False,
            "features": ["navigation.sections", "navigation.top"],
            "palette": colours,
        },
        "extra_css": ["extra.css"],
        # No link for each line of code: a screen reader would stop at every one of them.
        "markdown_extensions": [
            *("attr_list", "footnotes", "tables", "pymdownx.superfences"),
            {"pymdownx.highlight": {"anchor_linenums": False}},
            {"toc": {"permalink": False}},
        ],
        "plugins": ["search", *([{"mkdocstrings": {"handlers": api}}] if (pages / "api.md").exists() else [])],
    }


def navigation(pages: Path) -> list[dict[str, list[str]]]:
    """The pages that are there, by section."""
    there = {path.relative_to(pages).as_posix() for path in pages.rglob("*.md")}
    listed = {page for section in NAVIGATION.values() for page in section}
    more = sorted(page for page in there - listed - {"licence.md"} if page.split("/")[0] not in IN_A_FOLDER)
    sections = {title: [page for page in section if page in there] for title, section in NAVIGATION.items()}
    return [{title: section} for title, section in {**sections, "More": more}.items() if section]


if __name__ == "__main__":
    try:
        found = build(ROOT / "build")
    except subprocess.CalledProcessError as failed:  # it has said why
        sys.exit(failed.returncode)
    print(*found, f"build/site is built: {len(found)} faults", sep="\n")
    sys.exit(bool(found))
