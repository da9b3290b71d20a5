"""The real networks: what the program makes of them is what the runtime makes of the makers' own files, to the last bit."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import helper
from tests.judges.requirement import MODELS_FOLDER, require
from tests.speech.engines.neural.real.recordings import AS_IT_IS, IN_ONE_WORKER, Made, Recording
from tests.speech.engines.neural.speeches import speak, spelled

from chaptercast.common.units import LanguageTag
from chaptercast.speech.engines.neural.kokoro import ENGINE as KOKORO
from chaptercast.speech.engines.neural.kokoro.grapheme_to_phoneme import spell
from chaptercast.speech.engines.neural.kokoro.letters import TOKENS
from chaptercast.speech.engines.neural.phonemes.model import Spelling
from chaptercast.speech.engines.neural.piper import ENGINE as PIPER
from chaptercast.speech.model import Speech

pytestmark = IN_ONE_WORKER
KOKORO_FILE = MODELS_FOLDER / "kokoro-v1.0-int8" / "kokoro-v1.0.int8.onnx"
STYLES_FILE = MODELS_FOLDER / "kokoro-v1.0-int8" / "voices-v1.0.bin"
PIPER_FILE = MODELS_FOLDER / "en_US-joe-medium" / "en_US-joe-medium.onnx"
SENTENCES = ("Fine snow fell softly.", "He saw seven foxes; she heard four.")
RATE, FRAME = 24_000, 600
SILENCE_DBFS = -75
"""The program may cut off what is fainter."""


def plain_session(file: Path, operation: str) -> onnxruntime.InferenceSession:
    """The makers' own file, changed by `onnx` in nothing but that the output of its one node of that kind is one of the model's, too."""
    model = onnx.load(str(file))
    (rounding,) = (one for one in model.graph.node if one.op_type == operation)
    model.graph.output.append(helper.make_tensor_value_info(rounding.output[0], onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


class Plain:
    """Kokoro as the runtime alone runs it."""

    def __init__(self) -> None:
        self._session = plain_session(KOKORO_FILE, "Round")
        self._styles = np.load(STYLES_FILE)

    def say(self, symbols: str, voice: str = "af_heart", speed: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
        """Samples, and the durations of all tokens."""
        tokens = [0, *(TOKENS[symbol] for symbol in symbols), 0]
        given = {
            "tokens": np.array([tokens], "i8"),
            "style": self._styles[voice][len(symbols) - 1],
            "speed": np.array([speed], "f4"),
        }
        samples, durations = self._session.run(None, given)
        return samples.reshape(-1), np.maximum(durations.reshape(-1), 1).astype("i8")


@pytest.fixture(scope="module")
def plain(store: Path) -> Plain:  # noqa: ARG001 -- it is skipped where there are no models
    return Plain()


@pytest.fixture(scope="module")
def said(plain: Plain) -> dict[str, tuple[np.ndarray, np.ndarray, Spelling]]:
    """Each sentence as the runtime alone says it, with the spelling that the program gives it."""
    spellings = {text: spelled(spell, text, LanguageTag("en-US")) for text in SENTENCES}
    return {text: (*plain.say(spelling.symbols), spelling) for text, spelling in spellings.items()}


@pytest.fixture(scope="module")
def ours(store: Path) -> dict[str, Speech]:
    """Each sentence as the program says it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAPTERCAST_VOICES", str(store))
        return {text: speak(KOKORO, text, "af_heart", "en-US") for text in SENTENCES}


Said = dict[str, tuple[np.ndarray, np.ndarray, Spelling]]


def test_durations_are_all_of_the_sound(said: Said, plain: Plain) -> None:
    for samples, durations, spelling in said.values():
        assert len(durations) == len(spelling.symbols) + 2
        assert durations.sum() * FRAME == len(samples)
    samples, durations = plain.say("hˈɛlO.", speed=3.0)
    assert durations.sum() * FRAME == len(samples)


