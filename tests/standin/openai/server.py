"""The server: `POST /v1/audio/speech`, and the lists of voices and models, as Kokoro-FastAPI, speaches and OpenAI answer."""

import asyncio
import random
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import pytest
from aiohttp import web
from msgspec import Struct, field
from tests.standin.openai.faults import Fault
from tests.standin.openai.forms import FORMS, LIST, Form, made, wav
from tests.standin.serving import in_a_thread
from tests.standin.virtual import Serving, VirtualLoop

_FOREVER = 3600.0
KOKORO = ("af_alloy", "af_heart", "bf_emma", "bm_george", "ef_dora", "zf_xiaobei", "zf_xiaoxiao")


class Request(Struct, frozen=True):
    """What was asked for."""

    text: str
    voice: str
    model: str
    format: str
    speed: float
    fields: tuple[str, ...]
    authorization: str
    began: float


class Service(Struct):
    """A running stand-in; what tests set is looked at by each request."""

    fault: Callable[[int], Fault] = lambda _number: Fault.NONE
    """What goes wrong with a request, by its number."""
    fault_of_text: Callable[[str], Fault] = lambda _text: Fault.NONE
    """What goes wrong when a text is asked for."""
    forms: dict[str, Form] = field(default_factory=lambda: dict(FORMS))
    """What is sent when a format is asked for; others are refused."""
    key: str = ""
    """What has to be given, if anything."""
    voices: Any = field(default_factory=lambda: {"voices": [{"id": name, "name": name} for name in KOKORO]})
    """The list of voices; a number is a status."""
    most_characters: int = 4096
    slowest: float = 0.25
    """Speeds below it are refused."""
    latency: float = 0.0
    """Seconds until the head."""
    list_latency: float = 0.0
    """The same for the list of voices."""
    speed: float = 0.0
    """Times as fast as it is heard is how fast sound is sent; 0 for at once."""
    retry_after: str = "1"
    url: str = ""
    began: Callable[[Request], None] = lambda _request: None
    clock: Callable[[], float] = time.monotonic
    requests: list[Request] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    """The texts that were sent whole."""
    asked_voices: list[str] = field(default_factory=list)
    """With which key, if any, the list was asked for."""
    asked_models: int = 0
    sent: int = 0
    """Bytes of sound."""
    open_now: int = 0
    most_at_once: int = 0
    _numbers: Iterator[int] = field(default_factory=count)

    async def speak(self, http: web.Request) -> web.StreamResponse:
        """One request."""
        body = await http.json()
        request = Request(
            body["input"], body["voice"], body["model"], body.get("response_format", "mp3"), body.get("speed", 1.0),
            tuple(sorted(body)), http.headers.get("Authorization", ""), asyncio.get_running_loop().time(),
        )  # fmt: skip
        self.requests.append(request)
        self.began(request)
        fault = self.fault(next(self._numbers))
        fault = fault if fault is not Fault.NONE else self.fault_of_text(request.text)
        self.open_now += 1
        self.most_at_once = max(self.most_at_once, self.open_now)
        try:
            await asyncio.sleep(_FOREVER if fault is Fault.HANG_AT_START else self.latency)
            refused = self._refused(request, fault)
            return await self._send(http, request, fault) if refused is None else refused
        finally:
            self.open_now -= 1

    async def list_voices(self, http: web.Request) -> web.Response:
        """The list of voices."""
        self.asked_voices.append(http.headers.get("Authorization", ""))
        await asyncio.sleep(self.list_latency)
        if self._wants_a_key(http.headers.get("Authorization", "")):
            return _error(401, "Invalid API key", plain=True)
        if isinstance(self.voices, int):
            return web.json_response({"detail": "Not Found"}, status=self.voices)
        if isinstance(self.voices, str):
            return web.Response(text=self.voices, content_type="text/html")
        return web.json_response(self.voices)

    async def list_models(self, http: web.Request) -> web.Response:
        """The list of models."""
        self.asked_models += 1
        if self._wants_a_key(http.headers.get("Authorization", "")):
            return _error(401, "Invalid API key")
        return web.json_response({"object": "list", "data": [{"id": "tts-1", "object": "model"}]})

    def _wants_a_key(self, given: str) -> bool:
        return bool(self.key) and given != f"Bearer {self.key}"

    def _refused(self, request: Request, fault: Fault) -> web.Response | None:
        if self._wants_a_key(request.authorization) or fault is Fault.UNAUTHORIZED:
            given = request.authorization.removeprefix("Bearer ")
            return _error(401, f"Incorrect API key provided: {given}.", code="invalid_api_key")
        if len(request.text) > self.most_characters or fault is Fault.TOO_LONG:
            said = f"[{{'type': 'string_too_long', 'msg': 'String should have at most {self.most_characters} characters'}}]"
            return _error(400, said, code="string_above_max_length")
        if request.speed < self.slowest:
            said = {
                "type": "greater_than_equal",
                "loc": ["body", "speed"],
                "msg": "Input should be greater",
                "input": 0.9,
            }
            return web.json_response({"detail": [said]}, status=422)
        if request.format not in self.forms:
            return _error(400, f"Invalid response_format: '{request.format}'", plain=True)
        simple: dict[Fault, Callable[[], web.Response]] = {
            Fault.FORBIDDEN: lambda: _error(403, "Country, region, or territory not supported"),
            Fault.NO_MODEL: lambda: _error(404, f"The model `{request.model}` does not exist", code="model_not_found"),
            Fault.NO_PATH: lambda: web.json_response({"detail": "Not Found"}, status=404),
            Fault.NO_VOICE: lambda: _detailed(400, f"Voice '{request.voice}' not found. Available voices: af_heart"),
            Fault.INVALID: lambda: _invalid(request),
            Fault.TOO_LARGE: lambda: web.Response(status=413, text="Request Entity Too Large"),
            Fault.THROTTLED: lambda: _error(429, "Rate limit reached", code="rate_limit_exceeded"),
            Fault.THROTTLED_FOR_A_WHILE: lambda: _error(429, "Slow down", headers={"Retry-After": self.retry_after}),
            Fault.THROTTLED_FOR_MILLISECONDS: lambda: _error(429, "Slow down", headers={"retry-after-ms": "7000"}),
            Fault.SPENT: lambda: _error(429, "You exceeded your current quota", code="insufficient_quota"),
            Fault.FAILING: lambda: _error(500, f"could not load model {request.authorization}", code=500),
            Fault.BAD_GATEWAY: lambda: web.Response(status=502, text="<html>Bad Gateway", content_type="text/html"),
            Fault.UNAVAILABLE: lambda: web.json_response({"message": "Loading", "code": 503}, status=503),
            Fault.MOVED: lambda: web.Response(status=301, headers={"Location": "https://elsewhere.example/v1"}),
            Fault.HTML: lambda: web.Response(text="<!doctype html><title>Kokoro</title>", content_type="text/html"),
            Fault.JSON_ERROR: lambda: web.json_response({"error": {"message": "phonemes are missing"}}),
            Fault.JSON_THROTTLED: lambda: web.json_response({"error": {"message": "Slow down", "code": 429}}),
            Fault.EVENTS: lambda: web.Response(text='data: {"type": "error"}\n\n', content_type="text/event-stream"),
            Fault.EMPTY: lambda: web.Response(content_type="audio/wav"),
        }
        return simple[fault]() if fault in simple else None

    async def _send(self, http: web.Request, request: Request, fault: Fault) -> web.StreamResponse:
        data, content_type = self._sound(request, fault)
        response = web.StreamResponse(headers={"Content-Type": content_type})
        if fault is Fault.TRUNCATED:
            response.content_length = len(data)
        await response.prepare(http)
        await asyncio.sleep(_FOREVER if fault is Fault.HANG_BEFORE_SOUND else 0)
        with suppress(ConnectionResetError):  # whoever asked has left
            if await self._write(http, response, data, fault):
                self.done.append(request.text)
        return response

    async def _write(self, http: web.Request, response: web.StreamResponse, data: bytes, fault: Fault) -> bool:
        """Send the sound, whole or not; whether it was all that was to be said."""
        step = 480 if fault is Fault.DRIP else 16_384
        for at in range(0, len(data), step):
            await response.write(data[at : at + step])
            self.sent += len(data[at : at + step])
            if self.speed:
                await asyncio.sleep(step / 48_000 / self.speed)
            await asyncio.sleep(2.0 if fault is Fault.DRIP else 0)
            if at >= len(data) // 3 and fault in {Fault.RESET, Fault.TRUNCATED, Fault.HANG_IN_SOUND}:
                await asyncio.sleep(_FOREVER if fault is Fault.HANG_IN_SOUND else 0)
                _transport(http).abort() if fault is Fault.RESET else _transport(http).close()
                return False
        while fault is Fault.ENDLESS:
            await response.write(bytes(65_536))
            self.sent += 65_536
        await response.write_eof()
        return fault in {Fault.NONE, Fault.DRIP}

    def _sound(self, request: Request, fault: Fault) -> tuple[bytes, str]:
        pcm = made()(request.text, request.speed).pcm
        spoilt: dict[Fault, Callable[[], tuple[bytes, str]]] = {
            Fault.NO_SAMPLES: lambda: (wav(b"", 24_000, length=0), "audio/wav"),
            Fault.SILENCE: lambda: (wav(bytes(len(pcm)), 24_000), "audio/wav"),
            Fault.NOISE: lambda: (b"\2" + random.Random(1).randbytes(len(pcm)), "audio/pcm"),
            Fault.OGG: lambda: (b"OggS" + bytes(2000), "audio/ogg"),
            Fault.HALF: lambda: (wav(pcm[: len(pcm) // 4 * 2], 24_000, length=0xFFFF_FFFF), "audio/wav"),
            Fault.CUT_SHORT: lambda: (wav(pcm[: len(pcm) // 4 * 2], 24_000, length=len(pcm)), "audio/wav"),
            Fault.CUT_HEADER: lambda: (wav(pcm, 24_000, extra=LIST)[:50], "audio/wav"),
        }
        return spoilt[fault]() if fault in spoilt else self.forms[request.format](request.text, request.speed)


def _transport(http: web.Request) -> asyncio.Transport:
    assert isinstance(http.transport, asyncio.Transport)
    return http.transport


def _error(
    status: int, message: str, *, code: Any = None, plain: bool = False, headers: dict[str, str] | None = None
) -> web.Response:
    """As OpenAI words it, or as others do, for whom the error is the message."""
    error: Any = (
        message if plain else {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    )
    return web.json_response({"error": error}, status=status, headers=headers)


def _detailed(status: int, message: str) -> web.Response:
    """As Kokoro-FastAPI words it."""
    detail = {"error": "validation_error", "message": message, "type": "invalid_request_error"}
    return web.json_response({"detail": detail}, status=status)


def _invalid(request: Request) -> web.Response:
    """As FastAPI words it, which quotes what it was asked."""
    said = {"type": "literal_error", "loc": ["body", "speed"], "msg": "Input should be 'slow'", "input": request.text}
    return web.json_response({"detail": [said]}, status=422)


def application(service: Service) -> web.Application:
    """The addresses at which `service` answers."""
    app = web.Application(client_max_size=1 << 20)
    app.router.add_post("/v1/audio/speech", service.speak)
    app.router.add_get("/v1/audio/voices", service.list_voices)
    app.router.add_get("/v1/models", service.list_models)
    return app


@contextmanager
def running(context: ssl.SSLContext | None = None, **settings: object) -> Iterator[Service]:
    """A stand-in on a port of its own, named in the environment; with TLS where a context is given."""
    service = Service(**settings)  # type: ignore[arg-type]
    with in_a_thread(application(service), context) as port:
        service.url = f"{'https' if context else 'http'}://{'localhost' if context else '127.0.0.1'}:{port}/v1"
        with _named(service.url):
            yield service


@contextmanager
def serving() -> Iterator[tuple[Service, Callable[[], VirtualLoop]]]:
    """A stand-in that is named in the environment, and what makes the loops in which it answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        service = Service(url=f"http://127.0.0.1:{listener.getsockname()[1]}/v1")

        def loop() -> VirtualLoop:
            made = Serving(application(service), listener.dup())
            service.clock = made.time
            return made

        with _named(service.url):
            yield service, loop


@contextmanager
def _named(url: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAPTERCAST_OPENAI_URL", url)
        yield
