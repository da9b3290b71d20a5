"""What strangers put into titles, addresses, names and messages stays text on every page."""

import asyncio
import os
import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import httpx
import pytest
from tests.app.queues import silent

from chaptercast.app.access import Access
from chaptercast.app.application import Application
from chaptercast.app.model import Heading, Kind, Order, Outline, Trouble
from chaptercast.app.queue import Queue
from chaptercast.app.settings import Settings
from chaptercast.app.supervisor import Supervisor

HERE = "http://127.0.0.1:8000"
MARK = "pwned"
HOSTILE = (
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"' onfocus='{MARK}()' autofocus='",
    f"</title></style></textarea></select><svg onload={MARK}()>",
    f"javascript:{MARK}()",
    f"{{{{ {MARK} }}}}{{% raw %}} $[{MARK}] \u202e\u2028\x00\x1b[31m",
)
"""Texts that leave HTML's contexts: elements, attributes with either quotation mark, raw text, links, templates."""


def claimed(queue: Queue, end: Callable) -> None:
    """Runs the job that waits, as far as its end."""
    claim = queue.claim(9, os.getpid())
    assert claim is not None
    with claim.lock:
        queue.advance(claim, 0.5, HOSTILE[0])
        end(claim)


def hostile_jobs(queue: Queue) -> list[str]:
    """Jobs in every state, all of whose texts are hostile."""
    made = []
    for text in HOSTILE:
        shown = text.replace("\x00", "")
        for end in (
            lambda claim, text=shown: queue.fail(claim, Trouble("InputError", text, text)),
            lambda claim, text=shown: queue.show_outline(claim, Outline(text, (Heading(1, text), Heading(2, text)))),
            lambda claim, text=shown: queue.finish(claim, text, text),
        ):
            made.append(queue.add(silent(title=shown, voice=shown), b"x").id)
            claimed(queue, end)
        made.append(queue.add(Order(Kind.ADDRESS, f"https://site.example/?{shown}", voice=shown)).id)
        assert queue.cancel(made[-1])
    return made


def faults(page: str) -> list[str]:
    """What of a page would run, or lead to where it should not."""
    found = []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if MARK in (element.text or "") and tag in {"script", "style"}:
            found.append(f"<{tag}>")
        for name, value in element.attrib.items():
            leads = name in {"href", "src", "action", "formaction"} and MARK in value
            if str(name).startswith("on") or (leads and value.strip().lower().startswith("javascript:")):
                found.append(f"{tag} {name}={value}")
        if tag in {"img", "svg"} and MARK in str(element.attrib):
            found.append(f"<{tag}>")
    return found


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[httpx.Response]]:
    site: Path = tmp_path_factory.mktemp("attacked") / "site"
    supervisor = Supervisor(site, Settings(offline=True), lambda _line: None)
    application = Application(site, supervisor, Access(port=8000), f"{HERE}/")

    def answers(*paths: str, **given: str) -> list[httpx.Response]:
        async def all_of_them() -> list[httpx.Response]:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url=HERE) as client:
                return [await client.get(path, params=given or None) for path in paths]

        return asyncio.run(all_of_them())

    answers.jobs = hostile_jobs(supervisor.queue)  # type: ignore[attr-defined]
    return answers


def test_no_page_runs_what_a_stranger_wrote(ask: Callable) -> None:
    deeds = ("", "/entry", "/headings", "/delete")
    paths = ["/app/", "/app/connect", *(f"/app/jobs/{job}{deed}" for job in ask.jobs for deed in deeds)]
    answers = ask(*paths)
    assert sum(answer.status_code == 200 for answer in answers) > len(paths) * 3 // 4
    shown = [answer for answer in answers if MARK in answer.text]
    assert len(shown) > len(paths) // 2, "the texts are there, as texts"
    assert [(answer.url.path, fault) for answer in answers for fault in faults(answer.text)] == []
    for answer in shown:
        assert not re.search(r"[\x00\x1b]", answer.text)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_link_fills_into_the_form_is_text(ask: Callable, text: str) -> None:
    (answer,) = ask("/app/", address=text, text=text, title=text, voice=text, language=text, said=text, check=text)
    assert faults(answer.text) == []


def test_programs_get_json_and_nothing_that_a_browser_would_show(ask: Callable) -> None:
    for answer in ask(*(f"/api/episodes/{job}" for job in ask.jobs)):
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.json()["id"] in ask.jobs


@pytest.mark.parametrize(
    "path",
    [
        "/app/jobs/../../etc/passwd",
        "/app/jobs/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/app/jobs/x%00",
        "/app/jobs/" + "a" * 5000,
        "/.queue/queue.sqlite",
        "/%2equeue/token",
        "/..%2f..%2fetc%2fpasswd",
        "/app/..%2f..%2f.queue%2ftoken",
        "/follow.toml",
        "/.follow.json",
        "/.deliveries.json",
        "//etc/passwd",
        "/app/icon-99999999.png",
    ],
)
def test_no_path_leads_out(ask: Callable, path: str) -> None:
    (answer,) = ask(path)
    assert answer.status_code in {400, 404}
    assert "root:x:" not in answer.text
