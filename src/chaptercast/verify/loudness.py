"""How loud finished recordings are, measured in their sound: it takes longer than all other checks, so it is asked for."""

import math
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import read_episode
from chaptercast.speech.loudness import FULL_SCALE, Block, Loudness, blocks_of, integrated, true_peak
from chaptercast.speech.voice_levels import ACX, loudness
from chaptercast.verify.sound_decoding import AUDIO, Stretch, decoded

_LOOKED_AT = 80
"""Tenths of a second of a stretch that are looked at for a peak: all of them."""
_HIGHEST_DBTP = -1.0
"""As Apple asks of podcasts."""
_MOST_OFF_LU = 1.5
"""From what the manifest says, which was measured as it was spoken."""
_TOLERANCE_LU = 1.0
_WINDOW_S = 0.5
_ACX_RMS_DB, _ACX_PEAK_DB, _ACX_FLOOR_DB = (-23.0, -18.0), -3.0, -60.0
"""What ACX asks of narrators: the loudness of a file, its highest peak, and the noise in its pauses."""
_SILENT_DB = -120.0


class Measured(Struct, frozen=True):
    """How loud a recording is."""

    audio: Path
    lufs: float | None
    """Integrated; None for silence."""
    true_peak_dbtp: float | None
    rms_db: float
    """Of the whole file, in dB of full scale."""
    floor_db: float
    """RMS of its quietest half second."""
    findings: tuple[str, ...]
    """What is wrong with that: a line each."""


def measures_alone(path: Path) -> bool:
    """Whether something is sound of which nothing else can be checked: a file that is no MP3, or a folder of files without a manifest."""
    if path.is_file():
        return path.suffix.lower() in AUDIO - {".mp3"}
    return bool(_sounds(path)) and not (path / MANIFEST).exists() and not any(path.glob(f"*/{MANIFEST}"))


def measured(path: Path, preset: str = "") -> Iterator[Measured]:
    """Of a file with sound, a recording's folder, each recording of a site, or each file of a folder; beside a preset if one is named.

    Raises `InputError` for one that cannot be decoded, `UsageError` for what is no preset.
    """
    wanted = loudness(preset) if preset else None
    if path.is_file():
        yield _of(path, None, preset, wanted)
        return
    if measures_alone(path):
        for audio in _sounds(path):
            yield _of(audio, None, preset, wanted)
        return
    folders = [path] if (path / MANIFEST).exists() else sorted(found.parent for found in path.glob(f"*/{MANIFEST}"))
    for folder in folders:
        try:
            episode = read_episode(folder / MANIFEST)
        except (OSError, ValueError):
            continue  # of that the other checks tell
        yield _of(folder / episode.audio.file, episode.audio.lufs, preset, wanted)


def _sounds(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in AUDIO and path.is_file())


class _Meter:
    """What is measured of a file, stretch by stretch."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.peaks: list[float] = []
        self.floor_db = 0.0
        self._power = 0.0
        self._samples = 0

    def add(self, stretch: Stretch) -> None:
        """Add the next stretch: the power of two channels counts together, their peaks each by itself."""
        both = [blocks_of(pcm, stretch.rate) for pcm in stretch.channels]
        self.blocks += both[0] if len(both) == 1 else [_sum(left, right) for left, right in zip(*both, strict=True)]
        peaks = (true_peak(pcm, stretch.rate, _LOOKED_AT) for pcm in stretch.channels)
        self.peaks += [peak for peak in peaks if peak is not None]
        self._add_power(stretch)

    def _add_power(self, stretch: Stretch) -> None:
        from pydub.utils import audioop

        step = 2 * round(_WINDOW_S * stretch.rate)
        for at in range(0, len(stretch.channels[0]), step):
            pieces = [pcm[at : at + step] for pcm in stretch.channels]
            power = sum((audioop.rms(piece, 2) / FULL_SCALE) ** 2 for piece in pieces) / len(pieces)
            self._power += power * (len(pieces[0]) // 2)
            self._samples += len(pieces[0]) // 2
            if len(pieces[0]) == step:
                self.floor_db = min(self.floor_db, _db(power))

    @property
    def rms_db(self) -> float:
        """Of all that was added."""
        return _db(self._power / self._samples) if self._samples else _SILENT_DB


def _sum(left: Block, right: Block) -> Block:
    return Block(10 * math.log10(10 ** (left.loudness / 10) + 10 ** (right.loudness / 10)), left.seconds)


def _db(power: float) -> float:
    return max(_SILENT_DB, 10 * math.log10(power)) if power > 0 else _SILENT_DB


def _of(audio: Path, told: float | None, preset: str, wanted: Loudness | None) -> Measured:
    meter = _Meter()
    for stretch in decoded(audio):
        meter.add(stretch)
    lufs, peak = integrated(meter.blocks), max(meter.peaks, default=None)
    found = Measured(audio, lufs, peak, meter.rms_db, meter.floor_db, ())
    faults = [*_plain_faults(found, told), *(_faults(found, preset, wanted) if wanted else ())]
    return Measured(audio, lufs, peak, meter.rms_db, meter.floor_db, tuple(f"{audio}: {fault}" for fault in faults))


def _plain_faults(found: Measured, told: float | None) -> Iterator[str]:
    """What is wrong whatever is wanted."""
    lufs, peak = found.lufs, found.true_peak_dbtp
    if peak is not None and peak > _HIGHEST_DBTP:
        yield f"its true peak is {peak:.1f} dBTP, over {_HIGHEST_DBTP:g}: convert the article again"
    if lufs is not None and told is not None and abs(lufs - told) > _MOST_OFF_LU:
        yield f"the manifest says {told:.1f} LUFS, it has {lufs:.1f}: convert the article again"


def _faults(found: Measured, preset: str, wanted: Loudness) -> Iterator[str]:
    """What does not fit the preset."""
    remedy = f"convert with --loudness {preset}"
    if found.lufs is None or found.true_peak_dbtp is None:
        yield f"it is silent, which is not “{preset}”"
        return
    if preset == ACX:
        low, high = _ACX_RMS_DB
        if not low <= found.rms_db <= high:
            yield f"its RMS is {found.rms_db:.1f} dB, which ACX wants from {low:g} to {high:g}: {remedy}"
        if found.floor_db > _ACX_FLOOR_DB:
            yield f"the noise in its pauses is {found.floor_db:.1f} dB, which ACX wants below {_ACX_FLOOR_DB:g}: take out the noise"
    elif abs(off := found.lufs - wanted.lufs) > _TOLERANCE_LU:
        than = "louder" if off > 0 else "softer"
        yield f"it has {found.lufs:.1f} LUFS, {abs(off):.1f} LU {than} than {wanted.lufs:g}: {remedy}"
    highest = _ACX_PEAK_DB if preset == ACX else wanted.peak_dbtp
    if highest < found.true_peak_dbtp:
        yield f"its true peak is {found.true_peak_dbtp:.1f} dBTP, over the {highest:g} of “{preset}”: {remedy}"
