"""The command after each episode."""

import os
import sys
from pathlib import Path

import psutil
import pytest
from msgspec.structs import replace
from tests.app.queues import until
from tests.integrations.hook import COMMAND, calls
from tests.publication.sites import episode as made

from chaptercast.errors import OutputError
from chaptercast.integrations.hooks import Hook, announce, environment, run_hook

EPISODE = made()
HOSTILE = "$(touch hacked); `touch hacked` & | > hacked \n\0'\" %PATH% \U0001f600"


def hook(*arguments: str, seconds: float = 60) -> Hook:
    return Hook((*COMMAND, *arguments), seconds)


def test_it_gets_the_values_in_its_environment(tmp_path: Path) -> None:
    run_hook(hook("a b"), tmp_path, EPISODE, is_new=True)
    (call,) = calls(tmp_path)
    assert call["arguments"] == ["a b"]
    assert (call["EPISODE_EVENT"], call["EPISODE_GUID"]) == ("new", EPISODE.guid)
    assert Path(call["EPISODE_MP3"]) == tmp_path / EPISODE.slug / EPISODE.audio.file
    assert call["EPISODE_FEED"] == "", "there is none"
    run_hook(hook(), tmp_path, EPISODE, is_new=False)
    assert calls(tmp_path)[1]["EPISODE_EVENT"] == "changed"


def test_no_text_of_an_article_is_ever_a_command(tmp_path: Path) -> None:
    episode = replace(EPISODE, title=HOSTILE, author=HOSTILE, source=HOSTILE)
    run_hook(hook(), tmp_path, episode, is_new=True)
    assert [path.name for path in tmp_path.iterdir()] == ["calls.jsonl"]
    assert calls(tmp_path)[0]["EPISODE_TITLE"] == HOSTILE.replace("\0", "")
    run_hook(hook(), tmp_path, replace(EPISODE, title="x" * 1_000_000), is_new=True)
    assert len(environment(tmp_path, replace(EPISODE, title="x" * 1_000_000), is_new=True)["EPISODE_TITLE"]) == 2000


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ((*COMMAND, "fail"), "exit code 1"),
        (("no-such-program",), "cannot be started"),
        (("",), "cannot be started"),
        ((sys.executable, "-c", "import os; os.abort()"), "signal 6"),
    ],
)
def test_what_goes_wrong_is_told(tmp_path: Path, command: tuple[str, ...], said: str) -> None:
    with pytest.raises(OutputError, match=said) as raised:
        run_hook(Hook(command), tmp_path, EPISODE, is_new=True)
    assert EPISODE.title not in raised.value.message


def left_in(folder: Path) -> list[psutil.Process]:
    """The processes that run in a folder. Dead ones may wait for somebody to take notice."""
    found = psutil.process_iter(["cwd", "status"])
    return [one for one in found if one.info["cwd"] == str(folder) and one.info["status"] != psutil.STATUS_ZOMBIE]


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")
def test_it_ends_in_time_with_all_that_it_started(tmp_path: Path) -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with pytest.raises(OutputError, match=r"took more than 0\.3 s"):
        run_hook(Hook((sys.executable, "-c", code), 0.3), tmp_path, EPISODE, is_new=True)
    until(lambda: not left_in(tmp_path))


def test_of_an_episode_that_is_gone_nothing_is_told(tmp_path: Path) -> None:
    announce(hook(), tmp_path, "gone", is_new=True)
    assert calls(tmp_path) == []
