"""Clips that are listened to as they are spoken: what is wrong is spoken again, and the best take is kept."""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from msgspec import Struct, field

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.listening.model import Finding, Judged, Judgement, Kind, Verdict
from chaptercast.listening.recognition_passes import Sounding
from chaptercast.listening.verdict_cache import Kept, judged
from chaptercast.pipeline.listened import Retakes, best, passage_of, sounding_of, timed
from chaptercast.speech.clips.cache import ClipCache, key
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.engines.silence import ENGINE
from chaptercast.speech.model import Clip, Speech, Utterance

pytest.importorskip("numpy", reason="listening needs the extra listen")

GRID = Grid(22_050, 48_000)
UTTERANCE = Utterance("One sentence. And another.", "v", LanguageTag("en"), sentences=(0, 14))


def clip(seconds: float) -> Clip:
    tone = array("h", (round(9000 * math.sin(n / 8)) for n in range(round(22_050 * seconds))))
    return make_clip(Speech(tone.tobytes(), 22_050), GRID)


class Judge(Struct):
    """It takes what is long enough for right, and counts what it was asked."""

    least_s: float
    asked: list[float] = field(default_factory=list)

    def judged(self, soundings: Iterable[Sounding]) -> Iterator[Judged]:
        for one in soundings:
            self.asked.append(round(one.seconds))
            right = one.seconds >= self.least_s
            lost = Finding(Kind.MISSING_WORDS, "another", "", 0.9)
            errors = 0 if right else max(1, 10 - round(one.seconds))
            verdict = Verdict.HEARD if right else Verdict.WRONG
            yield Judged(one.passage, Judgement(verdict, "", 4, errors, () if right else (lost,)))

    def learn(self, _soundings: Iterable[Sounding]) -> None:
        """It knows all already."""


def first(sounding: Sounding, judge: Judge, kept: Kept) -> Judgement:
    (one,) = judged([sounding], judge, kept)
    return one.judgement


def taken(folder: Path, judge: Judge, spoken: Clip, seconds: dict[int, float]) -> tuple[Clip, list[int]]:
    """What is made of `spoken` where further takes last so many `seconds`, and which takes were spoken."""
    takes: list[int] = []

    def speak(utterance: Utterance) -> Clip:
        takes.append(utterance.take)
        return clip(seconds[utterance.take])

    kept = Kept(folder / "heard", "judge")
    retakes = Retakes(ENGINE, GRID, ClipCache(folder / "clips"), speak)
    judgement = first(sounding_of(UTTERANCE, spoken), judge, kept)
    return best(UTTERANCE, spoken, judgement, judge, kept, retakes), takes


def test_what_is_right_stays_as_it_is(tmp_path: Path) -> None:
    spoken = clip(1)
    result, takes = taken(tmp_path, Judge(0.5), spoken, {})
    assert (result, takes) == (spoken, [])


def test_what_is_wrong_is_spoken_until_it_is_right_and_that_is_kept(tmp_path: Path) -> None:
    result, takes = taken(tmp_path, Judge(2.5), clip(1), {1: 2, 2: 3, 3: 4})
    assert takes == [1, 2]
    assert result.misheard == ()
    assert result.frames == clip(3).frames
    assert ClipCache(tmp_path / "clips").get(key(ENGINE, UTTERANCE, GRID)) == result


def test_after_three_takes_the_best_stays_and_what_is_wrong_is_told(tmp_path: Path) -> None:
    result, takes = taken(tmp_path, Judge(20), clip(1), {1: 2, 2: 4, 3: 3})
    assert takes == [1, 2, 3]
    assert result.frames == clip(4).frames
    assert result.misheard == ("missing words, should be “another”, in “One sentence. And another.” (90% sure)",)
    again, more = taken(tmp_path, Judge(20), result, {})
    assert (again, more) == (result, [])


def test_nothing_is_heard_twice(tmp_path: Path) -> None:
    judge = Judge(0.5)
    for _ in range(2):
        first(sounding_of(UTTERANCE, clip(1)), judge, Kept(tmp_path, "judge"))
    assert judge.asked == [1]
    first(sounding_of(UTTERANCE, clip(1)), judge, Kept(tmp_path, "another judge"))
    first(sounding_of(UTTERANCE, clip(1)), judge, Kept(None, "judge"))
    assert judge.asked == [1, 1, 1]


def test_a_damaged_judgement_is_none(tmp_path: Path) -> None:
    judge = Judge(0.5)
    first(sounding_of(UTTERANCE, clip(1)), judge, Kept(tmp_path, "judge"))
    (file,) = tmp_path.glob("??/*")
    file.write_bytes(file.read_bytes()[:-5])
    assert first(sounding_of(UTTERANCE, clip(1)), judge, Kept(tmp_path, "judge")).verdict is Verdict.HEARD
    assert judge.asked == [1, 1]


def test_a_passage_has_the_sentences_of_its_utterance() -> None:
    assert passage_of(UTTERANCE).said == ("One sentence.", "And another.")
    assert passage_of(Utterance("Alone.", "v", LanguageTag("en"))).said == ("Alone.",)


def test_a_passage_knows_its_digits() -> None:
    passage = passage_of(Utterance("At seven fifty-two.", "v", LanguageTag("en"), written="At 7:52. "))
    assert (passage.text, passage.spoken) == ("At 7:52.", "At seven fifty-two.")


class Aligner:
    """A recogniser that finds words half a second apart."""

    def encoded(self, _samples: object, *, whole: bool = False) -> "Aligner":  # noqa: ARG002
        return self

    def starts(self, pieces: Sequence[str], _language: LanguageTag) -> list[float]:
        return [number / 2 for number in range(len(pieces))]


def test_words_without_times_get_them_by_ear_and_only_they(tmp_path: Path) -> None:
    retakes = Retakes(ENGINE, GRID, ClipCache(tmp_path), lambda _utterance: clip(1))
    heard = timed(UTTERANCE, clip(2), Aligner(), retakes)
    assert heard.by_ear
    assert [UTTERANCE.text[w.offset : w.offset + w.length] for w in heard.words] == [
        "One",
        "sentence",
        "And",
        "another",
    ]
    starts = [word.start for word in heard.words]
    assert starts[0] == heard.onset
    assert starts == sorted(starts)
    assert starts[-1] <= heard.end
    assert ClipCache(tmp_path).get(key(ENGINE, UTTERANCE, GRID)) == heard
    assert timed(UTTERANCE, heard, Aligner(), retakes) is heard
