"""What must never happen, looked for at length: `python -m benchmarks.soak kills|together|faults`, against the stand-in of the tests.

`kills`: the command is killed (SIGKILL) at random moments, and each time the next run must give the same bytes, and ask for nothing
that is kept. `together`: many runs on one cache. `faults`: 10 % of the connections are reset, 10 % turned away, 5 % end early, 5 % fall
silent; every utterance must come whole, and once.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.standin import runs
from tests.standin.faults import RANDOM_FAULTS, Fault
from tests.standin.runs import Case
from tests.standin.server import Service, running


def main() -> None:
    """Run one of them, and print what was found; ends with 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("what", choices=["kills", "together", "faults"])
    parser.add_argument("--times", type=int, default=100, help="kills, runs at once, or seeds")
    parser.add_argument("--paragraphs", type=int, default=40)
    parser.add_argument("--espeak", action="store_true", help="the embedded engine instead of the stand-in")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    soak = {"kills": kills, "together": together, "faults": faults}[arguments.what]
    with tempfile.TemporaryDirectory() as name, running(latency=0.05) as service:
        article = runs.article(Path(name) / "article.md", arguments.paragraphs)
        case = Case(article, Path(name) / "undisturbed", None if arguments.espeak else service)
        wrong = soak(case, service, arguments.times, random.Random(arguments.seed))
    print(f"{wrong} were wrong")
    raise SystemExit(wrong > 0)


def kills(case: Case, service: Service, times: int, dice: random.Random) -> int:
    began = time.monotonic()
    undisturbed = case.finished()
    took = time.monotonic() - began
    utterances = case.clips
    found: Counter[str] = Counter()
    began = time.monotonic()
    for number in range(times):
        run = Case(case.article, case.folder.with_name(str(number)), case.service)
        process = run.start()
        time.sleep(dice.uniform(0, took))  # a moment that nobody chose
        process.kill()
        process.communicate()
        kept = run.clips
        found["before the first clip" if not kept else "after the last clip" if kept == utterances else "between"] += 1
        found["wrong bytes"] += run.finished(str(number)) != undisturbed
        found["asked for what was kept"] += case.service is not None and service.asked(str(number)) != utterances - kept
        found["clips lost"] += run.clips != utterances
        shutil.rmtree(run.folder)
    print(f"{times} kills of a run of {utterances} utterances, {time.monotonic() - began:.0f} s: {dict(found)}")
    return found["wrong bytes"] + found["asked for what was kept"] + found["clips lost"]


def together(case: Case, service: Service, times: int, _dice: random.Random) -> int:
    undisturbed = case.finished()
    utterances = case.clips
    shared = Case(case.article, case.folder.with_name("shared"), case.service)
    outputs = [case.folder / f"{number}.mp3" for number in range(times)]
    began = time.monotonic()
    for process in [shared.start(output) for output in outputs]:
        runs.ended(process)
    took = time.monotonic() - began
    wrong = sum(output.read_bytes() != undisturbed for output in outputs)
    lost = utterances - shared.clips
    again = shared.finished("again") != undisturbed
    print(
        f"{times} runs at once, {took:.0f} s: {wrong} with other bytes, {lost} clips lost; again: {service.asked('again')} asked for"
    )
    return wrong + lost + again + service.asked("again")


def faults(case: Case, service: Service, times: int, dice: random.Random) -> int:
    undisturbed = case.finished()
    wrong = 0
    for number in range(times):
        run = Case(case.article, case.folder.with_name(str(number)), service)
        before, connections = len(service.done), service.connections
        service.fault = lambda _number: dice.choice(RANDOM_FAULTS) if dice.random() < 0.3 else Fault.NONE
        began = time.monotonic()
        same = run.finished(str(number)) == undisturbed
        twice = [text for text, count in Counter(service.done[before:]).items() if count > 1]
        service.fault = lambda _number: Fault.NONE
        again = run.finished(f"again {number}") == undisturbed
        asked = service.asked(f"again {number}")
        print(
            f"seed {number}: {run.clips} clips, {service.connections - connections} connections, {time.monotonic() - began:.0f} s,"
            f" same bytes: {same and again}, sent whole twice: {len(twice)}, asked for again when all was kept: {asked}"
        )
        wrong += (not same) + (not again) + len(twice) + asked
    return wrong


if __name__ == "__main__":
    main()
