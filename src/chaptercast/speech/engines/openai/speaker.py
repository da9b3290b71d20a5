"""One request to a server: one text, the sound that it answers with."""

import asyncio
import re
from collections.abc import Callable

import aiohttp

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.unicode_text import well_formed
from chaptercast.speech.engines.openai.key import Key
from chaptercast.speech.engines.openai.network import answer_of, sorted_out
from chaptercast.speech.engines.openai.server import Server
from chaptercast.speech.engines.openai.service_errors import Answer, fault_of, is_text
from chaptercast.speech.model import EncodedSpeech, Speech, Utterance
from chaptercast.speech.online.audio_format import OtherKindError, as_pcm, bytes_a_second, speech_of
from chaptercast.speech.online.duration_bounds import speaking_seconds
from chaptercast.speech.online.request_errors import Kind, ServiceFault
from chaptercast.speech.online.settings import Deadlines

GRID = Grid(24_000, 48_000)
"""Where frames of MP3 are taken as they are."""
_FORMATS = ("wav", "pcm", "mp3")
"""What is asked for, the best first: WAV loses nothing and says what it is; not all servers have all of them."""
_SPEEDS = (0.25, 4.0)
_NEAR_THE_USUAL = (0.8, 1.25)
"""Speeds that may be given up where a server refuses them: headings are a little slower. One that is further off is a wish."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TOO_SLOW, _SLACK_SECONDS = 4.0, 10.0
"""Nobody takes so many times as long as reckoned to say a text: what goes on beyond that does not end."""
_MOST_BYTES_A_SECOND = 192_000
"""48 kHz, 16 bits, two channels."""
_OTHER_SERVER = "The server must send WAV, PCM or MP3: look at its settings (docs/openai.md)."
_HEAD_BYTES = 4096
"""In these the header of a WAV is over, whatever it tells of its origin."""


class OpenAISpeaker:
    """See `speech.model.AsyncSpeaker`."""

    tells = False

    def __init__(
        self,
        connections: aiohttp.ClientSession,
        server: Server,
        key: Key,
        proxy: str | None,
        deadlines: Deadlines,
        patience: float,
    ) -> None:
        """Asks by `connections`, through `proxy` if one is given; a server may take `patience` times as long as a listener."""
        self._connections = connections
        self._server = server
        self._key = key
        self._proxy = proxy
        self._deadlines = deadlines
        self._patience = patience
        self._format = 0
        """Which of the formats is asked for: those before it were refused."""
        self._refused_speeds: set[float] = set()

    async def speak(self, utterance: Utterance) -> Speech | EncodedSpeech:
        """Ask for one utterance, in another format where one is refused."""
        while True:
            number = self._format
            try:
                return await self._speak(utterance, _FORMATS[number])
            except OtherKindError as error:
                if number + 1 == len(_FORMATS):
                    raise ServiceFault(Kind.HOPELESS, f"the service sends {error}", _OTHER_SERVER) from error
                self._format = max(self._format, number + 1)

    async def _speak(self, utterance: Utterance, wanted: str) -> Speech | EncodedSpeech:
        """Ask for one utterance in a format. Raises `ServiceFault`, and `OtherKindError` where it cannot be had in that format."""
        speed = self._speed(utterance)
        reckoned = speaking_seconds(utterance.text, speed)
        longest = _TOO_SLOW * reckoned + _SLACK_SECONDS
        answer = await self._answer(self._request(utterance, wanted, speed), reckoned, longest)
        if answer.status != 200 or is_text(answer.body):
            if answer.is_about_format and wanted != _FORMATS[-1]:
                raise OtherKindError("an error about the format")
            if answer.is_about_speed and speed != 1 and _NEAR_THE_USUAL[0] <= speed <= _NEAR_THE_USUAL[1]:
                self._refused_speeds.add(speed)
                return await self._speak(utterance, wanted)
            raise fault_of(answer, self._server, self._key)
        speech = _speech(answer, utterance, longest)
        if not (speech.pcm if isinstance(speech, Speech) else speech.frames):
            cause = f"the service sends no sound for the voice “{utterance.voice}”"
            raise ServiceFault(Kind.NO_SOUND, cause, "What there is: chaptercast voices --engine openai.")
        return speech

    def _speed(self, utterance: Utterance) -> float:
        """How fast it is to be spoken, within what servers take."""
        speed = min(max(round(utterance.prosody.rate, 3), _SPEEDS[0]), _SPEEDS[1])
        return 1.0 if speed in self._refused_speeds else speed

    def _request(self, utterance: Utterance, wanted: str, speed: float) -> dict[str, object]:
        """What is sent. The usual speed is not asked for: there are servers, and models, that know no other."""
        return {
            "model": self._server.model,
            "input": _CONTROL.sub(" ", well_formed(utterance.text)),
            "voice": utterance.voice,
            "response_format": wanted,
            **({"speed": speed} if speed != 1 else {}),
        }

    async def _answer(self, request: dict[str, object], reckoned: float, longest: float) -> Answer:
        """The whole answer, of which the sound takes `reckoned` seconds or so, and no more than `longest`. Raises `ServiceFault`."""
        loop = asyncio.get_running_loop()
        began, share = loop.time(), self._patience * reckoned
        latest = began + self._deadlines.whole + share
        body = bytearray()

        def heard(part: bytes) -> None:
            body.extend(part)
            limit.reschedule(min(latest, loop.time() + self._deadlines.between))
            if len(body) > longest * min(bytes_a_second(bytes(body[:_HEAD_BYTES])), _MOST_BYTES_A_SECOND) + _HEAD_BYTES:
                raise ServiceFault(
                    Kind.INCOMPLETE, f"the service does not stop: its sound is longer than {longest:.0f} seconds"
                )

        try:
            async with asyncio.timeout_at(min(latest, began + self._deadlines.first + share)) as limit:
                with sorted_out(self._server):
                    return await self._read(request, heard, body)
        except TimeoutError:
            cause = "the service took too long" if loop.time() >= latest else "the service fell silent"
            raise ServiceFault(Kind.INCOMPLETE if body else Kind.UNREACHABLE, cause) from None
        except ServiceFault as fault:
            if fault.kind is Kind.UNREACHABLE and body:  # once speech was coming, it may be trouble with the text
                raise ServiceFault(Kind.INCOMPLETE, fault.cause, fault.remedy) from None
            raise

    async def _read(self, request: dict[str, object], heard: Callable[[bytes], None], body: bytearray) -> Answer:
        asked = self._connections.post(
            f"{self._server.url}/audio/speech", json=request, proxy=self._proxy, allow_redirects=False
        )
        async with asked as response:
            if response.status != 200:
                return await answer_of(response)
            async for part in response.content.iter_any():
                heard(part)
            return Answer(response.status, response.headers, bytes(body))


def _speech(answer: Answer, utterance: Utterance, longest: float) -> Speech | EncodedSpeech:
    """What an answer says, as loud as it is to be. Raises `ServiceFault`, `OtherKindError`."""
    volume = utterance.prosody.volume
    content_type = answer.headers.get("Content-Type", "")
    try:
        if volume == 1:
            return speech_of(answer.body, content_type, GRID, longest)
        return as_pcm(speech_of(answer.body, content_type, None, longest), volume)
    except OtherKindError:
        raise
    except ValueError as error:
        raise ServiceFault(Kind.INCOMPLETE, f"the service sends {error}") from error
