"""A small site, and the real command that serves it."""

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from msgspec import Struct

AUDIO = random.Random(5).randbytes(300_007)
SLUG = "港口 100%-image"
"""A name with what must be escaped in an address."""
FEED = f"""<?xml version='1.0' encoding='utf-8'?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:podcast="https://podcastindex.org/namespace/1.0" version="2.0"><channel>
<title>A &amp; B</title><link>https://example.org/elsewhere</link>
<atom:link href="https://example.org/show/feed.xml" rel="self" type="application/rss+xml"/>
<image><url>https://example.org/show/cover.png</url></image>
<item><title>港口</title><guid isPermaLink="false">https://example.org/show/guid</guid>
<link>https://example.org/show/{"%E6%B8%AF%E5%8F%A3%20100%25-image"}/index.html#s1</link>
<description><![CDATA[<a href="https://example.org/show/">&amp; notes</a>]]></description>
<enclosure url="https://example.org/show/%E6%B8%AF%E5%8F%A3%20100%25-image/a.mp3" length="300007" type="audio/mpeg"/>
<podcast:transcript url="https://example.org/show/%E6%B8%AF%E5%8F%A3%20100%25-image/transcript.vtt" type="text/vtt"/>
<podcast:chapters url="https://example.org/show/gone/chapters.json" type="application/json+chapters"/>
</item></channel></rss>
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, and round about it what must not be seen."""
    around = tmp_path_factory.mktemp("around")
    (around / "secret.txt").write_text("secret")
    site = around / "site"
    episode = site / SLUG
    hidden = site / ".hidden"
    for made in (episode, hidden, site / "empty", around / "site-beside"):
        made.mkdir(parents=True)
    (around / "site-beside" / "secret.txt").write_text("secret")
    (hidden / "secret.txt").write_text("secret")
    (site / ".secret.txt").write_text("secret")
    (site / "show.toml").write_text("secret")
    (site / "index.html").write_text("<!doctype html><title>all</title>")
    (site / "feed.xml").write_text(FEED)
    (site / "cover.png").write_bytes(b"\x89PNG")
    (site / "nothing.mp3").touch()
    (episode / "a.mp3").write_bytes(AUDIO)
    for name in ("index.html", "chapters.json", "episode.json", "transcript.vtt", "transcript.srt", "script.ssml"):
        (episode / name).write_text(name)
    if os.name == "posix":
        (site / "out.txt").symlink_to(around / "secret.txt")
        (site / "out").symlink_to(around)
        (site / "absolute.txt").symlink_to("/etc/passwd")
        (site / "unhidden.txt").symlink_to(hidden / "secret.txt")
        (site / "loop.txt").symlink_to(site / "loop.txt")
        (site / "inside.mp3").symlink_to(episode / "a.mp3")
        os.mkfifo(site / "pipe.txt")
    return site


class Served(Struct, frozen=True):
    """A running `chaptercast serve`."""

    process: "subprocess.Popen[str]"
    url: str
    feed: str

    def raw(self, request: bytes) -> tuple[int, bytes]:
        """Send bytes as they are; the status, and all that came back: 0 and nothing where the connection was cut off."""
        address = urlsplit(self.url)
        with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
            try:
                connection.sendall(request)
                answer = b"".join(iter(lambda: connection.recv(65536), b""))
            except ConnectionError:
                return 0, b""
        return int(answer.split(b" ", 2)[1]), answer

    def asked(self, target: bytes, method: bytes = b"GET") -> tuple[int, bytes]:
        """Ask for a target as it stands, which no client would do."""
        host = urlsplit(self.url).netloc.encode()
        return self.raw(method + b" " + target + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")


@contextmanager
def command(*arguments: object, lines: int = 2, **environment: str) -> Iterator[Served]:
    """The real command, once it has printed its addresses; interrupted in the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chaptercast", "serve", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **environment},
    )
    try:
        assert process.stdout is not None
        printed = [process.stdout.readline().strip() for _ in range(lines)]
        yield Served(process, printed[0], printed[-1])
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[Served]:
    with command(folder, "--port", 0) as running:
        yield running
        assert running.process.poll() is None, "it ended by itself"


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, trust_env=False) as asking:
        yield asking
