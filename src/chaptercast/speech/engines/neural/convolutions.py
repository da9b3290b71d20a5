"""Rewrites integer convolutions as matrix products: the same numbers in two thirds of the time.

ONNX Runtime's `ConvInteger` rearranges its input for each product, as weights by input. Arranged once the other way round (input by
weights), the weights are prepared when the model is loaded, and 8-bit instructions (AVX-512 VNNI, AVX-VNNI) do the rest. Measured with
Kokoro v1.0 int8: 0.43 CPU seconds per second of speech instead of 0.62, with samples equal to the last bit.

A product of unsigned and signed bytes is exact only on processors with such instructions. Older ones add two products in 16 bits, which
can overflow. So the runtime is first tested with products that would overflow.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from chaptercast.speech.engines.neural.onnx_model import INT32, UINT8, Attribute, Node, OnnxModel, Port, node

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CONVOLUTION = "ConvInteger"
_LEAST_CHANNELS = 16
"""With fewer channels, a product is not faster."""
_AS_SAID = "NOTSET"
"""The padding mode of a convolution whose attributes give the amounts."""
_HALF = 128
"""The difference between unsigned and signed bytes."""
_AXIS_0, _AXIS_1, _ZERO, _ONE = "product_axis_0", "product_axis_1", "product_0", "product_1"
"""Names of the weights that all products share."""


def with_products(model: OnnxModel, outputs: Iterable[Port] = ()) -> bytes:
    """Return the file of `model` with additional `outputs`, and with products instead of its 8-bit convolutions if they are exact here."""
    import numpy as np

    nodes: list[Node] = []
    weights: dict[str, NDArray[Any]] = {
        _AXIS_0: np.array([0], "<i8"),
        _AXIS_1: np.array([1], "<i8"),
        _ZERO: np.array(0, "<i8"),
        _ONE: np.array(1, "<i8"),
    }
    for one in model.nodes:
        filters = _filters(one, model)
        if filters is None or not products_are_exact():
            nodes.append(one)
        else:
            nodes += _product(one, filters, model.weights(one.inputs[3]), weights)
    return model.edited(nodes, weights, outputs=outputs)


def _filters(one: Node, model: OnnxModel) -> "NDArray[Any] | None":
    """The filters of a convolution that can become a product. Bytes, shape: output channels, input channels, width. Stride 1 only."""
    if one.operation != _CONVOLUTION or len(one.inputs) != 4 or not all(map(model.holds, one.inputs[1::2])):
        return None
    filters, zero = (model.weights(name) for name in one.inputs[1::2])
    given = one.attributes
    steps = given.get("group", 1) == 1 and given.get("strides", (1,)) == (1,)
    padded = given.get("auto_pad", _AS_SAID) == _AS_SAID
    if filters.dtype.str != "|u1" or filters.ndim != 3 or len(filters) < _LEAST_CHANNELS or zero.size != 1:
        return None
    return filters if steps and padded else None


def _product(
    one: Node, filters: "NDArray[Any]", zero: "NDArray[Any]", weights: "dict[str, NDArray[Any]]"
) -> Iterator[Node]:
    """The nodes that replace the convolution `one`. Their weights are added to `weights`.

    A matrix row holds what the filters see at one time: `width` time steps of the input, all its channels.
    """
    import numpy as np

    name = one.name or one.outputs[0]
    channels_out, channels_in, width = filters.shape
    step = _first(one.attributes.get("dilations", 1))
    pads = one.attributes.get("pads", (0, 0))
    before, after = pads if isinstance(pads, tuple) else (0, 0)
    source, _, source_zero, _ = one.inputs

    def weight(what: str, array: "NDArray[Any]") -> str:
        weights[f"{name}/{what}"] = array
        return f"{name}/{what}"

    def named(operation: str, *inputs: str, what: str, **attributes: int | tuple[int, ...]) -> Node:
        return node(operation, inputs, f"{name}/{what}", **attributes)

    yield named("Squeeze", source, _AXIS_0, what="channels")
    yield named("Transpose", f"{name}/channels", what="times", perm=(1, 0))
    yield named(
        "Pad", f"{name}/times", weight("pads", np.array([before, 0, after, 0], "<i8")), source_zero, what="padded"
    )
    yield named("Shape", f"{name}/padded", what="shape", start=0, end=1)
    yield named("Squeeze", f"{name}/shape", _AXIS_0, what="length")
    yield named("Sub", f"{name}/length", weight("lost", np.array((width - 1) * step, "<i8")), what="count")
    yield named("Range", _ZERO, f"{name}/count", _ONE, what="range")
    yield named("Unsqueeze", f"{name}/range", _AXIS_1, what="column")
    yield named("Add", f"{name}/column", weight("steps", np.arange(width, dtype="<i8") * step), what="seen")
    yield named("Gather", f"{name}/padded", f"{name}/seen", what="gathered", axis=0)
    row = weight("row", np.array([-1, width * channels_in], "<i8"))
    yield named("Reshape", f"{name}/gathered", row, what="rows")
    matrix = filters.transpose(2, 1, 0).reshape(width * channels_in, channels_out)
    yield named(
        "MatMulInteger",
        f"{name}/rows",
        weight("matrix", _signed(matrix)),
        source_zero,
        weight("zero", _signed(zero).reshape(())),
        what="product",
    )
    yield named("Transpose", f"{name}/product", what="turned", perm=(1, 0))
    yield node("Unsqueeze", (f"{name}/turned", _AXIS_0), one.outputs[0])


def _signed(array: "NDArray[Any]") -> "NDArray[Any]":
    """Unsigned bytes as signed ones, all reduced by 128. If the zero point is reduced too, they stand for the same numbers."""
    return (array.astype("i2") - _HALF).astype("i1")


def _first(value: Attribute) -> int:
    return int(value[0] if isinstance(value, tuple) else value)


@cache
def products_are_exact() -> bool:
    """Whether the runtime multiplies unsigned by signed bytes without loss on this processor. Tested with the largest values."""
    import numpy as np

    from chaptercast.speech.engines.neural.runtime import opened

    # Shapes for each code path of a runtime: a vector, a few rows, many rows, and remainders that do not fill a
    # register.
    return all(
        np.array_equal(opened(_trial(matrix)).run(None, {"a": rows})[0], rows.astype("i4") @ matrix.astype("i4"))
        for rows, matrix in (
            (np.full((count, depth), 255, "u1"), np.full((depth, width), sign * 127, "i1"))
            for count, depth, width in ((1, 64, 32), (7, 1408, 128), (130, 515, 129))
            for sign in (1, -1)
        )
    )


def _trial(matrix: "NDArray[Any]") -> bytes:
    """A model that multiplies rows of unsigned bytes by `matrix`."""
    product = node("MatMulInteger", ("a", "b"), "y")
    return OnnxModel(_EMPTY).edited((product,), {"b": matrix}, [Port("a", UINT8, 2)], [Port("y", INT32, 2)])


_EMPTY = bytes.fromhex("08 09 3a 00 42 02 10 14")
"""A model without nodes: format version 9, operator set 20."""
