"""What a service sends, known by its content and not by what it says of it: WAV, MP3, or PCM without a header.

What comes of it is PCM, to be encoded once. Frames that lie on the grid already are taken as they are.
"""

import re
from array import array
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.mpeg_frames import Grid
from chaptercast.speech.model import EncodedSpeech, Speech
from chaptercast.speech.online.mp3_to_clip import conformed

PCM_RATE = 24_000
"""Hz of PCM of which nothing else is said, as OpenAI documents it: 16 bits, mono, the low byte first."""

_RATES = range(8_000, 192_001)
"""Hz that sound may have."""
_UNKNOWN_BYTES = 1 << 30
"""A length from here on says that none was known when the header was sent (0xFFFFFFFF, 0x7FFFFFFF, two thousand million...)."""
_WITHOUT_HEADER = ("audio/pcm", "audio/l16", "audio/raw", "audio/x-raw", "application/octet-stream", "")
_RATE_IN_TYPE = re.compile(r";\s*rate\s*=\s*\"?(\d{4,6})")
_OTHERS = (
    (re.compile(rb"OggS"), "Ogg"),
    (re.compile(rb"fLaC"), "FLAC"),
    (re.compile(rb"....ftyp", re.DOTALL), "MP4"),
    (re.compile(rb"\x1aE\xdf\xa3"), "WebM"),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), "AAC"),
)
"""What else begins like that."""
_NOISE = 1.0
"""Samples of sound are like their neighbours: in speech they differ by a third of what they are, in noise by more than that."""
_PAIRS = 20_000
"""Of neighbours that are looked at."""
_LOUDEST = 32_767


class OtherKindError(ValueError):
    """Sound of a kind that cannot be used: another must be asked for. The message goes on after “the service sends”."""


def speech_of(data: bytes, content_type: str, grid: Grid | None, longest: float) -> Speech | EncodedSpeech:
    """What `data` says, which the service calls `content_type`; no sound at all gives no samples.

    Frames on `grid` stay as they are; without one all is PCM. Raises `OtherKindError` for another kind of sound, and `ValueError`, with a
    message that goes on after “the service sends”, for what is damaged, cut short, or longer than so many seconds.
    """
    if data.startswith(b"RIFF"):
        return _of_waves(data, longest)
    kind = content_type.partition(";")[0].strip().lower()
    if _is_mp3(data) and kind not in _WITHOUT_HEADER[:-2]:
        return _of_mp3(data, grid, longest)
    other = next((name for sign, name in _OTHERS if sign.match(data)), "")
    if other:
        raise OtherKindError(f"{other}, which is neither WAV nor MP3")
    if kind not in _WITHOUT_HEADER and not kind.startswith("audio/"):
        raise ValueError(f"{kind} instead of sound")
    stated = _RATE_IN_TYPE.search(content_type)
    return _of_pcm(data, int(stated[1]) if stated else PCM_RATE, longest)


def as_pcm(speech: Speech | EncodedSpeech, volume: float) -> Speech:
    """`speech` so many times as loud, but no louder than its samples can be without being cut. Raises `ValueError`."""
    from pydub.utils import audioop

    if isinstance(speech, Speech):
        plain = speech
    else:
        rate = speech.grid.sample_rate
        plain = _decoded(speech.frames, rate) if speech.frames else Speech(b"", rate)
    peak = audioop.max(plain.pcm, 2) or 1
    factor = min(volume, max(1.0, _LOUDEST / peak))
    return replace(plain, pcm=audioop.mul(plain.pcm, 2, factor))


def bytes_a_second(head: bytes) -> int:
    """How many bytes a second of sound takes that begins with `head`, as far as it tells: at least those of PCM without a header."""
    wave = _header(head) if head.startswith(b"RIFF") else None
    return max(2 * PCM_RATE, wave.bytes_a_second if wave else 0)


class _Wave(Struct, frozen=True):
    """The chunk `fmt ` of a WAV, and where its samples begin."""

    form: bytes
    begin: int
    length: int
    """What the header says, true or not."""

    @property
    def tag(self) -> int:
        return int.from_bytes(self.form[:2], "little")

    @property
    def channels(self) -> int:
        return int.from_bytes(self.form[2:4], "little")

    @property
    def rate(self) -> int:
        return int.from_bytes(self.form[4:8], "little")

    @property
    def frame_bytes(self) -> int:
        return int.from_bytes(self.form[12:14], "little")

    @property
    def bits(self) -> int:
        return int.from_bytes(self.form[14:16], "little")

    @property
    def bytes_a_second(self) -> int:
        return self.rate * self.frame_bytes

    @property
    def is_plain(self) -> bool:
        """Whether its samples are as they are to be: PCM of 16 bits, mono."""
        return (self.tag, self.channels, self.bits, self.frame_bytes) == (1, 1, 16, 2)


