"""RetryingRequest a service, on a clock that jumps: order, limits, retries, outages, and how it ends. The service is a function."""

import asyncio
import random
from collections.abc import Callable
from contextlib import asynccontextmanager, closing
from itertools import pairwise

import pytest
from msgspec import Struct, field
from tests.standin.sound import RATE, say
from tests.standin.virtual import VirtualLoop

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.errors import ServiceError
from chaptercast.speech.engines.edge.boundaries import Boundary, located
from chaptercast.speech.model import Clip, EncodedSpeech, Utterance
from chaptercast.speech.online.request_errors import Kind, ServiceFault
from chaptercast.speech.online.runner import speak_all_online
from chaptercast.speech.online.settings import Backoff, ServiceSettings

GRID = Grid(RATE, 48_000)


class Fake(Struct):
    """An engine whose service is `answer`: it is told the number, the text and the time of a request, and raises or returns."""

    answer: Callable[[int, str, float], None] = lambda _number, _text, _now: None
    latency: float = 0.3
    speed: float = 20.0
    name: str = "fake"
    tells: bool = True
    begun: list[tuple[float, str]] = field(default_factory=list)
    under_way: int = 0
    most: int = 0
    now: float = 0.0

    def adapted(self, settings: ServiceSettings) -> ServiceSettings:
        return settings

    @asynccontextmanager
    async def connect(self, _settings: ServiceSettings):
        yield self

    async def speak(self, utterance: Utterance) -> EncodedSpeech:
        clock = asyncio.get_running_loop().time
        self.begun.append((clock(), utterance.text))
        number = len(self.begun) - 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(self.latency)
            self.answer(number, utterance.text, clock())
            sound = say(utterance.text)
            await asyncio.sleep(sound.seconds / self.speed)
        finally:
            self.under_way -= 1
            self.now = clock()
        words = located([Boundary(t.offset, t.duration, t.text) for t in sound.words], utterance.text, RATE)
        ends = tuple(word.until for word in words)
        return EncodedSpeech(sound.frames, GRID, tuple(word.timing for word in words), ends=ends)


def settings(**changed) -> ServiceSettings:
    return ServiceSettings(loop_factory=VirtualLoop, backoff=Backoff(chance=random.Random(5).random), **changed)


def utterances(count: int, words: str = "is here and says so.") -> list[Utterance]:
    return [Utterance(f"Number {n} {words}", "v", LanguageTag("en"), sentences=(0,)) for n in range(count)]


def spoken(engine: Fake, said: list[Utterance], keep=lambda _utterance, _clip: None, **changed) -> list[Clip]:
    return list(speak_all_online(said, engine, GRID, settings(**changed), keep))


def test_clips_come_in_order_and_are_kept_as_soon_as_they_are_there() -> None:
    kept: list[str] = []
    engine = Fake(latency=0, speed=0.5)
    said = [Utterance("A very long one, that takes its time to be spoken to the end.", "v", LanguageTag("en"))]
    said += utterances(20)
    clips = spoken(engine, said, lambda utterance, _clip: kept.append(utterance.text))
    assert clips == [clip for one in said for clip in spoken(Fake(), [one])]
    assert sorted(kept) == sorted(one.text for one in said)
    assert kept.index(said[0].text) >= 3


def test_nothing_is_asked_where_nothing_is_to_be_said() -> None:
    engine = Fake()
    assert spoken(engine, []) == []
    silent = spoken(engine, [Utterance("***", "v", LanguageTag("en")), Utterance("", "v", LanguageTag("en"))])
    assert [(clip.silent, clip.frame_count) for clip in silent] == [(True, 0)] * 2
    assert engine.begun == []


def test_the_same_text_is_asked_for_once_at_a_time() -> None:
    engine = Fake()
    clips = spoken(engine, utterances(1) * 5)
    assert len(clips) == 5
    assert len(engine.begun) == 1


def test_no_more_is_asked_for_than_is_needed_soon() -> None:
    taken = []

    def counted():
        for one in utterances(1000):
            taken.append(one)
            yield one

    with closing(speak_all_online(counted(), Fake(), GRID, settings(), lambda _u, _c: None)) as clips:
        for _ in range(10):
            next(clips)
    assert len(taken) < 100


def test_the_limit_begins_at_four_and_is_never_more_than_eight() -> None:
    engine = Fake()
    spoken(engine, utterances(100))
    assert engine.most == 8
    assert [at for at, _ in engine.begun[:5]] == [0, 0, 0, 0, pytest.approx(engine.begun[4][0])]
    assert engine.begun[4][0] > 0


def test_a_run_takes_little_more_time_than_the_ideal() -> None:
    engine = Fake()
    said = utterances(200, "is here, and it says so at some length, since there is time.")
    spoken(engine, said)
    ideal = sum(engine.latency + say(one.text).seconds / engine.speed for one in said) / 8
    assert engine.now <= 1.1 * ideal


def failing(chance: float, kinds: list[Kind], seed: int = 11) -> Callable[[int, str, float], None]:
    dice = random.Random(seed)

    def answer(_number: int, _text: str, _now: float) -> None:
        if dice.random() < chance:
            raise ServiceFault(dice.choice(kinds), "it failed")

    return answer


def test_random_faults_are_mended_and_nothing_that_was_spoken_is_asked_for_again() -> None:
    engine = Fake(failing(0.3, [Kind.BUSY, Kind.UNREACHABLE, Kind.INCOMPLETE]))
    said = utterances(200)
    clips = spoken(engine, said)
    assert [len(clip.words) for clip in clips] == [7] * 200
    failures = len(engine.begun) - 200
    assert 50 < failures < 130


