"""`chaptercast feed`, and the feed that `convert` keeps up to date."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests.cli.test_commands import ENGLISH, QUICK, chaptercast, failed
from tests.judges import rule_breaches
from tests.judges.feed_rules import PODCAST
from tests.publication.sites import episode, put_episode, put_show


def test_a_feed_from_nothing(tmp_path: Path) -> None:
    run = chaptercast("feed", "--init", tmp_path)
    assert run.returncode == 0
    assert "fill it in" in run.stderr
    assert "title" in failed(chaptercast("feed", tmp_path), 2)
    put_show(tmp_path)
    put_episode(tmp_path, episode())
    run = chaptercast("feed", tmp_path)
    assert (run.returncode, run.stdout) == (0, "")
    assert rule_breaches(tmp_path / "feed.xml", "https://example.org/podcast") == []
    assert "Nothing changed" in chaptercast("feed", tmp_path).stderr
    assert "never" not in failed(chaptercast("feed", "--init", tmp_path), 2)


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    assert "is no folder" in failed(chaptercast("feed", tmp_path / "none"), 2)
    assert f"chaptercast feed --init {tmp_path}" in failed(chaptercast("feed", tmp_path), 2)


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    put_show(tmp_path)
    (tmp_path / "feed.xml").mkdir()
    assert "feed.xml cannot be written" in failed(chaptercast("feed", tmp_path), 6)


def test_a_broken_manifest_is_told_and_the_feed_is_built(tmp_path: Path) -> None:
    put_show(tmp_path)
    put_episode(tmp_path, episode())
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "episode.json").write_text("{}")
    run = chaptercast("feed", tmp_path)
    assert run.returncode == 0
    assert "skipped" in run.stderr
    assert len(ET.parse(tmp_path / "feed.xml").findall("channel/item")) == 1


def test_converting_keeps_the_feed_up_to_date(tmp_path: Path) -> None:
    put_show(tmp_path)
    run = chaptercast("convert", ENGLISH, "-o", tmp_path, *QUICK)
    assert run.returncode == 0, run.stderr
    assert rule_breaches(tmp_path / "feed.xml", "https://example.org/podcast") == []
    (item,) = ET.parse(tmp_path / "feed.xml").findall("channel/item")
    kinds = [transcript.get("type") for transcript in item.findall(f"{PODCAST}transcript")]
    assert kinds == ["text/vtt", "application/x-subrip", "application/json"]
    check = chaptercast("check", tmp_path)
    assert (check.returncode, check.stdout) == (0, "")


@pytest.mark.parametrize(("broken", "code"), [("show.toml", 2), ("feed.xml", 6)])
def test_a_feed_that_fails_loses_no_recording(tmp_path: Path, broken: str, code: int) -> None:
    put_show(tmp_path)
    (tmp_path / broken).unlink(missing_ok=True)
    (tmp_path / broken).mkdir()
    run = chaptercast("convert", ENGLISH, "-o", tmp_path, *QUICK)
    assert run.returncode == code
    assert "Traceback" not in run.stderr
    assert broken in run.stderr
    assert (tmp_path / "the-night-ferry" / "the-night-ferry.mp3").exists()
    assert chaptercast("check", tmp_path / "the-night-ferry").returncode == 0
