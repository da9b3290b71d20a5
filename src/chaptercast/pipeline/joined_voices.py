"""What each voice says in a recording that is being joined: how loud it is, and where. At the end, a service's voices are levelled."""

from collections.abc import Iterable
from typing import BinaryIO

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.mpeg_gain import STEP_DB, louder
from chaptercast.speech.frame_limiter import limited
from chaptercast.speech.loudness import Block, Loudness, integrated
from chaptercast.speech.model import Clip
from chaptercast.speech.online.mp3_to_clip import loudness_measured
from chaptercast.speech.service_levels import AT_EDGES_DB, VoiceSound, steps_of

_UNSURE_DB, _BELOW_DB = 0.2, 0.1
"""How far a peak may be over the one that was measured; and how far below the wanted one the limiter stays, since meters differ."""


class JoinedVoices:
    """The clips of a recording, by voice."""

    def __init__(self, wanted: Loudness | None) -> None:
        """`wanted` is how loud a service's voices are made; `None` to leave all as they are."""
        self._wanted = wanted
        self._sounds: dict[str, VoiceSound] = {}
        self._places: list[tuple[str, int, int, Grid, float | None]] = []
        """Where clips are in the file, begin and length in bytes; and what their frames and their true peaks are."""
        self._steps: dict[str, int] = {}

    def add(self, voice: str, clip: Clip, file_end: int) -> None:
        """Add a clip that ends at a byte of the file."""
        if self._wanted:
            clip = loudness_measured(clip)
            self._places.append((voice, file_end - len(clip.frames), len(clip.frames), clip.grid, clip.peak_db))
        self._sounds.setdefault(voice, VoiceSound()).add(clip.blocks, clip.peak_db)

    def level(self, stream: BinaryIO) -> None:
        """Make a service's voices as loud as is wanted, in the file that was joined. No frame changes its length."""
        if self._wanted is None:
            return
        highest = self._wanted.peak_dbtp
        self._steps = steps_of(self._sounds, self._wanted)
        for voice, begin, length, grid, peak_db in self._places:
            steps = self._steps.get(voice, 0)
            is_high = peak_db is not None and peak_db + STEP_DB * steps > highest - _UNSURE_DB
            if length and (steps or is_high):
                stream.seek(begin)
                frames = stream.read(length)
                stream.seek(begin)
                stream.write(limited(frames, grid, steps, highest - _BELOW_DB) if is_high else louder(frames, steps))

    def loudness(self) -> tuple[float | None, float | None]:
        """How loud all is together, in LUFS, and the highest true peak in dBTP; None for silence."""
        lufs = integrated(
            block for voice, sound in self._sounds.items() for block in self._changed(voice, sound.blocks)
        )
        peaks = [
            sound.peak_dbtp + self._change_db(voice)
            for voice, sound in self._sounds.items()
            if sound.peak_dbtp is not None
        ]
        peak = max(peaks) if peaks else None
        if peak is not None and self._wanted:
            peak = min(peak, self._wanted.peak_dbtp)
        return None if lufs is None else round(lufs - AT_EDGES_DB, 1), None if peak is None else round(peak, 1)

    def _change_db(self, voice: str) -> float:
        return STEP_DB * self._steps.get(voice, 0)

    def _changed(self, voice: str, blocks: Iterable[Block]) -> Iterable[Block]:
        change = self._change_db(voice)
        return (Block(block.loudness + change, block.seconds) for block in blocks) if change else blocks
