"""Renders the app's pages: templates, style, script, and the headers that prevent other scripts from running."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct
from starlette.responses import HTMLResponse

from chaptercast.app.words import AppWords, app_words
from chaptercast.common.units import LanguageTag
from chaptercast.publication.pages.markup import direction
from chaptercast.publication.pages.rendering import assets as site_assets

ROOT = "/app/"
_FOLDER = Path(__file__).parent
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that are not allowed in HTML (HTML Standard, 13.2.3.5)."""
FOR_ALL = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with no referrer at all, browsers would not send the origin of a form
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class _Assets(Struct, frozen=True):
    style: Markup
    script: Markup
    policy: str


class _Page(Struct, frozen=True):
    """The page values for templates that are shared with the site's pages. The whole page is in one language."""

    direction: str
    own: Markup = Markup()


def page(template: str, words: AppWords, status: int = 200, **values: Any) -> HTMLResponse:
    """Returns a page in the language of `words`. `values` must contain `title`; those of the page frame have defaults."""
    frame = {"signed_in": True, "has_library": False, "message": "", "live": False, "root": ROOT, "shows_kept": False}
    shown = (
        _environment()
        .get_template(template)
        .render(
            frame | values,
            words=words,
            page=_Page(direction(words.language)),
            assets=_assets(),
        )
    )
    headers = {**FOR_ALL, "Content-Security-Policy": _assets().policy, "Vary": "Accept-Language, Cookie"}
    return HTMLResponse(_FORBIDDEN.sub("\ufffd", shown), status, headers)


def part(template: str, words: AppWords, values: Mapping[str, Any]) -> HTMLResponse:
    """Returns a part of a page, to be inserted into a page."""
    shown = _environment().get_template(template).render(values, words=words, root=ROOT)
    return HTMLResponse(_FORBIDDEN.sub("\ufffd", shown), headers=FOR_ALL)


def asset(name: str) -> str:
    """Returns the text of an asset file."""
    return (_FOLDER / "assets" / name).read_text(encoding="utf-8")


@cache
def service_worker() -> str:
    """Returns the service worker's script. It changes whenever the pages that it keeps change."""
    version = hashlib.sha256(str(_assets()).encode()).hexdigest()[:16]
    return asset("service-worker.js").replace("VERSION", version)


@cache
def _assets() -> _Assets:
    shared = site_assets("appearance.js")
    style, script = f"{shared.style}\n{asset('app.css')}", f"{shared.script}\n{asset('app.js')}"
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; connect-src 'self'; "
        "img-src 'self' data:; media-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    return _Assets(Markup(style), Markup(script), policy)  # noqa: S704 - files of this package


def _entry(view: Any, words: AppWords) -> Markup:
    """Returns a job as shown in the queue's page. A queue is long, and of its jobs only those change that run."""
    return _rendered_entry(view, words.language)


@lru_cache(maxsize=2000)
def _rendered_entry(view: Any, language: LanguageTag) -> Markup:
    shown = _environment().get_template("entry.html").render(view=view, words=app_words(language), root=ROOT)
    return Markup(shown)  # noqa: S704 -- rendered here


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=ChoiceLoader(
            [FileSystemLoader(_FOLDER / "templates"), PackageLoader("chaptercast.publication.pages", "templates")]
        ),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["entry"] = _entry
    return environment


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
