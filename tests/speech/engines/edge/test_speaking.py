"""The engine against the stand-in: what is asked for, what comes of it, and each way in which the service can fail."""

import gc
import random
import socket
import time
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.speech.engines.edge.conftest import JUMPING, QUICK
from tests.standin.faults import Fault
from tests.standin.patching import patched
from tests.standin.server import Service, running

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.errors import ServiceError
from chaptercast.speech.engines.edge import ENGINE
from chaptercast.speech.model import Clip, Prosody, Utterance
from chaptercast.speech.online.runner import speak_all_online
from chaptercast.speech.online.settings import ServiceSettings

GRID = Grid(24_000, 48_000)
TEXT = "One two three four five six seven. Eight nine ten eleven twelve."
WORDS = TEXT.replace(".", "").split()


def utterance(text: str = TEXT, **fields) -> Utterance:
    return Utterance(text, "en-US-AriaNeural", LanguageTag("en"), **fields)


def spoken(*said: Utterance, settings: ServiceSettings = JUMPING) -> list[Clip]:
    return list(speak_all_online(said, ENGINE, GRID, settings, lambda _utterance, _clip: None))


def words(clip: Clip, text: str = TEXT) -> list[str]:
    return [text[w.offset : w.offset + w.length] for w in clip.words]


def once(fault: Fault) -> Callable[[int], Fault]:
    return lambda number: fault if number == 0 else Fault.NONE


def test_words_and_sentences_are_known(service: Service) -> None:
    (clip,) = spoken(utterance(sentences=(0, 35)))
    assert words(clip) == WORDS
    assert [s.offset for s in clip.sentences] == [0, 35]
    assert clip.sentences[1].start == clip.words[7].start
    assert clip.words[0].start == clip.onset
    assert clip.words[-1].start < clip.end
    assert service.connections == 1


def test_manner_is_asked_for_in_the_services_units(service: Service) -> None:
    spoken(utterance(prosody=Prosody(1.2, 0.9, 0.8)), utterance("Very fast.", prosody=Prosody(9, 9, 9)))
    manners = [(r.rate, r.pitch, r.volume) for r in sorted(service.requests, key=lambda r: -len(r.text))]
    assert manners == [("+20%", "-17Hz", "-20%"), ("+100%", "+85Hz", "+100%")]


def test_what_xml_cannot_hold_is_said_as_nothing_and_signs_arrive_whole(service: Service) -> None:
    text = "Tom & Jerry <b> \x0b\ud800\ufffe said “hello”."
    (clip,) = spoken(utterance(text))
    assert service.requests[0].text == "Tom & Jerry <b>     said “hello”."
    assert words(clip, text) == ["Tom", "Jerry", "b", "said", "hello"]


def test_a_text_that_is_too_long_when_escaped_is_asked_for_in_pieces(service: Service) -> None:
    text = "a & b, " * 340
    (clip,) = spoken(utterance(text))
    assert len(service.requests) == 2
    assert words(clip, text) == ["a", "b"] * 340


def test_a_long_text_without_spaces_is_one_request(service: Service) -> None:
    text = "钟声又响了" * 150
    assert len(text.encode()) <= ENGINE.max_bytes
    (clip,) = spoken(utterance(text))
    assert len(service.requests) == 1
    assert len(clip.words) == len(text)


def test_punctuation_never_reaches_the_service(service: Service) -> None:
    clips = spoken(utterance("…"), utterance(), utterance("— — —"), utterance("  "))
    assert [clip.silent for clip in clips] == [True, False, True, True]
    assert service.connections == 1


def test_boundaries_that_come_in_one_message_are_all_used(service: Service) -> None:
    service.fault = lambda _number: Fault.BATCHED
    assert words(*spoken(utterance())) == WORDS
    assert service.connections == 1


def test_a_voice_that_tells_no_words_is_asked_for_sentences(service: Service) -> None:
    service.fault = lambda _number: Fault.NO_WORDS
    (clip,) = spoken(utterance())
    assert (clip.words, [s.offset for s in clip.sentences]) == ((), [0, 35])
    assert [r.boundary for r in service.requests] == ["WordBoundary", "SentenceBoundary"]


def test_a_service_that_says_no_goodbye_is_not_waited_for(service: Service) -> None:
    service.fault = lambda _number: Fault.HANG_AT_CLOSE
    assert words(*spoken(utterance())) == WORDS
    assert service.clock() < 5


NO_FAULTS = {Fault.NONE, Fault.NO_WORDS, Fault.BATCHED, Fault.SESSION_END, Fault.HANG_AT_CLOSE}
MENDED = [fault for fault in Fault if fault not in NO_FAULTS]


@pytest.mark.parametrize("fault", MENDED)
def test_what_fails_once_is_asked_for_again(service: Service, fault: Fault) -> None:
    service.fault, service.retry_after = once(fault), "0"
    (clip,) = spoken(utterance())
    if fault is Fault.NO_BOUNDARIES:
        assert len(clip.sentences) == 2
    else:
        assert words(clip) == WORDS
    assert service.connections == 2
    assert service.done[-1:] == [TEXT]


