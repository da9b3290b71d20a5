"""Speech of a service, beside the ideal schedule: `python -m benchmarks.service`, with the stand-in of the tests on this machine.

Ideal is what as many requests at once as are allowed would take if none ever waited for another.
"""

import argparse
import statistics
import time

from tests.standin.patching import patched
from tests.standin.server import running
from tests.standin.sound import say

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.speech.engines.edge import ENGINE
from chaptercast.speech.model import Utterance
from chaptercast.speech.online.runner import speak_all_online
from chaptercast.speech.online.settings import ServiceSettings

_GRID = Grid(24_000, 48_000)
_WORDS = "and what it says is neither short nor long, but takes about as much time as a sentence takes."


def main() -> None:
    """Measure, and print a line for each round."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service", description=__doc__)
    parser.add_argument("--utterances", type=int, default=200)
    parser.add_argument("--latency", type=float, default=0.3, help="seconds until the first message")
    parser.add_argument(
        "--speed", type=float, default=20.0, help="times as fast as it is heard is how fast audio comes"
    )
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    ratios = [_round(arguments.utterances, arguments.latency, arguments.speed) for _ in range(arguments.rounds)]
    print(f"median of {len(ratios)} rounds: {statistics.median(ratios):.2f} of the ideal schedule")


def _round(count: int, latency: float, speed: float) -> float:
    settings = ServiceSettings()
    said = [Utterance(f"This is number {n}, {_WORDS}", "en-US-AriaNeural", LanguageTag("en")) for n in range(count)]
    seconds = [say(one.text).seconds for one in said]
    ideal = sum(latency + length / speed for length in seconds) / settings.top_limit
    with running(latency=latency, speed=speed) as service, patched(service.url, service.voices_url):
        began, cpu = time.monotonic(), time.process_time()
        spoken = sum(1 for _ in speak_all_online(said, ENGINE, _GRID, settings, lambda _utterance, _clip: None))
        took, cpu = time.monotonic() - began, time.process_time() - cpu
    print(
        f"{spoken} utterances, {sum(seconds):.0f} s of speech: {took:.1f} s, ideal {ideal:.1f} s, ratio {took / ideal:.2f};"
        f" {cpu:.1f} s of CPU, the stand-in's own included; at most {service.most_at_once} requests at once"
    )
    return took / ideal


if __name__ == "__main__":
    main()
