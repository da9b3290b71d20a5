"""`follow.toml`: read, refused with all its faults, added to without touching what is there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chaptercast.errors import UsageError
from chaptercast.following.subscriptions import (
    FOLLOW_FILE,
    Subscription,
    add,
    change,
    load,
    load_file,
    parsed,
    parsed_file,
)
from chaptercast.integrations.hooks import Hook

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


@pytest.mark.parametrize(
    ("told", "command"),
    [
        ("\"notify --title 'a b' $EPISODE_TITLE\"", ("notify", "--title", "a b", "$EPISODE_TITLE")),
        ('["a b", "c; d"]', ("a b", "c; d")),
    ],
)
def test_the_command_after_an_episode(told: str, command: tuple[str, ...]) -> None:
    assert parsed_file(f"on_published = {told}\non_published_seconds = 5", "x").after.hook == Hook(command, 5)
    assert parsed_file('on_published = "~/tell"', "x").after.hook == Hook((str(Path.home() / "tell"),))


@pytest.mark.parametrize("told", ["1", "[1]", '"a \'"', '[""]', '"a"\non_published_seconds = 0', "{a = 1}"])
def test_a_wrong_command_is_refused(told: str) -> None:
    with pytest.raises(UsageError, match="on_published"):
        parsed_file(f"on_published = {told}", "follow.toml")


def test_the_command_stays_when_a_feed_is_added(tmp_path: Path) -> None:
    (tmp_path / FOLLOW_FILE).write_text('on_published = ["x"]\n')
    add(tmp_path, (A,))
    assert load_file(tmp_path).after.hook == Hook(("x",))
    assert load(tmp_path) == (A,)


def test_a_server_where_articles_are_kept(tmp_path: Path) -> None:
    kept = Subscription("https://read.example/", service="readeck", secret="env:KEY", tag="listen")
    add(tmp_path, (kept,))
    assert load(tmp_path) == (kept,)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('service = "readeck"', "go together"),
        ('secret = "/x"', "go together"),
        ('tag = "x"', "goes with"),
        ('service = "pocket"\nsecret = "/x"', "one of these"),
        ('service = "readeck"\nsecret = "a1b2c3"', "the whole path"),
        ('service = "readeck"\nsecret = "env:a b"', "the whole path"),
    ],
)
def test_a_wrong_server_is_refused_and_a_key_never_shown(keys: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        parsed(f'[[feed]]\naddress = "https://read.example/"\n{keys}', "follow.toml")
    assert "a1b2c3" not in raised.value.message
