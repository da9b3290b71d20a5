"""chaptercast beside what a Unix user would write: `espeak-ng --stdout | lame`, on the same text, in turns, in one run.

Machines are shared and noisy: read the ratios, and the spread beside them.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.judges.usage import Usage, peak_pss

from benchmarks.text import article

_MEGABYTE = 1_000_000


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--hours", type=float, default=2, help="length of the recording")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ways = _ways(Path(folder), arguments.hours)
        figures: dict[str, list[Usage]] = {name: [] for name in ways}
        for number in range(arguments.rounds):
            for name, command in ways.items():
                usage = peak_pss(command)
                if usage.exit:
                    sys.exit(f"{name} failed: {usage.output}")
                print(f"round {number + 1}, {name}: {usage.wall_s:.1f} s", file=sys.stderr)
                figures[name].append(usage)
    _print_table(figures, arguments.hours)


def _ways(folder: Path, hours: float) -> dict[str, list[str]]:
    text = folder / "article.md"
    text.write_text(article(hours), encoding="utf-8")
    pipe = f"espeak-ng -v en-us -f '{text}' --stdout | lame --quiet -b 48 -q 5 - '{folder}/pipe.mp3'"
    ours = [sys.executable, "-m", "chaptercast", "convert", str(text), "-o", f"{folder}/ours.mp3", "--offline"]
    return {
        "espeak-ng, lame -q 5": ["sh", "-c", pipe],
        "chaptercast": [*ours, "--no-cache"],
        "chaptercast, while it keeps or finds what it spoke": [*ours, "--cache", f"{folder}/clips"],
    }


def _print_table(figures: dict[str, list[Usage]], hours: float) -> None:
    (reference, *_) = figures.values()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{hours:g} hours of speech, {cores} cores, {len(reference)} rounds: median (min to max)\n")
    print("| way | wall s | CPU s | peak memory MB | wall, ratio | CPU, ratio |")
    print("|---|---|---|---|---|---|")
    for name, runs in figures.items():
        wall = _ratio([run.wall_s for run in runs], [run.wall_s for run in reference])
        cpu = _ratio([run.cpu_s for run in runs], [run.cpu_s for run in reference])
        memory = _spread([run.peak_pss / _MEGABYTE for run in runs])
        print(
            f"| {name} | {_spread([r.wall_s for r in runs])} | {_spread([r.cpu_s for r in runs])} | {memory} | {wall} | {cpu} |"
        )


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def _ratio(values: list[float], reference: list[float]) -> str:
    """The median of the rounds' own ratios: what disturbs one round disturbs both ways in it."""
    return f"{statistics.median(a / b for a, b in zip(values, reference, strict=True)):.2f}"


if __name__ == "__main__":
    main()
