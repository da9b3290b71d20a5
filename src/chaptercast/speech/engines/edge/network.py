"""What is between this machine and the service: proxy, certificates, and the one request that is no speech."""

import asyncio
import os
from functools import cache

import edge_tts
from edge_tts import communicate
from edge_tts import voices as listing

from chaptercast.speech.engines.edge import voices
from chaptercast.speech.engines.edge.service_errors import sorted_out
from chaptercast.speech.model import Voice
from chaptercast.speech.online.certificates import load_given
from chaptercast.speech.online.event_loop import Loop
from chaptercast.speech.online.proxy import proxy_for
from chaptercast.speech.online.request_errors import Kind, ServiceFault
from chaptercast.speech.online.settings import ServiceSettings


def voices_url() -> str:
    """Where the list of voices is: as the library reads it, and tests set it."""
    return str(listing.VOICE_LIST)  # type: ignore[attr-defined]


def proxy(settings: ServiceSettings) -> str | None:
    """The proxy on the way to the service. Raises `UsageError` for one that cannot be used."""
    return proxy_for(str(communicate.WSS_URL), settings.proxy)  # type: ignore[attr-defined]


def trust_given_certificates() -> None:
    """Trust the authorities in `SSL_CERT_FILE` and `SSL_CERT_DIR` besides the library's own, as OpenSSL's programs do.

    Raises `UsageError` where they cannot be read.
    """
    file, folder = os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", "")
    if file or folder:
        _trust(file, folder)


@cache
def _trust(file: str, folder: str) -> None:
    for module in (communicate, listing):
        load_given(module._SSL_CTX, file, folder)  # noqa: SLF001 -- there is no other way


def fetch_voices(settings: ServiceSettings) -> tuple[Voice, ...]:
    """Ask for the list of voices, for as long as a probe may take. Raises `ServiceFault`, `UsageError`."""
    trust_given_certificates()
    way = proxy(settings)

    async def ask() -> tuple[Voice, ...]:
        async with asyncio.timeout(settings.probe_seconds):
            return voices.parsed(await edge_tts.list_voices(proxy=way))

    with Loop(settings) as loop:
        try:
            with sorted_out():
                return loop.run(ask())
        except ServiceFault as fault:
            if isinstance(fault.__cause__, TimeoutError):
                raise ServiceFault(Kind.UNREACHABLE, "the service does not answer") from fault
            raise
