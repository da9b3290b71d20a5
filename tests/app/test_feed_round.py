"""A look at the feeds: what is new becomes one job each, whatever happens in between."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.following.feeds import LONG, item, rss, served
from tests.serving import serving

from chaptercast.app import feed_round
from chaptercast.app.feed_round import load_report, look
from chaptercast.app.model import Kind, Order, State
from chaptercast.app.queue import Queue
from chaptercast.app.settings import Settings
from chaptercast.app.worker import run_one
from chaptercast.errors import UsageError
from chaptercast.following.state import load_state
from chaptercast.following.subscriptions import Subscription, add, change
from chaptercast.publication import atomic_files

HERE = Settings(private_addresses=True)
SILENT = "silence"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "cache"))


def settled(site: Path) -> None:
    """All that waits is spoken."""
    while run_one(site, HERE):
        pass


def test_what_is_new_gets_into_the_queue_once(tmp_path: Path) -> None:
    site = tmp_path / "site"
    answers = {"/feed": served(rss(item("a"), item("b", day=2)))}
    with serving(answers) as server:
        feed = Subscription(server.url("/feed"), "Trams", engine=SILENT)
        add(site, (feed,))
        assert look(site, HERE, 0).new == 2
        assert look(site, HERE, 0).new == 0
        queue = Queue(site)
        assert {job.name for job in queue.jobs()} == {"On a", "On b"}
        assert {job.order.engine for job in queue.jobs()} == {SILENT}
        settled(site)
        assert {job.state for job in queue.jobs()} == {State.DONE}
        assert sorted(path.parent.name for path in site.glob("*/episode.json")) == ["on-a", "on-b"]
        report = load_report(site).feeds[feed.address]
        assert (report.title, report.counts) == ("Trams", {"done": 2})


def test_a_look_at_which_no_feed_was_due_changes_nothing_that_was_told(tmp_path: Path) -> None:
    with serving({"/feed": served(rss(item("a")))}) as server:
        add(tmp_path, (Subscription(server.url("/feed"), engine=SILENT),))
        first = look(tmp_path, HERE, 3600)
        second = look(tmp_path, HERE, 3600)
        assert len(server.requests) == 1
        assert (second.looked_at, second.new) == (first.looked_at, 1)
        assert load_report(tmp_path) == second
        third = look(tmp_path, HERE, 0)
        assert (len(server.requests), third.new) == (2, 0)
        assert third.looked_at > first.looked_at


def test_a_corrected_article_is_spoken_again_into_the_same_episode(tmp_path: Path) -> None:
    site = tmp_path / "site"
    answers = {"/feed": served(rss(item("a")))}
    with serving(answers) as server:
        add(site, (Subscription(server.url("/feed"), engine=SILENT),))
        look(site, HERE, 0)
        settled(site)
        answers["/feed"] = served(rss(item("a", title="On A, corrected", text=f"{LONG} And it stops.")))
        assert look(site, HERE, 0).new == 1
        settled(site)
    (job,) = Queue(site).jobs()
    assert (job.name, job.state) == ("On A, corrected", State.DONE)
    assert [path.parent.name for path in site.glob("*/episode.json")] == ["on-a"]
    assert load_state(site).articles[0].status == "done"


def test_a_look_that_was_killed_makes_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    with serving({"/feed": served(rss(item("a"), item("b", day=2)))}) as server:
        add(site, (Subscription(server.url("/feed"), engine=SILENT),))
        with monkeypatch.context() as patch:
            patch.setattr(feed_round.Round, "done", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                look(site, HERE, 0)
        settled(site)
        assert look(site, HERE, 0).new == 2
        settled(site)
    queue = Queue(site)
    assert sorted(job.name for job in queue.jobs()) == ["On a", "On b"]
    assert sorted(state for _, _, state in queue.ends()) == ["done", "done"]


def test_a_paused_feed_is_not_asked(tmp_path: Path) -> None:
    with serving({"/feed": served(rss(item("a")))}) as server:
        feed = Subscription(server.url("/feed"), engine=SILENT)
        add(tmp_path, (feed,))
        change(tmp_path, feed.address, replace(feed, paused=True))
        assert look(tmp_path, HERE, 0).new == 0
        assert not server.requests
        change(tmp_path, feed.address, feed)
        assert look(tmp_path, HERE, 0).new == 1


def test_what_somebody_sent_already_is_not_made_again(tmp_path: Path) -> None:
    with serving({"/feed": served(rss(item("a")))}) as server:
        add(tmp_path, (Subscription(server.url("/feed")),))
        Queue(tmp_path).add(Order(Kind.ADDRESS, "https://site.example/a/?utm_source=x"))
        report = look(tmp_path, HERE, 0)
    assert report.new == 0
    assert "in the queue already" in report.lines[0]
    assert len(Queue(tmp_path).jobs()) == 1


def test_a_feed_with_trouble_is_told_and_stops_no_other(tmp_path: Path) -> None:
    answers = {"/feed": served(rss(item("a"))), "/gone": (410, {}, b""), "/page": (200, {}, b"<p>No feed.")}
    with serving(answers) as server:
        add(tmp_path, [Subscription(server.url(path)) for path in answers])
        report = look(tmp_path, HERE, 0)
        assert report.new == 1
        assert report.feeds[server.url("/gone")].is_gone
        assert report.feeds[server.url("/page")].trouble


def test_two_never_look_at_once(tmp_path: Path) -> None:
    add(tmp_path, (Subscription("https://example.org/feed"),))
    claim = tmp_path / f"{atomic_files._OURS}1-.claim"  # process 1 lives
    claim.touch()
    with pytest.raises(UsageError, match="Another run"):
        look(tmp_path, HERE, 0)
