"""How loud finished recordings are, by FFmpeg: in every language, with several voices, and as the options have it."""

import json
from pathlib import Path

import pytest
from tests.judges import ffmpeg_loudness
from tests.judges.decoding import decode

from chaptercast.common.packaged_files import shipped
from chaptercast.errors import UsageError
from chaptercast.pipeline import Options, convert

EXAMPLES = shipped("examples")
GERMAN = (
    "---\nlang: de\ntitle: Der Turm\n---\n\n"
    "Peter zählte 128 Stufen. Oben blieb er stehen; kein Wind ging. Kam jemand? Tief unten klappte eine Tür. „Guten Abend“, "
    "sagte er. Niemand gab Antwort, und die alte Uhr schlug neun.\n\n"
)
FRENCH = (
    "---\nlang: fr\ntitle: Le phare\n---\n\n"
    "Personne ne parle. Tout est calme, et la mer aussi. Qui vient ? C’est le gardien. Puis la lampe s’allume, trois éclats en "
    "quatre secondes, et les bateaux rentrent lentement au port.\n\n"
)


def ignore(*_: object) -> None:
    """Nobody watches."""


def recorded(source: Path, folder: Path, **options: object) -> tuple[Path, dict[str, float]]:
    made = convert(source, folder, Options(engine="espeak", offline=True, jobs=2, **options), ignore, ignore)
    told = json.loads(made.audio.with_name("episode.json").read_text(encoding="utf-8"))["audio"]
    return made.audio, told


def article(folder: Path, text: str) -> Path:
    path = folder / "article.md"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name", ["night-ferry-en.md", "harbour-library-zh.txt", "four-languages.md", "german", "french"]
)
def test_recordings_are_as_loud_as_podcasts(name: str, tmp_path: Path) -> None:
    texts = {"german": GERMAN, "french": FRENCH}
    source = article(tmp_path, texts[name]) if name in texts else EXAMPLES / name
    audio, told = recorded(source, tmp_path)
    lufs, peak = ffmpeg_loudness(audio)
    assert -20 <= lufs <= -18
    assert peak <= -1.5
    assert told["lufs"] == pytest.approx(lufs, abs=0.4)
    assert told["true_peak_dbtp"] == pytest.approx(peak, abs=1)


def test_other_goals_are_reached(tmp_path: Path) -> None:
    source = EXAMPLES / "night-ferry-en.md"
    quiet, _ = recorded(source, tmp_path / "quiet", loudness="-23")
    assert ffmpeg_loudness(quiet)[0] == pytest.approx(-23, abs=1)
    acx, _ = recorded(source, tmp_path / "acx", loudness="acx")
    samples, _ = decode(acx, "ffmpeg")
    rms = sum(sample * sample for sample in samples) / len(samples) / 32768**2
    assert 10 ** (-2.3) <= rms <= 10 ** (-1.8)
    assert ffmpeg_loudness(acx)[1] <= -3


def test_with_none_a_voice_is_as_loud_as_it_is(tmp_path: Path) -> None:
    audio, told = recorded(EXAMPLES / "night-ferry-en.md", tmp_path, loudness="none")
    assert ffmpeg_loudness(audio)[0] < -21
    assert told["lufs"] < -21


def test_the_bytes_are_the_same_on_any_number_of_workers(tmp_path: Path) -> None:
    source = EXAMPLES / "four-languages.md"
    made = [
        convert(
            source, tmp_path / str(jobs), Options(engine="espeak", offline=True, jobs=jobs), ignore, ignore
        ).audio.read_bytes()
        for jobs in (1, 3)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("wrong", ["loud", "-9", "-41", "nan", ""])
def test_a_loudness_that_is_none_is_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no loudness"):
        recorded(EXAMPLES / "night-ferry-en.md", tmp_path, loudness=wrong)
