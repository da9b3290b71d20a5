"""When the feeds are looked at."""

from pathlib import Path

import pytest

from chaptercast.app import feed_watch
from chaptercast.app.feed_watch import FeedWatch
from chaptercast.app.settings import Settings


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Process:
    """A look that ends when it is told to."""

    def __init__(self) -> None:
        self.is_over = False

    def poll(self) -> int | None:
        return 0 if self.is_over else None


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The intervals of the looks that were begun."""
    looks: list[float] = []

    def begin(watch: FeedWatch, interval_s: float) -> None:
        looks.append(interval_s)
        watch._process, watch._began = Process(), watch._now()  # type: ignore[assignment]

    monkeypatch.setattr(FeedWatch, "_begin", begin)
    monkeypatch.setattr(feed_watch, "end_group", lambda _process: None)
    return looks


def ended(watch: FeedWatch) -> None:
    assert isinstance(watch._process, Process)
    watch._process.is_over = True
    watch.tend()


def test_feeds_are_looked_at_first_and_again_after_a_while(tmp_path: Path, begun: list[float]) -> None:
    (tmp_path / "follow.toml").touch()
    clock = Clock()
    watch = FeedWatch(tmp_path, Settings(), clock)
    watch.tend()
    assert begun == [3600.0]
    assert watch.is_looking
    ended(watch)
    assert not watch.is_looking
    clock.now = 599.0
    watch.tend()
    assert len(begun) == 1
    clock.now = 601.0
    watch.tend()
    assert len(begun) == 2


def test_a_look_that_is_wanted_comes_at_once_and_one_at_a_time(tmp_path: Path, begun: list[float]) -> None:
    (tmp_path / "follow.toml").touch()
    clock = Clock()
    watch = FeedWatch(tmp_path, Settings(), clock)
    watch.tend()
    watch.look_now()
    watch.tend()
    assert len(begun) == 1, "the first one goes on"
    ended(watch)
    assert begun == [3600.0, 60.0]


def test_a_look_that_hangs_is_ended(tmp_path: Path, begun: list[float]) -> None:
    (tmp_path / "follow.toml").touch()
    clock = Clock()
    watch = FeedWatch(tmp_path, Settings(), clock)
    watch.tend()
    clock.now = 1801.0
    watch.tend()
    assert len(begun) == 2


def test_nothing_is_asked_without_feeds_or_without_the_web(tmp_path: Path, begun: list[float]) -> None:
    watch = FeedWatch(tmp_path, Settings(), Clock())
    watch.tend()
    assert not watch.is_looking
    (tmp_path / "follow.toml").touch()
    offline = FeedWatch(tmp_path, Settings(offline=True), Clock())
    offline.look_now()
    offline.tend()
    assert not offline.is_looking
    assert begun == []