def test_busy_halves_the_limit_once_for_many_and_it_recovers() -> None:
    def answer(_number: int, _text: str, now: float) -> None:
        if 3 < now < 3.4:
            raise ServiceFault(Kind.BUSY, "it is busy")

    engine = Fake(answer, latency=0.2, speed=1e9)
    spoken(engine, utterances(300))
    begun = [at for at, _ in engine.begun]

    def in_a_round(start: float) -> int:
        return sum(start <= at < start + 0.2 for at in begun)

    assert in_a_round(2.5) == 8
    assert in_a_round(3.7) <= 4
    assert in_a_round(begun[-1] - 0.6) >= 7


def test_what_the_service_asks_to_wait_is_waited_by_all() -> None:
    def answer(number: int, _text: str, _now: float) -> None:
        if number == 20:
            raise ServiceFault(Kind.BUSY, "it is busy", retry_after=7.0)

    engine = Fake(answer)
    spoken(engine, utterances(60))
    times = [at for at, _ in engine.begun]
    gap = max(later - earlier for earlier, later in pairwise(times))
    assert gap == pytest.approx(7.0, abs=0.5)


def test_after_an_outage_one_tries_first_and_the_others_follow_bit_by_bit() -> None:
    def answer(_number: int, _text: str, now: float) -> None:
        if 2 < now < 25:
            raise ServiceFault(Kind.UNREACHABLE, "no network")

    engine = Fake(answer)
    clips = spoken(engine, utterances(120))
    assert len(clips) == 120
    during = [at for at, _ in engine.begun if 4 < at < 24.5]
    assert 2 <= len(during) <= 25
    assert all(later - earlier >= 0.3 for earlier, later in pairwise(during))
    back = [at for at, _ in engine.begun if at > 25]
    assert [sum(at - 0.01 < other < at + 0.3 for other in back) for at in back[:1]] == [1]


@pytest.mark.parametrize("kind", [Kind.BUSY, Kind.UNREACHABLE, Kind.REFUSED, Kind.HOPELESS, Kind.NO_SOUND])
def test_what_fails_for_good_ends_soon_and_says_where(kind: Kind) -> None:
    engine = Fake(failing(1.0, [kind]))
    with pytest.raises(ServiceError, match="“Number 0 is here and says so") as caught:
        spoken(engine, utterances(30))
    assert "run the same command again" in caught.value.remedy
    assert engine.now < 60
    assert len(engine.begun) < 120


def test_a_service_that_answered_before_is_given_more_time() -> None:
    def answer(number: int, _text: str, _now: float) -> None:
        if number > 40:
            raise ServiceFault(Kind.UNREACHABLE, "no network")

    engine = Fake(answer)
    with pytest.raises(ServiceError):
        spoken(engine, utterances(100))
    assert 60 < engine.now < 100


def test_too_long_a_wait_is_not_waited() -> None:
    def answer(_number: int, _text: str, _now: float) -> None:
        raise ServiceFault(Kind.BUSY, "it asks to wait 300 seconds", retry_after=300.0)

    engine = Fake(answer)
    with pytest.raises(ServiceError, match="300 seconds"):
        spoken(engine, utterances(10))
    assert engine.now < 30


def test_what_is_under_way_at_the_end_is_finished_and_kept() -> None:
    kept: list[str] = []

    def answer(_number: int, text: str, _now: float) -> None:
        if text.startswith("Number 2 "):
            raise ServiceFault(Kind.HOPELESS, "it will not say that")

    engine = Fake(answer, speed=2.0)
    with pytest.raises(ServiceError):
        spoken(engine, utterances(30), lambda utterance, _clip: kept.append(utterance.text))
    assert len(kept) == len(engine.begun) - 1


@pytest.mark.parametrize("kind", [Kind.INCOMPLETE, Kind.NO_SOUND, Kind.TOO_LONG])
def test_what_is_not_spoken_whole_is_asked_for_in_pieces(kind: Kind) -> None:
    def answer(_number: int, text: str, _now: float) -> None:
        if len(text) > 35:
            raise ServiceFault(kind, "too much at once")

    text = "The first of them is short. The second one is rather longer, as you can hear."
    engine = Fake(answer)
    _, clip = spoken(engine, [*utterances(1), Utterance(text, "v", LanguageTag("en"), sentences=(0, 28))])
    assert [text[w.offset : w.offset + w.length] for w in clip.words] == text.replace(".", "").replace(",", "").split()
    assert [s.offset for s in clip.sentences] == [0, 28]
    asked = {one for _, one in engine.begun}
    assert {"The first of them is short. ", "The second one is rather longer, ", "as you can hear."} <= asked


def test_a_passage_that_cannot_be_spoken_is_named_by_its_smallest_piece() -> None:
    def answer(_number: int, text: str, _now: float) -> None:
        if "abracadabra" in text:
            raise ServiceFault(Kind.INCOMPLETE, "it stops there")

    text = "All is well. Then he says the word abracadabra and nothing more."
    with pytest.raises(ServiceError, match="it stops there") as caught:
        spoken(Fake(answer), [Utterance(text, "v", LanguageTag("en"), sentences=(0, 13))])
    assert "abracadabra" in caught.value.message
    assert "All is well" not in caught.value.message


def test_leaving_early_ends_every_request() -> None:
    engine = Fake()
    with closing(speak_all_online(utterances(30), engine, GRID, settings(), lambda _u, _c: None)) as clips:
        next(clips)
        assert engine.under_way > 0
    assert engine.under_way == 0
