"""Bytes into text, or an error that says where they stop being text."""

from chaptercast.errors import InputError


def decode(data: bytes, name: str = "") -> str:
    """The text of `data`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start} is not UTF-8", "Save the file as UTF-8.") from error
