"""Every kind of damage to a site is found, told in a line with its remedy, and is the only one told."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tests.verify.sites import SLUGS, TIMES, clock, write_episode, write_site

from chaptercast.verify import verify

ONE, TWO = SLUGS
Damage = Callable[[Path], object]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


def swap(name: str, old: str, new: str, times: int = 1) -> Damage:
    def do(site: Path) -> None:
        path = site / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, times))

    return do


def put(name: str, content: bytes | str) -> Damage:
    return lambda site: (site / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def gone(name: str) -> Damage:
    return lambda site: (site / name).unlink()


def test_a_sound_site_has_no_findings(site: Path) -> None:
    assert verify(site) == (2, ())
    assert verify(site / TWO) == (1, ())


DAMAGES: list[tuple[Damage, str]] = [
    (swap(f"{ONE}/chapters.json", '"startTime": 1.0', '"startTime": 1.5'), "chapters.json: its chapters are not those"),
    (put(f"{ONE}/chapters.json", "[]"), "chapters.json: it is not what its name says"),
    (put(f"{ONE}/chapters.json", '{"chapters": [{"startTime": 1e999}]}'), "chapters.json"),
    (put(f"{ONE}/chapters.json", "[" * 100_000), "chapters.json: it is not what its name says"),
    (swap(f"{ONE}/chapters.vtt", "港口", "Harbour"), "chapters.vtt: its chapters are not those"),
    (swap(f"{ONE}/chapters.vtt", "00:00:01.000 -->", "00:00:01.001 -->"), "chapters.vtt: its chapters are not those"),
    (swap(f"{ONE}/transcript.vtt", "WEBVTT", "WEBVT"), "it does not begin with WEBVTT"),
    (swap(f"{ONE}/transcript.vtt", "00:00:00.000", "00:00:00,000"), "cue 1 has no times"),
    (swap(f"{ONE}/transcript.vtt", "> 00:00:05", "> 00:00:06"), "is not within the recording"),
    (swap(f"{ONE}/transcript.vtt", "> 00:00:01.000", "> 00:00:00.000"), "ends at 0 ms, it starts at 0 ms"),
    (swap(f"{ONE}/transcript.vtt", "00:00:00.000", "00:00:02.000"), "ends at 1000 ms, it starts at 2000 ms"),
    (swap(f"{ONE}/transcript.srt", "2\n", "3\n"), "cue 2 has the number “3”"),
    (swap(f"{ONE}/transcript.srt", "1\n", ""), "cue 1 has no number"),
    (gone(f"{ONE}/transcript.srt"), "transcript.srt: No such file or directory: convert the article again"),
    (swap(f"{ONE}/transcript.srt", "-->", "->"), "cue 1 has no times"),
    (swap(f"{ONE}/transcript.json", "endTime", "end"), "it is not what its name says (KeyError: 'endTime')"),
    (swap(f"{ONE}/chapters.vtt", "港口", ""), "chapters.vtt: its chapters are not those"),
    (put(f"{ONE}/transcript.srt", b"\xff"), "transcript.srt: it is not what its name says"),
    (put(f"{ONE}/transcript.srt", ""), "it is empty"),
    (swap(f"{ONE}/transcript.json", '"startTime": 0.0', '"startTime": 3.0'), "ends at 1000 ms"),
    (swap(f"{ONE}/transcript.json", '"startTime": 0.0', '"startTime": NaN'), "a time is no number"),
    (swap(f"{ONE}/transcript.json", '"startTime": 0.0, ', ""), "it is not what its name says (KeyError: 'startTime')"),
    (swap(f"{ONE}/index.html", 'href="#s1"', 'href="#s0"'), "no link leads to the chapter “港口”"),
    (swap(f"{ONE}/index.html", 'id="s1"', 'id="s9"'), "the link #s1 leads nowhere"),
    (swap(f"{ONE}/index.html", "transcript.vtt", "transcript.doc"), "the link transcript.doc leads to no file"),
    (swap(f"{ONE}/index.html", "../index.html", "/../../etc/passwd"), "leads to no file of the site"),
    (swap(f"{ONE}/index.html", "../index.html", "../night-ferry/"), "leads to no file of the site"),
    (swap(f"{ONE}/index.html", f'src="{ONE}.mp3"', ""), "it does not play its recording"),
    (put(f"{ONE}/index.html", ""), "index.html"),
    (swap("index.html", f'href="{ONE}/index.html"', ""), f"it does not list {ONE}: chaptercast feed"),
    (put("feed.xml", "<rss"), "feed.xml: it is no XML"),
    (put("feed.xml", "<feed/>"), "feed.xml: it is no RSS"),
    (swap("feed.xml", "<rss", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss"), "it has a document type"),
    (swap("feed.xml", f"<guid isPermaLink='false'>guid of {ONE}", "<guid>x"), "which no episode of the site has"),
    (swap("feed.xml", f">guid of {TWO}<", f">guid of {ONE}<"), f"2 items have the guid guid of {ONE}"),
    (swap("feed.xml", "length='", "length='1"), "its enclosure is said to have 1"),
    (swap("feed.xml", "audio/mpeg", "audio/mp3"), "its enclosure is said to be audio/mp3"),
    (swap("feed.xml", f"{ONE}/{ONE}.mp3", f"{ONE}/gone.mp3"), "is no file of the site"),
    (swap("feed.xml", f"/{ONE}/{ONE}.mp3", "/../secret.mp3"), "is no file of the site"),
    (swap("feed.xml", "<enclosure", "<enclosed"), "it has 0 enclosures, not one"),
    (swap("feed.xml", f"{ONE}/transcript.vtt", f"{ONE}/gone.vtt"), "gone.vtt is no file of the site"),
    (swap("feed.xml", "'text/vtt'", "'text/plain'"), "is said to be text/plain, it is text/vtt"),
    (
        swap("feed.xml", f"<link>https://example.org/show/{ONE}/index", f"<link>https://example.org/show/{ONE}/gone"),
        "its link",
    ),
    (swap("feed.xml", "02 Jan 2026", "02 Jan 2926"), "is in the future"),
    (swap("feed.xml", "Fri, 02 Jan 2026 00:00:00 +0000", "yesterday"), "its pubDate “yesterday” is no date"),
    (swap("feed.xml", "rel='self'", "rel='alternate'"), "it does not say its own address"),
    (swap("feed.xml", "cover-1.png", "cover-2.png"), "its cover https://example.org/show/cover-2.png is no file"),
    (swap("feed.xml", "<itunes:image", "<itunes:picture"), "it has no cover"),
    (put("cover-1.png", b"GIF89a"), "its cover cover-1.png is neither JPEG nor PNG"),
    (lambda site: Image.new("RGB", (1400, 1300)).save(site / "cover-1.png"), "has 1400 × 1300 pixels"),
    (lambda site: write_episode(site / "third"), "it does not list the episode in third"),
    (lambda site: shutil.rmtree(site / TWO), f"guid of {TWO}"),
    (lambda site: shutil.copytree(site / ONE, site / "copy"), "it has the guid of copy: remove one of them"),
    (gone(f"{ONE}/{ONE}.mp3"), f"{ONE}.mp3: No such file or directory: convert the article again"),
    (put(f"{ONE}/{ONE}.mp3", b"ID3"), f"{ONE}.mp3: no ID3v2 tag"),
    (swap(f"{ONE}/episode.json", '"seconds": 5', '"seconds": 6'), "the manifest says seconds 6"),
    (put(f"{ONE}/episode.json", "{}"), "episode.json: not a manifest"),
    (put(f"{ONE}/episode.json", b"\xff\xfe"), "episode.json: not a manifest"),
    (swap(f"{ONE}/episode.json", f'"file": "{ONE}.mp3"', '"file": "\\u0000"'), "embedded null"),
    (swap(f"{ONE}/episode.json", f'"file": "{ONE}.mp3"', '"file": ""'), "it is no file"),
]


@pytest.mark.parametrize(("damage", "finding"), DAMAGES, ids=[str(number) for number in range(len(DAMAGES))])
def test_damage_is_told(site: Path, damage: Damage, finding: str) -> None:
    damage(site)
    _, findings = verify(site)
    assert any(finding in line for line in findings), findings
    assert all(line.startswith(f"{site}") and line.count(": ") >= 2 for line in findings)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are POSIX's")
@pytest.mark.parametrize(
    "name", [f"{ONE}/{ONE}.mp3", f"{ONE}/transcript.vtt", f"{ONE}/index.html", f"{ONE}/episode.json", "feed.xml"]
)
def test_what_never_ends_is_not_read(site: Path, name: str) -> None:
    (site / name).unlink()
    (site / name).symlink_to("/dev/zero")
    assert any("it is no file" in line for line in verify(site)[1])


def test_entities_that_grow_are_refused(site: Path) -> None:
    levels = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10 if n else 'x' * 100}'>" for n in range(12))
    (site / "feed.xml").write_text(f"<!DOCTYPE rss [{levels}]><rss><channel>&a11;</channel></rss>")
    assert [line for line in verify(site)[1] if "feed.xml: it" in line]


def test_a_feed_that_should_be_there_is_missed(site: Path) -> None:
    (site / "feed.xml").unlink()
    assert len(verify(site)[1]) == 1, "the library leads to it"
    (site / "show.toml").touch()
    assert any(line.startswith(f"{site / 'feed.xml'}: ") for line in verify(site)[1])


def test_a_folder_without_pages_and_feed_is_sound(site: Path) -> None:
    for name in ("feed.xml", "index.html", *(f"{slug}/index.html" for slug in SLUGS)):
        (site / name).unlink()
    assert verify(site) == (2, ())


def test_chapters_of_no_length_or_title_are_cues_all_the_same(site: Path) -> None:
    folder = site / ONE
    described = json.loads((folder / "episode.json").read_text())
    (first, second), (one, two) = described["chapters"], TIMES
    described["chapters"] = [first, {**second, "title": "", "end_ms": 1000}, {**second, "start_ms": 1000}]
    (folder / "episode.json").write_text(json.dumps(described))
    times = [
        (clock(one[0]), clock(1000), "A &amp; B &lt;c&gt;"),
        (clock(1000), clock(1001), "–"),
        (clock(1001), clock(two[1]), "港口"),
    ]
    cues = "".join(f"\n{start} --> {end}\n{title}\n" for start, end, title in times)
    (folder / "chapters.vtt").write_text(f"WEBVTT\n{cues}")
    assert not [line for line in verify(site)[1] if "chapters.vtt" in line]


def test_a_feed_that_is_to_list_the_newest_only_lacks_none(site: Path) -> None:
    (site / "show.toml").write_text("limit = 2\n")
    write_episode(site / "third")
    assert not [line for line in verify(site)[1] if "feed.xml" in line]
    (site / "show.toml").write_text("limit = 3\n")
    assert [line for line in verify(site)[1] if "it does not list the episode in third" in line]


def test_hostile_words_stay_in_their_line(site: Path) -> None:
    manifest = site / ONE / "episode.json"
    described = json.loads(manifest.read_text())
    described["chapters"][1]["title"] = "x\n" * 10_000
    manifest.write_text(json.dumps(described))
    assert all(len(line) < 1000 for line in verify(site)[1])
