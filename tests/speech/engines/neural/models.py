"""Tiny networks that look to the engines like Kokoro's and Piper's, and whose speech can be read back.

Each symbol is a tone of its own for as long as the network's durations say; marks, spaces and the ends are silent. So a symbol that is
lost, or in another place, is heard by `heard`, and a word's time can be held against the sound itself. They run in a millisecond.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from chaptercast.speech.engines.neural import protobuf
from chaptercast.speech.engines.neural.kokoro.letters import TOKENS
from chaptercast.speech.engines.neural.onnx_model import FLOAT, INT64, Node, OnnxModel, Port, node

EMPTY = (
    protobuf.number(1, 9) + protobuf.message(7, protobuf.text(2, "test")) + protobuf.message(8, protobuf.number(2, 20))
)
"""A model without any node: version 9 of the format, a graph, version 20 of the operations."""

KOKORO_FRAME, PIPER_FRAME = 600, 256
"""Samples that a duration of one stands for; each tone has a whole number of periods in them."""
KOKORO_RATE, PIPER_RATE = 24_000, 22_050
LEVEL = 0.25
"""How loud the first voice of each model is."""

_SILENT = 0
_LEAD, _MARK, _SHORTEST = 5.0, 8.0, 2
"""Durations: of what stands at the ends, of a mark or a space, and of the shortest sound."""
_STYLE_ROWS, _STYLE_WIDTH = 510, 256

KOKORO_VOICES = (
    "af_heart", "am_michael", "bf_emma", "ef_dora", "ff_siwis", "hf_alpha", "if_sara", "jf_alpha", "pf_dora", "zf_xiaoxiao"
)  # fmt: skip
PIPER_SYMBOLS = "_^$ !'(),-.:;?abcdefhijklmnopqrstuvwxyzæçðøħŋœɐɑɒɔɕɖəɚɛɜɟɡɣɨɪɫɬɭɯɱɲɳɵɹɻɽɾʀʁʂʃʈʊʋʌʎʏʐʑʒʔʝˈˌːᵻ\u0327\u0303\u0329ʰʲβθχ"
"""What the fake Piper knows, by its number."""
PIPER_SILENT = "_^$ !'(),-.:;?ˈˌː"


class Tone(NamedTuple):
    """A run of frames in which the same is heard."""

    number: int
    """That of the symbol; 0 where it is silent."""
    begin: int
    """In samples."""


def heard(pcm: bytes, frame: int) -> list[Tone]:
    """What sounds, and from when on, read in the samples: the strongest frequency of each frame from the first sample on."""
    samples = np.frombuffer(pcm, "<i2")
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame).astype(np.float64)
    if not len(frames):
        return []
    spectra = np.abs(np.fft.rfft(frames, axis=1))
    loud = np.sqrt(np.mean(frames * frames, axis=1)) > 0.02 * 32_767
    numbers = np.where(loud, np.argmax(spectra, axis=1) - TONE_OF_NOTHING, _SILENT)
    runs = ((int(number), list(run)) for number, run in groupby(range(len(numbers)), lambda at: int(numbers[at])))
    return [Tone(number, run[0] * frame) for number, run in runs]


TONE_OF_NOTHING = 2
"""Periods in a frame are the symbol's number and so many more."""


def numbers(symbols: str, numbered: Mapping[str, int], silent: Iterable[str]) -> list[int]:
    """What `heard` gives of these symbols if none is lost: those that sound, in order, neighbours that are the same as one."""
    quiet = set(silent)
    return [number for number, _ in groupby(numbered[one] for one in symbols if one not in quiet)]


def kokoro_numbers(symbols: str) -> list[int]:
    """For Kokoro."""
    return numbers(symbols, TOKENS, KOKORO_SILENT)


def piper_numbers(symbols: str) -> list[int]:
    """For Piper."""
    return numbers(symbols, PIPER_IDS, PIPER_SILENT)


