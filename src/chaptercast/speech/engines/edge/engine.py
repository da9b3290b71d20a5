"""The engine `edge`: what it is, whether it can be reached, and which voices it has. Heavy modules are loaded when it is used."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.errors import ChaptercastError, EngineError
from chaptercast.speech.engines.edge import voices
from chaptercast.speech.model import AsyncSpeaker, Status, Voice, VoiceList
from chaptercast.speech.online.settings import ServiceSettings

_OLDEST = (7, 3, 1)
_UPGRADE = "Install it with `pip install --upgrade edge-tts`."


class EdgeEngine(Struct, frozen=True):
    """See `speech.model.OnlineEngine`."""

    name: str = "edge"
    online: Literal[True] = True
    destination: str = "Microsoft"
    sample_rate: int = 24_000
    audible: bool = True
    spells_digits: bool = True
    max_bytes: int = 2400
    """Below 3,000 when escaped, but for texts full of signs; and below 214 seconds of speech, after which the service's clock
    has been seen to overflow."""
    max_sentences: int = 0

    @property
    def version(self) -> str:
        """That of our way of asking: speech is not asked for anew because a library changed its token."""
        return "1" if _installed() else ""

    def identity(self, voice: str, language: LanguageTag) -> str:  # noqa: ARG002 -- the same for all of them
        """Its version."""
        return self.version

    def status(self) -> Status:
        """Ready where the library is new enough: the service changes what it wants, and older ones are refused."""
        wanted = ".".join(map(str, _OLDEST))
        installed = _installed()
        if not installed:
            return Status(ready=False, reason="the package edge-tts is not installed", remedy=_UPGRADE)
        if tuple(map(int, re.findall(r"\d+", installed)[:3])) < _OLDEST:
            reason = f"edge-tts {installed} is too old, it must be {wanted} or newer"
            return Status(ready=False, reason=reason, remedy=_UPGRADE)
        return Status(ready=True, reason="natural voices, needs a network; the text goes to Microsoft")

    def adapted(self, settings: ServiceSettings) -> ServiceSettings:
        """As they are: they were made for this service."""
        return settings

    def probe(self, settings: ServiceSettings) -> Status:
        """Ask for the list of voices, which is kept."""
        from chaptercast.speech.engines.edge import network

        return _probed(network.voices_url(), settings)

    def voices(self) -> tuple[Voice, ...]:
        """Those of the list that was kept, else those that the profiles name."""
        return voices.known("").voices

    def voice_list(self, settings: ServiceSettings, *, ask: bool) -> VoiceList:
        """The service's list, asked for where what is kept is older than a week."""
        found = voices.kept()
        if not ask or (found is not None and voices.is_fresh(found[1])):
            return voices.known("")
        status = self.probe(settings)
        return voices.known("" if status.ready else f", since {status.reason}")

    @asynccontextmanager
    async def connect(self, settings: ServiceSettings) -> AsyncIterator[AsyncSpeaker]:
        """Nothing is connected yet: each request has a connection of its own."""
        status = self.status()
        if not status.ready:
            raise EngineError(f"The engine “edge” cannot work here: {status.reason}.", status.remedy)
        from chaptercast.speech.engines.edge import network
        from chaptercast.speech.engines.edge.speaker import EdgeSpeaker

        network.trust_given_certificates()
        yield EdgeSpeaker(network.proxy(settings), settings.deadlines)


@cache
def _installed() -> str:
    try:
        return version("edge-tts")
    except PackageNotFoundError:
        return ""


@cache
def _probed(_url: str, settings: ServiceSettings) -> Status:
    """Ask once in a process; the address is there to be part of what is remembered."""
    from chaptercast.speech.engines.edge import network
    from chaptercast.speech.online.request_errors import ServiceFault

    try:
        found = network.fetch_voices(settings)
    except ServiceFault as fault:
        return Status(ready=False, reason=fault.cause, remedy=fault.remedy)
    except ChaptercastError as error:
        return Status(ready=False, reason=error.message.rstrip("."), remedy=error.remedy)
    if settings.keeps_list:
        voices.keep(found)
    return Status(ready=True, reason="natural voices, and the service answers")


ENGINE = EdgeEngine()
