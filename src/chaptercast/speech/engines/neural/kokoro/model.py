"""Kokoro's network: turns symbols and a style into samples. The model's own durations give the time of each symbol."""

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
"""Samples per unit of duration: forty units per second."""
STYLE_ROWS, STYLE_WIDTH = 510, 256
"""A voice has one style vector for each number of tokens."""
_LEAST_STYLED = 20
"""Styles for fewer tokens speak too fast: with this limit, a recogniser got 12 syllables wrong in thirty short Mandarin headings, not 21.
"""
_ROWS_A_TAKE = 25
_SILENCE = 0
_REAL, _WHOLE = "<f4", "<i4"
"""Number types. Some exports take the speed as an integer."""
_DURATIONS, _ROUND, _CLIP = "duration", "Round", "Clip"
"""An output of newer exports. In older ones, the only `Round` node computes the durations, and a `Clip` node after it prevents zeros."""


class KokoroModel:
    """The network, loaded."""

    sample_rate = SAMPLE_RATE

    def __init__(self, content: bytes, device: Device = Device.CPU) -> None:
        """`content` is the model file. Raises `EngineError` if it cannot be loaded."""
        with failures("The model cannot be read"):
            model = OnnxModel(content)
            self._durations = durations_output(model)
            self._tokens = tokens_input(model)
            self._speed = _REAL if model.inputs["speed"].element == FLOAT else _WHOLE
            content = with_products(
                model, [Port(self._durations, FLOAT, 2)] if self._durations not in model.outputs else []
            )
        self._session = opened(content, device)

    def say(self, symbols: str, style: "NDArray[Any]", speed: float, take: int = 0) -> Sound:
        """Speak the symbols.

        `style` has `STYLE_ROWS` rows; the row for this number of symbols is used, at least that of `_LEAST_STYLED`. Another `take` uses
        the row of a longer text. Raises `EngineError`.
        """
        import numpy as np

        tokens = [_SILENCE, *(TOKENS[symbol] for symbol in symbols), _SILENCE]
        given = {
            self._tokens: np.array([tokens], "<i8"),
            "style": style[min(max(len(symbols), _LEAST_STYLED) - 1 + _ROWS_A_TAKE * take, STYLE_ROWS - 1)].reshape(
                1, STYLE_WIDTH
            ),
            "speed": np.array([speed if self._speed == _REAL else max(1, round(speed))], self._speed),
        }
        with failures("The model failed"):
            samples, durations = self._session.run(["audio", self._durations], given)
        ends = np.cumsum(durations.reshape(-1).astype("<i8")) * SAMPLES_A_FRAME
        return Sound(samples.reshape(-1), ends[:-1])


def durations_output(model: OnnxModel) -> str:
    """The name of the output that gives the duration of each token. Raises `ValueError` if there is none."""
    if _DURATIONS in model.outputs:
        return _DURATIONS
    rounds = [one.outputs[0] for one in model.nodes if one.operation == _ROUND and one.outputs]
    if len(rounds) != 1:
        raise ValueError("it does not tell how long each sound is")
    clips = (one for one in model.nodes if one.operation == _CLIP and one.inputs[:1] == (rounds[0],))
    return next((one.outputs[0] for one in clips if one.outputs), rounds[0])


def tokens_input(model: OnnxModel) -> str:
    """The name of the token input. Raises `ValueError` if the inputs and outputs are not Kokoro's."""
    name = next((name for name in ("tokens", "input_ids") if name in model.inputs), "")
    if not name or model.inputs.keys() != {name, "style", "speed"} or "audio" not in model.outputs:
        raise ValueError("it is no Kokoro model")
    return name
