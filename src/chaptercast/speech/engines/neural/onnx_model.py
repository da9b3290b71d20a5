"""Reads and edits ONNX models without the package `onnx`: replaces nodes, adds inputs and outputs, reads weights as arrays.

Source: the format's own description, `onnx.proto` (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Voice models come from
anywhere, so every fault in one is a `ValueError`.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from chaptercast.speech.engines.neural import protobuf
from chaptercast.speech.engines.neural.protobuf import Value, fields, message, number, signed, text

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MODEL_GRAPH = 7
_NODE, _INITIALIZER, _INPUT, _OUTPUT = 1, 5, 11, 12
"""Field numbers of a graph."""
_NAMED = {_INITIALIZER: 8, _INPUT: 1}
"""The number of the name field, for weights and for inputs. Old models list their weights among their inputs, too."""
_LOCATION, _ELSEWHERE = 14, 1
"""The tensor field that tells where its data lies, and the value for another file."""
FLOAT, UINT8, INT8, INT32, INT64 = 1, 2, 3, 6, 7
"""Element types of a tensor."""
_NUMPY = {FLOAT: "<f4", UINT8: "u1", INT8: "i1", INT32: "<i4", INT64: "<i8"}
_INT_ATTRIBUTE, _INTS_ATTRIBUTE = 2, 7


Attribute: TypeAlias = int | tuple[int, ...] | str


class Node(NamedTuple):
    """One operation of a graph."""

    operation: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    name: str
    attributes: Mapping[str, Attribute]
    """Only integers, rows of integers, and texts. All others stay in the encoded form."""
    encoded: bytes | memoryview
    """As it lies in the file."""


class Port(NamedTuple):
    """An input or output of a model."""

    name: str
    element: int
    """The type of its elements."""
    rank: int
    """The number of dimensions; -1 if it is not given."""


class OnnxModel:
    """A model as stored in its file."""

    def __init__(self, content: bytes) -> None:
        """Raises `ValueError` if `content` is not a model, or if its weights lie in another file."""
        self._around: list[tuple[int, Value]] = []
        graphs: list[memoryview] = []
        for field, value in fields(memoryview(content)):
            if field == _MODEL_GRAPH and isinstance(value, memoryview):
                graphs.append(value)  # a graph in several fields is one graph
            else:
                self._around.append((field, value))
        if not graphs:
            raise ValueError("no graph in it")
        found = (part for graph in graphs for part in fields(graph))
        self._fields = [(field, value) for field, value in found if isinstance(value, memoryview)]
        self.nodes = tuple(_node(value) for field, value in self._fields if field == _NODE)
        self._tensors = {_name(value, 8): value for field, value in self._fields if field == _INITIALIZER}
        for tensor in self._tensors.values():
            _check_is_here(tensor)

    @cached_property
    def inputs(self) -> Mapping[str, Port]:
        """The inputs by name, without weights that may be given as inputs."""
        ports = (_port(value) for field, value in self._fields if field == _INPUT)
        return {port.name: port for port in ports if port.name not in self._tensors}

    @cached_property
    def outputs(self) -> Mapping[str, Port]:
        """The outputs by name."""
        return {port.name: port for port in (_port(value) for field, value in self._fields if field == _OUTPUT)}

    def holds(self, name: str) -> bool:
        """Whether the file holds weights of that name. Other tensors are computed when the model runs."""
        return name in self._tensors

    def weights(self, name: str) -> "NDArray[Any]":
        """The values of a tensor in the file. Raises `ValueError` if there is none of that name, or if it is malformed."""
        import numpy as np

        if name not in self._tensors:
            raise ValueError(f"no weights called {name}")
        dimensions, kind, raw, numbers = _content(self._tensors[name])
        if kind not in _NUMPY:
            raise ValueError(f"the weights {name} are of a kind that is not known here")
        if min(dimensions, default=0) < 0:
            raise ValueError(f"the weights {name} have no shape")
        try:
            array = np.frombuffer(raw, _NUMPY[kind]) if len(raw) else np.array(numbers, _NUMPY[kind])
            return array.reshape(dimensions)
        except OverflowError as error:
            raise ValueError(f"the weights {name} hold numbers that are too large") from error

    def edited(
        self,
        nodes: Iterable[Node],
        weights: "Mapping[str, NDArray[Any]]",
        inputs: Iterable[Port] = (),
        outputs: Iterable[Port] = (),
    ) -> bytes:
        """The model file with these `nodes` and with additional weights, inputs and outputs. Weights that no node uses are removed."""
        kept = tuple(nodes)
        asked = {name for node in kept for name in node.inputs} | set(self.outputs)
        gone = {name for node in self.nodes for name in node.inputs if name in self._tensors} - asked
        parts: list[bytes | memoryview] = []
        for node in kept:
            parts += (protobuf.opening(_NODE, len(node.encoded)), node.encoded)
        for field, value in self._fields:
            if field != _NODE and (field not in _NAMED or _name(value, _NAMED[field]) not in gone):
                parts += (protobuf.opening(field, len(value)), value)
        for name, array in weights.items():
            parts += _tensor(name, array)
        parts += [message(_INPUT, _described(port)) for port in inputs]
        parts += [message(_OUTPUT, _described(port)) for port in outputs]
        around = [
            number(field, value) if isinstance(value, int) else message(field, value) for field, value in self._around
        ]
        return b"".join((*around, protobuf.opening(_MODEL_GRAPH, sum(map(len, parts))), *parts))


def node(operation: str, inputs: Iterable[str], output: str, **attributes: int | tuple[int, ...]) -> Node:
    """An operation with one output, and named after it."""
    given = tuple(inputs)
    encoded = b"".join(
        (
            *(text(1, name) for name in given),
            text(2, output),
            text(3, output),
            text(4, operation),
            *(message(5, _attribute(name, value)) for name, value in attributes.items()),
        )
    )
    return Node(operation, given, (output,), output, attributes, encoded)


def _attribute(name: str, value: int | tuple[int, ...]) -> bytes:
    if isinstance(value, int):
        return text(1, name) + number(3, value) + number(20, _INT_ATTRIBUTE)
    return text(1, name) + b"".join(number(8, one) for one in value) + number(20, _INTS_ATTRIBUTE)


def _content(tensor: memoryview) -> tuple[list[int], int, memoryview, list[int]]:
    """The dimensions, the type and the values of a tensor: raw memory, or one by one."""
    dimensions: list[int] = []
    kind, raw = 0, memoryview(b"")
    numbers: list[int] = []
    for field, value in fields(tensor):
        if field == 1:
            dimensions += [signed(value)] if isinstance(value, int) else _packed(value)
        elif field == 2 and isinstance(value, int):
            kind = value
        elif field == 9 and isinstance(value, memoryview):
            raw = value
        elif field in {5, 7}:
            numbers += [signed(value)] if isinstance(value, int) else _packed(value)
    return dimensions, kind, raw, numbers


def _check_is_here(tensor: memoryview) -> None:
    """Raise `ValueError` if the data of a tensor lies in another file."""
    if any(field == _LOCATION and value == _ELSEWHERE for field, value in fields(tensor)):
        raise ValueError(f"the weights {_name(tensor, 8)} lie in another file")


def _node(encoded: memoryview) -> Node:
    texts: dict[int, list[str]] = {1: [], 2: [], 3: [], 4: []}
    attributes: dict[str, Attribute] = {}
    for field, value in fields(encoded):
        if field in texts and isinstance(value, memoryview):
            texts[field].append(_text(value))
        elif field == 5 and isinstance(value, memoryview):
            name, content = _attribute_of(value)
            if content is not None:
                attributes[name] = content
    operation = texts[4][0] if texts[4] else ""
    name = texts[3][0] if texts[3] else ""
    return Node(operation, tuple(texts[1]), tuple(texts[2]), name, attributes, encoded)


def _attribute_of(encoded: memoryview) -> tuple[str, Attribute | None]:
    """The name and value of an attribute. Raises `ValueError` if the value is a tensor in another file."""
    name, row, is_row = "", [], False
    single: int | str | None = None
    for field, value in fields(encoded):
        if field == 1 and isinstance(value, memoryview):
            name = _text(value)
        elif field == 3 and isinstance(value, int):
            single = signed(value)
        elif field == 4 and isinstance(value, memoryview):
            single = _text(value)
        elif field == 5 and isinstance(value, memoryview):
            _check_is_here(value)
        elif field == 8:
            is_row = True
            row += [signed(value)] if isinstance(value, int) else _packed(value)
    return name, tuple(row) if is_row else single


def _packed(value: memoryview) -> list[int]:
    """Packed numbers in one field."""
    found, at = [], 0
    while at < len(value):
        one, at = protobuf.varint(value, at)
        found.append(signed(one))
    return found


def _port(encoded: memoryview) -> Port:
    name, element, rank = _name(encoded, 1), 0, -1
    for field, value in fields(encoded):
        if field == 2 and isinstance(value, memoryview):
            for kind, tensor in fields(value):
                if kind == 1 and isinstance(tensor, memoryview):
                    element, rank = _shape(tensor)
    return Port(name, element, rank)


def _shape(tensor: memoryview) -> tuple[int, int]:
    element, rank = 0, -1
    for field, value in fields(tensor):
        if field == 1 and isinstance(value, int):
            element = value
        elif field == 2 and isinstance(value, memoryview):
            rank = sum(1 for dimension, _ in fields(value) if dimension == 1)
    return element, rank


def _described(port: Port) -> bytes:
    shape = b"" if port.rank < 0 else message(2, *(message(1) for _ in range(port.rank)))
    return text(1, port.name) + message(2, message(1, number(1, port.element) + shape))


def _tensor(name: str, array: "NDArray[Any]") -> list[bytes | memoryview]:
    kind = next(kind for kind, known in _NUMPY.items() if array.dtype == known)
    head = b"".join(number(1, size) for size in array.shape) + number(2, kind) + text(8, name)
    raw = array.tobytes()
    head += protobuf.opening(9, len(raw))
    return [protobuf.opening(_INITIALIZER, len(head) + len(raw)), head, raw]


def _name(encoded: memoryview, field: int) -> str:
    found = next((value for number, value in fields(encoded) if number == field), None)
    return _text(found) if isinstance(found, memoryview) else ""


def _text(value: memoryview) -> str:
    return bytes(value).decode("utf-8", "replace")
