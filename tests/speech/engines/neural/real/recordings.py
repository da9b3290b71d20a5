"""Recordings of texts of our own, made by the command as users run it, and what is told in them."""

import json
import os
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from lxml import etree
from msgspec import Struct, field
from tests.judges.decoding import Pcm, decode

IN_ONE_WORKER = [pytest.mark.xdist_group("real models"), pytest.mark.timeout(400)]
"""Marks of a module: set by a hook they would come too late. The two cores are shared with all other tests."""
AS_IT_IS = ("--no-cache", "--loudness", "none")
"""Options for what is spoken several times: to find a voice's level takes more speech than the text itself."""
ENGLISH = """---
lang: en-US
title: The stove on the rock
---

## A house by the sea

Four winters ago, Hannah Fisher found a house that nobody wanted. It stood on a rock by the sea, half a mile from the last farm, and its
roof had fallen in.

She fixed it herself. First she carried stones, then timber, and finally a stove. Sometimes her hands were cold.

## The light

From her window she saw the boats come home. Soon she put a lamp there. “Somebody might need it,” she says, and smiles.
"""
CHINESE = """---
lang: zh-CN
title: 山里的小书店
---

## 老邮局

这家书店开在山里的老邮局。窗子很大，屋里很安静，门前有一棵高高的银杏树。

每到周末，孩子们从附近的村子走来，坐在地上看书。老板姓周，她从来不催他们。

## 夜里

天黑以后，她会留一盏灯。晚归的人看见灯光，就知道家不远了。
"""
SHORT = """---
lang: en-US
title: Snow
---

## First

Fine snow fell softly.

## Second

He saw seven foxes; she heard four.
"""
"""For what is spoken several times: its words begin with the softest consonants."""
TEXTS = {"english": ENGLISH, "chinese": CHINESE, "short": SHORT}


class Word(NamedTuple):
    """A word as the page has it."""

    text: str
    start_ms: int


class Sentence(Struct, frozen=True):
    """A sentence as the page has it."""

    text: str
    begin_ms: int
    end_ms: int
    words: tuple[Word, ...]


class Recording(Struct, frozen=True, dict=True):
    """A finished recording, read by others than who made it."""

    audio: Path

    @cached_property
    def pcm(self) -> Pcm:
        return decode(self.audio)

    @cached_property
    def samples(self) -> np.ndarray:
        return np.array(self.pcm.samples, "f8") / 32_768

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Those of the page: each word counted from the one before it, its place in the text and its time."""
        page = etree.HTML(self.audio.with_name("index.html").read_bytes())
        return [_sentence(span) for span in page.iter("span") if span.get("data-w")]

    @cached_property
    def pauses_ms(self) -> list[int]:
        """Those that the script asks for, between one sentence and the next."""
        script = etree.parse(self.audio.with_name("script.ssml"))
        found, pause = [], 0
        for element in script.iter("{*}break", "{*}s"):
            if element.tag.endswith("break"):
                pause += int(element.get("time").removesuffix("ms"))
            else:
                found.append(pause)
                pause = 0
        return found[1:]

    @cached_property
    def bytes_of_all(self) -> bytes:
        """Of all files but the manifest, which tells when it was made."""
        files = sorted(path for path in self.audio.parent.iterdir() if path.name != "episode.json")
        return b"".join(path.name.encode() + path.read_bytes() for path in files)

    @property
    def manifest(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.audio.with_name("episode.json").read_text(encoding="utf-8"))
        return found


def _sentence(span: "etree._Element") -> Sentence:
    text = "".join(span.itertext())
    begin, end = int(span.get("data-b")), int(span.get("data-e"))
    numbers = list(map(int, span.get("data-w").split()))
    words, at, time = [], 0, begin
    for gap, length, later in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=False):
        at, time = at + gap, time + later
        words.append(Word(text[at : at + length], time))
        at += length
    return Sentence(text, begin, end, tuple(words))


class Made(Struct):
    """Recordings that are made once."""

    store: Path
    folder: Path
    found: dict[str, Recording] = field(default_factory=dict)

    def of(self, name: str, *options: str, text: str = "") -> Recording:
        """The recording of a text with these options of the command."""
        key = " ".join((name, *options))
        if key not in self.found:
            self.found[key] = self.anew(name, *options, text=text)
        return self.found[key]

    def anew(self, name: str, *options: str, text: str = "", folder: str = "") -> Recording:
        """The same, made again."""
        output = self.folder / (folder or f"{len(list(self.folder.iterdir()))}")
        done = self.start(output, name, *options, text=text)
        _, told = done.communicate(timeout=200)
        assert done.returncode == 0, told
        (audio,) = output.rglob("*.mp3")
        return Recording(audio)

    def start(self, output: Path, name: str, *options: str, text: str = "") -> "subprocess.Popen[str]":
        article = self.folder.parent / f"{name}.md"
        article.write_text(text or TEXTS[name], encoding="utf-8")
        given = ("convert", article, "-o", output, "--offline", *options)
        return subprocess.Popen(
            [sys.executable, "-m", "chaptercast", *map(str, given)],
            env={**os.environ, "CHAPTERCAST_VOICES": str(self.store), "CHAPTERCAST_PLAIN": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
