"""What is between this machine and a server: connections, and the requests that are no speech."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp.resolver import ThreadedResolver

from chaptercast import __version__
from chaptercast.errors import UsageError
from chaptercast.speech.engines.openai import voices
from chaptercast.speech.engines.openai.key import Key
from chaptercast.speech.engines.openai.server import Server
from chaptercast.speech.engines.openai.service_errors import Answer, fault_of
from chaptercast.speech.model import Voice
from chaptercast.speech.online import hosts
from chaptercast.speech.online.certificates import trusted
from chaptercast.speech.online.event_loop import Loop
from chaptercast.speech.online.proxy import checked, proxy_for
from chaptercast.speech.online.request_errors import Kind, ServiceFault
from chaptercast.speech.online.settings import ServiceSettings
from chaptercast.speech.online.transport_errors import of_transport

if TYPE_CHECKING:
    from aiohttp.abc import ResolveResult  # which aiohttp 3.9 does not have

_LARGEST_LIST = 2 << 20
_LARGEST_ERROR = 64 << 10
_NO_LIST = frozenset({301, 302, 303, 307, 308, 400, 404, 405, 406, 422, 501})
"""What servers answer that have no list of voices."""
_FOREIGN = (aiohttp.ClientError, OSError, ValueError, asyncio.IncompleteReadError)


class _PrivateResolver(ThreadedResolver):
    """Looks names up, and goes nowhere but to this machine and private networks: for what is not encrypted.

    The connection goes to the very addresses that were looked at.
    """

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> "list[ResolveResult]":
        found = await super().resolve(host, port, family)
        if not all(hosts.is_private(one["host"]) for one in found):
            raise ServiceFault(
                Kind.HOPELESS,
                f"{host} is in the open internet, where text and key could be read on the way",
                "Use https://, or a server in your own network.",
            )
        return found


def way(server: Server, settings: ServiceSettings) -> str | None:
    """The proxy on the way to `server`, if there is one. Raises `UsageError` for one that cannot be used.

    To a server in one's own network only one that was given is used: variables are meant for the way out of it.
    """
    if not settings.proxy and server.is_own:
        return None
    if server.is_plain and not (hosts.is_address(server.host) or hosts.is_here(server.host)):
        raise UsageError(
            f"Through a proxy it cannot be seen where {server.host} is, and nothing is sent unencrypted to the internet.",
            f"Use https:// in {server.variable}, or the server's address instead of its name.",
        )
    return checked(settings.proxy) if server.is_plain else proxy_for(server.url, settings.proxy)


@asynccontextmanager
async def session(server: Server, key: Key, settings: ServiceSettings) -> AsyncIterator[aiohttp.ClientSession]:
    """Connections to `server`, none of them made yet. Raises `UsageError` for certificates that cannot be read."""
    connector = aiohttp.TCPConnector(
        limit=settings.top_limit,
        resolver=_PrivateResolver() if server.is_plain else ThreadedResolver(),
        ssl=True if server.is_plain else trusted(),
    )
    headers = {"User-Agent": f"chaptercast/{__version__}", "Accept-Encoding": "identity", **key.headers}
    async with aiohttp.ClientSession(
        connector=connector,
        headers=headers,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=settings.deadlines.connect),
    ) as made:
        yield made


@contextmanager
def sorted_out(server: Server) -> Iterator[None]:
    """Whatever aiohttp raises, as `ServiceFault`: without its cause, which knows all that was sent, the key too."""
    try:
        yield
    except _FOREIGN as error:
        raise _fault_of(error, server) from None


def _fault_of(error: Exception, server: Server) -> ServiceFault:
    is_there = f"Is the server at {server.place}, which {server.variable} names, running?"
    if isinstance(error, aiohttp.ServerTimeoutError):
        return ServiceFault(Kind.UNREACHABLE, "the service cannot be reached", is_there)
    fault = of_transport(error)
    if fault is None:
        cause = f"the service answers with what is not understood ({type(error).__name__})"
        return ServiceFault(Kind.INCOMPLETE, cause)
    if fault.kind is Kind.UNREACHABLE:
        fault.remedy = fault.remedy or is_there
    return fault


async def answer_of(response: aiohttp.ClientResponse, beginning: bytes = b"") -> Answer:
    """An answer that is no sound, of which `beginning` was read."""
    body = bytearray(beginning)
    while len(body) < _LARGEST_ERROR and (part := await response.content.readany()):
        body += part
    return Answer(response.status, response.headers, bytes(body[:_LARGEST_ERROR]))


def ask_voices(server: Server, key: Key, settings: ServiceSettings) -> tuple[Voice, ...] | None:
    """Ask for the list of voices, for as long as a probe may take; nothing where the server has none.

    Raises `ServiceFault`, `UsageError`.
    """
    found = _asked(server, "/audio/voices", key, settings)
    if isinstance(found, Answer):
        if found.status in _NO_LIST:
            return None
        raise fault_of(found, server, key)
    try:
        return voices.parsed(found)
    except ValueError:
        return None


def ask_whether_it_is_there(server: Server, key: Key, settings: ServiceSettings) -> None:
    """Ask for the list of models, which costs nothing. Raises `ServiceFault` where the server or its key is no good, `UsageError`."""
    found = _asked(server, "/models", key, settings)
    if isinstance(found, Answer) and found.status not in _NO_LIST:
        raise fault_of(found, server, key)


def _asked(server: Server, path: str, key: Key, settings: ServiceSettings) -> Any:
    """What is at a path, in JSON; an `Answer` where there is none."""
    proxy = way(server, settings)

    async def ask(connections: aiohttp.ClientSession) -> Any:
        address = f"{server.url}{path}"
        asked = connections.get(address, params={"model": server.model}, proxy=proxy, allow_redirects=False)
        async with asked as response:
            if response.status != 200:
                return await answer_of(response)
            body = bytearray()
            while len(body) <= _LARGEST_LIST and (part := await response.content.readany()):
                body += part
            return _json(bytes(body)) if len(body) <= _LARGEST_LIST else None

    async def ask_in_time() -> Any:
        async with asyncio.timeout(settings.probe_seconds), session(server, key, settings) as connections:
            with sorted_out(server):
                return await ask(connections)

    with Loop(settings) as loop:
        try:
            return loop.run(ask_in_time())
        except TimeoutError:
            raise ServiceFault(Kind.UNREACHABLE, "the service does not answer") from None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