def _header(data: bytes) -> _Wave | None:
    """The header of the WAV that `data` begins with; nothing where it is not all there, or none."""
    form, at = b"", 12
    while data[8:12] == b"WAVE" and at + 8 <= len(data):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"data":
            wave = _Wave(form, at + 8, length)
            return wave if len(form) >= 16 and wave.frame_bytes and wave.rate else None
        if name == b"fmt ":
            form = data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    return None


def _of_waves(data: bytes, longest: float) -> Speech:
    """The samples of a WAV, or of several one after another, as services send them that speak a text in parts."""
    pcm = bytearray()
    rate = 0
    for wave, samples in _waves(data):
        rate = rate or wave.rate
        if wave.rate not in _RATES or wave.rate != rate:
            raise ValueError(f"sound at {wave.rate} Hz" + f" after such at {rate} Hz" * bool(pcm))
        if len(samples) / wave.bytes_a_second + len(pcm) / 2 / rate > longest:
            raise ValueError(_too_long(longest))
        pcm += samples if wave.is_plain or not samples else _decoded(_riff(wave.form, samples), rate).pcm
    return Speech(bytes(pcm), rate)


def _waves(data: bytes) -> Iterator[tuple[_Wave, bytes]]:
    """Each WAV with its samples, in whole frames."""
    while data.startswith(b"RIFF"):
        wave = _header(data)
        if wave is None:
            raise ValueError("a WAV with a header that is damaged or cut short")
        there = len(data) - wave.begin
        known = 0 < wave.length < _UNKNOWN_BYTES
        if known and wave.length > there:
            raise ValueError(f"only {there} of the {wave.length} bytes of its sound")
        end = wave.begin + (wave.length if known else there)
        yield wave, data[wave.begin : end - (end - wave.begin) % wave.frame_bytes]
        data = data[end + end % 2 :]


def _riff(form: bytes, samples: bytes) -> bytes:
    """A WAV with lengths that are true."""
    chunks = b"fmt " + len(form).to_bytes(4, "little") + form + b"\0" * (len(form) % 2)
    chunks += b"data" + len(samples).to_bytes(4, "little") + samples
    return b"RIFF" + (4 + len(chunks)).to_bytes(4, "little") + b"WAVE" + chunks


def _is_mp3(data: bytes) -> bool:
    """Whether `data` begins with a tag, or with the header of a frame of Layer III (ISO/IEC 11172-3 2.4.1.3)."""
    if data.startswith(b"ID3"):
        return True
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        return False
    version, layer, bit_rate, rate = data[1] >> 3 & 3, data[1] >> 1 & 3, data[2] >> 4, data[2] >> 2 & 3
    return version != 1 and layer == 1 and 0 < bit_rate < 15 and rate != 3


def _of_mp3(data: bytes, grid: Grid | None, longest: float) -> Speech | EncodedSpeech:
    import miniaudio

    try:
        info = miniaudio.mp3_get_info(data)
    except miniaudio.DecodeError as error:
        raise ValueError(f"an MP3 that cannot be decoded ({error})") from error
    if info.duration > longest:
        raise ValueError(_too_long(longest))
    with suppress(ValueError):  # of another grid, or in stereo
        return EncodedSpeech(conformed(data, grid), grid) if grid else _decoded(data, info.sample_rate)
    return _decoded(data, info.sample_rate)


def _of_pcm(data: bytes, rate: int, longest: float) -> Speech:
    pcm = data[: len(data) // 2 * 2]
    if rate not in _RATES:
        raise ValueError(f"sound at {rate} Hz")
    if len(pcm) / 2 / rate > longest:
        raise ValueError(_too_long(longest))
    if _is_noise(pcm):
        raise OtherKindError("what is neither WAV nor MP3, nor PCM of 16 bits")
    return Speech(pcm, rate)


def _is_noise(pcm: bytes) -> bool:
    """Whether neighbours among the samples have nothing to do with each other: then these are no samples."""
    samples = array("h", pcm)
    step = max(1, len(samples) // _PAIRS)
    pairs = zip(islice(samples, 0, None, step), islice(samples, 1, None, step), strict=False)
    size = change = 0
    for one, following in pairs:
        size += abs(one)
        change += abs(following - one)
    return change > _NOISE * size


def _decoded(sound: bytes, rate: int) -> Speech:
    """A file with sound at `rate` Hz as mono PCM of 16 bits; of several channels it is the mean. Raises `ValueError`."""
    import miniaudio

    try:
        decoded = miniaudio.decode(sound, miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=rate)
    except miniaudio.DecodeError as error:
        raise ValueError(f"what cannot be decoded ({error})") from error
    return Speech(decoded.samples.tobytes(), rate)


def _too_long(longest: float) -> str:
    return f"more than the {longest:.0f} seconds that the text can take"
