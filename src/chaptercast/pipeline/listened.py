"""Clips listened to as they are spoken: one that is surely wrong is spoken again, in another way, and the best take is kept."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from itertools import islice, pairwise
from pathlib import Path

import miniaudio
from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import Samples
from chaptercast.listening import verdict_cache
from chaptercast.listening.finished_recordings import refusal
from chaptercast.listening.model import SURE, Judged, Judgement, Passage, Verdict
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.listening.recogniser import chosen, opened
from chaptercast.listening.recognition_passes import Judges, Listener, Sounding
from chaptercast.listening.report import told
from chaptercast.listening.verdict_cache import Kept
from chaptercast.listening.word_times import AligningEars, word_times
from chaptercast.pipeline.options import Tell
from chaptercast.speech.clips.cache import key
from chaptercast.speech.clips.cache_location import Clips
from chaptercast.speech.model import Clip, Engine, Timing, Utterance

TAKES = 3
"""How often a passage is spoken again at most."""
_BATCH = 6
"""Clips that are listened to at once: short ones are heard with what follows."""
_MARGIN_S = 0.05


class Retakes(Struct, frozen=True):
    """How a passage is spoken again."""

    engine: Engine
    grid: Grid
    cache: Clips | None
    speak: Callable[[Utterance], Clip]
    """Speak it anew, whatever is kept."""

    def keep(self, utterance: Utterance, clip: Clip) -> None:
        """Keep the best take, so that it is the one from now on."""
        if self.cache is not None:
            self.cache.put(key(self.engine, utterance, self.grid), clip)


def listened(
    clips: Generator[Clip, None, None], asked: deque[Utterance], retakes: Retakes, folder: Path | None, tell: Tell
) -> Generator[Clip, None, None]:
    """The clips in their order, those that were wrong in their best take; `asked` has their utterances. Judgements are kept in `folder`.

    Raises `EngineError` where nothing can hear, and what `clips` raises.
    """
    pack = chosen()
    tell(f"Listening with {pack.id}: what is not said as it is written is spoken again.")
    with closing(clips):
        batch = list(islice(clips, _BATCH))  # the workers that speak are started before the recogniser's threads
        recogniser = opened(pack, 1)
        kept = Kept(folder / verdict_cache.FOLDER if folder else None, recogniser.identity)
        listener = Listener(recogniser)
        told_of: set[str] = set()
        while batch:
            pairs = [(asked.popleft(), clip) for clip in batch]
            wanted = [not _refused(retakes.engine, utterance, told_of, tell) for utterance, _ in pairs]
            heard = (sounding_of(*pair) for pair, is_wanted in zip(pairs, wanted, strict=True) if is_wanted)
            judged = iter(list(verdict_cache.judged(heard, listener, kept)))
            for (utterance, clip), is_wanted in zip(pairs, wanted, strict=True):
                if is_wanted:
                    taken = best(utterance, clip, next(judged).judgement, listener, kept, retakes)
                    yield timed(utterance, taken, recogniser, retakes)
                else:
                    yield clip
            batch = list(islice(clips, _BATCH))
    kept.tidy()


def _refused(engine: Engine, utterance: Utterance, told_of: set[str], tell: Tell) -> bool:
    """Whether speech of this engine in this language cannot be judged; the reason is told once."""
    reason = refusal(engine.name, utterance.language)
    if reason and reason not in told_of:
        told_of.add(reason)
        tell(f"Not listened to: {reason}.")
    return bool(reason)


def best(
    utterance: Utterance, clip: Clip, judgement: Judgement, listener: Judges, kept: Kept, retakes: Retakes
) -> Clip:
    """The clip itself where it is not wrong, or where all was tried before; else the take with the fewest faults."""
    if judgement.verdict is not Verdict.WRONG or clip.misheard:
        return clip
    taken, least = clip, judgement
    for take in range(1, TAKES + 1):
        if least.verdict is not Verdict.WRONG:
            break
        again = retakes.speak(replace(utterance, take=take))
        (judged,) = verdict_cache.judged([sounding_of(utterance, again)], listener, kept)
        if _badness(judged.judgement) < _badness(least):
            taken, least = again, judged.judgement
    taken = replace(taken, misheard=tuple(_lines(utterance, least)))
    retakes.keep(utterance, taken)
    return taken


def timed(utterance: Utterance, clip: Clip, ears: AligningEars, retakes: Retakes) -> Clip:
    """The clip with the times of its words by ear, where its engine tells none; kept, so that it is done once."""
    if clip.words or clip.silent or clip.misheard:
        return clip
    rate = clip.grid.sample_rate
    begin = max(0.0, clip.onset / rate - _MARGIN_S)
    words = tuple(
        Timing(Samples(min(max(round((begin + start) * rate), clip.onset), clip.end)), offset, length)
        for start, offset, length in word_times(
            ears, sounding_of(utterance, clip).samples, utterance.text, utterance.language
        )
    )
    if not words:
        return clip
    clip = replace(clip, words=words, by_ear=True)
    retakes.keep(utterance, clip)
    return clip


def _badness(judgement: Judgement) -> tuple[bool, float, int]:
    return judgement.verdict is Verdict.WRONG, sum(finding.sure for finding in judgement.findings), judgement.errors


def _lines(utterance: Utterance, judgement: Judgement) -> Iterator[str]:
    if judgement.verdict is Verdict.WRONG:
        one = Judged(passage_of(utterance), judgement)
        yield from (told(one, finding) for finding in judgement.findings if finding.sure >= SURE)


def passage_of(utterance: Utterance) -> Passage:
    """What should be heard of an utterance."""
    places = [*(utterance.sentences or (0,)), len(utterance.text)]
    said = tuple(utterance.text[a:b].strip() for a, b in pairwise(places))
    written = (utterance.written.strip(),) if utterance.written.strip() else said
    return Passage(written, said, utterance.language, utterance.voice)


def sounding_of(utterance: Utterance, clip: Clip) -> Sounding:
    """A clip as it is heard."""
    import numpy as np

    decoded = miniaudio.decode(clip.frames, nchannels=1, sample_rate=SAMPLE_RATE)
    samples = np.frombuffer(decoded.samples, "<i2")
    rate = clip.grid.sample_rate
    begin, end = clip.onset / rate - _MARGIN_S, clip.end / rate + _MARGIN_S
    return Sounding(passage_of(utterance), samples[max(0, round(begin * SAMPLE_RATE)) : round(end * SAMPLE_RATE)])
