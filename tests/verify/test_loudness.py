"""The loudness of finished recordings, as `check` measures it, beside FFmpeg's figures."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.test_commands import chaptercast
from tests.judges import ffmpeg_loudness
from tests.judges.requirement import require

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


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A murmur in two channels, as files of several kinds."""
    require("ffmpeg")
    folder = tmp_path_factory.mktemp("sounds")
    left, right = "sin(2*PI*330*t)*(0.2+0.1*sin(9*t))", "sin(2*PI*470*t)*0.05"
    source = ["-f", "lavfi", "-i", f"aevalsrc={left}|{right}:s=44100:d=9"]
    kinds = (("a.mp3", ["-b:a", "192k"]), ("b.m4b", ["-f", "ipod"]), ("c.opus", []), ("d.flac", []))
    for name, options in kinds:
        subprocess.run(["ffmpeg", "-v", "error", *source, *options, folder / name], check=True)
    (folder / "notes.txt").write_text("No sound.")
    return folder


def test_files_of_every_kind_are_measured(sounds: Path) -> None:
    found = list(measured(sounds))
    assert [one.audio.name for one in found] == ["a.mp3", "b.m4b", "c.opus", "d.flac"]
    for one in found:
        lufs, peak = ffmpeg_loudness(one.audio)
        assert one.lufs == pytest.approx(lufs, abs=0.5)
        assert one.true_peak_dbtp == pytest.approx(peak, abs=0.5)
        assert one.rms_db == pytest.approx(-19.25, abs=0.4)


def test_what_is_out_of_the_preset_is_told(sounds: Path) -> None:
    done = chaptercast("check", "--preset", "podcast", sounds)
    assert done.returncode == 1
    assert done.stdout.count("louder than -19: convert with --loudness podcast") == 4
    assert done.stderr.count("dBTP") == 4
    (one,) = measured(sounds / "b.m4b", "-17")
    assert one.findings == ()
    assert "noise in its pauses" in next(measured(sounds / "d.flac", "acx")).findings[0]
    assert chaptercast("check", "--preset", "loud", sounds).returncode == 2


def test_the_figures_are_there_as_json(sounds: Path) -> None:
    done = chaptercast("check", "--loudness", "--json", sounds / "c.opus")
    (one,) = json.loads(done.stdout)["loudness"]
    assert set(one) == {"audio", "lufs", "true_peak_dbtp", "rms_db", "noise_floor_db"}
