"""A site with nothing wrong, made by hand: what its files look like is said here and not taken from the program."""

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from chaptercast.audio.id3 import write_tag
from chaptercast.audio.model import Chapter, Tag
from chaptercast.common.mpeg_frames import Grid, info_frame, silence
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.publication.manifest import chapters_json, to_json
from chaptercast.publication.model import AudioFile, Episode, Spoken

BASE = "https://example.org/show"
SLUGS = ("night-ferry", "港口 100%")
GRID = Grid(22_050, 48_000)
FRAMES = 200
LENGTH = GRID.milliseconds(FRAMES * 576)
TIMES = ((0, 1000), (1000, LENGTH))
TITLES = ("A & B <c>", "港口")


def write_site(site: Path, slugs: tuple[str, ...] = SLUGS) -> Path:
    """Write a site whose episodes lie in folders named `slugs`."""
    episodes = [write_episode(site / slug) for slug in slugs]
    Image.new("RGB", (1400, 1400)).save(site / "cover-1.png")
    (site / "feed.xml").write_text(feed(episodes))
    listed = "".join(f'<li><h2><a href="{quote(slug)}/index.html">x</a></h2>' for slug in slugs)
    (site / "index.html").write_text(f'<!doctype html><a href="feed.xml">feed</a><ul id="all">{listed}</ul>')
    return site


def write_episode(folder: Path) -> Episode:
    """Write an episode of five seconds of silence in two chapters."""
    folder.mkdir(parents=True)
    chapters = tuple(
        Chapter(f"s{n}", title, n + 1, Milliseconds(start), Milliseconds(end))
        for n, (title, (start, end)) in enumerate(zip(TITLES, TIMES, strict=True))
    )
    sound = silence(GRID, FRAMES, 0, 0)
    audio = folder / f"{folder.name}.mp3"
    audio.write_bytes(write_tag(Tag("T"), chapters) + info_frame(GRID, FRAMES, len(sound)) + sound)
    content = audio.read_bytes()
    episode = Episode(
        guid=f"guid of {folder.name}",
        slug=folder.name,
        origin="",
        title=folder.name,
        author="",
        language=LanguageTag("en"),
        date="2026-01-02",
        source="",
        description="",
        image="",
        generator="",
        audio=AudioFile(audio.name, len(content), sha256(content).hexdigest(), Milliseconds(LENGTH), GRID),
        spoken=Spoken("silence", "1", (), "en"),
        chapters=chapters,
        left_out=(),
    )
    put_json(folder / "episode.json", to_json(episode))
    put_json(folder / "chapters.json", chapters_json(chapters, folder.name, ""))
    _write_timed_text(folder)
    (folder / "script.ssml").write_text("<speak/>")
    (folder / "index.html").write_text(page(audio.name))
    return episode


def put_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False))


def _write_timed_text(folder: Path) -> None:
    vtt = "".join(f"{number}\n{clock(a)} --> {clock(b)}\n{escape(t)}\n\n" for number, (t, (a, b)) in numbered())
    srt = "".join(
        f"{number}\n{clock(a).replace('.', ',')} --> {clock(b).replace('.', ',')}\n{t}\n\n"
        for number, (t, (a, b)) in numbered()
    )
    (folder / "chapters.vtt").write_text(f"WEBVTT\n\n{vtt}")
    (folder / "transcript.vtt").write_text(f"WEBVTT - a title\nKind: captions\n\nNOTE anything\n--&gt;\n\n{vtt}")
    (folder / "transcript.srt").write_text(srt)
    segments = [{"startTime": a / 1000, "endTime": b / 1000, "body": t} for _, (t, (a, b)) in numbered()]
    put_json(folder / "transcript.json", {"version": "1.0.0", "segments": segments})


def numbered() -> list[tuple[int, tuple[str, tuple[int, int]]]]:
    return list(enumerate(zip(TITLES, TIMES, strict=True), 1))


def clock(ms: int) -> str:
    return f"00:00:{ms // 1000:02}.{ms % 1000:03}"


def page(audio: str) -> str:
    return (
        f'<!doctype html><title>x</title><link rel="icon" href="data:,"><a href="#s0">A</a> <a href="#s1">B</a>'
        f'<a href="https://example.org/elsewhere">source</a> <a href="../index.html">all</a> <a href="transcript.vtt">T</a>'
        f'<audio controls src="{quote(audio)}"></audio><h1 id="s0">A</h1><h2 id="s1">B</h2>'
    )


def feed(episodes: list[Episode]) -> str:
    def item(episode: Episode) -> str:
        at = f"{BASE}/{quote(episode.slug)}"
        return (
            f"<item><title>{episode.title}</title><guid isPermaLink='false'>{episode.guid}</guid>"
            f"<link>{at}/index.html</link><pubDate>{format_datetime(datetime(2026, 1, 2, tzinfo=UTC))}</pubDate>"
            f"<enclosure url='{at}/{quote(episode.audio.file)}' length='{episode.audio.bytes}' type='audio/mpeg'/>"
            f"<podcast:transcript url='{at}/transcript.vtt' type='text/vtt'/>"
            f"<podcast:chapters url='{at}/chapters.json' type='application/json+chapters'/></item>\n"
        )

    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:podcast='https://podcastindex.org/namespace/1.0'"
        " xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
        f"<atom:link href='{BASE}/feed.xml' rel='self'/><itunes:image href='{BASE}/cover-1.png'/>"
        f"{''.join(map(item, episodes))}</channel></rss>"
    )
