"""Event loops whose clock jumps: waiting takes no time, and what happens when is known to the millisecond, on however busy a machine."""

import asyncio
import selectors
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web
from tests.standin.patching import patched
from tests.standin.server import Service, application

_ON_ITS_WAY_SECONDS = 0.02
"""What was sent from a socket to another of this process may take so long until it is there."""


class _Jumping(selectors.DefaultSelector):
    """Instead of waiting it moves the clock."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        ready = super().select(0) or (
            super().select(_ON_ITS_WAY_SECONDS) if timeout != 0 and len(self.get_map()) > 1 else []
        )
        if not ready and timeout:
            self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """For code without threads, whose sockets have both their ends in this loop."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


class Serving(VirtualLoop):
    """One in which a stand-in answers, too."""

    def __init__(self, made: web.Application, listener: socket.socket) -> None:
        super().__init__()
        self._server = web.AppRunner(made, shutdown_timeout=0.01, handler_cancellation=True)
        self.run_until_complete(self._start(listener))

    async def _start(self, listener: socket.socket) -> None:
        await self._server.setup()
        await web.SockSite(self._server, listener).start()

    def close(self) -> None:
        if not self.is_closed():
            self.run_until_complete(self._server.cleanup())
        super().close()


@contextmanager
def serving() -> Iterator[tuple[Service, Callable[[], VirtualLoop]]]:
    """A stand-in to which the library's requests go, and what makes the loops in which it answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        at = f"127.0.0.1:{listener.getsockname()[1]}"
        service = Service(url=f"ws://{at}/edge?stand=in", voices_url=f"http://{at}/voices?stand=in")

        def loop() -> VirtualLoop:
            made = Serving(application(service), listener.dup())
            service.clock = made.time
            return made

        with patched(service.url, service.voices_url):
            yield service, loop
