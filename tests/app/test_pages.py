"""The app without JavaScript: forms, redirects and pages, as a person uses them."""

import html
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from tests.app.conftest import App, command, ended, job_of, sent, state_of
from tests.app.queues import article, until


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def test_a_text_becomes_an_episode_that_is_listened_to(app: App, client: httpx.Client) -> None:
    job = job_of(sent(client, text="# The pier\n\nThe pier is long.\n\n## North\n\nIt is cold.", title="A <i>pier</i>"))
    assert ended(client, job) == "done"
    page = client.get(job).text
    assert "A &lt;i&gt;pier&lt;/i&gt;" in page
    assert "<i>pier" not in page
    listen = re.search(r'<a class="button strong" href="([^"]+)"', page)
    assert listen
    assert client.get(listen[1]).status_code == 200
    assert "A &lt;i&gt;pier" in client.get("/").text, "the site's page has it"
    assert client.get("/.queue/queue.sqlite").status_code == 404
    shutil.rmtree(app.site / "a-i-pier-i")
    assert listen[1] not in client.get(job).text, "nothing leads to what somebody else deleted"


def test_a_file_is_taken_under_a_safe_name(app: App, client: httpx.Client) -> None:
    job = job_of(sent(client, ("../../etc/Cr\x01on tab.md", article(1))))
    assert ended(client, job) == "done"
    files = [path.name for path in (app.site / ".queue" / "articles" / job.rpartition("/")[2]).iterdir()]
    assert len(files) == 1
    assert re.fullmatch(r"cr[a-z0-9-]*on-tab\.md", files[0])
    assert not list(app.site.parent.rglob("*on tab*"))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "address"),
        ({"address": "https://example.org/", "text": "Both."}, "address"),
        ({"address": "file:///etc/passwd"}, "address"),
        ({"address": "ftp://example.org/a"}, "address"),
        ({"address": "/etc/passwd"}, "address"),
        ({"address": "https://user:secret@example.org/"}, "address"),
        ({"text": "Hello.", "voice": "espeak:../../x"}, "voice"),
        ({"text": "Hello.", "language": "no such language!"}, "language"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(client: httpx.Client, fields: dict[str, str], field: str) -> None:
    before = len(client.get("/app/").text.split("<li id="))
    answer = sent(client, **fields)
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    tag = re.search(rf'<(?:input|select)[^>]*id="field-{field}"[^>]*>', answer.text)
    assert tag
    assert 'aria-invalid="true"' in tag[0]
    assert f"fault-{field}" in tag[0]
    assert len(client.get("/app/").text.split("<li id=")) == before
    if fields.get("text"):
        assert fields["text"] in answer.text, "what was typed is still there"


def test_a_file_that_is_no_article_is_refused(client: httpx.Client) -> None:
    answer = sent(client, ("virus.exe", b"MZ"))
    assert answer.status_code == 422
    assert 'href="#field-upload"' in answer.text


def test_what_is_too_large_is_refused(client: httpx.Client) -> None:
    answer = sent(client, ("big.txt", bytes(50_200_000)))
    assert answer.status_code == 413
    assert "50" in text_of(answer.text)


def test_no_private_address_is_asked(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = tmp_path_factory.mktemp("private") / "site"
    with command(site, "--app-jobs", 2, CHAPTERCAST_OFFLINE="") as running, running.client() as client:
        hosts = ("127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0x7f000001", "[::ffff:10.0.0.1]")
        jobs = [job_of(sent(client, address=f"http://{host}/secret")) for host in hosts]
        assert [ended(client, job) for job in jobs] == ["failed"] * len(hosts)
        for job in jobs:
            assert re.search("private|this machine|no public", text_of(client.get(job).text)), text_of(
                client.get(job).text
            )


def test_headings_are_looked_at_and_changed_first(app: App, client: httpx.Client) -> None:
    job = job_of(sent(client, ("headings.md", article(7)), check="1"))
    assert ended(client, job) == "done"
    page = client.get(f"{job}/headings").text
    assert page.count("<select") >= 3
    levels = {f"level-{number}": "2" for number in range(5)} | {"level-1": "3", "level-2": "0"}
    chosen = {name: level for name, level in levels.items() if f'name="{name}"' in page}
    assert client.post(f"{job}/headings", data={"title": "Seven", **chosen}).status_code == 303
    assert ended(client, job) == "done"
    episode = json.loads((app.site / "seven" / "episode.json").read_text(encoding="utf-8"))
    levels_heard = [(chapter["title"], chapter["level"]) for chapter in episode["chapters"]]
    assert ("Chapter 2", 2) not in levels_heard
    assert {"Chapter 0", "Chapter 1"} <= {title for title, _ in levels_heard}
    assert dict(levels_heard)["Chapter 1"] > dict(levels_heard)["Chapter 0"]


def test_an_episode_is_renamed_and_deleted(app: App, client: httpx.Client) -> None:
    job = job_of(sent(client, text="Rename me. It is short.", title="Old name"))
    assert ended(client, job) == "done"
    assert client.post(f"{job}/rename", data={"title": "New name"}).headers["location"] == job
    assert ended(client, job) == "done"
    assert (app.site / "new-name" / "episode.json").is_file()
    assert not (app.site / "old-name").exists()
    assert "Delete “New name”?" in html.unescape(client.get(f"{job}/delete").text)
    assert (app.site / "new-name").exists(), "to look at the question deletes nothing"
    assert client.post(f"{job}/delete").headers["location"] == "/app/?said=said_deleted"
    assert not (app.site / "new-name").exists()
    assert client.get(job).status_code == 404
    assert "New name" not in client.get("/").text
    assert "It is deleted" in client.get("/app/?said=said_deleted").text


def test_a_job_is_cancelled_while_it_runs_and_tried_again(client: httpx.Client) -> None:
    long = job_of(sent(client, ("long.md", article(9, chapters=40, words=1500))))
    until(lambda: state_of(client, long) == "running")
    waiting = job_of(sent(client, text="It waits."))
    assert client.post(f"{waiting}/cancel").headers["location"] == waiting
    assert client.post(f"{long}/cancel").headers["location"] == long
    assert client.post(f"{long}/cancel").headers["location"].endswith("?said=said_late")
    assert {state_of(client, long), state_of(client, waiting)} == {"cancelled"}
    assert client.post(f"{waiting}/again").status_code == 303
    assert ended(client, waiting) == "done"
    assert client.post(f"{long}/delete").status_code == 303


def test_what_is_shared_is_filled_in_and_not_sent(client: httpx.Client) -> None:
    page = client.get("/app/", params={"title": "T", "text": "Look: https://example.org/a"}).text
    assert 'value="https://example.org/a"' in page
    hostile = client.get("/app/", params={"address": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in hostile


def test_pages_are_in_the_language_that_is_asked_for(client: httpx.Client) -> None:
    assert '<html lang="en" dir="ltr">' in client.get("/app/", headers={"Accept-Language": "tlh, *;q=0.1"}).text
    for broken in ("de;q=x, ;;;", "," * 2000, "\xff"):
        assert client.get("/app/", headers={"Accept-Language": broken.encode("latin-1")}).status_code == 200


def test_what_is_not_there_is_404(client: httpx.Client) -> None:
    for path in (
        "/app/jobs/0123456789abcdef",
        "/app/jobs/0123456789abcdef/headings",
        "/app/jobs/..%2f..%2fx",
        "/app/nowhere",
    ):
        assert client.get(path).status_code == 404
    assert client.post("/app/jobs/0123456789abcdef/delete").status_code == 404


def test_events_tell_of_each_job(client: httpx.Client) -> None:
    job = job_of(sent(client, text="Tell me."))
    with client.stream("GET", "/app/events", timeout=60) as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        told = (json.loads(line.removeprefix("data: ")) for line in events.iter_lines() if line.startswith("data: ["))
        states = (one["state"] for jobs in told for one in jobs if job.endswith(one["id"]))
        assert "done" in states


def test_the_app_can_be_installed(client: httpx.Client) -> None:
    manifest = client.get("/app/manifest.webmanifest").json()
    assert manifest["share_target"]["method"] == "GET"
    for icon in manifest["icons"]:
        answer = client.get(icon["src"])
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
    worker = client.get("/app/service-worker.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert client.get("/app/offline").status_code == 200


def test_many_may_come_at_once_to_a_server_that_has_just_begun(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = tmp_path_factory.mktemp("many") / "site"
    with command(site, "--offline") as running, running.client() as client, ThreadPoolExecutor(20) as visitors:
        answers = list(visitors.map(lambda _: client.get("/app/").status_code, range(60)))
        assert answers == [200] * 60, "native libraries are asked by one thread at a time"


def test_the_log_holds_nothing_of_the_article(tmp_path_factory: pytest.TempPathFactory) -> None:
    with command(tmp_path_factory.mktemp("log") / "site", "--offline") as running, running.client() as client:
        job = job_of(sent(client, text="Heliotrope is secret.", title="Zanzibar"))
        assert ended(client, job) == "done"
        number = job.rpartition("/")[2]
        assert running.process.stderr is not None
        lines: list[str] = []
        while f"Job {number}: done." not in lines:
            lines.append(running.process.stderr.readline().strip())
    assert not [line for line in lines if re.search("heliotrope|zanzibar", line, re.IGNORECASE)]
