"""Whatever stands in a file of a site, checking it ends with findings: it raises nothing, and believes nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.verify.sites import SLUGS, write_site

from chaptercast.verify import verify

ONE = SLUGS[0]
NAMES = [
    "feed.xml",
    "index.html",
    "cover-1.png",
    *(f"{ONE}/{name}" for name in ("episode.json", "chapters.json", "chapters.vtt", "index.html", f"{ONE}.mp3")),
    *(f"{ONE}/transcript.{suffix}" for suffix in ("vtt", "srt", "json")),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=9,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("hostile") / "site")


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30)
@given(data=st.data())
def test_any_bytes(site: Path, name: str, data: st.DataObject) -> None:
    path = site / name
    sound = path.read_bytes()
    cut = data.draw(st.integers(0, len(sound)))
    there = data.draw(
        st.binary(max_size=20) | st.sampled_from([b"", b"\0", b"&x;", b"]]>", b"-->", b"http://[", b"%00"])
    )
    try:
        path.write_bytes(sound[:cut] + there + sound[cut + data.draw(st.integers(0, 40)) :])
        count, findings = verify(site)
    finally:
        path.write_bytes(sound)
    assert count == 2
    assert all(line.startswith(str(site)) for line in findings)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".json")])
@settings(max_examples=30)
@given(data=st.data())
def test_any_json_in_place_of_any_value(site: Path, name: str, data: st.DataObject) -> None:
    import json

    path = site / name
    sound = path.read_text()
    described = json.loads(sound)
    at = described
    while isinstance(at, dict | list) and at:
        parent, key = at, data.draw(st.sampled_from(list(at) if isinstance(at, dict) else range(len(at))))
        at = parent[key]
        if data.draw(st.booleans()):
            break
    parent[key] = data.draw(JSON)
    try:
        path.write_text(json.dumps(described))
        findings = verify(site)[1]
    finally:
        path.write_text(sound)
    assert all(line.startswith(str(site)) for line in findings)


@pytest.mark.parametrize(
    "link", ["http://[", "//", "http://a:b/", "?", "%", "\\\\host", "javascript:1", "#%ff", "mailto:a", "a\0b"]
)
def test_any_link(site: Path, link: str) -> None:
    page = site / ONE / "index.html"
    sound = page.read_text()
    try:
        page.write_text(f'{sound}<a href="{link}">x</a>')
        assert all(line.startswith(str(page)) for line in verify(site)[1])
    finally:
        page.write_text(sound)
