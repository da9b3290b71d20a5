"""Commands measured in turns, so that what disturbs one round disturbs all ways in it; and the tables that come of it."""

import os
import platform
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field
from tests.judges.usage import Usage, peak_pss

from chaptercast.common.processes import available_cores

_MEGABYTE = 1_000_000
_SAMPLING_S = 0.1
"""Between two looks at the memory: often enough for what lasts, seldom enough not to disturb."""
_TIMEOUT_S = 3600


class Way(Struct, frozen=True):
    """One way to get something done."""

    name: str
    command: Sequence[str]
    before: Callable[[], None] = field(default=lambda: None)
    """Done before each round, and not measured."""


def rounds(ways: Sequence[Way], count: int) -> dict[str, list[Usage]]:
    """What each way took, in `count` rounds of all of them; the memory is that of one round more, whose time does not count.

    To look at the memory takes some time from what is looked at. Where there is but one round it is done in that.
    """
    found: dict[str, list[Usage]] = {way.name: [] for way in ways}
    for number in range(1, count + 1):
        for way in ways:
            found[way.name].append(_run(way, number, None if count > 1 else _SAMPLING_S))
    if count > 1:
        for way in ways:
            peak = _run(way, count + 1, _SAMPLING_S).peak_pss
            found[way.name] = [usage._replace(peak_pss=peak) for usage in found[way.name]]
    return found


def seconds_of(way: Way) -> float:
    """What one round takes by the clock."""
    return _run(way, 1, None).wall_s


def _run(way: Way, number: int, interval_s: float | None) -> Usage:
    way.before()
    usage = peak_pss(way.command, timeout_s=_TIMEOUT_S, interval_s=interval_s)
    if usage.exit:
        sys.exit(f"{way.name} failed: {usage.output}")
    print(f"round {number}, {way.name}: {usage.wall_s:.2f} s", file=sys.stderr)
    return usage


def table(found: Mapping[str, Sequence[Usage]], reference: str) -> str:
    """A table in Markdown, with ratios to the way called `reference`."""
    against = found[reference]
    lines = [
        f"| way | wall s | CPU s | peak memory MB | wall of {reference} | CPU of {reference} |",
        "|---|---|---|---|---|---|",
    ]
    for name, runs in found.items():
        wall = ratio([run.wall_s for run in runs], [run.wall_s for run in against])
        cpu = ratio([run.cpu_s for run in runs], [run.cpu_s for run in against])
        memory = f"{runs[0].peak_pss / _MEGABYTE:.0f}"
        walls, cpus = spread([run.wall_s for run in runs]), spread([run.cpu_s for run in runs])
        lines.append(f"| {name} | {walls} | {cpus} | {memory} | {wall} | {cpu} |")
    return "\n".join(lines)


def spread(values: Sequence[float]) -> str:
    """The median, with the least and the most."""
    if len(values) == 1:
        return f"{values[0]:.2f}"
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def ratio(values: Sequence[float], reference: Sequence[float]) -> str:
    """The median of the rounds' own ratios."""
    return f"{statistics.median(a / b for a, b in zip(values, reference, strict=False)):.3f}"


def machine() -> str:
    """What it was measured on, and how busy that was."""
    load = f", load of the last minute before {os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} on {platform.machine()}, {available_cores()} cores, Python {platform.python_version()}{load}"
