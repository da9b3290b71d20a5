"""`--offline` is absolute: no socket is touched, and where there is no network at all everything works that does not need one."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.judges.requirement import WITHOUT_NETWORK, require

from chaptercast.errors import UsageError
from chaptercast.pipeline import Options, convert
from chaptercast.speech.engines.edge import ENGINE
from chaptercast.speech.online.settings import ServiceSettings
from chaptercast.verify import verify

COMMANDS = [
    ("convert", "lamp.md", "--offline"),
    ("script", "lamp.md", "--offline"),
    ("voices", "--engine", "edge", "--offline"),
    ("voices", "--engine", "openai", "--offline"),
    ("voices",),
    ("engines",),
]
GUARD = """
import sys
def guard(event, args):
    if event.startswith("socket."):
        raise SystemExit(f"a socket was touched: {event} {args}")
sys.addaudithook(guard)
from chaptercast.cli.main import run
run()
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.md"
    path.write_text("# The lamp\n\nA paragraph that says it.\n\n## A heading\n\nAnd another one.\n")
    return path


def run(article: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name != "CHAPTERCAST_OFFLINE"}
    environment = {
        **kept,
        "CHAPTERCAST_CACHE": str(article.parent / "clips"),
        "CHAPTERCAST_OPENAI_URL": "http://127.0.0.1:9",
    }
    return subprocess.run(
        command, cwd=article.parent, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_socket_is_touched(arguments: tuple[str, ...], article: Path) -> None:
    done = run(article, sys.executable, "-c", GUARD, *arguments)
    assert "a socket was touched" not in done.stderr + done.stdout
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"), [(("follow", "feeds.opml"), 0), (("follow", "http://127.0.0.1:9/"), 2), (("fetch",), 2)]
)
def test_following_touches_no_socket(arguments: tuple[str, ...], code: int, article: Path) -> None:
    (article.parent / "feeds.opml").write_text(
        '<opml version="1.0"><body><outline xmlUrl="http://127.0.0.1:9/"/></body></opml>'
    )
    assert run(article, sys.executable, "-c", GUARD, "follow", "feeds.opml", "--offline").returncode == 0
    done = run(article, sys.executable, "-c", GUARD, *arguments, "--offline")
    assert "a socket was touched" not in done.stderr + done.stdout
    assert done.returncode == code, done.stderr


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any use of the internet's protocols is an error, in this process and in those that are forked from it."""

    class Guarded(socket.socket):
        def __init__(self, family: int = -1, *args: int, **options: int) -> None:
            assert family not in {-1, socket.AF_INET, socket.AF_INET6}, "a socket was made"
            super().__init__(family, *args, **options)

    def look_up(*_args: object, **_options: object) -> None:
        raise AssertionError("a name was looked up")

    monkeypatch.setattr(socket, "socket", Guarded)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, look_up)


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("engine", ["auto", "espeak"])
def test_no_socket_is_made_in_this_process(article: Path, tmp_path: Path, engine: str) -> None:
    options = Options(engine=engine, offline=True, cache=tmp_path / "clips", jobs=2)
    convert(article, tmp_path / "out", options, lambda *_: None, lambda _line: None)
    assert verify(tmp_path / "out") == (1, ())
    with pytest.raises(UsageError, match="--offline forbids"):
        convert(article, tmp_path / "no", Options(engine="edge", offline=True), lambda *_: None, lambda _line: None)
    assert ENGINE.voice_list(ServiceSettings(), ask=False).voices


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_without_a_network_all_of_it_works(arguments: tuple[str, ...], article: Path, tmp_path: Path) -> None:
    require("network namespaces")
    done = run(article, *WITHOUT_NETWORK, sys.executable, "-m", "chaptercast", *arguments)
    assert done.returncode == 0, done.stderr
    if arguments[0] == "convert":
        assert verify(tmp_path / "output") == (1, ())


def test_without_a_network_the_embedded_engine_is_taken(article: Path, tmp_path: Path) -> None:
    require("network namespaces")
    done = run(article, *WITHOUT_NETWORK, sys.executable, "-m", "chaptercast", "convert", "lamp.md", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["episode"]["speech"]["engine"] == "espeak"
    assert "not with edge: the service" in done.stderr
    assert verify(tmp_path / "output") == (1, ())
