"""How loud finished recordings are, measured in their sound: it takes longer than all other checks, so it is asked for."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from chaptercast.errors import InputError
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import read_episode
from chaptercast.speech.loudness import Block, blocks_of, integrated, true_peak

_SECONDS = 8
"""That are decoded at once."""
_EVERY = 2
_LOOKED_AT = 60
"""Stretches, of those 8 seconds."""
_HIGHEST_DBTP = -1.0
"""As Apple asks of podcasts."""
_MOST_OFF_LU = 1.5


class Measured(Struct, frozen=True):
    """How loud a recording is."""

    audio: Path
    lufs: float | None
    """Integrated; None for silence."""
    true_peak_dbtp: float | None
    findings: tuple[str, ...]
    """What is wrong with that: a line each."""


def measured(path: Path) -> Iterator[Measured]:
    """Of an MP3, a recording's folder, or each recording of a site. Raises `InputError` for one that cannot be decoded."""
    if path.is_file():
        yield _of(path, None)
        return
    folders = [path] if (path / MANIFEST).exists() else sorted(found.parent for found in path.glob(f"*/{MANIFEST}"))
    for folder in folders:
        try:
            episode = read_episode(folder / MANIFEST)
        except (OSError, ValueError):
            continue  # of that the other checks tell
        yield _of(folder / episode.audio.file, episode.audio.lufs)


def _of(audio: Path, told: float | None) -> Measured:
    lufs, peak = _decoded(audio)
    findings = []
    if peak is not None and peak > _HIGHEST_DBTP:
        findings.append(f"{audio}: its true peak is {peak:.1f} dBTP, over {_HIGHEST_DBTP:g}: convert the article again")
    if lufs is not None and told is not None and abs(lufs - told) > _MOST_OFF_LU:
        findings.append(f"{audio}: the manifest says {told:.1f} LUFS, it has {lufs:.1f}: convert the article again")
    return Measured(audio, lufs, peak, tuple(findings))


def _decoded(audio: Path) -> tuple[float | None, float | None]:
    import miniaudio

    blocks: list[Block] = []
    peaks: list[float] = []
    try:
        rate = miniaudio.mp3_get_file_info(str(audio)).sample_rate
        stream = miniaudio.mp3_stream_file(str(audio), frames_to_read=_SECONDS * rate)
        for samples in stream:
            pcm = samples.tobytes()
            blocks += blocks_of(pcm, rate, _EVERY)
            peak = true_peak(pcm, rate, _LOOKED_AT)
            if peak is not None:
                peaks.append(peak)
    except (miniaudio.MiniaudioError, OSError) as error:
        raise InputError(f"{audio} cannot be decoded: {error}.", "Convert the article again.") from error
    return integrated(blocks), max(peaks, default=None)