def test_the_sound_is_the_networks_own_and_nothing_that_is_heard_is_cut_off(
    said: Said, ours: dict[str, Speech]
) -> None:
    """So products are exact, no level is changed, and no soft consonant at the beginning is lost."""
    for text, (samples, _, _) in said.items():
        kept = ours[text].pcm
        whole = np.rint(samples.astype("f8") * 32_767).astype("<i2")
        place = whole.tobytes().find(kept) // 2
        assert place >= 0, "other samples than the network's"
        for lost in (samples[:place], samples[place + len(kept) // 2 :]):
            windows = lost[: len(lost) // 120 * 120].reshape(-1, 120).astype("f8")
            assert (10 * np.log10(np.mean(windows**2, axis=1) + 1e-20) <= SILENCE_DBFS).all()
            assert len(lost) > RATE // 10  # there was silence to be cut


def test_words_in_the_page_are_those_of_the_durations(said: Said, made: Made) -> None:
    recording: Recording = made.of("short", "--engine", "kokoro", *AS_IT_IS, "--jobs", "1")
    told = {sentence.text: sentence for sentence in recording.sentences}
    for text, (_, durations, spelling) in said.items():
        starts = np.concatenate(([0], np.cumsum(durations))) * FRAME
        expected = [starts[word.at + 1] for word in spelling.words]  # the first token is silence
        times = [word.start_ms for word in told[text].words]
        assert [word.text for word in told[text].words] == [
            text[w.offset : w.offset + w.length] for w in spelling.words
        ]
        for (one, later), (begin, end) in zip(pairwise(times[1:]), pairwise(expected[1:]), strict=True):
            assert abs((later - one) - (end - begin) * 1000 / RATE) <= 1


def test_first_consonants_are_heard_before_their_vowels(ours: dict[str, Speech]) -> None:
    """Of f, h and s at the beginning of a sentence, at least 40 ms of noise are there before the voice begins."""
    for text, speech in {**ours, "So.": speak(KOKORO, "So.", "af_heart", "en-US")}.items():
        samples = np.frombuffer(speech.pcm, "<i2").astype("f8") / 32_768
        spectra = np.abs(np.fft.rfft(samples[: len(samples) // 240 * 240].reshape(-1, 240), axis=1)) / 240
        deep, all_of_it = (
            10 * np.log10(np.sum(spectra[:, bands] ** 2, axis=1) + 1e-20) for bands in (slice(1, 9), slice(1, None))
        )
        voiced = int(np.flatnonzero(deep > deep.max() - 15)[0])  # below 800 Hz there is little of a consonant
        heard = int(np.flatnonzero(all_of_it > -65)[0])
        assert 10 * (voiced - heard) >= 40, text


def test_pipers_durations_are_all_of_its_sound(store: Path) -> None:  # noqa: ARG001 -- it is skipped where there are no models
    session = plain_session(PIPER_FILE, "Ceil")
    ids = json.loads(PIPER_FILE.with_name(f"{PIPER_FILE.name}.json").read_text(encoding="utf-8"))["phoneme_id_map"]
    numbers = [
        *ids["^"],
        *ids["_"],
        *(number for symbol in "hɛlˈoʊ wˈɜːld." for number in (*ids[symbol], *ids["_"])),
        *ids["$"],
    ]
    given = {
        "input": np.array([numbers], "i8"),
        "input_lengths": np.array([len(numbers)], "i8"),
        "scales": np.array([0.667, 1, 0.8], "f4"),
    }
    samples, durations = session.run(None, given)
    assert durations.sum() * 256 == samples.size


LONG = "seven foxes saw four hungry hens and half of them " * 11 + "slept"
"""More than 511 symbols, and no place between them where a sentence or a clause ends."""
MEASURE = """
import json, re, sys
from pathlib import Path
from tests.speech.engines.neural import speeches
from chaptercast.speech import engine_registry
from chaptercast.speech.model import Prosody
from chaptercast.speech.engines.neural.kokoro.model import KokoroModel
name, voice, text = sys.argv[1:]
asked = []
say = KokoroModel.say
KokoroModel.say = lambda self, symbols, *rest: asked.append(symbols) or say(self, symbols, *rest)
engine = engine_registry.load(name)
quick = speeches.speak(engine, text, voice, "en-US", Prosody(rate=4.0))
speeches.speak(engine, text[:320], voice, "en-US")  # the longest piece, and the beginning of another
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
print(json.dumps([len(quick.words), len(quick.pcm), asked, peak, engine.worker_bytes]))
"""


@pytest.mark.parametrize(("engine", "voice"), [("kokoro", "af_heart"), ("piper", PIPER_FILE.stem)])
def test_more_than_a_network_takes_is_parted_and_fits_into_a_workers_memory(engine: str, voice: str) -> None:
    require("smaps_rollup")
    assert len(spelled(spell, LONG, LanguageTag("en-US")).symbols) > 511
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, engine, voice, LONG],
        cwd=Path(__file__).parents[5],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    count, size, asked, peak, allowed = json.loads(done.stdout)
    assert count == len(LONG.split())
    assert size > 2 * 5 * RATE
    assert all(len(symbols) <= 510 for symbols in asked)
    assert len(asked) in ({0} if engine == "piper" else range(4, 8))
    assert allowed / 3 < peak <= allowed


def test_words_that_cannot_be_read_are_told_by_real_voices_too() -> None:
    for engine, voice in ((KOKORO, "af_heart"), (PIPER, PIPER_FILE.stem)):
        speech = speak(engine, "Snow 雪 fell.", voice, "en-US")
        assert speech.unread == ((5, 6),)
        assert len(speech.words) == 2
    assert speak(KOKORO, "...", "af_heart") == speak(KOKORO, "", "af_heart")
