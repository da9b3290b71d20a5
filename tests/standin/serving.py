"""A stand-in in a thread of its own."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web


@contextmanager
def in_a_thread(application: web.Application, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Its port, on which it answers as long as this lasts; with TLS where a context is given."""
    started, stop = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []
    ports: list[int] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        server = web.AppRunner(application, shutdown_timeout=0.01, handler_cancellation=True)
        await server.setup()
        await web.TCPSite(server, "127.0.0.1", 0, ssl_context=context).start()
        ports.append(server.addresses[0][1])
        started.set()
        await stop.wait()
        await server.cleanup()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield ports[0]
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join(10)
