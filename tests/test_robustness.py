"""Runs of the whole command that are killed, or are many at once, or have bad luck: the same bytes, and nothing asked for twice."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.standin import runs
from tests.standin.faults import Fault
from tests.standin.runs import Case
from tests.standin.server import Service, running

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
PARAGRAPHS, KILLS, AT_ONCE = 20, 5, 6
BROKEN_OFF = (Fault.RESET, Fault.RESET, Fault.TRUNCATED)


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as service:
        yield service


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return runs.article(tmp_path / "article.md", PARAGRAPHS)


def test_a_run_that_is_killed_again_and_again_goes_on_to_the_same_bytes(service: Service, tmp_path: Path) -> None:
    article = runs.article(tmp_path / "long.md", 6 * KILLS)
    undisturbed = Case(article, tmp_path / "undisturbed", service).finished()
    utterances, dice = len(service.requests), random.Random(4)
    case = Case(article, tmp_path / "killed", service)
    for run in map(str, range(KILLS)):
        kept = case.clips
        runs.killed(case, dice.randint(8, 10), run)
        assert not case.recording.exists()
        assert service.asked(run) <= utterances - kept
    kept = case.clips
    assert 0 < kept < utterances
    assert case.finished("resumed") == undisturbed
    assert service.asked("resumed") == utterances - kept


def test_many_runs_share_a_cache(service: Service, article: Path, tmp_path: Path) -> None:
    case = Case(article, tmp_path / "together", service)
    outputs = [tmp_path / f"{number}.mp3" for number in range(AT_ONCE)]
    for process in [case.start(output) for output in outputs]:
        runs.ended(process)
    assert len({output.read_bytes() for output in outputs}) == 1
    asked, clips = len(service.requests), case.clips
    assert case.finished() == outputs[0].read_bytes()
    assert (len(service.requests), case.clips) == (asked, clips)


def test_random_faults_of_the_whole_command(service: Service, article: Path, tmp_path: Path) -> None:
    """A text breaks off three times at most: after five it would be split, and the bytes would be others."""
    undisturbed = Case(article, tmp_path / "undisturbed", service).finished()
    before = len(service.done)
    dice, asked = random.Random(7), Counter[str]()

    def broken(text: str) -> Fault:
        asked[text] += 1
        return dice.choice(BROKEN_OFF) if asked[text] <= 3 and dice.random() < 0.25 else Fault.NONE

    service.fault_of_text = broken
    service.fault = lambda _number: Fault.THROTTLED if dice.random() < 0.1 else Fault.NONE
    assert Case(article, tmp_path / "disturbed", service).finished() == undisturbed
    assert asked.total() > len(asked)
    done = service.done[before:]
    assert sorted(done) == sorted(set(done))


@pytest.mark.parametrize("stage", [0.0, 0.6])
def test_what_fails_for_good_tells_the_command_that_goes_on(
    service: Service, article: Path, tmp_path: Path, stage: float
) -> None:
    undisturbed = Case(article, tmp_path / "undisturbed", service).finished()
    total = len(service.requests)
    case = Case(article, tmp_path / "it's failing", service)
    service.fault = lambda number: Fault.NONE if number < total * (1 + stage) else Fault.FORBIDDEN_WITHOUT_DATE
    process = case.start()
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 5, stderr
    kept, asked = case.clips, len(service.requests)
    service.fault = lambda _number: Fault.NONE
    told = stderr.splitlines()[-1]
    assert told.startswith("To go on: ")
    runs.shell(told.removeprefix("To go on: "), case)
    assert case.recording.read_bytes() == undisturbed
    assert len(service.requests) - asked == total - kept
