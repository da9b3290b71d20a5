"""Reads request bodies within limits: their size, their number of parts, and the time they may take."""

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
"""Bytes for everything except the article."""
_MOST_FIELDS = 400
"""Maximum number of fields. A page of headings has one for each."""


class TooLargeError(InputError):
    """The body is larger than allowed."""


class Sent(Struct, frozen=True):
    """A form."""

    fields: Mapping[str, str]
    upload: UploadFile | None = None

    @property
    def upload_name(self) -> str:
        """The uploaded file's name on the sender's machine."""
        return self.upload.filename or "" if self.upload else ""

    async def close(self) -> None:
        """Removes the temporary copy of the file."""
        if self.upload is not None:
            await self.upload.close()


def limited(request: Request, most: int) -> Request:
    """Returns the same request, but reading more than `most` bytes of it raises `TooLargeError`."""
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
    """Returns the form in a request. Raises `TooLargeError`, and `InputError` if it is not a form."""
    try:
        async with asyncio.timeout(_SECONDS):
            read = await limited(request, most).form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=most)
    except (HTTPException, TimeoutError) as error:
        raise InputError("This is no form.") from error
    fields = {name: value for name, value in read.items() if isinstance(value, str)}
    upload = next((value for value in read.values() if isinstance(value, UploadFile) and value.filename), None)
    return Sent(fields, upload)


async def json_body(request: Request, most: int) -> bytes:
    """Returns the raw body of a request. Raises `TooLargeError`, and `InputError` if the body does not arrive."""
    try:
        async with asyncio.timeout(_SECONDS):
            return await limited(request, most).body()
    except TimeoutError as error:
        raise InputError("The body did not come.") from error
