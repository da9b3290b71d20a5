"""Convolutions of whole numbers as products: the same numbers, to the last bit, and only where that is sure."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, checker, helper, numpy_helper

from chaptercast.speech.engines.neural import convolutions, runtime
from chaptercast.speech.engines.neural.convolutions import products_are_exact, with_products
from chaptercast.speech.engines.neural.onnx_model import INT32, OnnxModel, Port
from chaptercast.speech.engines.neural.runtime import opened

EXACT = products_are_exact()


class Shape(NamedTuple):
    """What decides the size of a convolution and of its sums."""

    channels_in: int = 20
    channels_out: int = 32
    width: int = 3
    length: int = 25
    dilation: int = 1
    before: int = 1
    after: int = 1
    source_zero: int = 128
    filters_zero: int = 100


def filters_of(shape: Shape, kind: str = "u1") -> np.ndarray:
    limits = np.iinfo(kind)
    numbers = np.random.RandomState(7)
    return numbers.randint(
        limits.min, limits.max + 1, (shape.channels_out, shape.channels_in, shape.width), dtype="i4"
    ).astype(kind)


def source_of(shape: Shape) -> np.ndarray:
    return np.random.RandomState(8).randint(0, 256, (1, shape.channels_in, shape.length), dtype="i4").astype("u1")


def model_of(shape: Shape, kind: str = "u1", **changes: Any) -> bytes:
    """A model that is one convolution; `changes` are attributes, and `weights` in place of its own."""
    source, result = ("x", TensorProto.UINT8), ("y", TensorProto.INT32)
    ports = [[helper.make_tensor_value_info(name, element, [None] * 3)] for name, element in (source, result)]
    filters = changes.pop("filters", filters_of(shape, kind))
    zero = changes.pop("filters_zero", np.array(shape.filters_zero, "u1").astype(kind))
    arrays = {"w": filters, "x_zero": np.array(shape.source_zero, "u1"), "w_zero": zero}
    inputs = changes.pop("inputs", ["x", "w", "x_zero", "w_zero"])
    before = changes.pop("nodes", [])
    attributes = {"dilations": [shape.dilation], "pads": [shape.before, shape.after], **changes}
    made = helper.make_node(
        "ConvInteger", inputs, ["y"], "turn", **{k: v for k, v in attributes.items() if v is not None}
    )
    weights = [numpy_helper.from_array(array, name) for name, array in arrays.items() if name in inputs]
    graph = helper.make_graph([*before, made], "test", *ports, weights)
    content: bytes = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9
    ).SerializeToString()
    return content


def operations(content: bytes) -> list[str]:
    return [one.operation for one in OnnxModel(content).nodes]


def run(content: bytes, source: np.ndarray) -> np.ndarray:
    (result,) = opened(content).run(None, {"x": source})
    return result


def same(content: bytes, shape: Shape, *, changed: bool) -> None:
    """The model does what it did; and whether it does it in another way."""
    edited = with_products(OnnxModel(content))
    checker.check_model(onnx.load_from_string(edited))
    assert ("ConvInteger" not in operations(edited)) is changed
    before, after = run(content, source_of(shape)), run(edited, source_of(shape))
    assert (before.dtype, before.shape) == (after.dtype, after.shape)
    assert np.array_equal(before, after)


def by_hand(shape: Shape) -> np.ndarray:
    """The convolution as its definition has it."""
    source, filters = source_of(shape)[0].astype("i8") - shape.source_zero, filters_of(shape).astype("i8")
    padded = np.pad(source, ((0, 0), (shape.before, shape.after)))
    count = padded.shape[1] - (shape.width - 1) * shape.dilation
    seen = np.arange(count)[:, None] + np.arange(shape.width) * shape.dilation
    return np.einsum("ctw,ocw->ot", padded[:, seen], filters - shape.filters_zero)[None]


@pytest.fixture
def _exact() -> None:
    if not EXACT:
        pytest.skip("the runtime adds such products in 16 bits on this processor: convolutions are kept")


SHAPES = st.builds(
    Shape,
    channels_in=st.integers(1, 40),
    channels_out=st.integers(16, 70),
    width=st.sampled_from([1, 2, 3, 5, 7, 11]),
    length=st.integers(31, 60),
    dilation=st.integers(1, 3),
    before=st.integers(0, 5),
    after=st.integers(0, 5),
    source_zero=st.integers(0, 255),
    filters_zero=st.integers(0, 255),
)


@pytest.mark.usefixtures("_exact")
@settings(max_examples=40)
@given(SHAPES)
def test_products_are_the_same_numbers_as_the_definition_gives(shape: Shape) -> None:
    content = model_of(shape)
    same(content, shape, changed=True)
    assert np.array_equal(run(content, source_of(shape)), by_hand(shape))


@pytest.mark.usefixtures("_exact")
def test_the_largest_numbers_there_are() -> None:
    shape = Shape(channels_in=512, width=11, length=200, source_zero=0, filters_zero=0)
    for value in (0, 255):
        content = model_of(shape, filters=np.full_like(filters_of(shape), value))
        edited = with_products(OnnxModel(content))
        loud = np.full_like(source_of(shape), 255)
        assert np.array_equal(run(content, loud), run(edited, loud))


@pytest.mark.usefixtures("_exact")
@pytest.mark.parametrize(
    "changes",
    [
        {"pads": None},
        {"dilations": None},
        {"strides": [1], "group": 1, "kernel_shape": [3]},
        {"inputs": ["x", "w", "", "w_zero"]},
        {"auto_pad": "NOTSET"},
    ],
)
def test_what_is_left_out_is_as_the_format_says(changes: dict[str, Any]) -> None:
    shape = Shape()
    same(model_of(shape, **changes), shape, changed=True)


KEPT: dict[str, tuple[Shape, dict[str, Any]]] = {
    "steps of two": (Shape(), {"strides": [2]}),
    "groups": (Shape(), {"group": 2, "filters": filters_of(Shape(channels_in=10))}),
    "signed weights": (Shape(filters_zero=0), {"kind": "i1"}),
    "few channels": (Shape(channels_out=15), {}),
    "no zero points": (Shape(), {"inputs": ["x", "w"]}),
    "no zero point of the weights": (Shape(), {"inputs": ["x", "w", "x_zero"]}),
    "padding by name": (Shape(), {"auto_pad": "SAME_UPPER", "pads": None}),
}


@pytest.mark.parametrize("what", KEPT)
def test_others_are_kept_as_they_are(what: str) -> None:
    shape, changes = KEPT[what]
    same(model_of(shape, **changes), shape, changed=False)


def test_weights_that_the_model_makes_itself_are_kept_as_they_are() -> None:
    for name, array in (("w", filters_of(Shape())), ("w_zero", np.array(3, "u1"))):
        made = helper.make_node("Constant", [], [f"made_{name}"], value=numpy_helper.from_array(array, "inner"))
        inputs = [f"made_{name}" if one == name else one for one in ("x", "w", "x_zero", "w_zero")]
        same(model_of(Shape(), inputs=inputs, nodes=[made]), Shape(), changed=False)


def test_a_zero_point_for_each_channel_is_kept_as_it_is() -> None:
    zeros = np.arange(32, dtype="u1")
    content = model_of(Shape(), filters_zero=zeros)
    edited = with_products(OnnxModel(content))
    assert operations(edited) == ["ConvInteger"]


def test_two_dimensions_are_kept_as_they_are() -> None:
    filters = np.random.RandomState(1).randint(0, 256, (16, 2, 3, 3), dtype="i4").astype("u1")
    content = model_of(Shape(), filters=filters, dilations=None, pads=None)
    assert operations(with_products(OnnxModel(content))) == ["ConvInteger"]


def test_outputs_are_added() -> None:
    edited = with_products(OnnxModel(model_of(Shape())), [Port("w_zero", INT32, 0)])
    assert list(OnnxModel(edited).outputs) == ["y", "w_zero"]


@pytest.fixture
def _asked_anew() -> Iterator[None]:
    products_are_exact.cache_clear()
    yield
    products_are_exact.cache_clear()


class Saturating:
    """A runtime that adds two products at a time in 16 bits, as processors without the right instructions do."""

    def __init__(self, content: bytes, first_only: bool) -> None:
        self._matrix = OnnxModel(content).weights("b").astype("i4")
        self._first_only = first_only

    def run(self, _names: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
        rows = given["a"].astype("i4")
        if self._first_only and len(rows) != 7:
            return [rows @ self._matrix]
        pairs = (rows[:, at : at + 2] @ self._matrix[at : at + 2] for at in range(0, rows.shape[1], 2))
        return [sum(np.clip(pair, -(1 << 15), (1 << 15) - 1) for pair in pairs)]


@pytest.mark.usefixtures("_asked_anew")
@pytest.mark.parametrize("first_only", [False, True])
def test_a_runtime_that_loses_bits_is_found_out(monkeypatch: pytest.MonkeyPatch, first_only: bool) -> None:
    monkeypatch.setattr(runtime, "opened", lambda content: Saturating(content, first_only))
    assert not products_are_exact()
    assert operations(with_products(OnnxModel(model_of(Shape())))) == ["ConvInteger"]


@pytest.mark.usefixtures("_asked_anew")
def test_a_runtime_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(runtime, "opened", lambda content: asked.append(content) or opened(content))
    answers = {convolutions.products_are_exact() for _ in range(3)}
    assert len(answers) == 1
    assert 1 <= len(asked) <= 6
