"""Judgements that are kept: an interrupted run goes on where it was, hears nothing twice, and ends as one that was not interrupted."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.listening.ears import Ears, passage, sound, sounding

from chaptercast.listening.model import Judged
from chaptercast.listening.recognition_passes import Listener, Sounding
from chaptercast.listening.verdict_cache import Kept, judged

TEXTS = (
    "Somebody has brought a dog",
    "The rules",
    "Three rules have survived the years and the floods",
    "Ropes are coiled before the bell is rung",
    "Nobody is allowed to smoke below",
    "Whoever is late waits for the next one",
    "It takes them home in the dark at night",
    "It takes them home in the dark at night",
)
LATE = 8
"""The number of the last passage, which takes twice as long as it should: that is known only to who heard the others."""


class MortalEars(Ears):
    """The process dies when they are asked for the sound with this number."""

    def __init__(self, fatal: int) -> None:
        super().__init__(dict(enumerate(TEXTS, 1)))
        self._fatal = fatal

    def encoded(self, samples: object, *, whole: bool = False) -> object:  # type: ignore[override]
        taken = super().encoded(samples, whole=whole)
        if self._fatal in self.asked[-1]:
            os.kill(os.getpid(), signal.SIGKILL)
        return taken


def recording() -> Iterator[Sounding]:
    for number, text in enumerate(TEXTS, 1):
        yield sounding(number, text, len(text) * 0.07 * (2 if number == LATE else 1))


def heard(folder: Path | None, ears: Ears) -> list[Judged]:
    return list(judged(recording(), Listener(ears), Kept(folder, "ears")))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("fatal", [1, 4, LATE])
def test_a_killed_run_goes_on_where_it_was_and_hears_nothing_twice(tmp_path: Path, fatal: int) -> None:
    script = f"from tests.listening.test_verdict_cache import *; heard(Path({str(tmp_path)!r}), MortalEars({fatal}))"
    killed = subprocess.run([sys.executable, "-c", script], check=False, timeout=60, cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    ears, whole = Ears(dict(enumerate(TEXTS, 1))), Ears(dict(enumerate(TEXTS, 1)))
    assert heard(tmp_path, ears) == heard(None, whole)
    assert {number for asked in ears.asked for number in asked} == set(range(fatal, LATE + 1))
    assert ears.asked == whole.asked[len(whole.asked) - len(ears.asked) :]
    third = Ears({})
    heard(tmp_path, third)
    assert third.asked == []


def test_a_judgement_is_kept_before_the_next_passage_is_heard(tmp_path: Path) -> None:
    kept = []

    class Watched(Ears):
        def encoded(self, samples: object, *, whole: bool = False) -> object:  # type: ignore[override]
            kept.append(len(list(tmp_path.glob("??/*.heard"))))
            return super().encoded(samples, whole=whole)

    heard(tmp_path, Watched(dict(enumerate(TEXTS, 1))))
    assert kept[:6] == [0, 1, 2, 3, 4, 5]


def test_other_sound_is_heard_anew(tmp_path: Path) -> None:
    def once(samples: object) -> Ears:
        ears = Ears({5: TEXTS[0]})
        list(judged([Sounding(passage(TEXTS[0]), samples)], Listener(ears), Kept(tmp_path, "ears")))
        return ears

    tone = sound(5, 2)
    assert once(tone).asked
    assert not once(tone.copy()).asked
    assert once(np.concatenate([tone, np.zeros(1600, "<i2")])).asked
