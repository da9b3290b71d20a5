"""EPUBs with overlays read by nothing of ours: zipfile and lxml."""

import zipfile
from pathlib import Path
from typing import NamedTuple

from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
SMIL = "{http://www.w3.org/ns/SMIL}"


class Par(NamedTuple):
    page: str
    name: str
    audio: str
    begin: float
    end: float


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


def overlays(book: Path) -> dict[str, list[Par]]:
    """By page, what its overlay plays."""
    found = {}
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if name.endswith(".smil"):
                pars = []
                for par in etree.fromstring(archive.read(name)).iter(f"{SMIL}par"):
                    page, _, anchor = par.find(f"{SMIL}text").get("src").partition("#")
                    audio = par.find(f"{SMIL}audio")
                    times = seconds(audio.get("clipBegin")), seconds(audio.get("clipEnd"))
                    pars.append(Par(page, anchor, audio.get("src"), *times))
                found[pars[0].page] = pars
    return found


def pages(book: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(book) as archive:
        return {
            name.removeprefix("EPUB/"): etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }
