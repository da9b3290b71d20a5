"""Who begins a request and does not end it is cut off; who is answered, or asks in time, is not."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from chaptercast.serving.connection import Connection

SOON_S, LATE_S = 0.05, 3600.0
ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n"


@contextmanager
def answering(seconds: float, answer: Callable[[], bytes] = lambda: b"yes") -> Iterator[tuple[str, int]]:
    """A server that gives a request so many seconds to arrive."""

    class Impatient(Connection):
        seconds_to_ask = seconds

    async def application(_scope: object, _receive: object, send: Callable[..., object]) -> None:
        body = await asyncio.to_thread(answer)
        head = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": head})  # type: ignore[misc]
        await send({"type": "http.response.body", "body": body})  # type: ignore[misc]

    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application,  # type: ignore[arg-type]
        http=Impatient, ws="none", lifespan="off", log_config=None, log_level="critical", timeout_keep_alive=3600,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        server.should_exit = True
        thread.join(30)


def answered(address: tuple[str, int], *sent: bytes) -> bytes:
    """All that comes back until the server ends the connection."""
    with socket.create_connection(address, timeout=30) as connection:
        for part in sent:
            connection.sendall(part)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize("sent", [b"", b"GET", ASKED, ASKED + b"X: "])
def test_half_a_request_is_cut_off(sent: bytes) -> None:
    with answering(SOON_S) as address:
        assert answered(address, sent) == b""


def test_half_a_second_request_is_cut_off_after_the_answer_to_the_first() -> None:
    with answering(SOON_S) as address:
        assert answered(address, ASKED + b"\r\n" + ASKED).count(b"yes") == 1


def test_a_body_that_does_not_come_holds_no_connection() -> None:
    with answering(SOON_S) as address:
        assert answered(address, ASKED + b"Content-Length: 9\r\n\r\n1").count(b"yes") == 1


def test_who_has_asked_may_wait_for_the_answer() -> None:
    ready = threading.Event()
    with answering(SOON_S, lambda: b"late" if ready.wait(30) else b"") as address:
        threading.Timer(SOON_S * 6, ready.set).start()
        assert answered(address, ASKED + b"Connection: close\r\n\r\n").endswith(b"late")


def test_a_request_in_two_parts_is_answered() -> None:
    with answering(LATE_S) as address:
        assert answered(address, ASKED, b"Connection: close\r\n\r\n").endswith(b"yes")
