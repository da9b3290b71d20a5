"""The script as SSML: held against the schema of the portable profile, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.judges.ssml import portable_faults

from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Metadata
from chaptercast.script.model import Pause, Say, Script, Section, Sentence
from chaptercast.script.ssml.write import to_ssml
from chaptercast.voice_profiles import Role

ZH, EN = LanguageTag("zh"), LanguageTag("en")
NS = {"s": "http://www.w3.org/2001/10/synthesis"}


def script(*parts, title: str = "T") -> Script:
    return Script(Metadata(title=title), title, ZH, (Section("s0", title, 1, parts),))


def say(written: str, spoken: str | None = None, language: LanguageTag = ZH, role: Role = Role.BODY) -> Say:
    return Say((Sentence(written, written if spoken is None else spoken),), language, role)


def test_every_construct_is_in_the_portable_profile() -> None:
    text = to_ssml(
        script(
            say("标题", role=Role.HEADING),
            Pause(Milliseconds(12_345)),
            say("2021 年 <b>&\"'", "二零二一年"),
            say("Hello", language=EN, role=Role.QUOTE),
        )
    )
    assert portable_faults(text) == []
    tree = etree.fromstring(text.encode())
    assert [b.get("time") for b in tree.iterfind("s:break", NS)] == ["5000ms", "5000ms", "2345ms"]
    assert tree.findtext(".//s:sub", namespaces=NS) == "2021 年 <b>&\"'"
    assert tree.find(".//s:lang", NS).get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert [m.get("name") for m in tree.iter("{*}mark")] == ["s0-1", "quote-3"]


anything = st.text(max_size=60)


@given(st.lists(st.tuples(anything, anything, st.sampled_from([ZH, EN]), st.sampled_from(Role)), max_size=5), anything)
def test_text_never_becomes_markup(said: list, title: str) -> None:
    text = to_ssml(script(*(say(w, s, lang, role) for w, s, lang, role in said), title=title))
    assert portable_faults(text) == []


@pytest.mark.parametrize("text", ["]]>", "<!-- x -->", "&lt;", "\x00\x0b\ufffe", "\ud800", "<speak>"])
def test_hostile_text_stays_text(text: str) -> None:
    tree = etree.fromstring(to_ssml(script(say(text))).encode())
    kept = "".join(c for c in text if c.isprintable() and not "\ud800" <= c <= "\udfff")
    assert kept in "".join(tree.itertext())
