"""What tests of the queue share: articles, a supervisor in a process of its own, and waiting for what must come."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from chaptercast.app.model import Kind, Order
from chaptercast.app.queue import Queue
from chaptercast.app.settings import Settings

SUPERVISOR = """
import sys, threading, msgspec
from pathlib import Path
from chaptercast.app.settings import Settings
from chaptercast.app.supervisor import Supervisor
with Supervisor(Path(sys.argv[1]), msgspec.json.decode(sys.argv[2], type=Settings), lambda line: print(line, flush=True)):
    sys.stdin.read()
"""
SECONDS = 100.0


def article(number: int, chapters: int = 3, words: int = 60) -> bytes:
    """An article that takes a moment to speak, and is like no other."""
    parts = [f"# Article {number}\n"]
    for chapter in range(chapters):
        sentences = " ".join(f"Sentence {number}-{chapter}-{index} is spoken once." for index in range(words // 6))
        parts.append(f"\n## Chapter {chapter}\n\n{sentences}\n")
    return "".join(parts).encode()


def silent(source: str = "article.md", **values: object) -> Order:
    return Order(Kind.FILE, source, engine="silence", **values)  # type: ignore[arg-type]


def supervisor(site: Path, settings: Settings) -> "subprocess.Popen[str]":
    import msgspec

    command = [sys.executable, "-c", SUPERVISOR, str(site), msgspec.json.encode(settings).decode()]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def until(condition: Callable[[], bool]) -> None:
    """Wait until it is so."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)


def all_ended(queue: Queue) -> bool:
    return not any(job.state.is_active for job in queue.jobs())
