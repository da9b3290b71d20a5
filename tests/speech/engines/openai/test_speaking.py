"""The engine against the stand-in: what is asked for, what comes of it in each form, and each way in which a server can fail."""

import random
import time
from array import array
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

import pytest
from tests.judges.decoding import decode
from tests.judges.measuring import silences
from tests.speech.engines.openai.conftest import JUMPING
from tests.standin.openai.faults import RANDOM_FAULTS, Fault
from tests.standin.openai.forms import ALL, as_mp3, as_pcm, as_wav
from tests.standin.openai.server import Service
from tests.standin.sound import sampled

from chaptercast.common.mpeg_frames import Grid, frame_offsets
from chaptercast.common.units import LanguageTag
from chaptercast.errors import ServiceError
from chaptercast.speech.engines.openai import ENGINE
from chaptercast.speech.model import Clip, Prosody, Utterance
from chaptercast.speech.online.runner import speak_all_online
from chaptercast.speech.online.settings import ServiceSettings

GRID = Grid(24_000, 48_000)
TEXT = "One two three four five six seven. Eight nine ten eleven twelve."
KEY = "sk-proj-Zq7Xw2Lm9Kd4Rt6Yb1Nc8Vf3"


def utterance(text: str = TEXT, **fields) -> Utterance:
    return Utterance(text, "af_heart", LanguageTag("en"), **{"sentences": (0, 35) if text == TEXT else (0,), **fields})


def spoken(*said: Utterance, settings: ServiceSettings = JUMPING) -> list[Clip]:
    return list(speak_all_online(said, ENGINE, GRID, settings, lambda _utterance, _clip: None))


def once(fault: Fault) -> Callable[[int], Fault]:
    return lambda number: fault if number == 0 else Fault.NONE


def always(fault: Fault) -> Callable[[int], Fault]:
    return lambda _number: fault


def heard(clip: Clip, folder: Path) -> tuple[array, int]:
    """A clip as an outsider decodes it: its samples, and their rate."""
    path = folder / "clip.mp3"
    path.write_bytes(clip.frames + 4 * clip.grid.silent_frame(padded=False))
    pcm = decode(path, "miniaudio")
    return array("h", pcm.samples), pcm.rate


def test_what_is_asked_for(service: Service) -> None:
    spoken(utterance())
    (request,) = service.requests
    assert (request.text, request.voice, request.model, request.format) == (TEXT, "af_heart", "tts-1", "wav")
    assert request.fields == ("input", "model", "response_format", "voice")  # nothing that strict servers do not know
    assert request.authorization == ""


