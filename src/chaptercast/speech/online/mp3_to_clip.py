"""Makes a `Clip` from a service's audio. MP3 frames are not re-encoded: whole silent frames are cut at both ends. PCM is encoded once.

If a stream was decoded, the onset of sound is found in its samples. The service's own clock gives only the distances between its times.
"""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.mpeg_frames import Grid, frame_offsets
from chaptercast.common.units import FrameCount, Samples
from chaptercast.speech.clips.encode import MARGIN_MS, as_segment, heard, make_clip
from chaptercast.speech.loudness import speech_blocks, true_peak
from chaptercast.speech.model import Clip, EncodedSpeech, Speech, Timing, Utterance
from chaptercast.speech.online.sentence_times import sentence_starts
from chaptercast.speech.onset_and_loudness import levels, settled

if TYPE_CHECKING:
    from pydub import AudioSegment

_LOOKED_AT = 60
"""Tenths of a second that are looked at for a peak. A service takes longer than that."""
_HEADER = 4
_IRRELEVANT = 0x0000_013F
"""Header bits that do not affect the sound: private, mode extension (none in mono), copyright, original, emphasis."""
_INFO_TAGS = (b"Xing", b"Info")
_ID3 = re.compile(rb"ID3[\x02-\x04].{2}([\x00-\x7f]{4})", re.DOTALL)
"""The header of a tag at the start."""
_ID3V1_BYTES = 128
"""The length of a tag at the end."""


class Measured(Struct, frozen=True):
    """Speech with measurements of its decoded sound."""

    speech: Speech | EncodedSpeech
    """Frames are whole and on their grid."""
    samples: int
    """The length in samples."""
    onset: int
    """The first audible sample."""
    end: int
    """The sample after the last audible one; equals `onset` if there is none."""
    segment: "AudioSegment | None" = None
    """The decoded samples; `None` if there are none."""

    @property
    def rate(self) -> int:
        """The rate, in Hz, of all values counted in samples."""
        return self.speech.sample_rate if isinstance(self.speech, Speech) else self.speech.grid.sample_rate

    @property
    def seconds(self) -> float:
        """The duration from the first sound to the last."""
        return (self.end - self.onset) / self.rate


def measured(speech: Speech | EncodedSpeech) -> Measured:
    """Decode `speech` and find its sound. Raises `ValueError` if its frames are not on its grid, or cannot be decoded."""
    return _measured_pcm(speech) if isinstance(speech, Speech) else _measured_frames(speech)


def _measured_pcm(speech: Speech) -> Measured:
    if not speech.pcm:
        return Measured(speech, 0, 0, 0)
    segment = as_segment(speech)
    onset, end = heard(segment) or (0, 0)
    return Measured(speech, int(segment.frame_count()), onset, end, segment)


def _measured_frames(speech: EncodedSpeech) -> Measured:
    import miniaudio

    grid = speech.grid
    frames = conformed(speech.frames, grid)
    if not frames:
        return Measured(replace(speech, frames=b""), 0, 0, 0)
    try:
        sound = miniaudio.decode(frames, miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=grid.sample_rate)
    except miniaudio.DecodeError as error:
        raise ValueError(f"frames that cannot be decoded: {error}") from error
    segment = as_segment(Speech(sound.samples.tobytes(), grid.sample_rate))
    onset, end = heard(segment) or (0, 0)
    total = len(sound.samples)
    return Measured(replace(speech, frames=frames), total, onset, min(end, total), segment)


def clip_of(speech: Measured, utterance: Utterance, grid: Grid) -> Clip:
    """The clip of `speech`, which speaks `utterance`. Frames on another grid are decoded and encoded again."""
    words = _anchored(speech, speech.speech.words)
    timed = replace(speech.speech, words=words, sentences=_sentences(speech, utterance, words))
    if isinstance(timed, Speech):
        return make_clip(timed, grid, utterance.level)
    if timed.grid != grid:
        return make_clip(_decoded(timed), grid, utterance.level)
    frames, cut = _trimmed(timed.frames, grid, speech)
    count = FrameCount(len(frame_offsets(frames, grid)) - 1)
    shift = cut * grid.samples_per_frame
    sound = memoryview(speech.segment.raw_data)[2 * speech.onset : 2 * speech.end] if speech.segment else b""
    return Clip(
        grid=grid,
        frames=frames,
        frame_count=count,
        onset=Samples(speech.onset - shift),
        end=Samples(min(speech.end - shift, count * grid.samples_per_frame)),
        words=_earlier(timed.words, shift),
        sentences=_earlier(timed.sentences, shift),
        levels=levels(speech.segment.raw_data, speech.rate, speech.onset, speech.end) if speech.segment else b"",
        blocks=speech_blocks(sound, speech.rate) if sound else (),
        peak_db=true_peak(sound, speech.rate, _LOOKED_AT) if sound else None,
    )


def loudness_measured(clip: Clip) -> Clip:
    """The clip with its loudness, where an earlier version kept it without."""
    if clip.silent or clip.blocks or not clip.frames:
        return clip
    pcm = _decoded(EncodedSpeech(clip.frames, clip.grid)).pcm
    sound = memoryview(pcm)[2 * clip.onset : 2 * clip.end]
    rate = clip.grid.sample_rate
    return replace(clip, blocks=speech_blocks(sound, rate), peak_db=true_peak(sound, rate, _LOOKED_AT))


