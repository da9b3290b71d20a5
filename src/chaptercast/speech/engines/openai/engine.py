"""The engine `openai`: what it is, whether it is set up, and which voices its server has. Heavy modules are loaded when it is used."""

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
"""Changes when the same text, asked for in another way, may sound otherwise."""
_OWN_REQUESTS = 2
"""One that is spoken, and one that waits: a processor of one's own does not speak faster for being asked for more."""
_OWN_TIMES, _OTHER_TIMES = 8.0, 3.0
"""How many times the usual deadlines a server of one's own gets, which may have to load its model first, and any other."""
_OWN_PROBES = 3
"""How many times the usual time one of one's own gets to list its voices: it may be speaking to somebody, and do one thing at a time."""
_OWN_PATIENCE, _OTHER_PATIENCE = 4.0, 1.0
"""How many times as long as its speech is heard it may take, besides that, to make it."""


class OpenAIEngine(Struct, frozen=True):
    """See `speech.model.OnlineEngine`. Which server that is, is looked up in the environment each time."""

    name: str = "openai"
    online: Literal[True] = True
    sample_rate: int = 24_000
    audible: bool = True
    spells_digits: bool = False
    """OpenAI's models do; most others read figures in English, or sign by sign."""
    max_bytes: int = 1500
    """About a minute and a half: OpenAI takes 4,096 characters, but the longer a text is, the more of it models are known to drop."""
    max_sentences: int = 0

    @property
    def version(self) -> str:
        """That of our way of asking; empty where no server is named."""
        try:
            configured()
        except UsageError:
            return ""
        return _WAY_OF_ASKING

    def identity(self, voice: str, language: LanguageTag) -> str:  # noqa: ARG002 -- the same for all of a server's voices
        """All that decides the sound of `voice` besides its name and the text: the server and its model, as a digest, but no key."""
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
        """Ready where a server is named."""
        try:
            server = configured()
        except UsageError as error:
            return Status(ready=False, reason=_clause(error), remedy=error.remedy)
        reason = f"speaks by the model “{server.model}”, needs a network; the text goes to {server.destination}"
        return Status(ready=True, reason=reason)

    def adapted(self, settings: ServiceSettings) -> ServiceSettings:
        """More time than the service takes that they were made for; fewer requests at once for a server of one's own."""
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
        """Ask for the list of voices, of OpenAI for that of its models."""
        try:
            server = configured()
            _there(server, self.adapted(settings)) if server.is_openai else self.voice_list(settings, ask=True)
        except ChaptercastError as error:
            return Status(ready=False, reason=_clause(error), remedy=error.remedy)
        return Status(ready=True, reason=f"the model “{server.model}”, and the server answers")

    def voices(self) -> tuple[Voice, ...]:
        """Those of the list that was kept, or OpenAI's."""
        return self.voice_list(ServiceSettings(), ask=False).voices

    def voice_list(self, settings: ServiceSettings, *, ask: bool) -> VoiceList:
        """The server's list, asked for once in a run; OpenAI has none, and needs none."""
        server = configured()
        if server.is_openai:
            return voices.of_openai()
        if not ask:
            return voices.kept(server, "") or voices.unasked()
        return _voices(server, self.adapted(settings))

    @asynccontextmanager
    async def connect(self, settings: ServiceSettings) -> AsyncIterator[AsyncSpeaker]:
        """Nothing is connected yet: connections are made as they are needed, and used again."""
        server = configured()
        from chaptercast.speech.engines.openai import network
        from chaptercast.speech.engines.openai.key import key_for
        from chaptercast.speech.engines.openai.speaker import OpenAISpeaker

        key, proxy = key_for(server), network.way(server, settings)
        patience = _OWN_PATIENCE if server.is_own else _OTHER_PATIENCE
        async with network.session(server, key, settings) as connections:
            yield OpenAISpeaker(connections, server, key, proxy, settings.deadlines, patience)


def _clause(error: ChaptercastError) -> str:
    """What went wrong, as a part of a sentence; the name of a variable stays as it is."""
    text = error.message.rstrip(".")
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


@cache
def _voices(server: Server, settings: ServiceSettings) -> VoiceList:
    """Ask once in a process.

    Raises `ServiceError` where the server does not answer and no list was kept: other voices than those that spoke before would speak.
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
    """Ask once in a process. Raises `ServiceError`."""
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
