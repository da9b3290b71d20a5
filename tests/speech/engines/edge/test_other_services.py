"""Services that are faithful to the protocol and yet unlike the stand-in: what they send is taken, and nothing is asked for twice."""

import html
import math
import re
from array import array
from collections.abc import Callable
from functools import cache, partial

import pytest
from msgspec.structs import replace
from tests.judges.sounds import tones
from tests.speech.engines.edge.test_speaking import spoken, utterance
from tests.standin.faults import Fault
from tests.standin.server import Service
from tests.standin.sound import RATE, Sound, Told, encoded

TEXTS = [
    "Yes.",
    "“Tom” & Jerry's <b> said: don't! It cost 5.",
    "The bell rang twice. Nobody moved, not even the cat, until the lamp on the pier went out at 9:30.",
    "码头上的灯熄了。没有人动，连猫也没有动，“AI”二字，直到钟声又响了两下，大家才慢慢走开。",
    "Привет, мир! Это проверка.",
]
SECOND = 10_000_000


def timed(sound: Sound, when: Callable[[Told], tuple[float, float]]) -> Sound:
    """Words at other times: `when` tells their offsets and durations."""
    words = (Told(one.text, *map(int, when(one))) for one in sound.words)
    return replace(sound, words=tuple(words))


def evenly(sound: Sound) -> Sound:
    step = int(sound.seconds * SECOND) // len(sound.words)
    words = (Told(one.text, n * step, step) for n, one in enumerate(sound.words))
    return replace(sound, words=tuple(words))


def merged(sound: Sound) -> Sound:
    """Three words at a time."""
    runs = [sound.words[at : at + 3] for at in range(0, len(sound.words), 3)]
    joiner = "" if re.match("[㐀-鿿]", sound.words[0].text) else " "
    words = (Told(joiner.join(w.text for w in run), run[0].offset, sum(w.duration for w in run)) for run in runs)
    return replace(sound, words=tuple(words))


def without_every_seventh(sound: Sound) -> Sound:
    return replace(sound, words=tuple(one for n, one in enumerate(sound.words) if n % 7 != 5))


def enclosed(before: bytes, after: bytes, sound: Sound) -> Sound:
    return replace(sound, frames=before + sound.frames + after)


@cache
def second_of_tone(volume: float) -> bytes:
    samples = tones(0, 1000, rate=RATE)
    return array("h", (int(volume * sample) for sample in samples)).tobytes()


def soft(volume: float, sound: Sound) -> Sound:
    """The same length at another volume: nothing of speech is in it."""
    whole = math.ceil(sound.seconds) * second_of_tone(volume)
    silence = bytes(2 * RATE // 10)
    return replace(sound, frames=encoded(silence + whole[: 2 * int(RATE * (sound.seconds - 0.2))] + silence))


ID3 = b"ID3\4\0\0\0\0\2\1" + bytes(257)
INFO = bytes.fromhex("fff384c4") + bytes(9) + b"Info" + bytes(175)
"""A frame of 64 kbit/s before those of 48: LAME takes what its Info header fits."""

SOUNDS = {
    "times without the silence in front": lambda s: timed(s, lambda t: (t.offset - s.words[0].offset, t.duration)),
    "times that are late": lambda s: timed(s, lambda t: (t.offset + 0.3 * SECOND, t.duration)),
    "times that drift": lambda s: timed(s, lambda t: (t.offset * 1.04, t.duration * 1.04)),
    "no durations": lambda s: timed(s, lambda t: (t.offset, 0)),
    "all at once": lambda s: timed(s, lambda _: (0, 0)),
    "times that begin anew": lambda s: timed(s, lambda t: (t.offset % (2 * SECOND), t.duration)),
    "times spread evenly": evenly,
    "words three at a time": merged,
    "words left out": without_every_seventh,
    "a tag in front": partial(enclosed, ID3, b""),
    "a tag and an Info frame in front": partial(enclosed, ID3 + INFO, b""),
    "a tag at the end": partial(enclosed, b"", b"TAG" + bytes(125)),
    "a soft tone": partial(soft, 0.02),
    "a very soft tone": partial(soft, 0.004),
}


@pytest.mark.parametrize("silence_ms", [0, 900])
@pytest.mark.parametrize("name", SOUNDS)
def test_other_sound_and_other_times(service: Service, name: str, silence_ms: int) -> None:
    service.lead_ms = service.tail_ms = silence_ms
    service.spoken = SOUNDS[name]
    clips = spoken(*map(utterance, TEXTS))
    assert [clip.silent for clip in clips] == [False] * len(TEXTS)
    assert len(service.requests) == len(TEXTS)


@pytest.mark.parametrize("fault", [Fault.BATCHED, Fault.SESSION_END, Fault.NO_WORDS])
@pytest.mark.parametrize("tells_last", [False, True])
@pytest.mark.parametrize("written", [str, html.escape])
def test_other_messages(service: Service, fault: Fault, tells_last: bool, written: Callable[[str], str]) -> None:
    service.fault, service.tells_last, service.written, service.part_bytes = (
        (lambda _n: fault),
        tells_last,
        written,
        101,
    )
    spoken(*map(utterance, TEXTS))
    asked = [request.text for request in service.requests]
    assert sorted(set(asked)) == sorted(TEXTS)
    assert len(asked) <= len(TEXTS) * (2 if fault is Fault.NO_WORDS else 1)


def test_a_list_of_voices_with_more_and_less_than_usual() -> None:
    from chaptercast.speech.engines.edge.voices import parsed

    listed = [
        {"ShortName": "en-US-AriaNeural", "Extra": [1]},
        {"Name": "no short name"},
        {"ShortName": "zh-CN-XiaoxiaoNeural", "Locale": "zh-CN", "Gender": None, "VoiceTag": None},
        "no voice",
    ]
    assert [(v.name, v.language) for v in parsed(listed)] == [
        ("en-US-AriaNeural", "en-US"),
        ("zh-CN-XiaoxiaoNeural", "zh-CN"),
    ]
