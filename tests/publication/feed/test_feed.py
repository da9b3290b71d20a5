"""The feed says what is there, to every reader, and keeps the rules."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import feedparser
import podcastparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judges import node_readers, rule_breaches, xmllint
from tests.judges.feed_rules import CONTENT, ITUNES, PODCAST, PSC
from tests.judges.gpodder import subscribe_and_download
from tests.publication.sites import RECORDED, episode, put_episode, put_show
from tests.serving import serving

from chaptercast.audio.model import Chapter
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.publication.feed.feed_text import clean
from chaptercast.publication.feed.rss import feed_of, guid_of
from chaptercast.publication.feed.show import Show
from chaptercast.publication.model import SiteEpisode
from chaptercast.publication.site import update_site

BASE = "https://example.org/podcast"
BESIDE = ("transcript.vtt", "transcript.srt", "transcript.json", "chapters.json", "index.html")


def put_site(site: Path, base_url: str = BASE, more: str = "") -> Path:
    """A site of two episodes, of which one has everything beside it and a Chinese name; its feed."""
    put_show(site, base_url, more)
    whole = put_episode(
        site, episode("码头上的四种语言", language=LanguageTag("zh"), author="港口编辑部"), b"a longer one"
    )
    for name in BESIDE:
        (whole / name).write_bytes(b"something")
    put_episode(site, episode("bare", author="", source="", description="", date="2026-01-05"))
    update_site(site, pytest.fail)
    return site / "feed.xml"


def items(feed: Path) -> list[ET.Element]:
    return ET.parse(feed).getroot().findall("channel/item")


def test_it_keeps_the_rules(tmp_path: Path) -> None:
    feed = put_site(tmp_path)
    assert rule_breaches(feed, BASE) == []
    assert xmllint(feed) == ""


def test_every_name_is_that_of_its_file_in_ascii(tmp_path: Path) -> None:
    item = items(put_site(tmp_path))[0]
    name = "%E7%A0%81%E5%A4%B4%E4%B8%8A%E7%9A%84%E5%9B%9B%E7%A7%8D%E8%AF%AD%E8%A8%80"
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert enclosure.attrib == {"url": f"{BASE}/{name}/{name}.mp3", "length": "12", "type": "audio/mpeg"}
    assert item.findtext("link") == f"{BASE}/{name}/index.html"


def test_what_is_not_there_is_not_named(tmp_path: Path) -> None:
    item = items(put_site(tmp_path))[1]
    assert item.findall(f"{PODCAST}transcript") == []
    assert item.find(f"{PODCAST}chapters") is None
    assert item.find("link") is None
    assert item.findtext("description") == "Title of bare"


def test_readers_of_python_read_what_was_meant(tmp_path: Path) -> None:
    feed = put_site(tmp_path)
    read = feedparser.parse(feed.read_bytes())
    assert not read.bozo
    assert [entry.id for entry in read.entries] == ["guid-of-码头上的四种语言", "guid-of-bare"]
    assert [entry.enclosures[0].length for entry in read.entries] == ["12", "3"]
    with feed.open("rb") as stream:
        podcast = podcastparser.parse(f"{BASE}/feed.xml", stream)
    assert (podcast["title"], podcast["language"], podcast["itunes_author"]) == (
        "The Harbour Library Reads", "en", "The Library",
    )  # fmt: skip
    first, second = podcast["episodes"]
    assert [first["guid"], second["guid"]] == ["guid-of-码头上的四种语言", "guid-of-bare"]
    assert first["published"] == datetime(2026, 2, 1, 12, tzinfo=UTC).timestamp()
    assert first["total_time"] == 90
    assert [(chapter["start"], chapter["title"]) for chapter in first["chapters"]] == [
        (0, "Title of 码头上的四种语言"), (20, "First"), (40, "Second"),
    ]  # fmt: skip
    assert "00:00:40 Second" in first["description_html"]


def test_readers_of_podcasting_2_recognise_all_of_it(tmp_path: Path) -> None:
    feed = put_site(tmp_path)
    read = node_readers(feed)
    known = {tag for phase in read.partytime["pc20support"].values() for tag in phase}
    assert {"locked", "transcript", "chapters", "person", "guid", "medium"} <= known
    assert read.partytime["guid"] == guid_of(f"{BASE}/feed.xml")
    assert (read.partytime["medium"], read.partytime["locked"]) == ("podcast", True)
    assert read.partytime["itunesCategory"] == ["Society & Culture > Documentary", "News"]
    first: dict[str, Any] = read.partytime["items"][0]
    kinds = [transcript["type"] for transcript in first["podcastTranscripts"]]
    assert kinds == ["text/vtt", "application/srt", "application/json"]  # its name for application/x-subrip
    assert [(person["name"], person["role"]) for person in first["podcastPeople"]] == [
        ("港口编辑部", "Author"), ("Grace", "Host"),
    ]  # fmt: skip
    listed = read.podparse["episodes"]
    assert [one["enclosure"]["length"] for one in listed] == [12, 3]
    assert listed[0]["chapters"]["url"].endswith("/chapters.json")


def test_each_author_is_a_person(tmp_path: Path) -> None:
    put_show(tmp_path, BASE)
    put_episode(tmp_path, episode("two", author="Ana Pop, Jo Li", authors=("Ana Pop", "Jo Li")))
    update_site(tmp_path, pytest.fail)
    (item,) = items(tmp_path / "feed.xml")
    persons = item.findall("{https://podcastindex.org/namespace/1.0}person")
    assert [person.text for person in persons if person.get("role") == "author"] == ["Ana Pop", "Jo Li"]
    assert item.findtext("{http://www.itunes.com/dtds/podcast-1.0.dtd}author") == "Ana Pop, Jo Li"


def test_gpodder_subscribes_and_downloads_every_episode(tmp_path: Path) -> None:
    with serving({}) as server:
        feed = put_site(tmp_path / "site", server.url("/%E6%92%AD%E5%AE%A2"))
        for element in ET.parse(feed).getroot().iter("enclosure"):
            path = element.attrib["url"].removeprefix(server.url(""))
            audio = b"a longer one" if element.attrib["length"] == "12" else b"mp3"
            server.answers[path] = (200, {"Content-Type": "audio/mpeg"}, audio)
        server.answers["/feed.xml"] = (200, {"Content-Type": "application/rss+xml"}, feed.read_bytes())
        listened = subscribe_and_download(server.url("/feed.xml"), tmp_path / "home")
    assert listened.titles == ("Title of 码头上的四种语言", "Title of bare")
    assert sorted(listened.files) == [b"a longer one", b"mp3"]


def test_synthetic_voices_are_declared(tmp_path: Path) -> None:
    root = ET.parse(put_site(tmp_path)).getroot()
    declared = [(e.get("purpose"), e.text) for e in root.iter(f"{PODCAST}txt")]
    assert declared == [("ai-content", "true")] * 3


def test_the_guid_is_that_of_the_specification() -> None:
    """The published example of `podcast:guid`."""
    assert guid_of("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert guid_of("http://podnews.net/rss//") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


def test_guids_stay_when_the_site_moves(tmp_path: Path) -> None:
    feed = put_site(tmp_path)
    known = [element.text for element in ET.parse(feed).getroot().iter() if element.tag.endswith("guid")]
    put_show(tmp_path, "https://elsewhere.example/new")
    update_site(tmp_path, pytest.fail)
    assert b"elsewhere.example" in feed.read_bytes()
    assert [e.text for e in ET.parse(feed).getroot().iter() if e.tag.endswith("guid")] == known


def test_the_guid_that_the_user_says_wins_and_a_damaged_feed_is_no_trouble(tmp_path: Path) -> None:
    feed = put_site(tmp_path)
    feed.write_bytes(b"<rss xmlns:podcast='https://podcastindex.org/namespace/1.0'><channel><podcast:guid>no")
    update_site(tmp_path, pytest.fail)
    root = ET.parse(feed).getroot()
    assert root.findtext(f"channel/{PODCAST}guid") == guid_of(f"{BASE}/feed.xml")
    own = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    put_show(tmp_path, more=f'guid = "{own}"')
    update_site(tmp_path, pytest.fail)
    assert ET.parse(feed).getroot().findtext(f"channel/{PODCAST}guid") == own


def test_a_serial_is_numbered_from_the_oldest_and_a_limit_keeps_the_newest(tmp_path: Path) -> None:
    feed = put_site(tmp_path, more='type = "serial"')
    assert [item.findtext(f"{ITUNES}episode") for item in items(feed)] == ["2", "1"]
    put_show(tmp_path, more='type = "serial"\nlimit = 1')
    update_site(tmp_path, pytest.fail)
    assert [item.findtext(f"{ITUNES}episode") for item in items(feed)] == ["2"]


def test_what_is_rarely_said_is_said_as_apple_has_it(tmp_path: Path) -> None:
    feed = put_site(
        tmp_path,
        more='block = true\ncomplete = true\nnew_feed_url = "https://example.org/new.xml"\ncopyright = "©"\nlocked = false',
    )
    assert rule_breaches(feed, BASE) == []
    channel = ET.parse(feed).getroot()[0]
    assert [channel.findtext(f"{ITUNES}{tag}") for tag in ("block", "complete", "new-feed-url")] == [
        "Yes", "Yes", "https://example.org/new.xml",
    ]  # fmt: skip
    assert (channel.findtext("copyright"), channel.findtext(f"{PODCAST}locked")) == ("©", "no")


def test_long_texts_are_cut_to_what_directories_take(tmp_path: Path) -> None:
    put_show(tmp_path)
    put_episode(tmp_path, episode("one", title="长 " * 300, author="a" * 300, description="<&字" * 2000))
    update_site(tmp_path, pytest.fail)
    assert rule_breaches(tmp_path / "feed.xml", BASE) == []
    description = items(tmp_path / "feed.xml")[0].findtext("description", "")
    assert 3900 < len(description.encode()) <= 4000


def test_a_feed_without_episodes_is_one(tmp_path: Path) -> None:
    put_show(tmp_path)
    update_site(tmp_path, pytest.fail)
    assert rule_breaches(tmp_path / "feed.xml", BASE) == []


HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from(list("<>&\"'\0\x1b\ud800\ufffe\r\n]]>"))), max_size=60
) | st.sampled_from(
    ["<script>alert(1)</script>", "]]>", "<!--", "&lt;b&gt;", "javascript:alert(1)", "https://a\"b<c>/'"]
)


@settings(max_examples=60)
@given(*[HOSTILE] * 7)
def test_no_text_becomes_markup(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    author: str,
    heading: str,
    source: str,
    about: str,
    guid: str,
    name: str,
) -> None:
    site = tmp_path_factory.mktemp("site")
    folder = put_episode(site, episode())
    (site / "cover.png").touch()
    chapter = Chapter("chp0", heading, 1, Milliseconds(0), Milliseconds(90_000))
    hostile = episode(
        title=title, author=author, source=source, description=about, guid=f"g{guid}g", chapters=(chapter,)
    )
    show = Show(
        title=f"a{name}a", description=f"a{about}a", base_url=BASE, language=LanguageTag("en"), categories=(("News",),)
    )
    feed = site / "feed.xml"
    feed.write_bytes(feed_of(show, str(UUID(int=0)), "cover.png", [SiteEpisode(folder, hostile, 3, RECORDED)]))
    known = {"the channel has no {http://www.itunes.com/dtds/podcast-1.0.dtd}owner"}
    known.add("podcast:guid 00000000-0000-0000-0000-000000000000 is of another version")
    breaches = {
        breach for breach in rule_breaches(feed, BASE) if "longer than 255" not in breach and "has space" not in breach
    }
    assert breaches == known
    channel = ET.parse(feed).getroot().findtext("channel/description", "")
    assert " ".join(channel.split()) == " ".join(clean(f"a{about}a").split())
    (item,) = items(feed)
    notes = item.findtext(f"{CONTENT}encoded", "")
    assert notes.count("<a ") <= (1 if source.strip().startswith("http") else 0)
    assert len(list(item.iter(f"{PSC}chapter"))) == notes.count("<li>") == 1
