"""The server: handshake, speech.config, ssml, turn.start, audio and metadata, turn.end, as edge-tts 7.3.1 knows them."""

import asyncio
import json
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from itertools import count
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from aiohttp import WSMsgType, web
from msgspec import Struct, field
from msgspec.structs import replace
from tests.standin import messages
from tests.standin.faults import BEFORE_THE_HANDSHAKE, Fault
from tests.standin.serving import in_a_thread
from tests.standin.sound import Sound, encoded, say

_FOREVER = 60.0
VOICES = ("en-US-AriaNeural", "en-US-GuyNeural", "en-GB-SoniaNeural", "zh-CN-XiaoxiaoNeural", "sw-KE-ZuriNeural")


class Request(Struct, frozen=True):
    """What was asked for."""

    text: str
    voice: str
    rate: str
    pitch: str
    volume: str
    boundary: str
    began: float
    run: str = ""
    """Whose it is: what the address says after `run=`."""


class Service(Struct):
    """A running stand-in; what tests set is looked at by each connection."""

    fault: Callable[[int], Fault] = lambda _number: Fault.NONE
    """What goes wrong with a connection, by its number."""
    fault_of_text: Callable[[str], Fault] = lambda _text: Fault.NONE
    """What goes wrong when a text is asked for."""
    lead_ms: int = 100
    tail_ms: int = 300
    spoken: Callable[[Sound], Sound] = lambda sound: sound
    """What is sent instead: other services tell, time and pack the same otherwise."""
    written: Callable[[str], str] = escape
    """How texts are escaped in what is told."""
    tells_last: bool = False
    """Boundaries come after all audio."""
    part_bytes: int = 1108
    """How much audio a message holds."""
    began: Callable[[Request], None] = lambda _request: None
    """Told of each request."""
    latency: float = 0.0
    """Seconds until the first message."""
    speed: float = 0.0
    """Times as fast as it is heard is how fast audio is sent; 0 for at once."""
    retry_after: str = "1"
    skew: float = 0.0
    """Seconds by which the clock of the service is ahead in what it tells with a 403."""
    url: str = ""
    voices_url: str = ""
    requests: list[Request] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    """The texts that were sent whole."""
    connections: int = 0
    clock: Callable[[], float] = time.monotonic
    starts: list[float] = field(default_factory=list)
    """When each connection was asked for."""
    most_at_once: int = 0
    voice_lists: int = 0
    open_now: int = 0
    _numbers: Iterator[int] = field(default_factory=count)

    def asked(self, run: str) -> int:
        """How many requests a run made."""
        return sum(request.run == run for request in self.requests)

    async def speak(self, http: web.Request) -> web.StreamResponse:
        """One connection."""
        self.connections += 1
        self.starts.append(_now())
        fault = self.fault(next(self._numbers))
        if fault in BEFORE_THE_HANDSHAKE:
            return await self._turned_away(fault)
        socket = web.WebSocketResponse(compress=True)
        await socket.prepare(http)
        self.open_now += 1
        self.most_at_once = max(self.most_at_once, self.open_now)
        try:
            await self._serve(socket, http, fault)
        finally:
            self.open_now -= 1
        return socket

    async def voices(self, _http: web.Request) -> web.Response:
        """The list of voices."""
        self.voice_lists += 1
        return web.json_response(
            [
                {"ShortName": name, "Locale": "-".join(name.split("-")[:2]), "Gender": "Female", "Status": "GA",
                 "VoiceTag": {"ContentCategories": ["General"], "VoicePersonalities": ["Friendly"]}}
                for name in VOICES
            ]
        )  # fmt: skip

    async def _turned_away(self, fault: Fault) -> web.Response:
        match fault:
            case Fault.HANG_AT_HANDSHAKE:
                await asyncio.sleep(_FOREVER)
            case Fault.THROTTLED:
                return web.Response(status=429)
            case Fault.THROTTLED_FOR_A_WHILE:
                return web.Response(status=429, headers={"Retry-After": self.retry_after})
            case Fault.FORBIDDEN_WITHOUT_DATE:
                return web.Response(status=403, headers={"Date": "yesterday"})
            case Fault.FORBIDDEN:
                date = formatdate(time.time() + self.skew, usegmt=True)
                return web.Response(status=403, headers={"Date": date})
        return web.Response(status=503)

    async def _serve(self, socket: web.WebSocketResponse, http: web.Request, fault: Fault) -> None:
        request = _request(await _message(socket), await _message(socket))
        request = replace(request, run=http.query.get("run", ""))
        self.requests.append(request)
        self.began(request)
        fault = fault if fault is not Fault.NONE else self.fault_of_text(request.text)
        await asyncio.sleep(self.latency)
        await self._hang_if(fault is Fault.HANG_AT_START)
        await socket.send_str(messages.text("turn.start", "{}"))
        await self._hang_if(fault is Fault.HANG_AFTER_START)
        if fault is Fault.UNKNOWN_PATH:
            await socket.send_str(messages.text("audio.surprise", "{}"))
        sound = self._sound(request, fault)
        if fault is not Fault.NO_AUDIO and not await self._send(socket, http, request, sound, fault):
            return
        await socket.send_bytes(messages.audio(b""))
        await self._hang_if(fault is Fault.HANG_BEFORE_END)
        await socket.send_str(messages.text("turn.end", "{}"))
        self.done.append(request.text)
        await self._hang_if(fault is Fault.HANG_AT_CLOSE)
        await socket.receive()

    def _sound(self, request: Request, fault: Fault) -> Sound:
        sound = say(request.text, 1 + int(request.rate[:-1]) / 100, self.lead_ms, self.tail_ms)
        frames = sound.frames
        match fault:
            case Fault.CUT | Fault.CUT_SOUND:
                frames = frames[: len(frames) // 288 * 144]
            case Fault.SILENCE:
                frames = encoded(bytes(8 * len(frames)))
            case Fault.BAD_FRAMES:
                frames = frames[:300] + b"\0" + frames[300:]
            case Fault.LAST_WORD_MISSING:
                words = request.text.split()
                shorter = say(" ".join(words[:-1]), 1 + int(request.rate[:-1]) / 100, self.lead_ms, self.tail_ms)
                return replace(sound, frames=shorter.frames)
        return self.spoken(replace(sound, frames=frames))

    async def _send(
        self, socket: web.WebSocketResponse, http: web.Request, request: Request, sound: Sound, fault: Fault
    ) -> bool:
        """Audio and boundaries by turns; whether all was sent."""
        told = iter(messages.boundaries(sound, request.boundary, fault, self.written))
        began, sent = _now(), 0
        parts = list(messages.parts(sound.frames, 144 if fault is Fault.DRIP else self.part_bytes))
        for number, part in enumerate(parts):
            for _ in range(0 if self.tells_last else 4):
                if (one := next(told, None)) is not None:
                    await socket.send_str(one)
            await socket.send_bytes(messages.audio(part))
            if self.speed:
                sent += len(part)
                await asyncio.sleep(began + sent / 6000 / self.speed - _now())
            if fault is Fault.DRIP:
                await asyncio.sleep(0.5)
            if number == len(parts) // 2 and await self._broken_off(socket, http, fault):
                return False
        for one in told:
            await socket.send_str(one)
        return True

    async def _broken_off(self, socket: web.WebSocketResponse, http: web.Request, fault: Fault) -> bool:
        match fault:
            case Fault.RESET:
                transport = http.transport
                assert transport is not None
                transport.abort()
            case Fault.TRUNCATED:
                await socket.close()
            case Fault.HANG_IN_AUDIO:
                await asyncio.sleep(_FOREVER)
            case _:
                return False
        return True

    @staticmethod
    async def _hang_if(hang: bool) -> None:
        if hang:
            await asyncio.sleep(_FOREVER)


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _message(socket: web.WebSocketResponse) -> str:
    message = await socket.receive()
    assert message.type is WSMsgType.TEXT, message
    return str(message.data)


def _request(config: str, ssml: str) -> Request:
    head, _, body = config.partition("\r\n\r\n")
    assert "Path:speech.config" in head
    audio = json.loads(body)["context"]["synthesis"]["audio"]
    assert audio["outputFormat"] == "audio-24khz-48kbitrate-mono-mp3"
    boundary = "WordBoundary" if audio["metadataoptions"]["wordBoundaryEnabled"] == "true" else "SentenceBoundary"
    head, _, body = ssml.partition("\r\n\r\n")
    assert "Path:ssml" in head
    (voice,) = ET.fromstring(body)
    (prosody,) = voice
    text = prosody.text or ""
    assert len(body.partition("<prosody")[2].partition(">")[2].rpartition("</prosody>")[0].encode()) <= 4096
    name = re.sub(r".*\((\S+), (\S+)\)", r"\1-\2", voice.attrib["name"])
    manner = prosody.attrib
    return Request(text, name, manner["rate"], manner["pitch"], manner["volume"], boundary, _now())


def application(service: Service) -> web.Application:
    """The addresses at which `service` answers."""
    app = web.Application()
    app.router.add_get("/edge", service.speak)
    app.router.add_get("/voices", service.voices)
    return app


@contextmanager
def running(context: ssl.SSLContext | None = None, **settings: object) -> Iterator[Service]:
    """A stand-in on a port of its own, with TLS where a context is given."""
    service = Service(**settings)  # type: ignore[arg-type]
    with in_a_thread(application(service), context) as port:
        service.url = f"{'wss' if context else 'ws'}://localhost:{port}/edge?stand=in"
        service.voices_url = f"{'https' if context else 'http'}://localhost:{port}/voices?stand=in"
        yield service
