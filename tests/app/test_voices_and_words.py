"""Samples of voices, the pronunciation of words, and the beginning of an episode while the rest is spoken: without JavaScript."""

import html
import re

import httpx
import pytest
from tests.app.conftest import App, ended, job_of, sent, state_of
from tests.app.queues import article, until


def sample_of(answer: httpx.Response) -> str:
    found = re.search(r'src="(/app/samples/[0-9a-f]{32}\.mp3)"', answer.text)
    assert found, answer.text[-3000:]
    return found[1]


def test_a_voice_is_heard_once_spoken_and_kept(app: App, client: httpx.Client) -> None:
    fields = {"voice": "profile:de", "text": "What was typed <i>stays</i>.", "title": "T"}
    answer = client.post("/app/sample", data=fields)
    assert answer.status_code == 200
    assert "What was typed &lt;i&gt;stays" in answer.text
    sound = client.get(sample_of(answer))
    assert sound.headers["content-type"] == "audio/mpeg"
    assert len(sound.content) > 5000
    (kept,) = (app.site / ".queue" / "samples").glob("*.mp3")
    made = kept.stat().st_mtime_ns
    assert sample_of(client.post("/app/sample", data=fields)) == sample_of(answer)
    assert kept.stat().st_mtime_ns == made
    assert client.get(sample_of(answer), headers={"Range": "bytes=0-9"}).status_code == 206


def test_only_samples_are_played(client: httpx.Client) -> None:
    for name in ("x", "..%2f..%2fqueue", "0" * 32, "%2e%2e", "a" * 31 + "%0a"):
        assert client.get(f"/app/samples/{name}.mp3").status_code == 404


def test_a_voice_that_is_not_there_is_told(client: httpx.Client) -> None:
    answer = client.post("/app/sample", data={"voice": "espeak:../../x", "text": "Hello."})
    assert answer.status_code == 422
    assert 'id="fault-voice"' in answer.text


def test_a_word_is_heard_kept_spoken_and_removed(app: App, client: httpx.Client) -> None:
    job = job_of(sent(client, text="We use nginx here.", title="Servers", language="en", voice="profile:en-GB"))
    assert ended(client, job) == "done"
    number = job.rpartition("/")[2]
    page = client.get(job).text
    assert f"/app/words?job={number}" in page
    assert client.get(f"/app/words?job={number}").headers["location"] == f"/app/words/en?job={number}"
    words = f"/app/words/en?job={number}"
    heard = client.post(words, data={"written": "nginx", "spoken": "engine x", "hear": "1"})
    assert client.get(sample_of(heard)).status_code == 200
    assert "engine x" in heard.text, "what was typed stays"
    assert not (app.site.with_name("config") / "chaptercast/voices/lexicons/en.toml").exists()
    assert (
        client.post(words, data={"written": "nginx", "spoken": "engine x"})
        .headers["location"]
        .endswith("said_word_kept")
    )
    assert 'name="written" value="nginx"' in client.get(words).text
    before = next((app.site / "servers").glob("*.mp3")).read_bytes()
    assert client.post(f"{job}/again").status_code == 303
    assert ended(client, job) == "done"
    assert next((app.site / "servers").glob("*.mp3")).read_bytes() != before, "it is said in another way now"
    assert client.post(f"/app/words/en/remove?job={number}", data={"written": "nginx"}).headers["location"] == (
        f"/app/words/en?job={number}&said=said_word_removed"
    )
    assert 'name="written" value="nginx"' not in client.get(words).text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "written"),
        ({"written": "a"}, "spoken"),
        ({"written": "a" * 300, "spoken": "b"}, "written"),
        ({"hear": "1"}, "spoken"),
    ],
)
def test_words_with_faults_are_told_where_they_are(client: httpx.Client, fields: dict[str, str], field: str) -> None:
    answer = client.post("/app/words/en", data=fields)
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert f'id="fault-{field}"' in answer.text


def test_a_file_that_somebody_broke_is_told_and_left_alone(app: App, client: httpx.Client) -> None:
    path = app.site.with_name("config") / "chaptercast/voices/lexicons/nl.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("nginx = engine")
    page = client.get("/app/words/nl")
    assert page.status_code == 200
    assert "this is no TOML" in html.unescape(page.text)
    assert client.post("/app/words/nl", data={"written": "a", "spoken": "b"}).status_code == 422
    assert path.read_text() == "nginx = engine"
    path.unlink()


def test_there_are_only_languages(client: httpx.Client) -> None:
    for name in ("xx", "..%2fen", "en.toml", "%2e%2e"):
        assert client.get(f"/app/words/{name}").status_code == 404
        assert client.post(f"/app/words/{name}", data={"written": "a", "spoken": "b"}).status_code == 404


def test_the_beginning_is_heard_while_the_rest_is_spoken(client: httpx.Client) -> None:
    job = job_of(sent(client, ("long.md", article(9, chapters=40, words=6000))))
    until(lambda: f"{job}/so-far.mp3" in client.get(job).text)
    assert "Listen to the beginning" in client.get(job).text
    with client.stream("GET", f"{job}/so-far.mp3") as stream:
        assert stream.headers["content-type"] == "audio/mpeg"
        assert "content-length" not in stream.headers
        chunks = stream.iter_bytes()
        first = next(chunks)
        assert first[:2] == b"\xff\xf3"
        assert state_of(client, job) == "running"
        client.post(f"{job}/cancel")
        assert sum(map(len, chunks)) >= 0, "the stream ends with the job"
    until(lambda: client.get(f"{job}/so-far.mp3").status_code == 404)


def test_an_address_that_is_there_is_told(client: httpx.Client) -> None:
    first = job_of(sent(client, address="https://example.org/there"))
    ended(client, first)
    answer = sent(client, address="example.org/there/?utm_source=x")
    assert answer.headers["location"] == f"{first}?said=said_again", "it had failed, so it is tried again"
    assert "here already" in client.get(answer.headers["location"]).text