KOKORO_SILENT = ';:,.!?—…"()“” ˈˌː'
PIPER_IDS: Mapping[str, int] = {symbol: number for number, symbol in enumerate(PIPER_SYMBOLS)}


@cache
def kokoro_model(note: str = "") -> bytes:
    """A network with Kokoro's inputs and outputs; its tones are as loud as the style's first number says. `note` makes it another file."""
    durations, tones = _tables(178, (0, *(TOKENS[one] for one in KOKORO_SILENT)))
    weights = {
        **_shared(KOKORO_FRAME),
        "durations": durations,
        "tones": tones,
        "at_least": np.array(1, "<f4"),
    }
    nodes = (
        node("Reshape", ("tokens", "minus_one"), "flat"),
        node("Gather", ("durations", "flat"), "usual"),
        node("Div", ("usual", "speed"), "quick"),
        node("Unsqueeze", ("quick", "zero"), "batch"),
        node("Round", ("batch",), "rounded"),
        node("Clip", ("rounded", "at_least"), "whole"),
        node("Reshape", ("whole", "minus_one"), "lengths"),
        node("Gather", ("style", "zero"), "level", axis=1),
        *_sounding("tones", "flat"),
        node("Mul", ("waves", "level"), "loud"),
        node("Reshape", ("loud", "minus_one"), "audio"),
    )
    inputs = (Port("tokens", INT64, 2), Port("style", FLOAT, 2), Port("speed", FLOAT, 1))
    return _noted(OnnxModel(EMPTY).edited(nodes, weights, inputs, [Port("audio", FLOAT, 1)]), note)


@cache
def piper_model(note: str = "", speakers: int = 0) -> bytes:
    """A network with Piper's inputs and outputs. Its noise changes durations and sound by as much as the scales say.

    With `speakers` it takes one's number; each is more silent than the one before.
    """
    durations, tones = _tables(256, (PIPER_IDS[one] for one in PIPER_SILENT))
    durations[PIPER_IDS["_"]] = 1
    weights = {
        **_shared(PIPER_FRAME),
        "durations": durations - 0.5,
        "tones": tones,
        "variety": np.array(0.1, "<f4"),
        "hiss": np.array(0.002, "<f4"),
        "levels": np.array([LEVEL * 0.8**number for number in range(max(1, speakers))], "<f4").reshape(-1, 1),
        "which": np.array([0], "<i8"),
        "place_0": np.array([0], "<i8"), "place_1": np.array([1], "<i8"), "place_2": np.array([2], "<i8"),
        "like_output": np.array([1, 1, 1, -1], "<i8"),
        "two": np.array([0, 1], "<i8"),
    }  # fmt: skip
    nodes = (
        node("Reshape", ("input", "minus_one"), "flat"),
        node("Gather", ("scales", "place_0"), "noise_scale"),
        node("Gather", ("scales", "place_1"), "length_scale"),
        node("Gather", ("scales", "place_2"), "noise_w"),
        node("Gather", ("durations", "flat"), "usual"),
        node("Unsqueeze", ("usual", "two"), "batch"),
        _noise("batch", "first_noise"),
        node("Mul", ("first_noise", "noise_w"), "first_scaled"),
        node("Mul", ("first_scaled", "variety"), "uneven"),
        node("Add", ("batch", "uneven"), "varied"),
        node("Mul", ("varied", "length_scale"), "quick"),
        node("Ceil", ("quick",), "rounded"),
        node("Reshape", ("rounded", "minus_one"), "lengths"),
        node("Gather", ("levels", "sid" if speakers else "which"), "level"),
        *_sounding("tones", "flat"),
        node("Mul", ("waves", "level"), "loud"),
        _noise("loud", "second_noise"),
        node("Mul", ("second_noise", "noise_scale"), "second_scaled"),
        node("Mul", ("second_scaled", "hiss"), "hissing"),
        node("Add", ("loud", "hissing"), "all"),
        node("Reshape", ("all", "like_output"), "output"),
    )
    inputs = [Port("input", INT64, 2), Port("input_lengths", INT64, 1), Port("scales", FLOAT, 1)]
    if speakers:
        inputs.append(Port("sid", INT64, 1))
    return _noted(OnnxModel(EMPTY).edited(nodes, weights, inputs, [Port("output", FLOAT, 4)]), note)


