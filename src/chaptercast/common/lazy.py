"""Values that are made as they are first read, and then kept."""

from collections.abc import Iterable, Sequence
from typing import TypeVar, overload

_Item = TypeVar("_Item")


class Lazy(Sequence[_Item]):
    """A tuple in all but that each item is made when it, or one after it, is first asked for. Not for several threads."""

    def __init__(self, source: Iterable[_Item]) -> None:
        """`source` is gone through once, as far as items are asked for; what it raises, the asking raises."""
        self._source = iter(source)
        self._made: list[_Item] = []

    def __len__(self) -> int:
        """How many there are; all are made."""
        self._make(None)
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> _Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_Item, ...]: ...
    def __getitem__(self, index: int | slice) -> _Item | tuple[_Item, ...]:
        """The item at `index`, or those of a slice; what lies after them is not made, unless counted from the end."""
        if isinstance(index, slice):
            forward = index.stop is not None and index.stop >= 0 and (index.start or 0) >= 0 and (index.step or 1) > 0
            self._make(index.stop if forward else None)
            return tuple(self._made[index])
        self._make(index + 1 if index >= 0 else None)
        return self._made[index]

    def __eq__(self, other: object) -> bool:
        """Equal to any lazy or other tuple of the same items."""
        return tuple(self) == tuple(other) if isinstance(other, Lazy | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """What is made so far."""
        return f"Lazy({self._made!r}…)"

    def _make(self, count: int | None) -> None:
        """Make items until there are `count`, or all."""
        while count is None or len(self._made) < count:
            try:
                self._made.append(next(self._source))
            except StopIteration:
                return
