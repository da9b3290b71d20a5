"""What each voice says in a recording that is being joined: how loud it is, and where. At the end, voices are levelled."""

from array import array
from typing import BinaryIO

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.mpeg_gain import STEP_DB, louder
from chaptercast.speech.frame_limiter import limited
from chaptercast.speech.loudness import Loudness, gated, integrated_in_time
from chaptercast.speech.model import Clip
from chaptercast.speech.online.mp3_to_clip import loudness_measured
from chaptercast.speech.service_levels import VoiceSound, few_steps_of, steps_of

_UNSURE_DB, _BELOW_DB = 0.2, 0.1
"""How far a peak may be over the one that was measured; and how far below the wanted one the limiter stays, since meters differ."""


_TENTHS_A_SECOND = 10
_ENCODER_TAKES_DB = 0.4
"""Of loudness, about: 0.3 to 0.5 in 24 recordings in nine languages."""


class JoinedVoices:
    """The clips of a recording, by voice."""

    def __init__(self, wanted: Loudness | None, *, of_service: bool = False, encoded_here: bool = True) -> None:
        """`wanted` is how loud voices are made; `None` to leave all as they are. Only those `of_service` are far from it.

        What is `encoded_here` was measured before that.
        """
        self._wanted = wanted
        self._of_service = of_service
        self._lost_db = _ENCODER_TAKES_DB if encoded_here else 0.0
        self._sounds: dict[str, _Sound] = {}
        self._places: list[tuple[str, int, int, Grid, float | None]] = []
        """Where clips are in the file, begin and length in bytes; and what their frames and their true peaks are."""
        self._steps: dict[str, int] = {}

    def add(self, voice: str, clip: Clip, begins_s: float, file_end: int, *, volume: float = 1.0) -> None:
        """Add a clip that begins at a second of the recording, and ends at a byte of the file. `volume` is a factor that was asked for."""
        if self._wanted:
            clip = loudness_measured(clip) if self._of_service else clip
            self._places.append((voice, file_end - len(clip.frames), len(clip.frames), clip.grid, clip.peak_db))
        sound = self._sounds.setdefault(voice, _Sound())
        sound.add(clip, round((begins_s + clip.onset / clip.grid.sample_rate) * _TENTHS_A_SECOND), volume)

    def level(self, stream: BinaryIO) -> None:
        """Make voices as loud as is wanted, in the file that was joined. No frame changes its length."""
        if self._wanted is None or not (self._of_service or len(self._sounds) > 1):
            return
        highest = self._wanted.peak_dbtp
        voices = {name: sound.known() for name, sound in self._sounds.items()}
        self._steps = (steps_of if self._of_service else few_steps_of)(voices, self._wanted)
        for voice, begin, length, grid, peak_db in self._places:
            steps = self._steps.get(voice, 0)
            is_high = peak_db is not None and peak_db + STEP_DB * steps > highest - _UNSURE_DB
            if length and (steps or (is_high and self._of_service)):
                stream.seek(begin)
                frames = stream.read(length)
                stream.seek(begin)
                stream.write(limited(frames, grid, steps, highest - _BELOW_DB) if is_high else louder(frames, steps))

    def loudness(self) -> tuple[float | None, float | None]:
        """How loud all is together, in LUFS, and the highest true peak in dBTP; None for silence."""
        powers = array("f", bytes(4 * max((sound.end for sound in self._sounds.values()), default=0)))
        for voice, sound in self._sounds.items():
            sound.lay(powers, 10 ** (self._change_db(voice) / 10))
        lufs = integrated_in_time(powers)
        peaks = [
            sound.peak_dbtp + self._change_db(voice)
            for voice, sound in self._sounds.items()
            if sound.peak_dbtp is not None
        ]
        peak = max(peaks) if peaks else None
        if peak is not None and self._wanted:
            peak = min(peak, self._wanted.peak_dbtp)
        return None if lufs is None else round(lufs - self._lost_db, 1), None if peak is None else round(peak, 1)

    def _change_db(self, voice: str) -> float:
        return STEP_DB * self._steps.get(voice, 0)


class _Sound:
    """All that a voice says in a recording, tenth by tenth of a second."""

    def __init__(self) -> None:
        self._places = array("I")
        self._powers = array("f")
        self._usual = array("b")
        """Whether it speaks at its usual volume."""
        self.peak_dbtp: float | None = None
        self.end = 0

    def add(self, clip: Clip, place: int, volume: float) -> None:
        """Add a clip whose sound begins at a tenth of a second."""
        for block in clip.blocks:
            count = max(1, round(block.seconds * _TENTHS_A_SECOND))
            self._places.extend(range(place, place + count))
            self._powers.extend([10 ** (block.loudness / 10)] * count)
            self._usual.extend([volume == 1.0] * count)
            place += count
        self.end = max(self.end, place)
        if clip.peak_db is not None:
            self.peak_dbtp = clip.peak_db if self.peak_dbtp is None else max(self.peak_dbtp, clip.peak_db)

    def known(self) -> VoiceSound:
        """How loud it is at its usual volume; as it is, if it never speaks at that."""
        powers = [power for power, usual in zip(self._powers, self._usual, strict=True) if usual] or [*self._powers]
        return VoiceSound(gated(powers), self.peak_dbtp, len(powers) / _TENTHS_A_SECOND)

    def lay(self, powers: "array[float]", factor: float) -> None:
        """Put its power where it is in the recording."""
        for place, power in zip(self._places, self._powers, strict=True):
            powers[place] += factor * power