def test_the_model_and_the_key_are_those_of_the_environment(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_MODEL", "speaches-ai/Kokoro-82M-v1.0-ONNX")
    monkeypatch.setenv("CHAPTERCAST_OPENAI_KEY", f"  {KEY}\n")
    service.key = KEY
    spoken(utterance())
    assert [(r.model, r.authorization) for r in service.requests] == [
        ("speaches-ai/Kokoro-82M-v1.0-ONNX", f"Bearer {KEY}")
    ]


@pytest.mark.parametrize(("rate", "speed"), [(1.0, 1.0), (1.2, 1.2), (0.92 * 1.1, 1.012), (9.0, 4.0), (0.01, 0.25)])
def test_speed_is_asked_for_within_what_servers_take(service: Service, rate: float, speed: float) -> None:
    spoken(utterance(prosody=Prosody(rate)))
    assert service.requests[0].speed == speed
    assert ("speed" in service.requests[0].fields) is (speed != 1)


def test_a_speed_near_the_usual_is_given_up_where_a_server_refuses_it(service: Service) -> None:
    service.slowest = 1.0
    said = [utterance(f"Heading {n}, and what it says.", prosody=Prosody(0.92)) for n in range(5)]
    assert not any(clip.silent for clip in spoken(*said, utterance(prosody=Prosody(1.2))))
    speeds = [request.speed for request in service.requests]
    assert 1 <= speeds.count(0.92) <= 2  # two were asked for at once
    assert speeds.count(1.0) == 5
    assert speeds.count(1.2) == 1


def test_a_speed_that_is_a_wish_is_not(service: Service) -> None:
    service.slowest = 1.0
    with pytest.raises(ServiceError, match=r"\(422\): speed: Input should be greater"):
        spoken(utterance(prosody=Prosody(0.6)))
    assert len(service.requests) == 1


@pytest.mark.parametrize(("volume", "factor"), [(0.5, 0.5), (1.0, 1.0), (2.0, 2.0), (9.0, 32767 / 8000)])
@pytest.mark.parametrize("form", ["a WAV", "an MP3 on the grid"])
def test_it_is_as_loud_as_it_is_to_be_and_never_cut(
    service: Service, tmp_path: Path, form: str, volume: float, factor: float
) -> None:
    service.forms["wav"] = ALL[form]
    (clip,) = spoken(utterance(prosody=Prosody(volume=volume)))
    samples, _ = heard(clip, tmp_path)
    middle = samples[len(samples) // 4 : len(samples) // 4 + 200]
    assert max(map(abs, middle)) == pytest.approx(8000 * factor, rel=0.12)


@pytest.mark.parametrize("form", ALL)
def test_every_form_of_sound_is_put_on_the_grid(service: Service, tmp_path: Path, form: str) -> None:
    service.forms["wav"] = ALL[form]
    (clip,) = spoken(utterance())
    assert len(frame_offsets(clip.frames, GRID)) - 1 == clip.frame_count
    samples, rate = heard(clip, tmp_path)
    assert rate == 24_000
    loud = [at for at, value in enumerate(samples) if abs(value) > 800]
    assert abs(loud[0] - clip.onset) <= 24 * 12
    assert abs(loud[-1] - clip.end) <= 24 * 12
    parts = 0.1 + 0.3 if form == "WAVs one after another" else 0  # each has its own silence
    length = len(sampled(TEXT).pcm) / 48_000 - 0.1 - 0.3 - 0.03 + parts
    assert (loud[-1] - loud[0]) / rate == pytest.approx(length, abs=0.03)
    crossings = sum(a < 0 <= b for a, b in zip(samples[loud[0] :], samples[loud[0] + 1 : loud[0] + 4000], strict=False))
    assert crossings == pytest.approx(440 * 4000 / 24_000, abs=8)  # the tone that was sent
    assert len(service.requests) == 1


def test_frames_on_the_grid_are_not_encoded_again(service: Service) -> None:
    service.forms["wav"] = as_mp3(24_000, 48)
    (clip,) = spoken(utterance())
    sent = service.forms["wav"](TEXT, 1.0)[0]
    assert clip.frames[-600:-144] in sent


@pytest.mark.parametrize("refused", [("wav",), ("wav", "pcm")])
def test_where_a_format_is_refused_another_is_asked_for_once_a_run(service: Service, refused: tuple[str, ...]) -> None:
    for name in refused:
        del service.forms[name]
    said = [utterance(f"Number {n} of them all, and it is whole.") for n in range(6)]
    clips = spoken(*said)
    assert not any(clip.silent for clip in clips)
    wanted = [request.format for request in service.requests]
    assert wanted.count(wanted[-1]) == 6
    assert len(wanted) <= 6 + 2 * len(refused)  # two were asked for at once


def test_sound_of_another_kind_is_asked_for_in_other_formats_and_then_told(service: Service) -> None:
    service.fault = always(Fault.OGG)
    with pytest.raises(ServiceError, match="sends Ogg, which is neither WAV nor MP3") as caught:
        spoken(utterance())
    assert [request.format for request in service.requests] == ["wav", "pcm", "mp3"]
    assert "must send WAV" in caught.value.remedy


def test_control_characters_are_said_as_nothing_and_signs_arrive_whole(service: Service) -> None:
    spoken(utterance("Tom & Jerry <b> \x0b\ud800 said “hello”.\n"))
    assert service.requests[0].text == "Tom & Jerry <b>  � said “hello”.\n"


def test_punctuation_never_reaches_the_server(service: Service) -> None:
    clips = spoken(utterance("…"), utterance(), utterance("— — —"), utterance("  "))
    assert [clip.silent for clip in clips] == [True, False, True, True]
    assert len(service.requests) == 1


def test_sentences_begin_after_their_pauses(service: Service, tmp_path: Path) -> None:
    sentences = ["One.", "Two is longer, and it has a clause.", "Three, four, five; and so on to ten.", "The end."]
    text = " ".join(sentences)
    service.forms["wav"] = as_wav(between_ms=400)
    starts = tuple(text.index(one) for one in sentences)
    (clip,) = spoken(utterance(text, sentences=starts))
    assert clip.words == ()
    assert [(s.offset, s.length) for s in clip.sentences] == [
        (begin, after - begin) for begin, after in zip(starts, (*starts[1:], len(text)), strict=True)
    ]
    samples, rate = heard(clip, tmp_path)
    pauses = [end for _, end in silences(samples, rate, min_ms=300)][:3]
    told = [1000 * sentence.start / rate for sentence in clip.sentences]
    assert told[0] == pytest.approx(1000 * clip.onset / rate)
    assert told[1:] == pytest.approx(pauses, abs=25)


def test_a_text_that_is_too_long_for_the_server_is_asked_for_in_pieces(service: Service) -> None:
    service.most_characters = 40
    (clip,) = spoken(utterance())
    assert [request.text for request in service.requests] == [TEXT, TEXT[:35], TEXT[35:]]
    assert [sentence.offset for sentence in clip.sentences] == [0, 35]


NO_FAULTS = {Fault.NONE, Fault.DRIP}
FOR_GOOD = {
    Fault.UNAUTHORIZED: "wants a key",
    Fault.FORBIDDEN: "wants a key",
    Fault.NO_MODEL: r"refuses the request \(404\): The model `tts-1` does not exist",
    Fault.NO_PATH: r"refuses the request \(404\): Not Found",
    Fault.NO_VOICE: r"refuses the request \(400\): Voice 'af_heart' not found. Available voices: af_heart",
    Fault.INVALID: r"refuses the request \(422\): speed: Input should be 'slow'",
    Fault.SPENT: r"the account at the server at .* is spent \(429\): You exceeded your current quota",
    Fault.MOVED: r"refuses the request \(301\)",
    Fault.OGG: "sends Ogg",
}
"""What is not asked for again."""
LASTING = {
    Fault.TOO_LARGE: r"longer than the service takes \(413\)",
    Fault.TOO_LONG: r"longer than the service takes \(400\)",
    Fault.THROTTLED: r"busy \(429\): Rate limit reached",
    Fault.THROTTLED_FOR_A_WHILE: "asks to wait 600 seconds",
    Fault.THROTTLED_FOR_MILLISECONDS: "asks to wait 7 seconds",
    Fault.FAILING: r"fails \(500\): could not load model",
    Fault.BAD_GATEWAY: r"answers 502",
    Fault.UNAVAILABLE: r"busy \(503\): Loading",
    Fault.HTML: "a web page instead of sound",
    Fault.JSON_ERROR: "text instead of sound: phonemes are missing",
    Fault.JSON_THROTTLED: r"busy \(429\): Slow down",
    Fault.EVENTS: "sends text/event-stream instead of sound",
    Fault.EMPTY: "no sound for the voice “af_heart”",
    Fault.NO_SAMPLES: "no sound for the voice “af_heart”",
    Fault.SILENCE: "0.0 seconds of sound do not fit",
    Fault.NOISE: "nor PCM of 16 bits",
    Fault.CUT_SHORT: r"only \d+ of the \d+ bytes of its sound",
    Fault.CUT_HEADER: "damaged or cut short",
    Fault.TRUNCATED: "the connection to the service broke",
    Fault.RESET: "the connection to the service broke",
    Fault.ENDLESS: r"does not stop: its sound is longer than \d+ seconds",
    Fault.HANG_AT_START: "fell silent",
    Fault.HANG_BEFORE_SOUND: "fell silent",
    Fault.HANG_IN_SOUND: "fell silent",
}
"""What is, for as long as it lasts."""


def test_every_fault_is_tried() -> None:
    assert set(FOR_GOOD) | set(LASTING) | NO_FAULTS | {Fault.HALF} == set(Fault)


@pytest.mark.parametrize("fault", LASTING)
def test_what_fails_once_is_asked_for_again(service: Service, fault: Fault) -> None:
    service.fault, service.retry_after = once(fault), "0"
    (clip,) = spoken(utterance())
    assert [sentence.offset for sentence in clip.sentences] == [0, 35]
    assert service.requests[-1].format == ("pcm" if fault is Fault.NOISE else "wav")
    in_pieces = fault in {Fault.TOO_LARGE, Fault.TOO_LONG}
    assert service.done == ([TEXT[:35], TEXT[35:]] if in_pieces else [TEXT])
    assert len(service.requests) == (3 if in_pieces else 2)


@pytest.mark.parametrize("fault", LASTING)
def test_what_fails_always_ends_in_time_with_a_reason_and_a_passage(service: Service, fault: Fault) -> None:
    service.fault, service.retry_after = always(fault), "600"
    with pytest.raises(ServiceError, match=LASTING[fault]) as caught:
        spoken(utterance())
    assert service.clock() < 20 * 60
    assert "at: “" in caught.value.message
    assert "run the same command again" in caught.value.remedy
    assert len(service.requests) <= 25


@pytest.mark.parametrize("fault", FOR_GOOD)
def test_what_is_hopeless_is_asked_for_once(service: Service, fault: Fault) -> None:
    service.fault = always(fault)
    with pytest.raises(ServiceError, match=FOR_GOOD[fault]) as caught:
        spoken(utterance())
    assert len(service.requests) == (3 if fault is Fault.OGG else 1)
    assert "at: “One two" in caught.value.message


def test_the_text_is_not_quoted_from_the_servers_message(service: Service) -> None:
    service.fault = always(Fault.INVALID)
    with pytest.raises(ServiceError) as caught:
        spoken(utterance())
    assert caught.value.message.count("One two three") == 1  # which we say ourselves


@pytest.mark.parametrize(
    ("variables", "fault", "cause", "remedy"),
    [
        ({}, Fault.UNAUTHORIZED, "wants a key (401)", "CHAPTERCAST_OPENAI_KEY"),
        ({"OPENAI_API_KEY": KEY}, Fault.UNAUTHORIZED, "the key from OPENAI_API_KEY (401)", "right one"),
        ({"CHAPTERCAST_OPENAI_KEY": KEY}, Fault.UNAUTHORIZED, "the key from CHAPTERCAST_OPENAI_KEY (401)", "right one"),
        ({"CHAPTERCAST_OPENAI_KEY": KEY}, Fault.FORBIDDEN, "territory not supported", "from CHAPTERCAST_OPENAI_KEY"),
    ],
)
def test_where_a_key_is_refused_it_is_told_where_it_came_from(
    service: Service, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], fault: Fault, cause: str, remedy: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    service.fault = always(fault)
    with pytest.raises(ServiceError) as caught:
        spoken(utterance())
    assert cause in caught.value.message
    assert remedy in caught.value.remedy
    assert KEY[:8] not in caught.value.message + caught.value.remedy


def test_a_refused_request_tells_what_it_was_and_what_to_look_at(service: Service) -> None:
    service.fault = always(Fault.NO_MODEL)
    with pytest.raises(ServiceError) as caught:
        spoken(utterance())
    for part in (service.url, "“tts-1”", "CHAPTERCAST_OPENAI_URL", "CHAPTERCAST_OPENAI_MODEL", "--voice"):
        assert part in caught.value.remedy


@pytest.mark.parametrize("wait", ["5", "date"])
def test_the_server_is_left_alone_as_long_as_it_asks(service: Service, wait: str) -> None:
    service.fault = once(Fault.THROTTLED_FOR_A_WHILE)
    service.retry_after = "5" if wait == "5" else formatdate(time.time() + 6, usegmt=True)
    spoken(utterance())
    assert 4 <= service.requests[1].began - service.requests[0].began <= 8


def test_milliseconds_are_understood(service: Service) -> None:
    service.fault = once(Fault.THROTTLED_FOR_MILLISECONDS)
    spoken(utterance())
    assert 7 <= service.requests[1].began - service.requests[0].began <= 9


def test_a_slow_server_is_given_its_time(service: Service) -> None:
    service.latency = 75.0  # to load its model
    service.speed = 0.5
    assert not spoken(utterance())[0].silent
    assert len(service.requests) == 1


def test_what_comes_drop_by_drop_is_waited_for_but_not_for_ever(service: Service) -> None:
    service.fault = always(Fault.DRIP)
    with pytest.raises(ServiceError, match="took too long"):
        spoken(utterance())
    assert service.clock() < 3600


def test_what_never_ends_is_not_read_to_the_end(service: Service) -> None:
    service.fault = once(Fault.ENDLESS)
    spoken(utterance())
    assert service.sent < 16_000_000  # most of it waited to be read: the text takes four seconds, or 200,000 bytes


def test_a_server_of_ones_own_is_asked_two_things_at_once(service: Service) -> None:
    service.latency = 1.0
    spoken(*(utterance(f"Number {n} of them all.") for n in range(12)))
    assert service.most_at_once == 2


@pytest.mark.parametrize("number", [1, 5])
def test_or_as_many_as_the_user_says(service: Service, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_REQUESTS", str(number))
    service.latency = 1.0
    spoken(*(utterance(f"Number {n} of them all.") for n in range(20)))
    assert service.most_at_once == number


def test_half_of_a_text_is_noticed_once_the_voice_is_known(service: Service) -> None:
    said = [
        utterance(f"This is number {n} of them all, and it says what there is to say, to its end.") for n in range(20)
    ]
    service.fault = lambda number: Fault.HALF if number == 15 else Fault.NONE
    clips = spoken(*said)
    lengths = [clip.end - clip.onset for clip in clips]
    assert min(lengths) > 0.9 * max(lengths)
    assert len(service.requests) == 21


def test_random_faults_are_all_mended(service: Service) -> None:
    dice = random.Random(2)
    service.fault = lambda _number: dice.choice((*RANDOM_FAULTS, *[Fault.NONE] * 25))
    said = [utterance(f"This is number {n} of them all, and it is whole.") for n in range(60)]
    clips = spoken(*said)
    undisturbed = [clip.end - clip.onset for clip in clips]
    assert min(undisturbed) > 0.85 * max(undisturbed)
    assert sorted(service.done) == sorted(one.text for one in said)


def test_the_same_bytes_whatever_went_wrong(service: Service) -> None:
    said = [utterance(f"Number {n} is the same as ever.") for n in range(12)]
    undisturbed = spoken(*said)
    faults = iter([Fault.RESET, Fault.NONE, Fault.THROTTLED, Fault.CUT_SHORT, Fault.TRUNCATED, Fault.EMPTY])
    service.fault = lambda _number: next(faults, Fault.NONE)
    assert spoken(*said) == undisturbed


def test_a_voice_without_sound_is_named_without_asking_for_every_word(service: Service) -> None:
    service.fault = always(Fault.EMPTY)
    with pytest.raises(ServiceError, match="“af_heart”") as caught:
        spoken(utterance())
    assert "chaptercast voices --engine openai" in caught.value.remedy
    assert len(service.requests) == 4


def test_pcm_at_a_rate_that_nothing_has(service: Service) -> None:
    service.forms["wav"] = as_pcm(24_000, "audio/pcm;rate=900000")
    with pytest.raises(ServiceError, match="sound at 900000 Hz"):
        spoken(utterance())
