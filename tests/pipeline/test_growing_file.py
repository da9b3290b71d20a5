"""What is heard of a recording before it is finished is its beginning, frame by frame."""

from pathlib import Path

from tests.app.queues import article

from chaptercast.pipeline import Options, convert, untold


def test_the_growing_file_has_the_sound_of_the_recording_and_nothing_else(tmp_path: Path) -> None:
    source, growing = tmp_path / "a.md", tmp_path / "growing" / "a.mp3"
    source.write_bytes(article(1))
    seen: list[bytes] = []

    def progress(_part: float, _section: str) -> None:
        seen.append(growing.read_bytes())

    published = convert(source, tmp_path / "out", Options(engine="silence", jobs=1, growing=growing), progress, untold)
    whole, heard = published.audio.read_bytes(), growing.read_bytes()
    assert whole.endswith(heard)
    assert heard[:2] == b"\xff\xf3", "it begins with a frame, and not with a tag"
    assert len(whole) - len(heard) < 20_000, "only the tag and the first frame are missing"
    assert len(set(map(len, seen))) > 3, "it grows while it is made"
    assert all(heard.startswith(part) for part in seen)


def test_the_recording_is_the_same_with_and_without_it(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_bytes(article(1, chapters=1))
    made = [
        convert(source, tmp_path / name, Options(engine="silence", jobs=1, growing=growing), lambda *_: None, untold)
        for name, growing in (("with", tmp_path / "growing.mp3"), ("without", None))
    ]
    assert made[0].audio.read_bytes() == made[1].audio.read_bytes()
