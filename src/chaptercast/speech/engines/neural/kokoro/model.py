"""Kokoro's network: symbols and a style become samples, and the model's own durations tell when each symbol sounds."""

from typing import TYPE_CHECKING, Any

from chaptercast.common.devices import Device
from chaptercast.speech.engines.neural.convolutions import with_products
from chaptercast.speech.engines.neural.kokoro.letters import TOKENS
from chaptercast.speech.engines.neural.onnx_model import FLOAT, OnnxModel, Port
from chaptercast.speech.engines.neural.runtime import failures, opened
from chaptercast.speech.engines.neural.synthesis import Sound

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE_RATE = 24_000
SAMPLES_A_FRAME = 600
"""What a duration of one stands for: forty in a second."""
STYLE_ROWS, STYLE_WIDTH = 510, 256
"""A voice has a style for each number of tokens."""
_LEAST_STYLED = 20
"""The styles for fewer tokens are in a hurry: of thirty short headings in Mandarin a recogniser had 12 syllables wrong instead of 21."""
_SILENCE = 0
_REAL, _WHOLE = "<f4", "<i4"
"""Types of numbers; some exports take speeds as whole ones."""
_DURATIONS, _ROUND, _CLIP = "duration", "Round", "Clip"
"""An output of newer exports; in older ones the one node that rounds makes them, and one after it sees to it that none is nothing."""


class KokoroModel:
    """The network, loaded."""

    sample_rate = SAMPLE_RATE

    def __init__(self, content: bytes, device: Device = Device.CPU) -> None:
        """`content` is the file of the model. Raises `EngineError` where it cannot be loaded."""
        with failures("The model cannot be read"):
            model = OnnxModel(content)
            self._durations = durations_output(model)
            self._tokens = tokens_input(model)
            self._speed = _REAL if model.inputs["speed"].element == FLOAT else _WHOLE
            content = with_products(
                model, [Port(self._durations, FLOAT, 2)] if self._durations not in model.outputs else []
            )
        self._session = opened(content, device)

    def say(self, symbols: str, style: "NDArray[Any]", speed: float) -> Sound:
        """Raises `EngineError`. `style` has `STYLE_ROWS` rows; that for this number of symbols is taken, or of `_LEAST_STYLED`."""
        import numpy as np

        tokens = [_SILENCE, *(TOKENS[symbol] for symbol in symbols), _SILENCE]
        given = {
            self._tokens: np.array([tokens], "<i8"),
            "style": style[max(len(symbols), _LEAST_STYLED) - 1].reshape(1, STYLE_WIDTH),
            "speed": np.array([speed if self._speed == _REAL else max(1, round(speed))], self._speed),
        }
        with failures("The model failed"):
            samples, durations = self._session.run(["audio", self._durations], given)
        ends = np.cumsum(durations.reshape(-1).astype("<i8")) * SAMPLES_A_FRAME
        return Sound(samples.reshape(-1), ends[:-1])


def durations_output(model: OnnxModel) -> str:
    """The name of what tells how long each token sounds. Raises `ValueError` where nothing does."""
    if _DURATIONS in model.outputs:
        return _DURATIONS
    rounds = [one.outputs[0] for one in model.nodes if one.operation == _ROUND and one.outputs]
    if len(rounds) != 1:
        raise ValueError("it does not tell how long each sound is")
    clips = (one for one in model.nodes if one.operation == _CLIP and one.inputs[:1] == (rounds[0],))
    return next((one.outputs[0] for one in clips if one.outputs), rounds[0])


def tokens_input(model: OnnxModel) -> str:
    """The name under which the model is given tokens. Raises `ValueError` where its inputs and outputs are not Kokoro's."""
    name = next((name for name in ("tokens", "input_ids") if name in model.inputs), "")
    if not name or model.inputs.keys() != {name, "style", "speed"} or "audio" not in model.outputs:
        raise ValueError("it is no Kokoro model")
    return name