LASTING = {
    Fault.FORBIDDEN: r"refuses requests \(403\)",
    Fault.FORBIDDEN_WITHOUT_DATE: "does not tell its time",
    Fault.THROTTLED: r"busy \(429\)",
    Fault.THROTTLED_FOR_A_WHILE: "asks to wait 600 seconds",
    Fault.UNAVAILABLE: r"busy \(503\)",
    Fault.HANG_AT_HANDSHAKE: "fell silent",
    Fault.HANG_AT_START: "fell silent",
    Fault.HANG_AFTER_START: "fell silent",
    Fault.HANG_IN_AUDIO: "fell silent",
    Fault.HANG_BEFORE_END: "fell silent",
    Fault.DRIP: "took too long",
    Fault.RESET: "ended before the speech did",
    Fault.TRUNCATED: "ended before the speech did",
    Fault.CUT: "not spoken",
    Fault.CUT_SOUND: "sound",
    Fault.LAST_WORD_MISSING: "not spoken",
    Fault.SILENCE: "do not fit",
    Fault.NO_AUDIO: "no sound for the voice “en-US-AriaNeural”",
    Fault.GARBAGE: "not understood",
    Fault.STRANGE_METADATA: "not understood",
    Fault.STRANGE_TIMES: "not understood",
    Fault.UNKNOWN_PATH: "not understood",
    Fault.BAD_FRAMES: "no frame of 24000 Hz",
    Fault.NO_BOUNDARIES: "does not tell what was spoken",
}


@pytest.mark.parametrize("fault", MENDED)
def test_what_fails_always_ends_in_time_with_a_reason_and_a_passage(service: Service, fault: Fault) -> None:
    service.fault, service.retry_after = (lambda _number: fault), "600"
    with pytest.raises(ServiceError, match=LASTING[fault]) as caught:
        spoken(utterance())
    assert service.clock() < 60
    assert "at: “" in caught.value.message
    assert "run the same command again" in caught.value.remedy
    assert service.connections <= 20


def test_a_voice_that_was_retired_is_named_without_asking_for_every_word(service: Service) -> None:
    service.fault = lambda _number: Fault.NO_AUDIO
    with pytest.raises(ServiceError, match="“en-US-AriaNeural”") as caught:
        spoken(utterance())
    assert "chaptercast voices --engine edge" in caught.value.remedy
    assert service.connections == 4


def test_a_name_that_can_be_no_voice_is_not_asked_for(service: Service) -> None:
    with pytest.raises(ServiceError, match="“Aria” is no voice"):
        spoken(replace(utterance(), voice="Aria"))
    assert service.connections == 0


def test_a_clock_that_is_wrong_is_set_right(service: Service) -> None:
    from edge_tts.drm import DRM

    service.fault, service.skew = once(Fault.FORBIDDEN), 3600
    spoken(utterance())
    assert pytest.approx(3600, abs=5) == DRM.clock_skew_seconds
    assert service.connections == 2


@pytest.mark.parametrize("wait", ["1", "date"])
def test_the_service_is_left_alone_as_long_as_it_asks(service: Service, wait: str) -> None:
    from email.utils import formatdate

    service.fault = once(Fault.THROTTLED_FOR_A_WHILE)
    service.retry_after = "1" if wait == "1" else formatdate(time.time() + 2, usegmt=True)
    spoken(utterance())
    assert 1 <= service.starts[1] - service.starts[0] <= 3


def test_nothing_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with (
            patched(f"ws://127.0.0.1:{unused.getsockname()[1]}/?a=b"),
            pytest.raises(ServiceError, match="cannot be reached"),
        ):
            spoken(utterance(), settings=QUICK)


def test_a_name_that_is_not_found() -> None:
    with patched("wss://nowhere.invalid/?a=b"), pytest.raises(ServiceError, match="not found"):
        spoken(utterance(), settings=QUICK)


def test_random_faults_are_all_mended(service: Service) -> None:
    dice = random.Random(2)
    mix = [Fault.RESET] * 10 + [Fault.THROTTLED] * 10 + [Fault.TRUNCATED] * 5 + [Fault.HANG_IN_AUDIO] * 5
    mix += [Fault.NONE] * 70
    service.fault = lambda _number: dice.choice(mix)
    said = [utterance(f"This is number {n} of them all, and it is whole.") for n in range(60)]
    clips = spoken(*said)
    assert [words(clip, one.text) for clip, one in zip(clips, said, strict=True)] == [
        one.text.replace(",", "").replace(".", "").split() for one in said
    ]
    assert sorted(service.done) == sorted(one.text for one in said)


def test_the_same_bytes_whatever_went_wrong(service: Service) -> None:
    said = [utterance(f"Number {n} is the same as ever.") for n in range(12)]
    undisturbed = spoken(*said)
    faults = iter([Fault.RESET, Fault.NONE, Fault.THROTTLED, Fault.CUT, Fault.TRUNCATED, Fault.LAST_WORD_MISSING])
    service.fault = lambda _number: next(faults, Fault.NONE)
    assert spoken(*said) == undisturbed


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # a loop that ends does not wait for TLS to say goodbye
def test_an_untrusted_certificate_ends_at_once_and_a_given_authority_is_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    import ssl

    import trustme

    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with running(context) as service, patched(service.url, service.voices_url):
        with pytest.raises(ServiceError, match="certificate") as caught:
            spoken(utterance(), settings=QUICK)
        assert "SSL_CERT_FILE" in caught.value.remedy
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert words(*spoken(utterance(), settings=QUICK)) == WORDS
    gc.collect()
