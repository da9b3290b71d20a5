"""Whatever the texts are, a page has only our own elements, attributes and addresses, and shows every text as it is."""

import base64
import hashlib
import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.publication.pages.samples import EPISODE, LEVELS, passage

from chaptercast.audio.model import Chapter
from chaptercast.document.model import Omission, Reason
from chaptercast.publication.model import Episode, Spoken
from chaptercast.publication.pages import episode_page, library_page
from chaptercast.voice_profiles import Role

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</title></style></textarea><svg onload=alert(1)>",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://example.org/\" onclick='x",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&#60;i&#62;",
    "]]><!--",
    "//evil.example/x",
    "../../etc/passwd",
    "\x00\x08\ud800\ufffe\u202e\r\n",
    "𝒳😀",
    "%",
)
TEXTS = st.one_of(
    st.sampled_from(PAYLOADS),
    st.text(st.characters(), min_size=1, max_size=20),
    st.sampled_from(PAYLOADS).map("a{}b".format),
)
HARMLESS_ATTRIBUTES = re.compile(r"(?!on)[a-z-]+\Z|viewBox\Z|preserveAspectRatio\Z")
ADDRESSES = re.compile(r"\./|#|\.\./index\.html\Z|https?://|data:,\Z")


def parsed(text: str) -> Element:
    """The tree; `ParseError` for whatever the HTML Standard calls an error."""
    text.encode()
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def elements(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for node in parsed(text).iter():
        yield str(node.tag).rpartition("}")[2], dict(node.attrib)


def standing(text: str) -> str:
    """What a page shows of it."""
    return re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text
    ).replace("\r", " ")


def hostile(texts: list[str]) -> tuple[Episode, list]:
    a, b, c, d = texts
    episode = replace(
        EPISODE,
        guid=a, slug=b, title=c, author=d, language=a, date=b, source=c, description=d, generator=a,
        audio=replace(EPISODE.audio, file=b),
        spoken=Spoken(c, d, (a, b), c),
        chapters=(Chapter(d, c, 1, 0, 5000), Chapter(a, b, 2, 5000, 90_000)),
        left_out=(Omission(d, Reason.HIDDEN),),
    )  # fmt: skip
    said = [
        passage(0, Role.HEADING, a, language=b),
        passage(0, Role.QUOTE, b, c, language=d),
        passage(1, Role.ASIDE, d, language=c),
    ]
    return episode, said


PLAIN_EPISODE, PLAIN_SAID = hostile(["x", "y", "z", "w"])
KNOWN = {
    name
    for page in (
        episode_page(replace(PLAIN_EPISODE, source="https://example.org"), PLAIN_SAID, LEVELS, library="../index.html"),
        library_page("x", "en", [PLAIN_EPISODE], feed="feed.xml"),
    )
    for name, _ in elements("".join(page))
} | {"time"}


def check(text: str) -> None:
    for name, attributes in elements(text):
        assert name in KNOWN, name
        for attribute, value in attributes.items():
            assert HARMLESS_ATTRIBUTES.match(attribute), attribute
            if attribute in {"href", "src"}:
                assert ADDRESSES.match(value), value


@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_no_text_becomes_markup_in_the_page_of_an_episode(texts: list[str]) -> None:
    episode, said = hostile(texts)
    text = "".join(episode_page(episode, said, LEVELS, transcripts=[texts[0]], library="../index.html"))
    check(text)
    tree = parsed(text)
    spans = ["".join(span.itertext()) for span in tree.iter("span") if "data-b" in span.attrib]
    assert spans == [standing(t).replace("\r", " ") for t in (texts[0], texts[1], texts[2], texts[3])]
    assert sum(1 for _ in tree.iter("script")) == 1


@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_no_text_becomes_markup_in_the_page_over_all_episodes(texts: list[str]) -> None:
    text = "".join(library_page(texts[0], texts[1], [hostile(texts)[0]], feed="feed.xml"))
    check(text)
    assert "".join(next(parsed(text).iter("h1")).itertext()) == standing(texts[0])


@pytest.mark.parametrize(
    "name", ["a b.mp3", "#1?.mp3", "100%.mp3", "录音.mp3", "javascript:x.mp3", "//evil.mp3", "&quot;.mp3"]
)
def test_links_lead_to_the_file_whatever_its_name(name: str) -> None:
    episode = replace(EPISODE, audio=replace(EPISODE.audio, file=name))
    addresses = [a["src"] for tag, a in elements("".join(episode_page(episode, [], []))) if tag == "audio"]
    assert [unquote(address.removeprefix("./")) for address in addresses] == [name]
    assert re.fullmatch(r"\./[\w.%~-]+", addresses[0], re.ASCII)


@pytest.mark.parametrize("page", ["episode", "library"])
def test_the_policy_names_the_style_and_the_script_that_are_there(page: str) -> None:
    pieces = episode_page(EPISODE, [], []) if page == "episode" else library_page("x", "en", [])
    tree = parsed("".join(pieces))
    policy = next(
        m.attrib["content"] for m in tree.iter("meta") if m.attrib.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    for name in ("script", "style"):
        [element] = tree.iter(name)
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}';" in policy
