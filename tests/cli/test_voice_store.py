"""`chaptercast voices` and what is installed: the command as its users run it, with tiny packs."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from tests.serving import Site, serving
from tests.speech.engines.neural.models import piper_configuration, piper_model
from tests.test_offline import GUARD
from tests.voice_store.conftest import store  # noqa: F401 -- it is used by each test
from tests.voice_store.makers import giving, in_turn, saying, tearing
from tests.voice_store.packs import CARD, PIPER, catalogue_text, laid_out, names_in, pack_of

from chaptercast.cli import main, voice_store
from chaptercast.errors import ExitCode
from chaptercast.voice_store import installed
from chaptercast.voice_store.http_request import RetryPolicy

PACK = "en_US-test-medium"
STRICT = "de_DE-strict-medium"


class Ran(Struct):
    """How the command ended, and what it printed."""

    code: ExitCode
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The makers' place, and a catalogue that knows it."""
    with serving({f"/{name}": giving(content) for name, content in PIPER.items()}) as site:
        restricted = {"licence": "CC-BY-NC-4.0", "licence_note": "Not for commercial use.", "restricted": True}
        packs = (pack_of(PIPER, site.url("/")), pack_of(PIPER, site.url("/"), id=STRICT, **restricted))
        (tmp_path / "ours.toml").write_text(catalogue_text(*packs))
        yield site


