"""Bodies of requests, within limits: how much, how many parts, and how long they may take."""

import asyncio
from collections.abc import Mapping

from msgspec import Struct
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from chaptercast.errors import InputError

_SECONDS = 900.0
_ROOM = 100_000
"""Bytes for all that is not the article."""
_MOST_FIELDS = 400
"""A page of headings has one for each."""


class TooLargeError(InputError):
    """More was sent than may be."""


class Sent(Struct, frozen=True):
    """A form."""

    fields: Mapping[str, str]
    upload: UploadFile | None = None

    @property
    def upload_name(self) -> str:
        """What the file is called where it comes from."""
        return self.upload.filename or "" if self.upload else ""

    async def close(self) -> None:
        """Remove the file's temporary copy."""
        if self.upload is not None:
            await self.upload.close()


def limited(request: Request, most: int) -> Request:
    """The same request; to read more than `most` bytes of it raises `TooLargeError`."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > most + _ROOM:
        raise TooLargeError("The body is too large.")
    left = most + _ROOM
    receive = request.receive

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLargeError("The body is too large.")
        return message

    return Request(request.scope, counted)


async def form(request: Request, most: int) -> Sent:
    """The form of a request. Raises `TooLargeError`, and `InputError` where it is none."""
    try:
        async with asyncio.timeout(_SECONDS):
            read = await limited(request, most).form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=most)
    except (HTTPException, TimeoutError) as error:
        raise InputError("This is no form.") from error
    fields = {name: value for name, value in read.items() if isinstance(value, str)}
    upload = next((value for value in read.values() if isinstance(value, UploadFile) and value.filename), None)
    return Sent(fields, upload)


async def json_body(request: Request, most: int) -> bytes:
    """The body of a request as it is. Raises `TooLargeError`, and `InputError` where it does not come."""
    try:
        async with asyncio.timeout(_SECONDS):
            return await limited(request, most).body()
    except TimeoutError as error:
        raise InputError("The body did not come.") from error
