"""One request to the service, through `edge_tts.Communicate`: one connection, one text, its frames and boundaries.

What the library does not do is done here: deadlines (its `receive_timeout` has no effect on an open socket), every boundary of a
message that holds several, and knowing whether the service said that it was done, since to the library a connection that broke has ended.
"""

import asyncio
import re
from typing import Any
from xml.sax.saxutils import escape

import edge_tts
from edge_tts.typing import TTSChunk

from chaptercast.common.mpeg_frames import Grid
from chaptercast.speech.engines.edge.boundaries import KINDS, Boundary, located, told
from chaptercast.speech.engines.edge.service_errors import sorted_out
from chaptercast.speech.model import EncodedSpeech, Prosody, Utterance
from chaptercast.speech.online.duration_bounds import speaking_seconds
from chaptercast.speech.online.request_errors import Kind, ServiceFault
from chaptercast.speech.online.settings import Deadlines

GRID = Grid(24_000, 48_000)
"""What the library asks the service for: `audio-24khz-48kbitrate-mono-mp3`."""
MAX_ESCAPED_BYTES = 3000
"""The library cuts a text of more than 4096 bytes, escaped for XML, wherever it likes: none comes near."""
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOSING_SECONDS = 0.5
"""For the closing of a connection over which everything has come."""
_RATES, _PITCHES, _VOLUMES = (-50, 100), (-50, 50), (-100, 100)
"""What the service takes, in percent: half to twice the speed, half to one and a half times the pitch."""
_VOICE_HZ = 170
"""The middle between the voices of men and women: the service takes pitch in Hz on top of a voice's own."""


_TELLS_END = hasattr(edge_tts.Communicate, "_Communicate__compensate_offset")
"""Whether the library still has the method by which it is known that the service was done; without, other proofs must do."""


class _Communicate(edge_tts.Communicate):
    """The library's request, listened in on where it keeps things to itself: both methods overridden have its private names."""

    def __init__(self, text: str, voice: str, **options: Any) -> None:
        super().__init__(text, voice, **options)
        self.told: list[Boundary] = []
        """Boundaries: a message may hold several of them, or none, and the library passes on the first or fails."""
        self.ended = asyncio.Event()
        """The service said that it was done."""

    def __parse_metadata(self, data: bytes) -> TTSChunk:
        self.told += told(data)
        return {"type": "WordBoundary", "offset": 0, "duration": 0, "text": ""}  # nothing that is not known

    def __compensate_offset(self) -> None:
        super().__compensate_offset()
        self.ended.set()


class EdgeSpeaker:
    """See `speech.model.AsyncSpeaker`."""

    tells = True

    def __init__(self, proxy: str | None, deadlines: Deadlines) -> None:
        """Asks through `proxy`, if one is given."""
        self._proxy = proxy
        self._deadlines = deadlines
        self._wordless: set[str] = set()
        """Texts whose words the service did not tell: it is asked for their sentences."""

    async def speak(self, utterance: Utterance) -> EncodedSpeech:
        """Ask for one utterance on a connection of its own, which is how the service wants it."""
        text = _NO_XML.sub(" ", utterance.text)
        if len(escape(text).encode()) > MAX_ESCAPED_BYTES:
            raise ServiceFault(Kind.TOO_LONG, "the text is longer than the service takes")
        request = self._request(text, utterance)
        reading = _Reading(request)
        try:
            await reading.finish(self._deadlines, speaking_seconds(text, utterance.prosody.rate))
        except ServiceFault as fault:
            if fault.kind is Kind.NO_SOUND:
                fault.cause += f" for the voice “{utterance.voice}”"
                fault.remedy = "It may not be offered any more; what is: chaptercast voices --engine edge."
            raise
        with sorted_out():
            words, sentences = (
                located((one for one in request.told if one.kind == kind), text, GRID.sample_rate) for kind in KINDS
            )
        if not words:
            self._wordless.add(utterance.text)
        return EncodedSpeech(
            bytes(reading.frames),
            GRID,
            tuple(word.timing for word in words),
            tuple(sentence.timing for sentence in sentences),
            tuple(one.until for one in words or sentences),
        )

    def _request(self, text: str, utterance: Utterance) -> _Communicate:
        try:
            return _Communicate(
                text,
                utterance.voice,
                **prosody_options(utterance.prosody),
                boundary="SentenceBoundary" if utterance.text in self._wordless else "WordBoundary",
                proxy=self._proxy,
                connect_timeout=max(1, round(self._deadlines.connect)),
            )
        except ValueError as error:
            remedy = "What there is: chaptercast voices --engine edge."
            raise ServiceFault(Kind.HOPELESS, f"“{utterance.voice}” is no voice of the service", remedy) from error


def prosody_options(prosody: Prosody) -> dict[str, str]:
    """`prosody` as the library takes it: speed and volume in percent, pitch in Hz, all on top of the voice's own."""
    pitch = _percent(prosody.pitch, _PITCHES) * _VOICE_HZ / 100
    return {
        "rate": f"{_percent(prosody.rate, _RATES):+d}%",
        "volume": f"{_percent(prosody.volume, _VOLUMES):+d}%",
        "pitch": f"{round(pitch):+d}Hz",
    }


def _percent(factor: float, bounds: tuple[int, int]) -> int:
    return min(max(round(100 * (factor - 1)), bounds[0]), bounds[1])


class _Reading:
    """What has come of one request."""

    def __init__(self, request: _Communicate) -> None:
        self._request = request
        self._heard_at: float | None = None
        self.frames = bytearray()

    async def finish(self, deadlines: Deadlines, seconds: float) -> None:
        """Read to the end, of speech that takes `seconds` or so. Raises `ServiceFault`."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + deadlines.whole + seconds
        first = loop.time() + deadlines.first
        reading, ended = loop.create_task(self._read()), loop.create_task(self._request.ended.wait())
        try:
            while not reading.done() and not ended.done():
                due = min(latest, first if self._heard_at is None else self._heard_at + deadlines.between)
                if loop.time() >= due:
                    raise self._broken("the service took too long" if due == latest else "the service fell silent")
                await asyncio.wait({reading, ended}, timeout=due - loop.time(), return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                await asyncio.wait({reading}, timeout=_CLOSING_SECONDS)
            else:
                reading.result()
        finally:
            await _abandon(reading)
            await _abandon(ended)
        if not self.frames:
            raise ServiceFault(Kind.NO_SOUND, "the service sends no sound")
        if _TELLS_END and not self._request.ended.is_set():
            raise self._broken("the connection ended before the speech did")

    async def _read(self) -> None:
        try:
            with sorted_out():
                async for chunk in self._request.stream():
                    self._heard_at = asyncio.get_running_loop().time()
                    if chunk["type"] == "audio":
                        self.frames += chunk["data"]
                    elif chunk["text"]:  # of a library that does not let us parse
                        self._request.told.append(
                            Boundary(chunk["offset"], chunk["duration"], chunk["text"], chunk["type"])
                        )
        except ServiceFault as fault:
            if fault.kind is Kind.UNREACHABLE:
                raise self._broken(fault.cause) from fault
            raise

    def _broken(self, cause: str) -> ServiceFault:
        """Trouble with the connection; once speech was coming, it may be trouble with the text."""
        return ServiceFault(Kind.INCOMPLETE if self.frames else Kind.UNREACHABLE, cause)


async def _abandon(task: "asyncio.Task[Any]") -> None:
    """Call off `task` until it has ended: to the first call aiohttp answers with waiting for the other side to say goodbye."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=0.05)
    if not task.cancelled():
        task.exception()
