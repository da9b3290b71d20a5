"""Sends what is spoken of an episode so far, and goes on as more is spoken: a stream of MP3, as internet radio has it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import BinaryIO

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from chaptercast.app.pages import FOR_ALL

_CHUNK = 65_536
_LOOK_S = 0.25
_MOST = 24
"""Maximum number of people who listen at once."""


class LiveAudio:
    """The streams of all jobs that are running."""

    def __init__(self) -> None:
        self._listeners = 0

    async def response(self, request: Request, path: Path, is_running: Callable[[], bool]) -> Response:
        """Returns a stream of the growing file `path`. It ends with the file, once `is_running` is no more."""
        if self._listeners >= _MOST:
            return PlainTextResponse("Too many listen.\n", 503, {**FOR_ALL, "Retry-After": "30"})
        try:
            stream = await run_sync(lambda: path.open("rb"))
        except OSError:
            return PlainTextResponse("Not found.\n", 404, FOR_ALL)
        headers = {**FOR_ALL, "Accept-Ranges": "none"}
        return StreamingResponse(self._sent(request, stream, is_running), headers=headers, media_type="audio/mpeg")

    async def _sent(self, request: Request, stream: BinaryIO, is_running: Callable[[], bool]) -> AsyncIterator[bytes]:
        self._listeners += 1
        try:
            while True:
                goes_on = is_running()  # before it is read: what was written until then is read
                content = await run_sync(stream.read, _CHUNK)
                if content:
                    yield content
                elif not goes_on or await request.is_disconnected():
                    return
                else:
                    await asyncio.sleep(_LOOK_S)
        finally:
            self._listeners -= 1
            stream.close()
