"""The engine `openai`: its description, whether it is configured, and its server's voices. Heavy modules are loaded on use."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.fingerprint import digest
from chaptercast.common.units import LanguageTag
from chaptercast.errors import ChaptercastError, ServiceError, UsageError
from chaptercast.speech.engines.openai import voices
from chaptercast.speech.engines.openai.server import Server, configured
from chaptercast.speech.model import AsyncSpeaker, Status, Voice, VoiceList
from chaptercast.speech.online import voice_list_cache
from chaptercast.speech.online.settings import Deadlines, ServiceSettings

if TYPE_CHECKING:
    from chaptercast.speech.online.request_errors import ServiceFault

_WAY_OF_ASKING = "1"
"""Change this if the same text, requested in another way, may sound different."""
_OWN_REQUESTS = 2
"""For one's own server: one request that is spoken, and one that waits. More requests do not make one processor faster."""
_OWN_TIMES, _OTHER_TIMES = 8.0, 3.0
"""Factors for the usual deadlines: one for one's own server, which may have to load its model first, and one for any other."""
_OWN_PROBES = 3
"""Factor for the time to list voices on one's own server: it may be speaking to somebody else, and do one thing at a time."""
_OWN_PATIENCE, _OTHER_PATIENCE = 4.0, 1.0
"""Factors for the time to make speech, relative to its duration, on top of the deadlines."""


class OpenAIEngine(Struct, frozen=True):
    """See `speech.model.OnlineEngine`. The environment is read at each use to find the server."""

    name: str = "openai"
    online: Literal[True] = True
    sample_rate: int = 24_000
    sends_frames: bool = False
    audible: bool = True
    spells_digits: bool = False
    """OpenAI's models do. Most others read digits in English, or sign by sign."""
    max_bytes: int = 1500
    """About a minute and a half of speech. OpenAI takes 4,096 characters, but models are known to drop more of a longer text."""
    max_sentences: int = 0

    @property
    def version(self) -> str:
        """The version of our own requests. Empty if no server is named."""
        try:
            configured()
        except UsageError:
            return ""
        return _WAY_OF_ASKING

    def identity(self, voice: str, language: LanguageTag) -> str:  # noqa: ARG002 -- the same for all of a server's voices
        """All that decides the sound of `voice` besides its name and the text: a digest of the server and its model, without the key."""
        try:
            server = configured()
        except UsageError:
            return ""
        return f"{_WAY_OF_ASKING}-{digest(server.url, server.model)[:16]}"

    @property
    def destination(self) -> str:
        """The host, as people know it."""
        try:
            return configured().destination
        except UsageError:
            return "a server that is not named yet"

    def status(self) -> Status:
        """Ready if a server is named."""
        try:
            server = configured()
        except UsageError as error:
            return Status(ready=False, reason=_clause(error), remedy=error.remedy)
        reason = f"speaks by the model “{server.model}”, needs a network; the text goes to {server.destination}"
        return Status(ready=True, reason=reason)

    def adapted(self, settings: ServiceSettings) -> ServiceSettings:
        """Longer deadlines than the defaults, and fewer concurrent requests for one's own server."""
        server = configured()
        usual = _OWN_REQUESTS if server.is_own else settings.top_limit
        most = server.requests or usual
        times, deadlines = _OWN_TIMES if server.is_own else _OTHER_TIMES, settings.deadlines
        return replace(
            settings,
            start_limit=min(settings.start_limit, most),
            top_limit=most,
            probe_seconds=(_OWN_PROBES if server.is_own else 1) * settings.probe_seconds,
            deadlines=Deadlines(
                connect=deadlines.connect,
                first=times * deadlines.first,
                between=times * deadlines.between,
                whole=times * deadlines.whole,
            ),
        )

    def probe(self, settings: ServiceSettings) -> Status:
        """Request the voice list; from OpenAI, the list of models."""
        try:
            server = configured()
            _there(server, self.adapted(settings)) if server.is_openai else self.voice_list(settings, ask=True)
        except ChaptercastError as error:
            return Status(ready=False, reason=_clause(error), remedy=error.remedy)
        return Status(ready=True, reason=f"the model “{server.model}”, and the server answers")

    def voices(self) -> tuple[Voice, ...]:
        """The voices of the cached list, or OpenAI's."""
        return self.voice_list(ServiceSettings(), ask=False).voices

    def voice_list(self, settings: ServiceSettings, *, ask: bool) -> VoiceList:
        """The server's list, requested once per run. OpenAI has none, and needs none."""
        server = configured()
        if server.is_openai:
            return voices.of_openai()
        if not ask:
            return voices.kept(server, "") or voices.unasked()
        return _voices(server, self.adapted(settings))

    @asynccontextmanager
    async def connect(self, settings: ServiceSettings) -> AsyncIterator[AsyncSpeaker]:
        """Opens no connection yet: connections are made when needed, and reused."""
        server = configured()
        from chaptercast.speech.engines.openai import network
        from chaptercast.speech.engines.openai.key import key_for
        from chaptercast.speech.engines.openai.speaker import OpenAISpeaker

        key, proxy = key_for(server), network.way(server, settings)
        patience = _OWN_PATIENCE if server.is_own else _OTHER_PATIENCE
        async with network.session(server, key, settings) as connections:
            yield OpenAISpeaker(connections, server, key, proxy, settings.deadlines, patience)


def _clause(error: ChaptercastError) -> str:
    """The error as a part of a sentence. The name of a variable stays as it is."""
    text = error.message.rstrip(".")
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


@cache
def _voices(server: Server, settings: ServiceSettings) -> VoiceList:
    """Requested once per process.

    Raises `ServiceError` if the server does not answer and no list is cached: otherwise other voices would speak than before.
    """
    from chaptercast.speech.engines.openai import network
    from chaptercast.speech.engines.openai.key import key_for
    from chaptercast.speech.online.request_errors import Kind, ServiceFault

    try:
        found = network.ask_voices(server, key_for(server), settings)
    except ServiceFault as fault:
        kept = voices.kept(server, f", since {fault.cause}") if fault.kind is not Kind.HOPELESS else None
        if kept is None:
            raise _error(fault) from fault
        return kept
    if found is None:
        return voices.without_list()
    if settings.keeps_list:
        voices.keep(server, found)
    return voices.listed(found, f"the server's list of {voice_list_cache.today().isoformat()}")


@cache
def _there(server: Server, settings: ServiceSettings) -> None:
    """Checked once per process. Raises `ServiceError`."""
    from chaptercast.speech.engines.openai import network
    from chaptercast.speech.engines.openai.key import key_for
    from chaptercast.speech.online.request_errors import ServiceFault

    try:
        network.ask_whether_it_is_there(server, key_for(server), settings)
    except ServiceFault as fault:
        raise _error(fault) from fault


def _error(fault: "ServiceFault") -> ServiceError:
    return ServiceError(f"The engine “openai” failed: {fault.cause}.", fault.remedy)


ENGINE = OpenAIEngine()
