"""Splits an utterance into smaller pieces, and joins their clips into one."""

import re
from itertools import pairwise

from msgspec.structs import replace

from chaptercast.common.mpeg_frames import Grid, silence
from chaptercast.common.units import FrameCount, Milliseconds, Samples
from chaptercast.speech.loudness import Block
from chaptercast.speech.model import LEVELS_A_SECOND, Clip, Timing, Utterance

_BETWEEN_SENTENCES, _WITHIN_SENTENCE = Milliseconds(300), Milliseconds(100)
_PLACES = (re.compile(r"(?<=[，；：、,;:—–…])(?!\d)\s*"), re.compile(r"\s+"), re.compile(r""))
"""Where a sentence may be split, in order of preference: between clauses, between words, anywhere."""
_SHORTEST = 12
"""In characters: a shorter text is not split."""


def split(utterance: Utterance) -> tuple[Utterance, ...]:
    """Split `utterance` into its sentences, or a single sentence in two near its middle. One that is too short is returned unchanged."""
    text, sentences = utterance.text, utterance.sentences
    starts = sentences if len(sentences) > 1 else _halves(text)
    return tuple(
        replace(utterance, text=text[start:end], sentences=(0,) if start in sentences else ())
        for start, end in pairwise((*starts, len(text)))
    )


def _halves(text: str) -> tuple[int, ...]:
    if len(text) < _SHORTEST:
        return (0,)
    middle = len(text) // 2
    for place in _PLACES:
        cuts = [match.end() for match in place.finditer(text) if len(text) // 4 <= match.end() <= 3 * len(text) // 4]
        if cuts:
            return (0, min(cuts, key=lambda cut: abs(cut - middle)))
    return (0,)


def joined(pieces: tuple[Utterance, ...], clips: tuple[Clip, ...], grid: Grid) -> Clip:
    """Join the `clips` of `pieces` into one clip, with short pauses between them."""
    whole = _Joined(grid)
    for piece, clip in zip(pieces, clips, strict=True):
        whole.add(piece, clip)
    return whole.clip()


class _Joined:
    """Clips put one after another."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._frames = bytearray()
        self._count = 0
        self._characters = 0
        self._onset: int | None = None
        self._end = 0
        self._words: list[Timing] = []
        self._sentences: list[Timing] = []
        self._levels = bytearray()
        self._blocks: list[Block] = []
        self._peaks: list[float] = []
        self._pause = Milliseconds(0)

    def add(self, piece: Utterance, clip: Clip) -> None:
        if not clip.silent:
            self._pad(self._end + self._grid.samples(self._pause) - clip.onset)
            start = self._count * self._grid.samples_per_frame
            self._onset = start + clip.onset if self._onset is None else self._onset
            self._end = start + clip.end
            self._words += self._moved(clip.words, start)
            self._sentences += self._moved(clip.sentences, start)
            self._add_levels(clip.levels, start + clip.onset - self._onset)
            self._blocks += clip.blocks
            self._peaks += [] if clip.peak_db is None else [clip.peak_db]
            self._frames += clip.frames
            self._count += clip.frame_count
        self._characters += len(piece.text)
        self._pause = _BETWEEN_SENTENCES if piece.text.rstrip().endswith(_SENTENCE_ENDS) else _WITHIN_SENTENCE

    def clip(self) -> Clip:
        silent = self._onset is None
        return Clip(
            grid=self._grid,
            frames=bytes(self._frames),
            frame_count=FrameCount(self._count),
            onset=Samples(self._onset or 0),
            end=Samples(self._end),
            silent=silent,
            words=tuple(self._words),
            sentences=tuple(self._sentences),
            levels=bytes(self._levels),
            blocks=tuple(self._blocks),
            peak_db=max(self._peaks, default=None),
        )

    def _add_levels(self, levels: bytes, at: int) -> None:
        """Add the levels of a clip that sounds `at` samples after the first."""
        place = at // (self._grid.sample_rate // LEVELS_A_SECOND)
        shared = bytes(map(max, self._levels[place : place + 1], levels[:1]))
        del self._levels[place:]
        self._levels.extend(bytes(place - len(self._levels)) + shared + levels[len(shared) :])

    def _pad(self, until: int) -> None:
        if self._onset is not None:
            count = self._grid.frames(until - self._count * self._grid.samples_per_frame)
            self._frames += silence(self._grid, count, len(self._frames), self._count)
            self._count += count

    def _moved(self, timings: tuple[Timing, ...], start: int) -> list[Timing]:
        return [t._replace(start=Samples(t.start + start), offset=t.offset + self._characters) for t in timings]


_SENTENCE_ENDS = tuple("。！？….!?।؟")
