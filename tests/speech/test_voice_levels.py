"""The gain of a voice: measured once, kept, and the same for everything it says."""

import json
from pathlib import Path

import pytest

from chaptercast.speech import voice_levels
from chaptercast.speech.engines.espeak import ENGINE
from chaptercast.speech.engines.silence import ENGINE as SILENCE
from chaptercast.speech.voice_levels import PRESETS, VoiceLevels, loudness


@pytest.fixture(autouse=True)
def _nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_levels, "_known", {})


def test_it_is_measured_once_and_kept(tmp_path: Path) -> None:
    level = VoiceLevels(ENGINE, PRESETS["podcast"], tmp_path)("de", "de")
    assert level is not None
    (kept,) = tmp_path.iterdir()
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"gain_db": level.gain_db + 2}))
    voice_levels._known.clear()
    again = VoiceLevels(ENGINE, PRESETS["podcast"], tmp_path)("de", "de")
    assert again is not None
    assert again.gain_db == pytest.approx(level.gain_db + 2)


def test_what_is_damaged_is_measured_again(tmp_path: Path) -> None:
    levels = VoiceLevels(ENGINE, PRESETS["podcast"], tmp_path)
    first = levels("fr", "fr")
    (kept,) = tmp_path.iterdir()
    kept.write_text("{")
    voice_levels._known.clear()
    assert levels("fr", "fr") == first


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    assert VoiceLevels(ENGINE, PRESETS["acx"], tmp_path, writes=False)("sw", "sw") is not None  # on numbers
    assert not [*tmp_path.iterdir()]


def test_silence_has_no_level(tmp_path: Path) -> None:
    assert VoiceLevels(SILENCE, PRESETS["podcast"], tmp_path)("silence", "en") is None


def test_a_number_is_a_loudness() -> None:
    found = loudness("-16")
    assert found is not None
    assert (found.lufs, found.peak_dbtp) == (-16, -1.5)
    assert loudness("none") is None