@pytest.fixture
def chaptercast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command, in this process, with that catalogue where there is one; `typed` is what is typed at a terminal."""
    monkeypatch.delenv("CHAPTERCAST_OFFLINE", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, typed: str | None = None) -> Ran:
        stdin = io.StringIO(typed or "")
        monkeypatch.setattr(stdin, "isatty", lambda: typed is not None)
        monkeypatch.setattr(sys, "stdin", stdin)
        own = ["--catalogue", "ours.toml"] if (tmp_path / "ours.toml").exists() else []
        code = main.funnel(["voices", *map(str, arguments), *own])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        assert "\x1b" not in printed.err + printed.out
        return Ran(code, printed.out, printed.err)

    return run


@pytest.mark.usefixtures("site")
def test_what_can_be_installed_is_a_line_each(chaptercast: Command) -> None:
    ran = chaptercast("--available", "--language", "en")
    assert ran.code is ExitCode.DONE
    lines = ran.out.splitlines()
    assert f"{PACK}: en-US, 0.0 MB, CC0-1.0, not installed" in lines
    assert f"{STRICT}: en-US, 0.0 MB, CC-BY-NC-4.0 (needs --accept-licence), not installed" in lines
    assert any(line.startswith("kokoro-v1.0-int8: 54 voices: en-US, en-GB") for line in lines)
    assert not any(line.startswith("fr_FR") for line in lines)
    assert any(line.startswith("fr_FR") for line in chaptercast("--available").out.splitlines())
    assert chaptercast("--available", "--language", "tlh").out == ""


@pytest.mark.usefixtures("site")
def test_programs_get_json(chaptercast: Command, store: Path) -> None:  # noqa: F811
    chaptercast("--install", PACK, "--yes")
    listed = {pack["id"]: pack for pack in json.loads(chaptercast("--available", "--json").out)}
    assert listed[PACK]["folder"] == str(store / PACK)
    assert listed[STRICT]["folder"] is None
    assert (listed[STRICT]["restricted"], listed[STRICT]["hosts"]) == (True, ["127.0.0.1"])
    assert len(listed["kokoro-v1.0-int8"]["voices"]) == 54
    assert json.loads(chaptercast("--verify", "--json").out) == [
        {"id": PACK, "folder": str(store / PACK), "whole": True, "faults": []}
    ]


@pytest.mark.usefixtures("site")
def test_installing_says_what_comes_from_where(chaptercast: Command, store: Path) -> None:  # noqa: F811
    ran = chaptercast("--install", PACK, "--yes")
    assert ran.code is ExitCode.DONE
    assert ran.out == f"{PACK} is installed: {store / PACK}\n"
    for told in ("Licence: CC0-1.0. Free for any use.", "from 127.0.0.1.", f"Folder: {store / PACK}"):
        assert told in ran.err
    tenths = [line for line in ran.err.splitlines() if line.startswith("Downloading, ")]
    assert tenths[-1].startswith("Downloading, 100 percent of")
    assert len(tenths) <= 10
    assert f"{PACK}: en-US, 0.0 MB, CC0-1.0, installed" in chaptercast("--available").out


def test_one_that_is_there_and_whole_is_told(chaptercast: Command, site: Site) -> None:
    chaptercast("--install", PACK, "--yes")
    count = len(site.requests)
    ran = chaptercast("--install", PACK)
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    assert "is installed already, and whole" in ran.out
    assert len(site.requests) == count


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 130), ("\n", 130), ("", 130)])
def test_people_are_asked(chaptercast: Command, site: Site, typed: str, code: int) -> None:
    ran = chaptercast("--install", PACK, typed=typed)
    assert ran.code == code
    assert "Install it? [y/N]" in ran.err
    assert bool(installed()) is (code == 0)
    assert bool(site.requests) is (code == 0)


@pytest.mark.parametrize("action", ["--install", "--remove"])
def test_where_nobody_can_be_asked_it_must_be_said(chaptercast: Command, site: Site, action: str) -> None:
    if action == "--remove":
        chaptercast("--install", PACK, "--yes")
        site.requests.clear()
    ran = chaptercast(action, PACK)
    assert ran.code is ExitCode.USAGE
    assert "add: --yes" in ran.err
    assert site.requests == []
    assert bool(installed()) is (action == "--remove")


def test_a_licence_that_restricts_must_be_accepted(chaptercast: Command, site: Site) -> None:
    ran = chaptercast("--install", STRICT, "--yes")
    assert ran.code is ExitCode.USAGE
    assert "CC-BY-NC-4.0. Not for commercial use." in ran.err
    assert "add: --accept-licence" in ran.err
    assert site.requests == []
    assert chaptercast("--install", STRICT, "--yes", "--accept-licence").code is ExitCode.DONE
    assert installed()[0].restricted


@pytest.mark.usefixtures("site")
def test_wrong_use_is_2(chaptercast: Command, store: Path) -> None:  # noqa: F811
    wrong: list[tuple[tuple[str, ...], str]] = [
        (("--install",), "Which voice?"),
        (("--remove",), "Which voice?"),
        (("--install", "en_US-tset-medium"), PACK),
        (("--remove", "x"), "is not installed"),
        (("--verify", "x"), "is not installed"),
        (("--export", PACK), "the voice and the file"),
        (("--export", PACK, "x.tar"), "is not installed"),
        (("--install", "--remove", PACK), "do not go together"),
        (("--from", "."), "--from is for --install"),
        ((PACK,), "give --install, too"),
        (("--available", PACK), "give --install, too"),
        (("--install", PACK, "--json"), "--json is for"),
        (("--install", "--from", "nowhere"), "nothing at nowhere"),
    ]
    for arguments, told in wrong:
        ran = chaptercast(*arguments)
        assert ran.code is ExitCode.USAGE, arguments
        assert told in ran.err, arguments
    assert names_in(store) == []


def test_a_catalogue_that_is_wrong_is_2(chaptercast: Command, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("format = 1\n[[packs]]\nfamly = 1\n")
    ran = chaptercast("--available")
    assert ran.code is ExitCode.USAGE
    assert "Did you mean “family”" in ran.err
    assert "“id” is missing" in ran.err


def test_offline_nothing_is_fetched_and_the_way_out_is_told(chaptercast: Command, site: Site) -> None:
    ran = chaptercast("--install", PACK, "--yes", "--offline")
    assert ran.code is ExitCode.USAGE
    assert f"chaptercast voices --install {PACK} --from PATH" in ran.err
    assert site.requests == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--available",), 0),
        (("--verify",), 0),
        (("--install", PACK, "--yes"), 2),
        (("--install", "--from", "given", "--yes"), 0),
    ],
)
def test_offline_no_socket_is_touched(arguments: tuple[str, ...], code: int, site: Site, tmp_path: Path) -> None:
    laid_out(tmp_path / "given", {f"{PACK}.onnx": PIPER["model.onnx"], f"{PACK}.onnx.json": PIPER["model.onnx.json"]})
    done = subprocess.run(
        [sys.executable, "-c", GUARD, "voices", *arguments, "--catalogue", "ours.toml"],
        cwd=tmp_path,
        env={**os.environ, "CHAPTERCAST_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "a socket was touched" not in done.stderr + done.stdout
    assert done.returncode == code, done.stderr
    assert site.requests == []


def test_one_command_installs_a_voice_from_a_folder(chaptercast: Command, tmp_path: Path) -> None:
    laid_out(
        tmp_path / "given",
        {"mine.onnx": piper_model("other"), "mine.onnx.json": piper_configuration(), "MODEL_CARD": CARD},
    )
    ran = chaptercast("--install", "--from", "given", "--yes", "--offline")
    assert ran.code is ExitCode.DONE
    assert "The catalogue does not know it." in ran.err
    (pack,) = installed("piper")
    assert (pack.id, pack.licence, pack.restricted) == ("mine", "CC0-1.0", False)
    assert "mine: en-US, 0.0 MB, CC0-1.0, installed" in chaptercast("--available").out


def test_a_folder_with_several_installs_all_and_one_that_fails_stops_none(chaptercast: Command, tmp_path: Path) -> None:
    for name, model in (("a", piper_model("other")), ("b", b"no model"), ("c", piper_model("third"))):
        laid_out(
            tmp_path / "given" / name,
            {f"{name}.onnx": model, f"{name}.onnx.json": piper_configuration(), "MODEL_CARD": CARD},
        )
    ran = chaptercast("--install", "--from", "given", "-y")
    assert ran.code is ExitCode.ENGINE
    assert ran.err.count("Error: ") == 1
    assert "Error: b cannot be installed" in ran.err
    assert [pack.id for pack in installed()] == ["a", "c"]


def test_a_voice_can_be_given_a_name(chaptercast: Command, tmp_path: Path) -> None:
    laid_out(tmp_path / "given", {"x.onnx": piper_model("other"), "x.onnx.json": piper_configuration()})
    assert chaptercast("--install", "my-voice", "--from", "given", "-y").code is ExitCode.USAGE
    assert (
        chaptercast("--install", "my-voice", "--from", "given/x.onnx", "-y", "--accept-licence").code is ExitCode.DONE
    )
    assert [pack.id for pack in installed()] == ["my-voice"]
    ran = chaptercast("--install", "../x", "--from", "given", "-y", "--accept-licence")
    assert (ran.code, "no name for a voice" in ran.err) == (ExitCode.USAGE, True)


@pytest.mark.usefixtures("site")
def test_export_and_import(chaptercast: Command, tmp_path: Path) -> None:
    chaptercast("--install", PACK, "--yes")
    ran = chaptercast("--export", PACK, "voice.tar")
    assert ran.code is ExitCode.DONE
    assert "--install --from voice.tar" in ran.err
    first = (tmp_path / "voice.tar").read_bytes()
    assert chaptercast("--remove", PACK, "--yes").out == f"{PACK} is removed.\n"
    assert installed() == ()
    assert chaptercast("--install", "--from", "voice.tar", "--yes", "--offline").code is ExitCode.DONE
    chaptercast("--export", PACK, "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == first


@pytest.mark.usefixtures("site")
def test_verifying_names_each_damaged_file_and_ends_with_1(chaptercast: Command, store: Path) -> None:  # noqa: F811
    assert chaptercast("--verify").err == "No local voice is installed.\n"
    chaptercast("--install", PACK, STRICT, "--yes", "--accept-licence")
    ran = chaptercast("--verify")
    assert (ran.code, len(ran.out.splitlines())) == (ExitCode.DONE, 2)
    (store / PACK / "model.onnx").write_bytes(b"")
    ran = chaptercast("--verify")
    assert ran.code == 1
    assert f"{PACK}: model.onnx: it has 0 bytes instead of {len(PIPER['model.onnx'])}" in ran.out.splitlines()
    assert "2 installed, 1 damaged." in ran.err
    assert chaptercast("--verify", STRICT).code is ExitCode.DONE
    assert json.loads(chaptercast("--verify", PACK, "--json").out)[0]["faults"][0]["file"] == "model.onnx"


def test_trouble_on_the_way_is_5_and_the_same_command_goes_on(
    chaptercast: Command, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_store.installation, "RetryPolicy", lambda: RetryPolicy(sleep=lambda _seconds: None))
    site.answers["/model.onnx"] = in_turn(tearing(PIPER["model.onnx"], 1000), saying(404))
    ran = chaptercast("--install", PACK, "--yes")
    assert ran.code is ExitCode.SERVICE
    assert "run the same command again to continue" in ran.err
    assert "To go on: chaptercast voices --install en_US-test-medium --yes" in ran.err
    told = chaptercast("--verify")
    assert told.code is ExitCode.DONE
    assert f"{PACK}: 0.0 MB of an unfinished download" in told.err
    site.answers["/model.onnx"] = giving(PIPER["model.onnx"])
    ran = chaptercast("--install", PACK, "--yes")
    assert ran.code is ExitCode.DONE
    assert "It continues where an earlier run stopped." in ran.err
    assert site.requests[-1][1]["Range"] == "bytes=1000-"


def test_what_is_not_the_voice_is_4_and_nothing_is_left(chaptercast: Command, site: Site, store: Path) -> None:  # noqa: F811
    site.answers["/model.onnx"] = giving(b"x" * len(PIPER["model.onnx"]))
    ran = chaptercast("--install", PACK, "--yes")
    assert ran.code is ExitCode.ENGINE
    assert ran.err.count("Error: ") == 1
    assert "its checksum is wrong" in ran.err
    assert list(store.iterdir()) == []


def test_a_store_that_cannot_be_written_is_6(
    chaptercast: Command, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CHAPTERCAST_VOICES", str(tmp_path / "file" / "store"))
    ran = chaptercast("--install", PACK, "--yes")
    assert ran.code is ExitCode.OUTPUT
    assert site.requests == []


@pytest.mark.usefixtures("site")
def test_an_interrupt_says_what_is_kept(chaptercast: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(voice_store.installation, "download", interrupted)
    ran = chaptercast("--install", PACK, "--yes")
    assert ran.code is ExitCode.INTERRUPTED
    assert "is kept: the same command continues from there" in ran.err


def test_without_an_action_the_command_is_what_it_was(chaptercast: Command) -> None:
    ran = chaptercast("--language", "de")
    assert ran.code is ExitCode.DONE
    assert "profile de: " in ran.out
