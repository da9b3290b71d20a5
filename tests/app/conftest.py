"""The real command with the app, and clients that ask it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from msgspec import Struct
from tests.app.queues import until


class App(Struct, frozen=True):
    """A running `chaptercast serve --app`."""

    process: "subprocess.Popen[str]"
    link: str
    """What it printed."""
    site: Path

    @property
    def url(self) -> str:
        """The server's address, on this machine, without a slash."""
        return f"{urlsplit(self.link).scheme}://127.0.0.1:{urlsplit(self.link).port}"

    @property
    def key(self) -> str:
        return urlsplit(self.link).query.removeprefix("token=")

    @contextmanager
    def client(self, **headers: str) -> Iterator[httpx.Client]:
        """A browser's requests, from the app's own pages."""
        with httpx.Client(
            base_url=self.url, trust_env=False, timeout=60, headers={"Origin": self.url, **headers}
        ) as client:
            yield client


@contextmanager
def command(site: Path, *arguments: object, **environment: str) -> Iterator[App]:
    """The real command, once it has printed its address; interrupted in the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chaptercast", "serve", str(site), "--app", "--port", "0", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={
            **os.environ,
            "CHAPTERCAST_CACHE": str(site.with_name("cache")),
            "CHAPTERCAST_PLAIN": "1",
            "XDG_CONFIG_HOME": str(site.with_name("config")),
            **environment,
        },
    )
    try:
        assert process.stdout is not None
        yield App(process, process.stdout.readline().strip(), site)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        process.communicate(timeout=60)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with command(tmp_path_factory.mktemp("app") / "site", "--offline") as running:
        yield running


@pytest.fixture
def client(app: App) -> Iterator[httpx.Client]:
    with app.client() as asking:
        yield asking


def sent(client: httpx.Client, upload: tuple[str, bytes] | None = None, **fields: str) -> httpx.Response:
    """The form for a new episode, as a browser sends it."""
    name, content = upload or ("", b"")
    parts = {key: (None, value) for key, value in fields.items()}
    return client.post("/app/jobs", files={**parts, "upload": (name, content)})  # type: ignore[dict-item]


def job_of(response: httpx.Response) -> str:
    """The address of the job that was made."""
    assert response.status_code == 303, response.text[-2000:]
    assert re.fullmatch(r"/app/jobs/[0-9a-f]{16}", response.headers["location"])
    return response.headers["location"]


def state_of(client: httpx.Client, job: str) -> str:
    return client.get(f"/api/episodes/{job.rpartition('/')[2]}").json()["state"]


def ended(client: httpx.Client, job: str) -> str:
    """How a job ends."""
    until(lambda: state_of(client, job) not in {"waiting", "running"})
    return state_of(client, job)
