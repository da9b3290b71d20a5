"""Sends changes of the queue as server-sent events (HTML Standard, 9.2)."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from chaptercast.app.model import Job
from chaptercast.app.pages import FOR_ALL
from chaptercast.app.views import live
from chaptercast.app.words import AppWords

_LOOK_S = 0.5
_SIGN_OF_LIFE_S = 15.0
"""Interval of keep-alive messages, so that proxies do not close the connection."""
MOST_LISTENERS = 64


class Events:
    """The stream of events for each open page."""

    def __init__(self, jobs: Callable[[], Sequence[Job]]) -> None:
        """`jobs` returns the current jobs, at no cost."""
        self._jobs = jobs
        self._listeners = 0

    def response(self, request: Request, words: AppWords) -> Response:
        """Returns a stream that ends when the browser disconnects."""
        if self._listeners >= MOST_LISTENERS:
            return PlainTextResponse("Too many pages are open.\n", 503, {**FOR_ALL, "Retry-After": "30"})
        headers = {**FOR_ALL, "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(request, words), headers=headers, media_type="text/event-stream")

    async def _stream(self, request: Request, words: AppWords) -> AsyncIterator[str]:
        self._listeners += 1
        try:
            known: dict[str, Job] = {}
            quiet = 0.0
            yield "retry: 3000\n\n"
            while not await request.is_disconnected():
                now = {job.id: job for job in self._jobs()}
                changed = [live(job, words) for job in now.values() if known.get(job.id) != job]
                gone = [job_id for job_id in known if job_id not in now]
                known = now
                if changed:
                    yield _event("jobs", changed[::-1])
                if gone:
                    yield _event("gone", gone)
                quiet = 0.0 if changed or gone else quiet + _LOOK_S
                if quiet >= _SIGN_OF_LIFE_S:
                    quiet = 0.0
                    yield ": still here\n\n"
                await asyncio.sleep(_LOOK_S)
        finally:
            self._listeners -= 1


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
