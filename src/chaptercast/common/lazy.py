"""Lazy values: computed at the first read, then kept."""

from collections.abc import Iterable, Sequence
from typing import TypeVar, overload

_Item = TypeVar("_Item")


class Lazy(Sequence[_Item]):
    """A lazy tuple: each item is made when it, or a later one, is first requested. Not thread-safe."""

    def __init__(self, source: Iterable[_Item]) -> None:
        """`source` is iterated once, as far as items are requested. Its exceptions reach whoever requests an item."""
        self._source = iter(source)
        self._made: list[_Item] = []

    def __len__(self) -> int:
        """The number of items. Makes all of them."""
        self._make(None)
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> _Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_Item, ...]: ...
    def __getitem__(self, index: int | slice) -> _Item | tuple[_Item, ...]:
        """The item at `index`, or the items of a slice. Later items are not made, unless the index counts from the end."""
        if isinstance(index, slice):
            forward = index.stop is not None and index.stop >= 0 and (index.start or 0) >= 0 and (index.step or 1) > 0
            self._make(index.stop if forward else None)
            return tuple(self._made[index])
        self._make(index + 1 if index >= 0 else None)
        return self._made[index]

    def __eq__(self, other: object) -> bool:
        """Equal to any lazy or plain tuple of the same items."""
        return tuple(self) == tuple(other) if isinstance(other, Lazy | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """The items made so far."""
        return f"Lazy({self._made!r}…)"

    def _make(self, count: int | None) -> None:
        """Make items until there are `count`, or all."""
        while count is None or len(self._made) < count:
            try:
                self._made.append(next(self._source))
            except StopIteration:
                return