def _shared(frame: int) -> dict[str, Any]:
    return {
        "minus_one": np.array([-1], "<i8"),
        "zero": np.array([0], "<i8"),
        "one": np.array([1], "<i8"),
        "nothing": np.array(0, "<f4"),
        "step": np.array(1, "<f4"),
        "circle": (2 * np.pi * np.arange(frame) / frame).astype("<f4").reshape(1, frame),
    }


def _tables(count: int, silent: Iterable[int]) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """How long each number sounds, and how many periods of its tone a frame has."""
    numbered = np.arange(count)
    durations = (_SHORTEST + numbered % 3).astype("<f4")
    tones = (numbered + TONE_OF_NOTHING).astype("<f4")
    for number in silent:
        durations[number], tones[number] = _MARK, 0
    durations[0] = _LEAD
    return durations, tones


def _sounding(tones: str, flat: str) -> Iterator[Node]:
    """From `lengths`, the frames of each symbol, to `waves`, one row of samples a frame."""
    yield node("CumSum", ("lengths", "zero"), "ends")
    yield node("ReduceSum", ("lengths",), "total", keepdims=0)
    yield node("Range", ("nothing", "total", "step"), "times")
    yield node("Unsqueeze", ("times", "one"), "column")
    yield node("GreaterOrEqual", ("column", "ends"), "over")
    yield node("Cast", ("over",), "counted", to=INT64)
    yield node("ReduceSum", ("counted", "one"), "place", keepdims=0)
    yield node("Gather", (flat, "place"), "symbol")
    yield node("Gather", (tones, "symbol"), "periods")
    yield node("Unsqueeze", ("periods", "one"), "rows")
    yield node("Mul", ("rows", "circle"), "angles")
    yield node("Sin", ("angles",), "waves")


def _noise(like: str, name: str) -> Node:
    return node("RandomNormalLike", (like,), name)


def _noted(model: bytes, note: str) -> bytes:
    """The same network in another file: its description is none of the engines' business."""
    return model + (protobuf.text(6, note) if note else b"")


def style(voice: str) -> "np.ndarray[Any, Any]":
    """The styles of a voice of the fake Kokoro: all of them sound a little softer from row to row, and from voice to voice."""
    rows = np.zeros((_STYLE_ROWS, 1, _STYLE_WIDTH), "<f4")
    rows[:, 0, 0] = (LEVEL - 0.01 * KOKORO_VOICES.index(voice)) * (1 - np.arange(_STYLE_ROWS) / 5000)
    return rows


@cache
def kokoro_styles(*voices: str) -> bytes:
    """An archive of styles as numpy makes it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for voice in voices or KOKORO_VOICES:
            array = io.BytesIO()
            np.save(array, style(voice))
            archive.writestr(zipfile.ZipInfo(f"{voice}.npy"), array.getvalue(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def piper_configuration(**changes: Any) -> bytes:
    """The configuration of a Piper voice; a `None` takes a key out."""
    table = {
        "audio": {"sample_rate": PIPER_RATE, "quality": "medium"},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_map": {},
        "phoneme_id_map": {symbol: [number] for symbol, number in PIPER_IDS.items()},
        "num_symbols": 256,
        "num_speakers": 1,
        "speaker_id_map": {},
        "piper_version": "1.0.0",
        "language": {"code": "en_US", "family": "en", "region": "US"},
        "dataset": "test",
    }
    return json.dumps({key: value for key, value in {**table, **changes}.items() if value is not None}).encode()
