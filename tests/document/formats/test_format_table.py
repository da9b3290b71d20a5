"""The table of formats: every line names a reader that is there, and each kind of input finds the line that is meant for it."""

from importlib import import_module

import pytest

from chaptercast.document.formats.format_table import (
    FORMATS,
    ByteFormat,
    Format,
    TextFormat,
    format_of_bytes,
    format_of_text,
)


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: f"{type(each).__name__} {each.name}")
def test_a_reader_is_there(each: Format) -> None:
    module, _, function = each.reader.partition(":")
    assert callable(getattr(import_module(f"chaptercast.document.formats.{module}"), function))


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (rb"{\rtf1 Words.}", "a.txt", "RTF"),
        (b"<?xml version='1.0'?><FictionBook/>", "", "FB2"),
        (b"From: a@example.org\nTo: b@example.org\nSubject: Words\n\nText.", "", "mail"),
        (b"Just words.", "a.eml", None),
    ],
)
def test_bytes_find_their_format(data: bytes, name: str, expected: str | None) -> None:
    found = format_of_bytes(data, name)
    assert found is None if expected is None else isinstance(found, ByteFormat) and found.name == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("<!doctype html><p>Words.", "a.txt", "HTML"),
        ("# Words\n\nText with **weight**.", "", "Markdown"),
        ("Words\n=====\n\n.. note:: Text.\n", "", "reStructuredText"),
        ("= Words", "a.ADOC", "AsciiDoc"),
        ("* Words", "a.org", "Org"),
        ('{"cells": [{"cell_type": "markdown"}]}', "", "Jupyter notebook"),
        ("Words.", "a.html", "plain text"),
    ],
)
def test_a_text_finds_its_format(text: str, name: str, expected: str) -> None:
    found = format_of_text(text, name)
    assert isinstance(found, TextFormat)
    assert found.name == expected
