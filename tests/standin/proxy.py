"""A proxy for HTTP that joins what it is asked to (RFC 9110 9.3.6), and counts."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from msgspec import Struct, field


class Proxy(Struct):
    """A running proxy."""

    url: str = ""
    targets: list[str] = field(default_factory=list)
    refuse: bytes = b""
    """A status line with which every request is turned away."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.split(b" ", 2)
        self.targets.append(target.decode())
        if self.refuse:
            writer.write(self.refuse + b"\r\nContent-Length: 0\r\n\r\n")
            writer.close()
            return
        address = target.decode() if method == b"CONNECT" else urlsplit(target.decode()).netloc
        host, _, port = address.rpartition(":")
        there_reader, there_writer = await asyncio.open_connection(host, int(port))
        if method == b"CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            there_writer.write(head)
        await asyncio.gather(_copy(reader, there_writer), _copy(there_reader, writer), return_exceptions=True)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
    finally:
        writer.close()


@contextmanager
def running() -> Iterator[Proxy]:
    """A proxy on a port of its own."""
    proxy = Proxy()
    started, stop = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
        proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        started.set()
        await stop.wait()
        server.close()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield proxy
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join(10)
