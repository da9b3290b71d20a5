"""chaptercast beside what a user would do instead, in one run: `make bench`, or `python -m benchmarks --help`.

Machines are shared and noisy: read the ratios, and the spread beside them.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from benchmarks import neural, ways
from benchmarks.measuring import Way, machine, ratio, rounds, seconds_of, spread, table
from benchmarks.stages import stages
from chaptercast import __version__
from chaptercast.common.processes import available_cores

_LENGTHS = MappingProxyType({"10 minutes": 1 / 6, "2 hours": 2.0, "10 hours": 10.0, "100 hours": 100.0})
_SHORT_WORDS = 300


def _two_hours(folder: Path, asked: argparse.Namespace) -> str:
    """A long recording, beside the Unix pipe and the pydub way."""
    source = ways.written(folder, asked.hours)
    kept, pydub = ways.Kept(source, folder).ways(), ways.pydub(source, folder)
    found = rounds([ways.pipe(source, folder), ways.cold(source, folder), *kept], asked.rounds)
    found |= rounds([pydub], 1)  # it takes as long as all the others
    beside_pydub = {name: found[name] for name in (pydub.name, kept[0].name)}
    cold, *again = (way.name for way in kept)
    beside_cold = {name: found[name] for name in (cold, *again)}
    return "\n\n".join([table(found, ways.PIPE), table(beside_pydub, pydub.name), table(beside_cold, cold)])


def _lengths(folder: Path, asked: argparse.Namespace) -> str:
    """By length: the time grows with it, the memory by half a megabyte an hour."""
    found = {}
    for name, hours in _LENGTHS.items():
        if hours <= asked.longest:
            found |= {name: rounds([ways.cold(ways.written(folder, hours), folder)], 1).popitem()[1]}
    return table(found, "2 hours")


def _workers(folder: Path, asked: argparse.Namespace) -> str:
    """One worker to as many as there are cores."""
    source = ways.written(folder, asked.hours)
    compared = [ways.cold(source, folder, "--jobs", str(jobs)) for jobs in range(1, available_cores() + 1)]
    return table(rounds(compared, asked.rounds), compared[0].name)


def _cluster(folder: Path, asked: argparse.Namespace) -> str:
    """A Dask cluster of two workers on this machine, its start included, beside the local pool."""
    source = ways.written(folder, asked.hours)
    compared = [ways.cold(source, folder, "--jobs", "2"), ways.cold(source, folder, "--cluster", "local:2")]
    return table(rounds(compared, asked.rounds), compared[0].name)


def _stages(folder: Path, asked: argparse.Namespace) -> str:
    """Where the time of a conversion goes, in one process, and how near the whole comes to what speaking and encoding take alone."""
    source = ways.written(folder, asked.hours)
    found, least, walls = "", [], []
    for _ in range(asked.rounds):  # in turns, so that what disturbs one disturbs the other
        found, seconds = stages(source)
        least.append(seconds / available_cores())
        walls.append(seconds_of(ways.cold(source, folder)))
    return (
        f"{found}\n\nSpeaking and encoding, shared by {available_cores()} cores without a loss: {spread(least)} s. "
        f"The MP3 alone: {spread(walls)} s, {ratio(walls, least)} of that."
    )


def _many(folder: Path, asked: argparse.Namespace) -> str:
    """Many short articles beside one as long as all of them."""
    short = ways.short_articles(folder, asked.articles, _SHORT_WORDS)
    long = folder / "long.md"
    long.write_text(ways.article(words=asked.articles * _SHORT_WORDS), encoding="utf-8")
    to = ["-o", str(folder / "output"), "--no-cache"]
    compared = [
        Way("one long article", ways.chaptercast(str(long), *to)),
        Way(f"{asked.articles} short articles", ways.chaptercast(*short, *to)),
    ]
    return table(rounds(compared, 1), compared[0].name)


def _neural(folder: Path, asked: argparse.Namespace) -> str:
    """Neural voices, ten minutes of English, beside the packages that speak with the same models."""
    tables = []
    for family in ("kokoro", "piper"):
        compared = neural.ways(family, folder, (1, 2))
        tables.append(table(rounds(compared, min(asked.rounds, 3)), compared[0].name))
    return "\n\n".join(tables)


_PARTS: Mapping[str, Callable[[Path, argparse.Namespace], str]] = MappingProxyType(
    {
        "beside": _two_hours,
        "lengths": _lengths,
        "workers": _workers,
        "stages": _stages,
        "many": _many,
        "cluster": _cluster,
        "neural": _neural,
    }
)


def main() -> None:
    """Measure, print tables in Markdown, and keep them as a page where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(_PARTS), help=f"of {', '.join(_PARTS)}; all if none is named")
    parser.add_argument("--hours", type=float, default=2, help="length of the recording")
    parser.add_argument("--longest", type=float, default=100, help="hours of the longest of `lengths`")
    parser.add_argument("--articles", type=int, default=1000, help="how many short ones")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write a dated page there")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(_PARTS)
    if unknown:
        parser.error(f"there is no part called {', '.join(sorted(unknown))}")
    today = datetime.now(UTC).date().isoformat()
    page = (
        f"# Figures of {today}\n\nchaptercast {__version__}. {machine()}.\n"
        f"{asked.hours:g} hours of speech where nothing else is said; median (least to most) of {asked.rounds} rounds at the most.\n"
    )
    for name in asked.parts:
        with tempfile.TemporaryDirectory() as folder:
            page += f"\n## {_PARTS[name].__doc__}\n\n{_PARTS[name](Path(folder), asked)}\n"
    sys.stdout.write(page)
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
        (asked.keep / f"{today}.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
