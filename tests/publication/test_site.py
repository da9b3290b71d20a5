"""A site's episodes are all found, in order, whatever lies beside them."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.judges import peak_pss
from tests.publication.sites import RECORDED, episode, put_episode, put_show

from chaptercast.errors import UsageError
from chaptercast.publication.site import episodes_in, update_site


def slugs(site: Path) -> list[str]:
    return [listed.episode.slug for listed in episodes_in(site, pytest.fail)]


def test_the_newest_comes_first_and_what_is_equally_old_goes_by_name(tmp_path: Path) -> None:
    for name, date in {"c": "2026-01-01", "b": "2026-01-01", "a": "2025-12-31", "d": "2026-01-01T23:00:00"}.items():
        put_episode(tmp_path, episode(name, date=date))
    assert slugs(tmp_path) == ["d", "b", "c", "a"]


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2026-02-01", datetime(2026, 2, 1, 12, tzinfo=UTC)),
        ("2026-02-01T08:00:00+08:00", datetime(2026, 2, 1, 0, tzinfo=UTC)),
        ("2026-02-01T08:00:00", datetime(2026, 2, 1, 8, tzinfo=UTC)),
        ("", RECORDED),
        ("yesterday", RECORDED),
        ("0001-01-01T00:00:00+14:00", RECORDED),
        ("2999-01-01", RECORDED),
    ],
)
def test_an_episode_is_as_old_as_its_article_and_never_younger_than_its_recording(
    tmp_path: Path, date: str, published: datetime
) -> None:
    put_episode(tmp_path, episode(date=date))
    assert [listed.published for listed in episodes_in(tmp_path, pytest.fail)] == [published]


def test_a_recording_of_tomorrow_is_of_now(tmp_path: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    put_episode(tmp_path, episode(date=""), recorded=before + timedelta(days=1))
    (listed,) = episodes_in(tmp_path, pytest.fail)
    assert before <= listed.published <= datetime.now(UTC)


@pytest.mark.parametrize("broken", ["", "{}", "[]", "{", '{"schema": 9}', "[" * 100_000, "\ud800", "1e999"])
def test_a_broken_manifest_is_told_and_the_others_are_there(tmp_path: Path, broken: str) -> None:
    put_episode(tmp_path, episode("good"))
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "episode.json").write_bytes(broken.encode(errors="surrogatepass"))
    told: list[str] = []
    assert [listed.episode.slug for listed in episodes_in(tmp_path, told.append)] == ["good"]
    assert len(told) == 1
    assert str(tmp_path / "bad") in told[0]


@pytest.mark.parametrize(
    ("key", "value"), [("seconds", float("inf")), ("file", ".."), ("file", ""), ("file", "../x.mp3")]
)
def test_what_no_recording_has_is_no_manifest(tmp_path: Path, key: str, value: object) -> None:
    manifest = put_episode(tmp_path, episode()) / "episode.json"
    (tmp_path / "x.mp3").touch()
    described = json.loads(manifest.read_text())
    described["audio"][key] = value
    manifest.write_text(json.dumps(described))
    told: list[str] = []
    assert episodes_in(tmp_path, told.append) == ()
    assert len(told) == 1


def test_an_episode_without_its_mp3_is_told(tmp_path: Path) -> None:
    (put_episode(tmp_path, episode()) / "one.mp3").unlink()
    told: list[str] = []
    assert episodes_in(tmp_path, told.append) == ()
    assert "one.mp3" in told[0]


def test_of_two_with_one_guid_one_is_there(tmp_path: Path) -> None:
    put_episode(tmp_path, episode("a", guid="same"))
    put_episode(tmp_path, episode("b", guid="same", date="2026-02-02"))
    told: list[str] = []
    assert [listed.episode.slug for listed in episodes_in(tmp_path, told.append)] == ["b"]
    assert len(told) == 1


def test_the_length_is_that_of_the_file(tmp_path: Path) -> None:
    put_episode(tmp_path, episode(), audio=b"longer than the manifest says")
    (listed,) = episodes_in(tmp_path, pytest.fail)
    assert listed.audio_bytes == 29


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    put_show(tmp_path)
    put_episode(tmp_path, episode("one"))
    assert update_site(tmp_path, pytest.fail) == (tmp_path / "feed.xml",)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert update_site(tmp_path, pytest.fail) == ()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    put_episode(tmp_path, episode("two"))
    assert update_site(tmp_path, pytest.fail) == (tmp_path / "feed.xml",)
    kept = [path for path in before if path != tmp_path / "feed.xml"]
    assert all(path.stat().st_mtime_ns == before[path] for path in kept)


def test_without_a_show_there_is_no_feed(tmp_path: Path) -> None:
    put_episode(tmp_path, episode())
    update_site(tmp_path, pytest.fail)
    assert not (tmp_path / "feed.xml").exists()


def test_thousands_of_episodes_need_little_memory(tmp_path: Path) -> None:
    put_show(tmp_path)
    for number in range(500):
        put_episode(tmp_path, episode(f"episode-{number}", description="word " * 200))
    usage = peak_pss([sys.executable, "-m", "chaptercast", "feed", str(tmp_path)])
    assert usage.exit == 0
    assert usage.peak_pss < 80 << 20


def put_page(site: Path, name: str) -> None:
    put_episode(site, episode(name))
    (site / name / "index.html").write_text("a page")


def test_the_page_over_all_episodes_is_kept_up_to_date(tmp_path: Path) -> None:
    put_page(tmp_path, "one")
    assert update_site(tmp_path, pytest.fail) == (tmp_path / "index.html",)
    text = (tmp_path / "index.html").read_text()
    assert "<h1>All episodes</h1>" in text
    assert "feed.xml" not in text
    assert update_site(tmp_path, pytest.fail) == ()
    put_show(tmp_path)
    put_page(tmp_path, "two")
    assert update_site(tmp_path, pytest.fail) == (tmp_path / "index.html", tmp_path / "feed.xml")
    text = (tmp_path / "index.html").read_text()
    assert "<h1>The Harbour Library Reads</h1>" in text
    assert 'feed.xml"' in text
    assert all(f'{name}/index.html"' in text for name in ("one", "two"))


def test_a_wrong_show_hinders_no_page(tmp_path: Path) -> None:
    put_page(tmp_path, "one")
    (tmp_path / "show.toml").write_text("tilte = 1")
    with pytest.raises(UsageError, match="tilte"):
        update_site(tmp_path, pytest.fail)
    assert (tmp_path / "index.html").exists()


def test_a_page_that_somebody_else_made_is_left_as_it_is(tmp_path: Path) -> None:
    put_page(tmp_path, "one")
    (tmp_path / "index.html").write_text("<!doctype html><title>My own</title>")
    told: list[str] = []
    assert update_site(tmp_path, told.append) == ()
    assert "My own" in (tmp_path / "index.html").read_text()
    assert len(told) == 1


def test_what_another_run_makes_meanwhile_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chaptercast.publication import site as module

    put_show(tmp_path)
    put_episode(tmp_path, episode("one"))
    original = module.episodes_in

    def slow(folder: Path, tell: module.Tell) -> tuple:
        found = original(folder, tell)
        put_episode(tmp_path, episode("two"))  # when this run has read the manifests already
        monkeypatch.setattr(module, "episodes_in", original)
        return found

    monkeypatch.setattr(module, "episodes_in", slow)
    assert [path.name for path in update_site(tmp_path, pytest.fail)] == ["feed.xml"]
    assert (tmp_path / "feed.xml").read_text().count("<item>") == 2


def test_what_is_wrong_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chaptercast.publication import site as module

    put_episode(tmp_path, episode("one"))
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "episode.json").write_text("{}")
    states = iter([[("a", 1)], [("a", 2)], [("a", 2)]])
    monkeypatch.setattr(module, "_manifests", lambda _folder: next(states))
    told: list[str] = []
    update_site(tmp_path, told.append)
    assert len(told) == 1
    assert next(states, None) is None
