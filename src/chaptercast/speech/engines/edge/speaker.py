"""One request to the service through `edge_tts.Communicate`: one connection, one text, its frames and boundaries.

This module adds what the library lacks: deadlines (its `receive_timeout` has no effect on an open socket); all boundaries of a message
that holds several; and whether the service said that it was done, because the library takes a broken connection for a finished one.
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
"""The audio format that the library requests: `audio-24khz-48kbitrate-mono-mp3`."""
MAX_ESCAPED_BYTES = 3000
"""The library cuts a text of more than 4096 bytes, escaped for XML, at arbitrary places. This limit stays well below."""
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOSING_SECONDS = 0.5
"""To close a connection after all data has arrived."""
_RATES, _PITCHES, _VOLUMES = (-50, 100), (-50, 50), (-100, 100)
"""The ranges that the service accepts, in percent: half to twice the speed, half to one and a half times the pitch."""
_VOICE_HZ = 170
"""The middle between male and female voices. The service takes pitch in Hz relative to the voice's own."""


_TELLS_END = hasattr(edge_tts.Communicate, "_Communicate__compensate_offset")
"""Whether the library still has the method that reveals that the service was done. Otherwise, other proofs must suffice."""


class _Communicate(edge_tts.Communicate):
    """The library's request, with access to its internals: both overridden methods have private names."""

    def __init__(self, text: str, voice: str, **options: Any) -> None:
        super().__init__(text, voice, **options)
        self.told: list[Boundary] = []
        """Boundaries. A message may hold several or none; the library passes on only the first, or fails."""
        self.ended = asyncio.Event()
        """Set when the service says that it is done."""

    def __parse_metadata(self, data: bytes) -> TTSChunk:
        self.told += told(data)
        return {"type": "WordBoundary", "offset": 0, "duration": 0, "text": ""}  # nothing that is not known already

    def __compensate_offset(self) -> None:
        super().__compensate_offset()
        self.ended.set()


class EdgeSpeaker:
    """See `speech.model.AsyncSpeaker`."""

    tells = True

    def __init__(self, proxy: str | None, deadlines: Deadlines) -> None:
        """Send requests through `proxy`, if one is given."""
        self._proxy = proxy
        self._deadlines = deadlines
        self._wordless: set[str] = set()
        """Texts for which the service reported no words. Their sentences are requested instead."""

    async def speak(self, utterance: Utterance) -> EncodedSpeech:
        """Request one utterance on a connection of its own, as the service expects."""
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
                fault.remedy = "It may have been retired. To list the voices: chaptercast voices --engine edge."
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
            remedy = "To list the voices: chaptercast voices --engine edge."
            raise ServiceFault(Kind.HOPELESS, f"“{utterance.voice}” is no voice of the service", remedy) from error


def prosody_options(prosody: Prosody) -> dict[str, str]:
    """`prosody` in the library's units: speed and volume in percent, pitch in Hz, all relative to the voice's own."""
    pitch = _percent(prosody.pitch, _PITCHES) * _VOICE_HZ / 100
    return {
        "rate": f"{_percent(prosody.rate, _RATES):+d}%",
        "volume": f"{_percent(prosody.volume, _VOLUMES):+d}%",
        "pitch": f"{round(pitch):+d}Hz",
    }


def _percent(factor: float, bounds: tuple[int, int]) -> int:
    return min(max(round(100 * (factor - 1)), bounds[0]), bounds[1])


class _Reading:
    """The data received so far from one request."""

    def __init__(self, request: _Communicate) -> None:
        self._request = request
        self._heard_at: float | None = None
        self.frames = bytearray()

    async def finish(self, deadlines: Deadlines, seconds: float) -> None:
        """Read to the end. The speech takes about `seconds`. Raises `ServiceFault`."""
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
                    elif chunk["text"]:  # from a library version that does not let us parse
                        self._request.told.append(
                            Boundary(chunk["offset"], chunk["duration"], chunk["text"], chunk["type"])
                        )
        except ServiceFault as fault:
            if fault.kind is Kind.UNREACHABLE:
                raise self._broken(fault.cause) from fault
            raise

    def _broken(self, cause: str) -> ServiceFault:
        """A connection fault. If speech had begun to arrive, the text may be the cause."""
        return ServiceFault(Kind.INCOMPLETE if self.frames else Kind.UNREACHABLE, cause)


async def _abandon(task: "asyncio.Task[Any]") -> None:
    """Cancel `task` until it has ended. On the first call, aiohttp waits for the other side to say goodbye."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=0.05)
    if not task.cancelled():
        task.exception()
