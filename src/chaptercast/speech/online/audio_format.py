"""Recognises a service's audio by its content, not by its label: WAV, MP3, or PCM without a header.

The result is PCM, to be encoded once. Frames that already lie on the grid are taken unchanged.
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
"""The sample rate in Hz of PCM without further data, as OpenAI documents it: 16 bits, mono, little-endian."""

_RATES = range(8_000, 192_001)
"""Valid sample rates in Hz."""
_UNKNOWN_BYTES = 1 << 30
"""A length from here on means that the length was unknown when the header was sent (0xFFFFFFFF, 0x7FFFFFFF, two thousand million...)."""
_WITHOUT_HEADER = ("audio/pcm", "audio/l16", "audio/raw", "audio/x-raw", "application/octet-stream", "")
_RATE_IN_TYPE = re.compile(r";\s*rate\s*=\s*\"?(\d{4,6})")
_OTHERS = (
    (re.compile(rb"OggS"), "Ogg"),
    (re.compile(rb"fLaC"), "FLAC"),
    (re.compile(rb"....ftyp", re.DOTALL), "MP4"),
    (re.compile(rb"\x1aE\xdf\xa3"), "WebM"),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), "AAC"),
)
"""Other formats with a known beginning."""
_NOISE = 1.0
"""Samples of sound are similar to their neighbours: the mean difference is a third of the mean level in speech, and more than the level in
noise."""
_PAIRS = 20_000
"""The number of neighbours that are compared."""
_LOUDEST = 32_767


class OtherKindError(ValueError):
    """Audio in a format that cannot be used: another must be requested. The message continues “the service sends”."""


def speech_of(data: bytes, content_type: str, grid: Grid | None, longest: float) -> Speech | EncodedSpeech:
    """Decode `data`, which the service labels `content_type`. No sound at all gives no samples.

    Frames on `grid` stay as they are; without a grid, everything becomes PCM. Raises `OtherKindError` for an unusable format. Raises
    `ValueError` for sound that is damaged, truncated, or longer than `longest` seconds; its message continues “the service sends”.
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
    """`speech` as PCM, amplified by `volume`, but at most to the level at which samples would clip. Raises `ValueError`."""
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
    """The bytes per second of sound that begins with `head`, as far as it shows: at least the rate of PCM without a header."""
    wave = _header(head) if head.startswith(b"RIFF") else None
    return max(2 * PCM_RATE, wave.bytes_a_second if wave else 0)


class _Wave(Struct, frozen=True):
    """The `fmt ` chunk of a WAV, and the start of its samples."""

    form: bytes
    begin: int
    length: int
    """The header's value, which may be false."""

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
        """Whether its samples need no conversion: PCM, 16 bits, mono."""
        return (self.tag, self.channels, self.bits, self.frame_bytes) == (1, 1, 16, 2)


def _header(data: bytes) -> _Wave | None:
    """The header of the WAV at the start of `data`. `None` if it is incomplete or missing."""
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
    """The samples of one WAV, or of several in a row, as sent by services that speak a text in parts."""
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
    """A WAV with correct lengths."""
    chunks = b"fmt " + len(form).to_bytes(4, "little") + form + b"\0" * (len(form) % 2)
    chunks += b"data" + len(samples).to_bytes(4, "little") + samples
    return b"RIFF" + (4 + len(chunks)).to_bytes(4, "little") + b"WAVE" + chunks


def _is_mp3(data: bytes) -> bool:
    """Whether `data` begins with a tag, or with a Layer III frame header (ISO/IEC 11172-3 2.4.1.3)."""
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
    with suppress(ValueError):  # frames of another grid, or stereo
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
    """Whether neighbouring samples are unrelated. Then the data are not samples."""
    samples = array("h", pcm)
    step = max(1, len(samples) // _PAIRS)
    pairs = zip(islice(samples, 0, None, step), islice(samples, 1, None, step), strict=False)
    size = change = 0
    for one, following in pairs:
        size += abs(one)
        change += abs(following - one)
    return change > _NOISE * size


def _decoded(sound: bytes, rate: int) -> Speech:
    """Decode a sound file to mono 16-bit PCM at `rate` Hz. Several channels are averaged. Raises `ValueError`."""
    import miniaudio

    try:
        decoded = miniaudio.decode(sound, miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=rate)
    except miniaudio.DecodeError as error:
        raise ValueError(f"what cannot be decoded ({error})") from error
    return Speech(decoded.samples.tobytes(), rate)


def _too_long(longest: float) -> str:
    return f"more than the {longest:.0f} seconds that the text can take"
