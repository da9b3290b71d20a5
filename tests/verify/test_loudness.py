"""The loudness of finished recordings, as `check` measures it, beside FFmpeg's figures."""

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.test_commands import chaptercast
from tests.judges import ffmpeg_loudness

from chaptercast.errors import InputError
from chaptercast.verify.loudness import measured


def test_the_figures_are_ffmpegs(recording: Path) -> None:
    (found,) = measured(recording)
    lufs, peak = ffmpeg_loudness(found.audio)
    assert found.lufs == pytest.approx(lufs, abs=0.7)
    assert found.true_peak_dbtp == pytest.approx(peak, abs=0.6)  # FFmpeg resamples before it looks
    assert found.findings == ()
    assert [one.lufs for one in measured(found.audio)] == [found.lufs]
    assert [one.lufs for one in measured(recording.parent)] == [found.lufs]


def test_what_the_manifest_says_is_held_against_it(recording: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(recording, folder)
    manifest = json.loads((folder / "episode.json").read_text(encoding="utf-8"))
    manifest["audio"]["lufs"] -= 4
    (folder / "episode.json").write_text(json.dumps(manifest), encoding="utf-8")
    (found,) = measured(folder)
    assert "the manifest says" in found.findings[0]
    done = chaptercast("check", "--loudness", folder)
    assert done.returncode == 1
    assert "LUFS" in done.stdout
    assert "dBTP" in done.stderr


def test_what_is_no_recording_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"no sound at all")
    with pytest.raises(InputError, match="cannot be decoded"):
        list(measured(tmp_path / "a.mp3"))
