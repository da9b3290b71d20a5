"""`follow.toml`: read, refused with all its faults, added to without touching what is there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chaptercast.errors import UsageError
from chaptercast.following.subscriptions import FOLLOW_FILE, Subscription, add, change, load, parsed

A, B = (
    Subscription("http://a.example/feed", "A"),
    Subscription("http://b.example/feed", title=("x", "!y"), back=0, voice="v"),
)


def test_what_is_added_is_read_again(tmp_path: Path) -> None:
    assert load(tmp_path) == ()
    assert add(tmp_path, (A, B)) == (A, B)
    assert load(tmp_path) == (A, B)
    assert add(tmp_path, (Subscription("https://www.a.example/feed/"),)) == ()


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / FOLLOW_FILE
    before = '# Mine.\n[[feed]]\naddress = "http://c.example/"   # comes late\ntitle = "tram"'
    path.write_text(before)
    add(tmp_path, (A,))
    assert path.read_text().startswith(before)
    assert load(tmp_path) == (Subscription("http://c.example/", title=("tram",)), A)


COMMENTED = """# Mine.
[[feed]]
address = "http://c.example/"   # comes late
title = "tram"

# The other one.
[[feed]]
address = "http://d.example/"
"""


def test_a_change_leaves_what_others_wrote(tmp_path: Path) -> None:
    path = tmp_path / FOLLOW_FILE
    path.write_text(COMMENTED)
    first, second = load(tmp_path)
    paused = replace(first, paused=True, back=0)
    assert change(tmp_path, first.address, paused)
    assert load(tmp_path) == (paused, second)
    for kept in ("# Mine.", "# comes late", 'title = "tram"', "# The other one."):
        assert kept in path.read_text()
    assert change(tmp_path, first.address, first)
    assert load(tmp_path) == (first, second)


def test_a_feed_is_taken_out(tmp_path: Path) -> None:
    add(tmp_path, (A, B))
    assert change(tmp_path, A.address, None)
    assert load(tmp_path) == (B,)
    assert not change(tmp_path, A.address, None)
    assert change(tmp_path, B.address, None)
    assert load(tmp_path) == ()
    assert "# What is followed" in (tmp_path / FOLLOW_FILE).read_text()
    assert add(tmp_path, (A,)) == (A,)
    assert load(tmp_path) == (A,)


def test_feeds_in_one_line_are_changed_too(tmp_path: Path) -> None:
    (tmp_path / FOLLOW_FILE).write_text('feed = [{ address = "http://c.example/" }, { address = "http://d.example/" }]')
    assert change(tmp_path, "http://d.example/", None)
    assert change(tmp_path, "http://c.example/", Subscription("http://c.example/", "C"))
    assert load(tmp_path) == (Subscription("http://c.example/", "C"),)


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), max_size=40))
def test_any_name_can_be_written(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("follow")
    add(folder, (Subscription("http://a.example/feed", name, (name,)),))
    (found,) = load(folder)
    assert (found.name, found.title) == (name, (name,))


def test_all_faults_are_told_at_once() -> None:
    text = """feeds = 1
[[feed]]
adress = "http://a.example/"
back = true
text = "both"
voice = "a"
profile = "b"
[[feed]]
address = "ftp://a.example/"
title = [1]
"""
    with pytest.raises(UsageError) as raised:
        parsed(text, "follow.toml")
    for part in (
        "“feeds”",
        "feed 1: unknown key “adress”",
        "“back”",
        "“text”",
        "of which one",
        "feed 2: “address”",
        "“title”",
    ):
        assert part in raised.value.message


@pytest.mark.parametrize("text", ["feed = 1", "[feed]\naddress = 'x'", "[[feed]", "feed = [1]"])
def test_what_is_no_list_of_feeds(text: str) -> None:
    with pytest.raises(UsageError):
        parsed(text, "follow.toml")


def test_titles() -> None:
    assert Subscription("x").wants("Anything")
    assert Subscription("x", title=("STRASSE",)).wants("Die Straße")
    assert not Subscription("x", title=("!ad", "tram")).wants("Tram ad")
    assert Subscription("x", title=("!ad",)).wants("Tram")
