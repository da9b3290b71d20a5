"""Models read and edited: held against the package `onnx`, and run."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, checker, helper, numpy_helper
from tests.speech.engines.neural.models import EMPTY, kokoro_model, piper_model

from chaptercast.speech.engines.neural.onnx_model import FLOAT, INT64, UINT8, Node, OnnxModel, Port, node
from chaptercast.speech.engines.neural.runtime import opened

ROWS = np.arange(6, dtype="<f4").reshape(2, 3)
X, Y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [2, None]) for name in "xy")


def model_of(
    nodes: Sequence[Any],
    weights: Sequence[TensorProto] = (),
    inputs: Sequence[Any] = (X,),
    outputs: Sequence[Any] = (Y,),
) -> bytes:
    """A model as `onnx` makes it."""
    graph = helper.make_graph(nodes, "made elsewhere", inputs, outputs, weights)
    opset = [helper.make_opsetid("", 20)]
    content: bytes = helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString()
    return content


def adding(weight: np.ndarray = ROWS) -> bytes:
    return model_of([helper.make_node("Add", ["x", "w"], ["y"], "plus")], [numpy_helper.from_array(weight, "w")])


def judged(content: bytes) -> onnx.ModelProto:
    """The model as `onnx` reads it, which finds no fault with it."""
    model = onnx.load_from_string(content)
    checker.check_model(model, full_check=True)
    return model


@pytest.mark.parametrize("content", [kokoro_model(), piper_model(), piper_model(speakers=3), adding()])
def test_what_is_read_is_what_onnx_reads(content: bytes) -> None:
    ours, theirs = OnnxModel(content), onnx.load_from_string(content)
    graph = theirs.graph
    assert [(one.operation, one.inputs, one.outputs, one.name) for one in ours.nodes] == [
        (one.op_type, tuple(one.input), tuple(one.output), one.name) for one in graph.node
    ]
    for mine, its in ((ours.inputs, graph.input), (ours.outputs, graph.output)):
        assert mine == {
            one.name: Port(one.name, one.type.tensor_type.elem_type, len(one.type.tensor_type.shape.dim)) for one in its
        }
    for tensor in graph.initializer:
        read, told = ours.weights(tensor.name), numpy_helper.to_array(tensor)
        assert (read.dtype, read.shape) == (told.dtype, told.shape)
        assert np.array_equal(read, told)


def test_attributes_are_whole_numbers_rows_of_them_and_texts() -> None:
    made = helper.make_node(
        "Conv", ["x", "w"], ["y"], pads=[1, 2], group=1, dilations=[3], auto_pad="NOTSET", least=-5, none=[0], scale=0.5
    )
    (read,) = OnnxModel(model_of([made])).nodes
    assert read.attributes["least"] == -5
    assert [read.attributes[name] for name in ("pads", "group", "dilations", "none")] == [(1, 2), 1, (3,), (0,)]
    assert read.attributes.get("scale") is None
    assert read.attributes["auto_pad"] == "NOTSET"


@pytest.mark.parametrize("kind", ["f4", "u1", "i1", "i4", "i8"])
@pytest.mark.parametrize("raw", [True, False])
def test_weights_of_all_kinds_and_ways_to_write_them(kind: str, raw: bool) -> None:
    values = np.array([[0, 1, 2], [120, -7 if kind != "u1" else 250, 3]]).astype(kind)
    element = helper.np_dtype_to_tensor_dtype(values.dtype)
    content = values.tobytes() if raw else values.reshape(-1).tolist()
    model = OnnxModel(model_of([], [helper.make_tensor("w", element, values.shape, content, raw=raw)]))
    if kind == "f4" and not raw:  # no program writes large ones so, and none is needed
        with pytest.raises(ValueError, match="reshape"):
            model.weights("w")
        return
    read = model.weights("w")
    assert read.dtype == values.dtype
    assert np.array_equal(read, values)


def test_a_single_number_and_no_number_are_weights_too() -> None:
    weights = [
        numpy_helper.from_array(np.array(5, "i8"), "one"),
        numpy_helper.from_array(np.zeros((0, 3), "f4"), "none"),
    ]
    model = OnnxModel(model_of([], weights))
    assert model.weights("one").shape == ()
    assert int(model.weights("one")) == 5
    assert model.weights("none").shape == (0, 3)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"dims": [5]}, "reshape"),
        ({"dims": [1 << 62]}, "reshape|dimension"),
        ({"dims": [-1]}, "shape"),
        ({"data_type": TensorProto.STRING}, "of a kind that is not known"),
        ({"data_type": 99}, "of a kind that is not known"),
        ({"name": "else"}, "no weights called w"),
        ({"raw_data": b"x"}, "reshape|buffer size"),
    ],
)
def test_weights_that_are_none_are_an_error(change: dict[str, Any], told: str) -> None:
    tensor = numpy_helper.from_array(ROWS.astype("i8"), "w")
    for name, value in change.items():
        if isinstance(value, list):
            tensor.ClearField(name)
            getattr(tensor, name).extend(value)
        else:
            setattr(tensor, name, value)
    with pytest.raises(ValueError, match=told):
        OnnxModel(model_of([], [tensor])).weights("w")


def test_numbers_that_do_not_fit_are_an_error() -> None:
    tensor = TensorProto(name="w", data_type=TensorProto.UINT8, dims=[1], int32_data=[300])
    with pytest.raises(ValueError, match="too large"):
        OnnxModel(model_of([], [tensor])).weights("w")


def elsewhere(name: str = "w", location: str = "../secret") -> TensorProto:
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=[2, 3], data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value=location)
    return tensor


def test_weights_in_another_file_are_refused() -> None:
    with pytest.raises(ValueError, match="the weights w lie in another file"):
        OnnxModel(model_of([helper.make_node("Add", ["x", "w"], ["y"])], [elsewhere()]))
    constant = helper.make_node("Constant", [], ["w"], value=elsewhere("inner"))
    with pytest.raises(ValueError, match="the weights inner lie in another file"):
        OnnxModel(model_of([constant, helper.make_node("Add", ["x", "w"], ["y"])]))


@pytest.mark.parametrize("content", [b"", b"\x08\x08", b"\x38\x05", bytes(100)])
def test_without_a_graph_it_is_no_model(content: bytes) -> None:
    with pytest.raises(ValueError, match="no graph"):
        OnnxModel(content)


def test_parts_of_a_graph_that_lie_apart_are_one() -> None:
    """As the format has it, and as outputs are appended to models by those who do not take them apart."""
    content = adding()
    more = OnnxModel(EMPTY).edited((), {}, outputs=[Port("w", FLOAT, 2)])
    model = OnnxModel(content + more[more.index(b"\x3a") :])
    assert list(model.outputs) == ["y", "w"]
    assert [one.operation for one in model.nodes] == ["Add"]
    edited = judged(model.edited(model.nodes, {}))
    assert [one.name for one in edited.graph.output] == ["y", "w"]


@pytest.mark.parametrize("whole", [kokoro_model(), piper_model(), adding()])
def test_cut_anywhere_it_is_an_error(whole: bytes) -> None:
    for end in range(0, len(whole), 7):
        with pytest.raises(ValueError, match=r"cut short|no graph"):
            OnnxModel(whole[:end])


def looked_through(content: bytes) -> None:
    """All that may be asked of a model."""
    model = OnnxModel(content)
    for port in (*model.inputs.values(), *model.outputs.values()):
        assert port.rank >= -1
    for name in {name for one in model.nodes for name in one.inputs} | {"w"}:
        try:
            model.weights(name)
        except ValueError:
            continue
    model.edited(model.nodes, {}, outputs=[Port("more", FLOAT, 1)])


@given(st.data())
def test_damage_is_an_error_or_none_but_never_a_crash(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([kokoro_model(), piper_model(speakers=2), adding()])))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        looked_through(bytes(content))
    except ValueError as error:
        assert str(error)  # noqa: PT017 -- either is right


@given(st.binary(max_size=300))
def test_garbage_is_an_error(content: bytes) -> None:
    try:
        looked_through(b"\x3a" + bytes([len(content) & 0x7F | 0x80, len(content) >> 7]) + content)
    except ValueError as error:
        assert str(error)  # noqa: PT017 -- either is right


def test_unchanged_it_means_the_same() -> None:
    for content in (kokoro_model(), piper_model(), adding()):
        model = OnnxModel(content)
        again, before = judged(model.edited(model.nodes, {})), onnx.load_from_string(content)
        assert list(again.graph.node) == list(before.graph.node)
        assert list(again.graph.initializer) == list(before.graph.initializer)
        assert (again.ir_version, list(again.opset_import)) == (before.ir_version, list(before.opset_import))


def test_outputs_inputs_and_weights_are_added() -> None:
    model = OnnxModel(adding())
    nodes = (*model.nodes, node("Mul", ("y", "factor"), "twice"), node("Add", ("twice", "more"), "last"))
    weights = {"factor": np.array([2], "<f4")}
    edited = model.edited(nodes, weights, [Port("more", FLOAT, 1)], [Port("last", FLOAT, 2), Port("w", FLOAT, 2)])
    assert [one.name for one in judged(edited).graph.output] == ["y", "last", "w"]
    assert np.array_equal(OnnxModel(edited).weights("factor"), weights["factor"])
    given_values = {"x": ROWS, "more": np.array([1], "f4")}
    y, last, w = opened(edited).run(None, given_values)
    assert np.array_equal(y, ROWS + ROWS)
    assert np.array_equal(last, 2 * y + 1)
    assert np.array_equal(w, ROWS)


def test_weights_that_nobody_needs_any_more_go() -> None:
    for as_inputs in (False, True):  # old models list their weights among their inputs
        w = helper.make_tensor_value_info("w", TensorProto.FLOAT, [2, 3])
        content = model_of(
            [helper.make_node("Add", ["x", "w"], ["y"])],
            [numpy_helper.from_array(ROWS, "w")],
            [X, w] if as_inputs else [X],
        )
        model = OnnxModel(content)
        assert list(model.inputs) == ["x"]
        edited = model.edited([node("Neg", ("x",), "y")], {})
        graph = judged(edited).graph
        assert (len(graph.initializer), [one.name for one in graph.input]) == (0, ["x"])
        assert np.array_equal(opened(edited).run(None, {"x": ROWS})[0], -ROWS)


def test_weights_of_inner_graphs_stay() -> None:
    branches = [
        helper.make_graph([helper.make_node("Add", ["x", name], ["z"])], name, [], [Y_INNER]) for name in ("w", "v")
    ]
    choice = helper.make_node("If", ["yes"], ["y"], then_branch=branches[0], else_branch=branches[1])
    weights = [
        numpy_helper.from_array(ROWS, "w"),
        numpy_helper.from_array(-ROWS, "v"),
        numpy_helper.from_array(np.array(True), "yes"),
    ]
    model = OnnxModel(model_of([choice], weights))
    edited = model.edited([*model.nodes, node("Neg", ("y",), "negative")], {}, outputs=[Port("negative", FLOAT, 2)])
    judged(edited)
    _, negative = opened(edited).run(None, {"x": ROWS})
    assert np.array_equal(negative, -2 * ROWS)


Y_INNER = helper.make_tensor_value_info("z", TensorProto.FLOAT, [2, None])


@given(st.text(min_size=1, max_size=8), st.dictionaries(st.sampled_from("abc"), st.integers(-(1 << 63), (1 << 63) - 1)))
def test_a_node_is_as_onnx_reads_it(name: str, single: dict[str, int]) -> None:
    made: Node = node("Op", ("x", "", name), "out", **single, row=(1, -1, 0), none=())
    read = onnx.NodeProto.FromString(bytes(made.encoded))
    assert (read.op_type, list(read.input), list(read.output), read.name) == ("Op", ["x", "", name], ["out"], "out")
    attributes = {one.name: helper.get_attribute_value(one) for one in read.attribute}
    assert attributes == {**single, "row": [1, -1, 0], "none": []}
    assert made.attributes == {**single, "row": (1, -1, 0), "none": ()}


def test_ports_are_as_onnx_reads_them() -> None:
    ports = [Port("a", FLOAT, 0), Port("b", INT64, 3), Port("c", UINT8, -1)]
    model = OnnxModel(OnnxModel(EMPTY).edited((), {}, ports))
    assert list(model.inputs.values()) == ports
    shapes = [one.type.tensor_type for one in onnx.load_from_string(OnnxModel(EMPTY).edited((), {}, ports)).graph.input]
    assert [(one.elem_type, one.HasField("shape"), len(one.shape.dim)) for one in shapes] == [
        (FLOAT, True, 0), (INT64, True, 3), (UINT8, False, 0),
    ]  # fmt: skip
