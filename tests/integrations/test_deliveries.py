"""Recordings are put onto a shelf, each once, whatever happens in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.following.feeds import Time
from tests.integrations.standins import KEY, Answers, Shelf
from tests.publication.sites import episode, put_episode, put_show
from tests.serving import serving

from chaptercast.app.delivery import Delivery
from chaptercast.errors import UsageError
from chaptercast.following.subscriptions import parsed_file
from chaptercast.integrations import deliveries
from chaptercast.integrations.deliveries import STATE_FILE, deliver
from chaptercast.integrations.targets import Target


class Owner:
    """Someone whose recordings go to a server. Each round begins with what is on the disk."""

    def __init__(self, folder: Path, shelf: Shelf, target: Target) -> None:
        self.site = folder / "site"
        self.shelf = shelf
        self.target = target
        self.time = Time()
        self.told: list[str] = []

    def put(self, slug: str, audio: bytes = b"mp3", **facts: object) -> None:
        one = episode(slug, **facts)
        put_episode(self.site, replace(one, audio=replace(one.audio, sha256=f"of {audio!r}")), audio)

    def deliver(self, after_s: float = 0) -> bool:
        self.time.at += after_s
        return deliver(self.site, (self.target,), self.told.append, self.time.clock)


@contextmanager
def owner(folder: Path, library: str = "Shows", **settings: str) -> Iterator[Owner]:
    secret = folder / "key"
    secret.write_text(KEY)
    secret.chmod(0o600)
    shelf = Shelf()
    with serving(Answers(shelf.answer)) as site:
        site.bodies = shelf.bodies
        yield Owner(folder, shelf, Target("audiobookshelf", site.url(""), str(secret), library, **settings))


def test_each_is_sent_once_and_again_when_it_was_made_anew(tmp_path: Path) -> None:
    with owner(tmp_path) as one:
        one.put("a", b"first \r\n--sound")
        one.put("b", b"other")
        put_show(one.site)
        assert one.deliver()
        shown = "The Harbour Library Reads"
        assert one.shelf.files == {f"{shown}/a.mp3": b"first \r\n--sound", f"{shown}/b.mp3": b"other"}
        assert one.deliver(60)
        assert one.shelf.uploads == 2
        one.put("a", b"corrected", title="Another title")
        one.put("c")
        assert one.deliver(60)
        assert (one.shelf.uploads, one.shelf.files[f"{shown}/a.mp3"], len(one.shelf.files)) == (4, b"corrected", 3)
    assert KEY not in "".join(one.told) + (one.site / STATE_FILE).read_text()


def test_among_books_a_corrected_one_stays_in_its_place(tmp_path: Path) -> None:
    with owner(tmp_path, "Books") as one:
        one.put("a", b"1", title="The “Bridge”\nby night", author="")
        assert one.deliver()
        one.put("a", b"2", title="The Bridge", author="Ada")
        assert one.deliver(60)
        assert one.shelf.files == {"Articles/The “Bridge” by night/a.mp3": b"2"}


def test_killed_between_an_upload_and_its_record_it_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with owner(tmp_path) as one:
        one.put("a")
        one.put("b")

        class Killed(BaseException):
            pass

        def killed(*_: object) -> None:
            raise Killed

        for _ in range(3):
            with monkeypatch.context() as patch:
                patch.setattr(deliveries._Deliveries, "_save", killed)
                with pytest.raises(Killed):
                    one.deliver()
        assert one.shelf.uploads == 3
        assert one.deliver()
        assert len(one.shelf.files) == 2


def test_a_server_that_fails_is_tried_later_and_then_has_all(tmp_path: Path) -> None:
    with owner(tmp_path) as one:
        one.put("a")
        one.shelf.fails = 500
        assert not one.deliver()
        assert not one.deliver(10)
        assert len(one.shelf.bodies) == 1, "it is left alone meanwhile"
        one.shelf.fails = 429
        assert not one.deliver(1000)
        assert "answered 429" in one.told[-1]
        assert not one.deliver(59)
        one.shelf.fails = 0
        assert one.deliver(2)
        assert len(one.shelf.files) == 1


@pytest.mark.parametrize("library", ["", "None such"])
def test_which_library_is_meant_must_be_clear(tmp_path: Path, library: str) -> None:
    with owner(tmp_path, library) as one:
        one.put("a")
        assert not one.deliver()
        assert "“Books”, “Shows”" in one.told[0]


def test_the_key_is_told_to_nobody_when_it_is_wrong(tmp_path: Path) -> None:
    with owner(tmp_path) as one:
        one.put("a")
        (tmp_path / "key").write_text("another-key")
        assert not one.deliver()
        assert "does not accept the key" in one.told[0]
        assert "another-key" not in one.told[0]


def test_beside_the_app_no_name_of_an_article_is_told(tmp_path: Path) -> None:
    with owner(tmp_path) as one:
        one.put("secret-affair")
        target = one.target
        keys = (("service", target.service), ("address", target.address), ("secret", target.secret), ("library", "l2"))
        text = "[[target]]\n" + "".join(f'{name} = "{value}"\n' for name, value in keys)
        (one.site / "follow.toml").write_text(text)
        Delivery(one.site, one.told.append)._look()
        assert one.told == [f"A recording was sent to {target.address}."]
        (one.site / "follow.toml").write_text("x = 1")
        again = Delivery(one.site, one.told.append)
        again._look()
        again._look()
        assert len(one.told) == 2


def test_a_damaged_state_is_told_and_nothing_is_sent_twice(tmp_path: Path) -> None:
    with owner(tmp_path) as one:
        one.put("a")
        (one.site / STATE_FILE).write_text("{")
        with pytest.raises(UsageError, match="is damaged"):
            one.deliver()
        assert one.shelf.uploads == 0


def test_wrong_targets_are_refused_with_all_their_faults() -> None:
    text = '[[target]]\nservice = "plex"\naddress = "x"\nsecret = "a1b2"\nlibary = "l"\ntitle = 1\n'
    with pytest.raises(UsageError) as raised:
        parsed_file(text, "follow.toml")
    for part in ("“service”", "“address”", "“secret”", "unknown key “libary”", "“title”"):
        assert f"target 1: {part}" in raised.value.message
    assert "a1b2" not in raised.value.message
    with pytest.raises(UsageError, match="must be tables"):
        parsed_file("target = 1", "follow.toml")
