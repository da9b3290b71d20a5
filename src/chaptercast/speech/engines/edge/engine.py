"""The engine `edge`: its description, whether it can be reached, and its voices. Heavy modules are loaded on use."""

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
    sends_frames: bool = True
    sample_rate: int = 24_000
    audible: bool = True
    spells_digits: bool = True
    max_bytes: int = 2400
    """Stays below 3,000 bytes after escaping, except for texts full of signs. Stays below 214 seconds of speech: beyond that, the
    service's clock has been seen to overflow."""
    max_sentences: int = 0

    @property
    def version(self) -> str:
        """The version of our own requests. Speech is not requested again because a library changed its token."""
        return "1" if _installed() else ""

    def identity(self, voice: str, language: LanguageTag) -> str:  # noqa: ARG002 -- the same for all of them
        """The engine's version."""
        return self.version

    def status(self) -> Status:
        """Ready if the library is new enough: the service changes its protocol and refuses older versions."""
        wanted = ".".join(map(str, _OLDEST))
        installed = _installed()
        if not installed:
            return Status(ready=False, reason="the package edge-tts is not installed", remedy=_UPGRADE)
        if tuple(map(int, re.findall(r"\d+", installed)[:3])) < _OLDEST:
            reason = f"edge-tts {installed} is too old, it must be {wanted} or newer"
            return Status(ready=False, reason=reason, remedy=_UPGRADE)
        return Status(ready=True, reason="natural voices, needs a network; the text goes to Microsoft")

    def adapted(self, settings: ServiceSettings) -> ServiceSettings:
        """Unchanged: the defaults were made for this service."""
        return settings

    def probe(self, settings: ServiceSettings) -> Status:
        """Request the voice list, and cache it."""
        from chaptercast.speech.engines.edge import network

        return _probed(network.voices_url(), settings)

    def voices(self) -> tuple[Voice, ...]:
        """The voices of the cached list, otherwise those that the profiles name."""
        return voices.known("").voices

    def voice_list(self, settings: ServiceSettings, *, ask: bool) -> VoiceList:
        """The service's list, requested if the cached one is older than a week."""
        found = voices.kept()
        if not ask or (found is not None and voices.is_fresh(found[1])):
            return voices.known("")
        status = self.probe(settings)
        return voices.known("" if status.ready else f", since {status.reason}")

    @asynccontextmanager
    async def connect(self, settings: ServiceSettings) -> AsyncIterator[AsyncSpeaker]:
        """Opens no connection yet: each request has its own."""
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
    """Probe once per process. The address is a parameter so that it is part of the cache key."""
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
