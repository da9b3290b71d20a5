"""`chaptercast follow` and `fetch` as their users run them, against a server of the tests' own."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.cli.test_commands import chaptercast, failed
from tests.following.feeds import LONG, item, rss, served
from tests.integrations import hook
from tests.integrations.standins import KEY, Answers, Saved, Server
from tests.publication.sites import put_show
from tests.serving import Site, serving

from chaptercast.verify import verify

HERE = ("--allow-private-address",)
PAGE = b"""<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/comments" title="Comments">
<link rel="alternate" type="application/rss+xml" href="/feed" title="Trams &amp; more"></head><body>Welcome.</body></html>"""
ONLINE = {"CHAPTERCAST_OFFLINE": ""}


def follow(output: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return chaptercast("follow", *arguments, "-o", output, *HERE, **ONLINE)


def fetch(output: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return chaptercast("fetch", "-o", output, *HERE, "--engine", "silence", "--jobs", 1, *arguments, **ONLINE)


def made(output: Path) -> dict[str, dict]:
    """The manifests by the names of their folders."""
    return {path.parent.name: json.loads(path.read_text()) for path in output.glob("*/episode.json")}


def followed(site: Site, output: Path) -> None:
    run = follow(output, site.url("/"))
    assert run.returncode == 0, run.stderr
    assert "names another feed" in run.stderr


def test_from_a_page_to_episodes(tmp_path: Path) -> None:
    with serving({"/": PAGE, "/feed": served(rss(item("a"), item("b", day=2)), ETag='"1"')}) as site:
        followed(site, tmp_path)
        listed = tomllib.loads((tmp_path / "follow.toml").read_text())
        assert listed == {"feed": [{"address": site.url("/feed"), "name": "Trams & more"}]}
        put_show(tmp_path)
        run = fetch(tmp_path, "--json")
        assert run.returncode == 0, run.stderr
        assert [json.loads(line)["outcome"] for line in run.stdout.splitlines()] == ["converted"] * 2
        assert set(made(tmp_path)) == {"on-a", "on-b"}
        assert verify(tmp_path) == (2, ())
        assert (tmp_path / "feed.xml").is_file()
        run = fetch(tmp_path, "--json")
        assert (run.returncode, run.stdout) == (0, "")
        shown = chaptercast("follow", "-o", tmp_path)
        assert "2 done, 0 waiting" in shown.stdout


def test_a_corrected_article_keeps_its_episode(tmp_path: Path) -> None:
    with serving({"/": PAGE, "/feed": served(rss(item("a")))}) as site:
        followed(site, tmp_path)
        fetch(tmp_path)
        before = made(tmp_path)["on-a"]
        site.answers["/feed"] = served(rss(item("a", title="Another title", text=LONG + "And a sentence more.")))
        assert fetch(tmp_path).returncode == 0
        (after,) = made(tmp_path).values()
        assert (after["guid"], after["slug"]) == (before["guid"], before["slug"])
        assert after["title"] == "Another title"
        assert after["source"] == "http://site.example/a"
        assert after["audio"]["seconds"] > before["audio"]["seconds"]
        assert verify(tmp_path) == (1, ())


def test_a_list_of_many_in_a_file(tmp_path: Path) -> None:
    outlines = "".join(f'<outline text="F{n}" xmlUrl="http://f{n}.example/feed"/>' for n in range(30))
    listed = tmp_path / "list.opml"
    listed.write_text(
        f'<?xml version="1.0"?><opml version="2.0"><body><outline text="x">{outlines}</outline></body></opml>'
    )
    run = chaptercast("follow", listed, "-o", tmp_path, "--offline")
    assert run.returncode == 0, run.stderr
    table = tomllib.loads((tmp_path / "follow.toml").read_text())
    assert len(table["feed"]) == 30
    assert "30 of 30 were followed already" in chaptercast("follow", listed, "-o", tmp_path, "--offline").stderr
    assert tomllib.loads((tmp_path / "follow.toml").read_text()) == table


def test_what_goes_wrong_is_told(tmp_path: Path) -> None:
    assert "--offline forbids it" in failed(chaptercast("follow", "http://127.0.0.1:9/", "-o", tmp_path), 2)
    assert "lists no feeds" in failed(fetch(tmp_path), 2)
    assert "cannot be read" in failed(chaptercast("follow", "nothing.opml", "-o", tmp_path), 2)
    (tmp_path / "follow.toml").write_text('[[feed]]\naddres = "x"\nback = -1\n')
    said = failed(fetch(tmp_path), 2)
    assert "addres" in said
    assert "did you mean “address”?" in said.lower()
    assert "whole number" in said
    (tmp_path / "follow.toml").write_text('[[feed]]\naddress = "http://127.0.0.1:9/feed"\n')
    assert "--offline forbids it" in failed(chaptercast("fetch", "-o", tmp_path), 2)
    assert "private network" in chaptercast("fetch", "-o", tmp_path, **ONLINE).stderr
    run = fetch(tmp_path, "--title", "x")
    assert "One title" in failed(run, 2)


def test_one_feed_with_trouble_does_not_stop_the_others(tmp_path: Path) -> None:
    with serving({"/feed": served(rss(item("a"))), "/bad": (500, {}, b"")}) as site:
        text = "".join(f'[[feed]]\naddress = "{site.url(path)}"\n' for path in ("/bad", "/feed"))
        (tmp_path / "follow.toml").write_text(text)
        run = fetch(tmp_path)
        assert run.returncode == 3
        assert "the server answered 500" in run.stderr
        assert set(made(tmp_path)) == {"on-a"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_killed_at_any_moment_each_article_becomes_one_episode(tmp_path: Path) -> None:
    items = [item(f"n{day}", day=day) for day in range(1, 7)]
    with serving({"/feed": served(rss(*items), ETag='"1"')}) as site:
        (tmp_path / "follow.toml").write_text(f'[[feed]]\naddress = "{site.url("/feed")}"\nback = 6\n')
        command = [sys.executable, "-m", "chaptercast", "fetch", "-o", str(tmp_path), *HERE, "--engine", "silence"]
        for lines in (1, 3, 5, 8):
            killed_after(lines, command)
        assert fetch(tmp_path).returncode == 0
    episodes = made(tmp_path)
    assert sorted(episodes) == [f"on-n{day}" for day in range(1, 7)]
    assert len({episode["guid"] for episode in episodes.values()}) == 6
    assert verify(tmp_path) == (6, ())


def killed_after(lines: int, command: list[str]) -> None:
    """Run a command, and kill it when it has said so many lines, if it ever does."""
    with subprocess.Popen(command, env={**os.environ, **ONLINE}, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        for number, _ in enumerate(process.stderr, 1):
            if number == lines:
                process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_watching_ends_with_ctrl_c_and_nobody_else_fetches_meanwhile(tmp_path: Path) -> None:
    with serving({"/feed": served(rss(item("a")))}) as site:
        (tmp_path / "follow.toml").write_text(f'[[feed]]\naddress = "{site.url("/feed")}"\n')
        command = [sys.executable, "-m", "chaptercast", "fetch", "--watch", "-o", str(tmp_path), *HERE]
        with subprocess.Popen(
            [*command, "--engine", "silence"], env={**os.environ, **ONLINE}, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr
            assert any("Watching the feeds" in line for line in process.stderr)
            assert set(made(tmp_path)) == {"on-a"}
            assert "Another run fetches" in failed(fetch(tmp_path), 2)
            process.send_signal(signal.SIGINT)
            process.stderr.read()
            assert process.wait() == 130


def test_each_feed_has_its_voice(tmp_path: Path) -> None:
    with serving({"/a": served(rss(item("a"))), "/b": served(rss(item("b")))}) as site:
        for path, voice in (("/a", "en-GB-scotland"), ("/b", "en-US")):
            assert follow(tmp_path, site.url(path), "--voice", voice).returncode == 0
        run = chaptercast("fetch", "-o", tmp_path, *HERE, "--engine", "espeak", "--jobs", 1, **ONLINE)
        assert run.returncode == 0, run.stderr
        spoken = {name: manifest["speech"]["voices"][0].partition("+")[0] for name, manifest in made(tmp_path).items()}
        assert spoken == {"on-a": "en-GB-scotland", "on-b": "en-US"}


def test_a_command_runs_after_each_episode_and_its_failure_stops_nothing(tmp_path: Path) -> None:
    items = [item("a"), item("b", day=2), item("c", day=3)]
    with serving({"/feed": served(rss(*items))}) as site:
        feed = f'[[feed]]\naddress = "{site.url("/feed")}"\n'
        (tmp_path / "follow.toml").write_text(hook.toml("fail", "print") + feed)
        put_show(tmp_path)
        run = fetch(tmp_path, "--json")
        assert run.returncode == 6
        assert run.stderr.count("failed with exit code 1") == 3
        assert "the command speaks" in run.stderr
        assert [json.loads(line)["outcome"] for line in run.stdout.splitlines()] == ["converted"] * 3, "nothing else"
        assert [call["EPISODE_TITLE"] for call in hook.calls(tmp_path)] == ["On a", "On b", "On c"]
        assert {call["EPISODE_FEED"] for call in hook.calls(tmp_path)} == {str(tmp_path / "feed.xml")}, (
            "it is up to date"
        )
        assert fetch(tmp_path).returncode == 0
        site.answers["/feed"] = served(rss(item("a", text=LONG + "And more."), *items[1:]))
        (tmp_path / "follow.toml").write_text(hook.toml() + feed)
        assert fetch(tmp_path).returncode == 0
    events = [(call["EPISODE_EVENT"], call["EPISODE_GUID"]) for call in hook.calls(tmp_path)[3:]]
    assert events == [("changed", made(tmp_path)["on-a"]["guid"])]


def test_a_server_where_articles_are_kept_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text(KEY)
    secret.chmod(0o600)
    server = Server(
        [Saved(1, "http://site.example/a", "On a", tag="listen"), Saved(2, "http://site.example/b", "On b")]
    )
    with serving(Answers(server.readeck)) as site:
        given = (site.url("/"), "--service", "readeck", "--secret", secret, "--tag", "listen")
        run = follow(tmp_path, *given)
        assert run.returncode == 0, run.stderr
        assert KEY not in (tmp_path / "follow.toml").read_text()
        assert "was followed already" in follow(tmp_path, *given).stderr
        run = chaptercast("fetch", "-o", tmp_path, "--engine", "silence", "--jobs", 1, **ONLINE)
        assert run.returncode == 0, run.stderr
        assert KEY not in run.stderr
    assert [(one["title"], one["source"]) for one in made(tmp_path).values()] == [("On a", "http://site.example/a")]
    said = failed(follow(tmp_path, "https://read.example", "--service", "readeck", "--tag", "x"), 2)
    assert "--secret" in said
