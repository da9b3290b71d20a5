"""The queue for other programs."""

import httpx
import pytest
from tests.app.conftest import ended

JSON = {"Content-Type": "application/json"}


def test_a_text_becomes_an_episode(client: httpx.Client) -> None:
    answer = client.post("/api/episodes", json={"text": "# Dunes\n\nSand is soft.", "engine": "silence"})
    assert answer.status_code == 201
    where = answer.headers["location"]
    assert where == f"/api/episodes/{answer.json()['id']}"
    assert ended(client, where) == "done"
    job = client.get(where).json()
    assert (job["title"], job["part"], job["error"]) == ("Dunes", 1.0, None)
    assert client.get(job["episode"]).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{}", 422),
        (b"[]", 422),
        (b"{", 422),
        (b"", 422),
        (b"\xff", 422),
        (b'{"text": 1}', 422),
        (b'{"text": "a", "address": "https://example.org"}', 422),
        (b'{"address": "file:///etc/passwd"}', 422),
        (b'{"address": "/etc/passwd"}', 422),
        (b'{"text": "a", "engine": "no such"}', 422),
        (b'{"text": "a", "language": "?"}', 422),
        (b'{"text": "a", "folder": "/etc"}', 422),
        (b"[" * 100_000, 422),
    ],
)
def test_what_is_wrong_is_told(client: httpx.Client, body: bytes, status: int) -> None:
    answer = client.post("/api/episodes", content=body, headers=JSON)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_only_json_is_taken(client: httpx.Client) -> None:
    assert (
        client.post("/api/episodes", content=b'{"text": "a"}', headers={"Content-Type": "text/plain"}).status_code
        == 415
    )


def test_the_document_names_what_there_is(client: httpx.Client) -> None:
    document = client.get("/api/openapi.json").json()
    assert set(document["paths"]) == {"/api/episodes", "/api/episodes/{id}"}
    unknown = client.get("/api/episodes/0")
    assert unknown.status_code == 404
    job = document["components"]["schemas"]["Job"]
    made = client.post("/api/episodes", json={"text": "Hello.", "engine": "silence"}).json()
    assert set(made) == set(job["required"]) == set(job["properties"])
