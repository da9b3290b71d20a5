"""Piper's networks (VITS): numbers of phonemes become samples. Their noise comes from the text: the same text is the same speech."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chaptercast.speech.engines.neural.onnx_model import FLOAT, INT64, Node, OnnxModel, Port, node
from chaptercast.speech.engines.neural.runtime import CPU, failures, opened
from chaptercast.speech.engines.neural.speaking import Sound

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NOISE = "RandomNormalLike"
_NOISE_INPUT = "noise"
_NOISE_LENGTH = 1 << 18
"""Numbers after which the noise repeats: 16 seconds of speech use so many."""
_CEIL, _HOP = "Ceil", 256
"""The one node that rounds up makes the durations, of 256 samples each."""
_BEGIN, _END, _PAD = "^", "$", "_"
"""What stands at the ends and between phonemes (piper-phonemize)."""
REQUIRED = (_BEGIN, _END, _PAD)


class Inference(Struct, frozen=True):
    """How a network was meant to be run, from its configuration."""

    noise_scale: float
    """How much the sound varies."""
    length_scale: float
    noise_w: float
    """How much the durations vary."""


class PiperModel:
    """A network, loaded."""

    def __init__(
        self, content: bytes, ids: Mapping[str, Sequence[int]], inference: Inference, device: str = CPU
    ) -> None:
        """`content` is the model's file, `ids` are the numbers of each phoneme. Raises `EngineError` where it cannot be loaded."""
        with failures("The model cannot be read"):
            model = OnnxModel(content)
            check_ports(model)
            self._durations = durations_output(model)
            self._has_speakers = "sid" in model.inputs
            self._output = next(iter(model.outputs))
            content = _with_noise(model, Port(self._durations, FLOAT, 3))
        self._session = opened(content, device)
        self._ids = ids
        self._inference = inference

    def say(self, symbols: str, speed: float, speaker: int | None = None) -> Sound:
        """Raises `EngineError`."""
        import numpy as np

        ids = [*self._ids[_BEGIN], *self._ids[_PAD]]
        firsts = []
        for symbol in symbols:
            firsts.append(len(ids))
            ids += (*self._ids[symbol], *self._ids[_PAD])
        firsts.append(len(ids))
        ids += self._ids[_END]
        scales = self._inference.noise_scale, self._inference.length_scale / speed, self._inference.noise_w
        given: dict[str, NDArray[Any]] = {
            "input": np.array([ids], "<i8"),
            "input_lengths": np.array([len(ids)], "<i8"),
            "scales": np.array(scales, "<f4"),
            _NOISE_INPUT: noise_of(symbols),
        }
        if self._has_speakers:
            given["sid"] = np.array([speaker or 0], "<i8")
        with failures("The model failed"):
            samples, durations = self._session.run([self._output, self._durations], given)
        starts = np.concatenate(([0], np.cumsum(durations.reshape(-1).astype("<i8")))) * _HOP
        return Sound(samples.reshape(-1), starts[firsts])


def noise_of(symbols: str) -> "NDArray[Any]":
    """Normally distributed numbers that depend on `symbols` alone.

    NumPy's old generator is used since its stream is the one that never changes (NEP 19).
    """
    import numpy as np

    seed = np.frombuffer(hashlib.sha256(symbols.encode()).digest(), "<u4")
    return np.random.RandomState(seed).standard_normal(_NOISE_LENGTH).astype("<f4")


def _with_noise(model: OnnxModel, durations: Port) -> bytes:
    """The file of `model` with its noise as an input, and with its durations as an output."""
    import numpy as np

    weights = {
        f"{_NOISE_INPUT}/{name}": np.array([number], "<i8")
        for name, number in (("length", _NOISE_LENGTH), ("rounding", _NOISE_LENGTH - 1), ("begin", 0))
    }
    nodes: list[Node] = []
    for one in model.nodes:
        if one.operation == _NOISE:
            nodes += _from_input(one)
        else:
            nodes.append(one)
    return model.edited(nodes, weights, [Port(_NOISE_INPUT, FLOAT, 1)], [durations])


def _from_input(one: Node) -> Iterator[Node]:
    """What takes the place of a node that makes noise: as much of the input as its shape asks for, again and again where that is more."""
    (name,) = one.outputs
    yield node("Shape", one.inputs, f"{name}/shape")
    yield node("ReduceProd", (f"{name}/shape",), f"{name}/count", keepdims=1)
    yield node("Add", (f"{name}/count", f"{_NOISE_INPUT}/rounding"), f"{name}/more")
    yield node("Div", (f"{name}/more", f"{_NOISE_INPUT}/length"), f"{name}/times")
    yield node("Tile", (_NOISE_INPUT, f"{name}/times"), f"{name}/long")
    yield node("Slice", (f"{name}/long", f"{_NOISE_INPUT}/begin", f"{name}/count"), f"{name}/enough")
    yield node("Reshape", (f"{name}/enough", f"{name}/shape"), name)


def check_ports(model: OnnxModel) -> None:
    """Raises `ValueError` where the model's inputs and outputs are not those of a Piper voice."""
    wanted = {"input": INT64, "input_lengths": INT64, "scales": FLOAT}
    kinds = {name: port.element for name, port in model.inputs.items() if name != "sid"}
    if kinds != wanted or len(model.outputs) != 1:
        raise ValueError("it is no Piper voice")


def durations_output(model: OnnxModel) -> str:
    """The name of what tells how long each number sounds. Raises `ValueError` where nothing does."""
    rounded = [one.outputs[0] for one in model.nodes if one.operation == _CEIL and one.outputs]
    if len(rounded) != 1:
        raise ValueError("it does not tell how long each sound is")
    return rounded[0]
