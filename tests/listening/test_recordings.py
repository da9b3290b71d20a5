"""Finished recordings listened to by the real recogniser, as users do it: `chaptercast check --listen`, without any network."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import Struct
from tests.judges.markup import html_validate_faults, w3c_faults
from tests.judges.requirement import MODELS_FOLDER, require
from tests.test_offline import GUARD

from chaptercast.common.units import LanguageTag
from chaptercast.errors import InputError
from chaptercast.listening.finished_recordings import finished, folders_at, refusal, soundings
from chaptercast.listening.utterance_times import placed
from chaptercast.script.model import Sentence

pytestmark = [pytest.mark.xdist_group("listening"), pytest.mark.timeout(600)]
ARTICLE = """---
title: The night boat
language: en-US
---

The last boat leaves at 11:40, and 36 people are waiting at the gate. It takes them home in the dark.

## On deck

Somebody has brought a dog, a guitar and a basket of apples.

- Ropes are coiled before the bell is rung.
- Nobody is allowed to smoke below.
"""


class Site(Struct, frozen=True):
    """A recording, and who may listen to it."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: object) -> "subprocess.CompletedProcess[str]":
        """The command, which dies if it touches a socket."""
        command = [sys.executable, "-c", GUARD, *map(str, arguments)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=500)

    @property
    def recording(self) -> Path:
        return self.folder / "site" / "the-night-boat"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    require("en_US-joe-medium")
    require("whisper-base")
    folder = tmp_path_factory.mktemp("listening")
    own = {"CHAPTERCAST_VOICES": str(folder / "voices"), "CHAPTERCAST_CACHE": str(folder / "cache")}
    made = Site(folder, {**os.environ, **own})
    for name in ("en_US-joe-medium", "whisper-base"):
        done = made.run("voices", "--install", "--from", MODELS_FOLDER / name, "--yes")
        assert done.returncode == 0, done.stderr
    (folder / "boat.md").write_text(ARTICLE)
    done = made.run("convert", folder / "boat.md", "-o", folder / "site", "--engine", "piper", "--offline", "--listen")
    assert done.returncode == 0, done.stderr
    assert "Listening with whisper-base" in done.stderr
    return made


@pytest.fixture(scope="module")
def checked(site: Site) -> "subprocess.CompletedProcess[str]":
    """The first check of the recording. Starting costs more than hearing, so tests share it."""
    return site.run("check", "--listen", "--json", site.recording)


def test_a_recording_that_is_as_written_passes(site: Site, checked: "subprocess.CompletedProcess[str]") -> None:
    (heard,) = json.loads(checked.stdout)["heard"]
    assert (checked.returncode, heard["verdicts"]["not as written"]) == (0, 0), checked.stdout
    assert heard["verdicts"]["heard"] >= 6
    assert heard["edited"] == []
    (rate,) = heard["rates"]
    assert (rate["voice"], rate["language"]) == ("en_US-joe-medium", "en-US")
    assert rate["error_rate"] < 0.3
    assert json.loads((site.recording / "episode.json").read_text())["misheard"] == []


def test_what_was_made_out_is_kept(site: Site, checked: "subprocess.CompletedProcess[str]") -> None:
    kept = sorted((site.folder / "cache" / "heard").glob("??/*.heard"))
    before = [path.stat().st_mtime_ns for path in kept]
    second = site.run("check", "--listen", "--json", site.recording / "the-night-boat.mp3")
    assert (checked.returncode, second.returncode, second.stdout) == (0, 0, checked.stdout)
    assert [path.stat().st_mtime_ns for path in kept] == before
    assert len(kept) >= 6


def test_what_is_not_said_is_told_with_its_time(site: Site, tmp_path: Path) -> None:
    """The recording stays, and what should be heard is another text: as if the voice had left words out, or said others."""
    changed = tmp_path / "site" / "other"
    changed.mkdir(parents=True)
    for path in site.recording.iterdir():
        content = path.read_bytes()
        if path.name in ("script.ssml", "transcript.json"):
            text = content.decode().replace("a guitar and a basket", "a guitar, three very old umbrellas and a basket")
            text = text.replace("36 people", "39 people").replace("thirty-six people", "thirty-nine people")
            content = text.encode()
        (changed / path.name).write_bytes(content)
    done = site.run("check", "--listen", changed)
    assert done.returncode == 1, done.stderr
    found = done.stdout.splitlines()
    assert any(
        re.search(r"boat\.mp3: 0:\d\d: missing words, should be “.*umbrellas.*” .*9\d% sure", line) for line in found
    )
    assert any("other number, should be “thirty nine”, heard “thirty six”" in line for line in found)
    page = (changed / "listening.html").read_text()
    assert re.search(r'<audio controls preload="none" src="./the-night-boat.mp3#t=\d+\.\d\d,\d+\.\d\d"', page)
    assert page.count("<article>") == len(found)


@pytest.mark.usefixtures("checked")
def test_the_page_is_sound(site: Site) -> None:
    page = site.recording / "listening.html"
    assert "What was heard otherwise than it is written" in page.read_text()
    assert not html_validate_faults([page])
    assert not w3c_faults([page])


def test_espeak_is_refused_outside_english_with_the_reason(site: Site, tmp_path: Path) -> None:
    (tmp_path / "boot.md").write_text("---\nlanguage: de\n---\n\n# Das Boot\n\nDas letzte Boot fährt um zehn.\n")
    site.run("convert", tmp_path / "boot.md", "-o", tmp_path / "site", "--engine", "espeak", "--offline")
    done = site.run("check", "--listen", tmp_path / "site" / "das-boot")
    assert done.returncode == 4
    assert "not listened to: eSpeak NG is not understood by recognisers outside English" in done.stderr


def test_passages_have_their_own_sound(site: Site) -> None:
    recording = finished(site.recording)
    found = list(soundings(recording))
    assert [one.passage for one in found] == list(recording.passages)
    assert recording.untimed == 0
    assert all(abs(one.seconds - (one.passage.end - one.passage.start) / 1000) < 0.2 for one in found)
    assert [one.passage.text for one in found][:2] == ["The night boat", found[1].passage.text]


def test_who_is_refused() -> None:
    assert refusal("espeak", LanguageTag("de-AT"))
    assert refusal("silence", LanguageTag("en"))
    assert not refusal("espeak", LanguageTag("en-GB"))
    assert not refusal("kokoro", LanguageTag("de"))


def test_an_mp3_without_its_script_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "alone.mp3").write_bytes(b"")
    with pytest.raises(InputError, match="no script"):
        folders_at(tmp_path / "alone.mp3")
    with pytest.raises(InputError, match="no recording"):
        folders_at(tmp_path)


def test_what_only_the_narrator_says_stands_between_its_neighbours() -> None:
    says = [[Sentence("One.", "one")], [Sentence("", "a list")], [Sentence("", "of"), Sentence("Two.", "two")]]
    spans = placed(says, [("One.", 0.0, 1.0), ("Two.", 3.0, 4.0)], 4.0)
    assert spans[0] == (0.0, 1.0)
    assert spans[1] is not None
    assert 1.0 < spans[1][0] < spans[1][1] < 3.0
    assert spans[2] == (1.15, 4.0)
    lost = placed([*says, [Sentence("Three.", "three")]], [("One.", 0.0, 1.0), ("Two.", 3.0, 4.0)], 4.0)
    assert lost[3] is None