def conformed(stream: bytes, grid: Grid) -> bytes:
    """Whole frames with exactly the headers of joined frames: no tags, no Info frame at the start, no partial frame at the end.

    Raises `ValueError` if it contains anything but frames of that grid.
    """
    forms = {
        int.from_bytes(grid.header(padded=padded), "big") & ~_IRRELEVANT: (
            grid.header(padded=padded),
            grid.frame_bytes(padded=padded),
        )
        for padded in (False, True)
    }
    out = bytearray()
    at, end = _bounds(stream, grid)
    while at + _HEADER <= end:
        form = forms.get(int.from_bytes(stream[at : at + _HEADER], "big") & ~_IRRELEVANT)
        if form is None:
            raise ValueError(f"no frame of {grid.sample_rate} Hz, {grid.bit_rate} bit/s at byte {at}")
        header, length = form
        frame = stream[at : min(at + length, end)]
        if len(frame) == length:
            out += header + frame[_HEADER:]
        at += length
    return bytes(out)


def _bounds(stream: bytes, grid: Grid) -> tuple[int, int]:
    """The begin and end of the sound: encoders add ID3 tags and an Info frame (of any bit rate) around it."""
    begin = len(tag[0]) + _syncsafe(tag[1]) if (tag := _ID3.match(stream)) else 0
    end = len(stream) - (_ID3V1_BYTES if stream[-_ID3V1_BYTES:].startswith(b"TAG") else 0)
    side = begin + _HEADER + _side_bytes(grid)
    if stream[side : side + 4] in _INFO_TAGS:
        starts = (stream.find(grid.header(padded=padded)[:3], side) for padded in (False, True))
        begin = min((start for start in starts if start >= 0), default=end)
    return begin, end


def _syncsafe(size: bytes) -> int:
    """Decode four times seven bits (ID3v2.4 6.2)."""
    return sum(byte << shift for byte, shift in zip(size, (21, 14, 7, 0), strict=True))


def _side_bytes(grid: Grid) -> int:
    """The length of the side information of a mono frame (ISO/IEC 11172-3 2.4.1.7, 13818-3 2.4.1.7)."""
    return 17 if grid.is_mpeg1 else 9


def _trimmed(frames: bytes, grid: Grid, speech: Measured) -> tuple[bytes, int]:
    """The frames that contain sound, and the number of frames cut before them."""
    offsets = frame_offsets(frames, grid)
    margin = MARGIN_MS * grid.sample_rate // 1000
    last = min(-(-(speech.end + margin) // grid.samples_per_frame), len(offsets) - 1)
    first = max(
        0, (speech.onset - margin) // grid.samples_per_frame - 1
    )  # one more frame at the start, for the overlap
    whole = [frames[begin:end] for begin, end in pairwise(offsets[: last + 1])]
    kept, cut = whole[first:], first
    borrowed = _main_data_begin(kept[0], grid)
    while borrowed > 0 and cut > 0:
        cut -= 1
        borrowed -= len(whole[cut]) - _HEADER - _side_bytes(grid)
        kept.insert(0, _silenced(whole[cut], max(0, borrowed), grid))
    return b"".join(kept), cut


def _main_data_begin(frame: bytes, grid: Grid) -> int:
    """How many bytes before the frame its main data begin: the bit reservoir, the first field of the side information."""
    field = int.from_bytes(frame[_HEADER : _HEADER + 2], "big")
    return field >> 7 if grid.is_mpeg1 else field >> 8


def _silenced(frame: bytes, main_data_begin: int, grid: Grid) -> bytes:
    """A silent version of a frame that keeps its bytes, from which later frames borrow. It has no main data; `main_data_begin` stays."""
    field = main_data_begin << 7 if grid.is_mpeg1 else main_data_begin << 8
    side = field.to_bytes(2, "big").ljust(_side_bytes(grid), b"\0")
    return frame[:_HEADER] + side + frame[_HEADER + len(side) :]


def _anchored(speech: Measured, timings: tuple[Timing, ...]) -> tuple[Timing, ...]:
    """The service's times on the clock of the decoded stream: the first is the onset, and the last is not after the end."""
    if not timings:
        return ()
    first, span = timings[0].start, timings[-1].start - timings[0].start
    room = speech.end - speech.onset
    scale = min(1.0, room / span) if span > 0 else 1.0
    placed = tuple(t._replace(start=Samples(speech.onset + round((t.start - first) * scale))) for t in timings)
    return settled(placed, speech.segment) if speech.segment else placed


def _sentences(speech: Measured, utterance: Utterance, words: tuple[Timing, ...]) -> tuple[Timing, ...]:
    """Onsets of sentences: of their first word if words are reported and the sentences are known, otherwise as reported.

    If nothing is reported, the audible pauses give them.
    """
    if not words and not speech.speech.sentences and speech.segment:
        return sentence_starts(utterance, speech.segment, speech.onset, speech.end)
    if not words or not utterance.sentences:
        return _anchored(speech, speech.speech.sentences)
    ends = (*utterance.sentences[1:], len(utterance.text))
    found = []
    for offset, end in zip(utterance.sentences, ends, strict=True):
        word = next((word for word in words if offset <= word.offset < end), None)
        if word is not None:
            found.append(Timing(word.start, offset, end - offset))
    return tuple(found)


def _decoded(speech: EncodedSpeech) -> Speech:
    import miniaudio

    rate = speech.grid.sample_rate
    sound = miniaudio.decode(speech.frames, miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=rate)
    return Speech(sound.samples.tobytes(), rate, speech.words, speech.sentences)


def _earlier(timings: tuple[Timing, ...], shift: int) -> tuple[Timing, ...]:
    return tuple(t._replace(start=Samples(t.start - shift)) for t in timings)
