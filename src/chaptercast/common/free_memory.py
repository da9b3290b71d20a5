"""How much memory is free: what the system says, and what the group of processes may take that this one is in."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_MEMINFO, _GROUP = Path("/proc/meminfo"), Path("/sys/fs/cgroup")
_GROUP_1 = _GROUP / "memory"
_UNLIMITED = 1 << 60


def free_bytes() -> int | None:
    """What can be taken without anything being swapped out; nothing where that cannot be found out."""
    known = list(_free())
    return min(known) if known else None


def _free() -> Iterator[int]:
    with suppress(OSError, ValueError, StopIteration):
        line = next(line for line in _MEMINFO.read_text().splitlines() if line.startswith("MemAvailable:"))
        yield 1024 * int(line.split()[1])
    for limit, used, reclaimable in (
        (_GROUP / "memory.max", _GROUP / "memory.current", "inactive_file"),
        (_GROUP_1 / "memory.limit_in_bytes", _GROUP_1 / "memory.usage_in_bytes", "total_inactive_file"),
    ):
        with suppress(OSError, ValueError):  # no such group, or no limit
            most = int(limit.read_text())
            if most < _UNLIMITED:
                yield max(0, most - int(used.read_text()) + _reclaimable(used.parent / "memory.stat", reclaimable))
    if sys.platform == "win32":
        yield _windows()
    elif sys.platform != "linux":
        with suppress(OSError, ValueError):  # macOS tells how much there is, and not how much is free: half of it
            yield os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def _reclaimable(statistics: Path, name: str) -> int:
    """What the group uses for files that can be read again. Raises `OSError`, `ValueError`."""
    found = dict(line.split(maxsplit=1) for line in statistics.read_text().splitlines())
    return int(found.get(name, 0))


class _Status(ctypes.Structure):
    """MEMORYSTATUSEX of `GlobalMemoryStatusEx`."""

    _fields_ = (
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        *(
            (name, ctypes.c_ulonglong)
            for name in ("total", "free", "page", "page_free", "virtual", "virtual_free", "more")
        ),
    )


def _windows() -> int:
    status = _Status(length=ctypes.sizeof(_Status))
    ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined,unused-ignore]
    return int(status.free)
