"""The judge of feeds passes a sound one and sees each fault."""

from pathlib import Path

import pytest
from tests.judges import rule_breaches

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:psc="http://podlove.org/simple-chapters">
<channel><title>T</title><link>https://example.org/</link><description>D</description><language>en</language>
<itunes:image href="https://example.org/p/cover.png"/><itunes:category text="News"/><itunes:explicit>false</itunes:explicit>
<itunes:author>A</itunes:author><itunes:owner><itunes:email>a@example.org</itunes:email></itunes:owner>
<atom:link rel="self" href="https://example.org/p/feed.xml"/><podcast:medium>podcast</podcast:medium><podcast:locked>yes</podcast:locked>
<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
<item><title>One</title><guid isPermaLink="false">1</guid><pubDate>Mon, 02 Feb 2026 12:00:00 GMT</pubDate><description>D</description>
<content:encoded>&lt;p&gt;Notes&lt;/p&gt;</content:encoded><itunes:duration>9</itunes:duration>
<enclosure url="https://example.org/p/one.mp3" length="3" type="audio/mpeg"/>
<psc:chapters><psc:chapter start="00:00:00.000" title="C"/></psc:chapters></item>
</channel></rss>
"""


def breaches(folder: Path, feed: str) -> list[str]:
    (folder / "one.mp3").write_bytes(b"mp3")
    (folder / "cover.png").touch()
    (folder / "feed.xml").write_text(feed)
    return rule_breaches(folder / "feed.xml", "https://example.org/p")


def test_a_sound_feed_is_passed(tmp_path: Path) -> None:
    assert breaches(tmp_path, FEED) == []


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ('<itunes:category text="News"/>', ""),
        ("<language>en</language>", "<language>English</language>"),
        ("<itunes:explicit>false", "<itunes:explicit>no"),
        ("cover.png", "cover"),
        ("9b024349-ccf0-5f69", "9b024349-ccf0-4f69"),
        ("a@example.org", "nobody"),
        ('rel="self"', 'rel="next"'),
        ("Mon, 02 Feb 2026", "2 February 2026"),
        ("02 Feb 2026", "02 Feb 2996"),
        ('isPermaLink="false"', ""),
        ('length="3"', 'length="4"'),
        ("p/one.mp3", "p/none.mp3"),
        ("https://example.org/</link>", "https://例.example/</link>"),
        ("&lt;/p&gt;", ""),
        ("&lt;p&gt;Notes", "&lt;p&gt;&lt;script&gt;&lt;/script&gt;Notes"),
        ("&lt;p&gt;Notes", '&lt;p&gt;&lt;a href="javascript:x"&gt;&lt;/a&gt;Notes'),
        ('start="00:00:00.000"', 'start="0"/><psc:chapter start="nine" title="x"/><psc:chapter'),
        ("<description>D", "<description>" + "D" * 4001),
        ("<title>One", "<title> One"),
        ("<itunes:duration>9", "<itunes:duration>0:09"),
        ("</guid>", "</guid><guid isPermaLink='false'>2</guid>"),
    ],
)
def test_each_fault_is_seen(tmp_path: Path, said: str, instead: str) -> None:
    assert said in FEED
    assert breaches(tmp_path, FEED.replace(said, instead, 1))
