"""`chaptercast serve` as its users run it."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image
from tests.server.conftest import AUDIO, SLUG, Served, command

from chaptercast.errors import UsageError
from chaptercast.serving.server import USUAL_PORT, Listener


def refused(*arguments: object) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-m", "chaptercast", "serve", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    return run.returncode, run.stderr


def told(running: Served) -> str:
    """All that it says, once it has answered a request."""
    httpx.get(running.url, trust_env=False)
    running.process.send_signal(signal.SIGTERM)
    stdout, stderr = running.process.communicate(timeout=30)
    assert stdout == ""
    return stderr


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_even_in_the_middle_of_a_download(folder: Path, number: int) -> None:
    with (
        command(folder, "--port", 0) as running,
        httpx.Client(base_url=running.url, trust_env=False) as client,
        client.stream("GET", f"{SLUG}/a.mp3") as answer,
    ):
        assert next(answer.iter_raw(1)) == AUDIO[:1]
        running.process.send_signal(number)
        stdout, stderr = running.process.communicate(timeout=30)
    assert running.process.returncode == 0
    assert stdout == ""
    assert stderr.splitlines()[-1] == "Stopped."
    assert "Traceback" not in stderr


def test_it_says_who_can_reach_what(folder: Path) -> None:
    with command(folder, "--port", 0) as running:
        stderr = told(running)
    assert f"{folder.resolve()}, to this machine only" in stderr
    assert "--host 0.0.0.0" in stderr
    assert running.url.startswith("http://127.0.0.1:")
    assert running.feed == f"{running.url}feed.xml"


def test_open_to_the_network_it_says_so_in_plain_text(folder: Path) -> None:
    with command(folder, "--port", 0, "--host", "0.0.0.0") as running:
        here = replace(running, url=f"http://127.0.0.1:{urlsplit(running.url).port}/")
        stderr = told(here)
    assert (
        f"Everyone in the networks of this machine can now read all that is published in {folder.resolve()}" in stderr
    )
    assert "no password" in stderr
    assert stderr.isascii(), "a QR code is noise where it is read aloud"


@pytest.mark.skipif(os.name != "posix", reason="terminals are POSIX's")
def test_on_a_terminal_the_feed_is_a_qr_code_too(folder: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-m", "chaptercast", "serve", str(folder), "--port", "0", "--host", "0.0.0.0"]
    environment = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"}
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=theirs, env=environment, text=True) as process:
        os.close(theirs)
        assert process.stdout is not None
        feed = [process.stdout.readline().strip() for _ in range(2)][-1]
        shown = b""
        while b"Ctrl-C ends it." not in shown:
            shown += os.read(ours, 65536)
        process.send_signal(signal.SIGINT)
    os.close(ours)
    drawn = re.findall("\x1b\\[97;40m([█▀▄ ]+)\x1b\\[0m", shown.decode())
    (code,) = zxingcpp.read_barcodes(photograph(drawn))
    assert code.text == feed


def photograph(lines: list[str]) -> Image.Image:
    """What a camera sees of text in which each character is two squares, one above the other."""
    picture = Image.new("L", (len(lines[0]), 2 * len(lines)))
    for row, line in enumerate(lines):
        for column, block in enumerate(line):
            picture.putpixel((column, 2 * row), 255 * (block in "█▀"))
            picture.putpixel((column, 2 * row + 1), 255 * (block in "█▄"))
    return picture.resize((8 * picture.width, 8 * picture.height), Image.Resampling.NEAREST)


def test_a_folder_without_a_feed_is_served_and_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "episode.json").write_text("{}")
    with command(tmp_path, "--port", 0, lines=1) as running:
        stderr = told(running)
    assert "no feed.xml (`chaptercast feed --init`)" in stderr


def test_what_is_no_site_is_3(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("private")
    for wrong in (tmp_path, tmp_path / "nowhere", tmp_path / "letter.txt"):
        code, message = refused(wrong)
        assert code == 3
        assert "`chaptercast convert -o`" in message


def test_a_port_in_use_is_2(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, message = refused(folder, "--port", port)
    assert code == 2
    assert f"port {port} is in use" in message
    assert "--port 0" in message


def test_an_address_of_another_machine_is_2(folder: Path) -> None:
    for host in ("192.0.2.1", "no.such.host.invalid", "a" * 300, "\0"):
        if host != "\0":
            assert refused(folder, "--host", host)[0] == 2
        with pytest.raises(UsageError):
            Listener(host, 0)


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with Listener("127.0.0.1", None) as first, Listener("127.0.0.1", None) as second:
        assert USUAL_PORT <= first.port < second.port
        assert second.moved


def test_missing_libraries_name_the_extra(folder: Path) -> None:
    code = (
        "import sys, importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'uvicorn' else find(name, *a)\n"
        "from chaptercast.cli.main import funnel; sys.exit(funnel(['serve', sys.argv[1]]))"
    )
    run = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 2
    assert "pip install 'chaptercast[serve]'" in run.stderr
