"""A cover is as directories want it, or refused."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from chaptercast.errors import UsageError
from chaptercast.publication.feed.cover import write_cover

TITLES = ["The Harbour Library Reads", "中文播客", "Été", "", "x" * 400, "word " * 80, "\ud800\uffff"]


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_a_drawn_one_is_as_apple_wants_it(tmp_path: Path, title: str) -> None:
    name = write_cover(tmp_path, "", title)
    content = (tmp_path / name).read_bytes()
    with Image.open(BytesIO(content)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", (3000, 3000), "RGB")
        assert len(picture.getcolors(9_000_000) or []) > 2
    assert len(content) < 300_000
    (tmp_path / name).unlink()
    assert write_cover(tmp_path, "", title) == name
    assert (tmp_path / name).read_bytes() == content


def lettered(folder: Path, title: str) -> bool:
    """Whether something is drawn where the second line of a title stands."""
    with Image.open(folder / write_cover(folder, "", title)) as picture:
        return len(picture.crop((0, 2110, 3000, 3000)).getcolors(100_000) or []) > 1


def test_a_title_is_written_only_where_the_font_has_all_its_letters(tmp_path: Path) -> None:
    assert lettered(tmp_path, "Plain words of a library by the harbour")
    assert not lettered(tmp_path, "中文")
    assert not lettered(tmp_path, "Été")


def put_picture(path: Path, kind: str = "PNG", size: tuple[int, int] = (1400, 1400), mode: str = "RGB") -> None:
    Image.new(mode, size).save(path, kind)


def test_a_given_one_gets_another_name_when_it_changes(tmp_path: Path) -> None:
    put_picture(tmp_path / "art.jpg", "JPEG")
    first = write_cover(tmp_path, "art.jpg", "")
    assert (tmp_path / first).read_bytes() == (tmp_path / "art.jpg").read_bytes()
    assert first.endswith(".jpg")
    assert write_cover(tmp_path, "art.jpg", "another title") == first
    put_picture(tmp_path / "art.jpg", "JPEG", (3000, 3000))
    assert write_cover(tmp_path, "art.jpg", "") != first


@pytest.mark.parametrize(
    ("name", "picture", "told"),
    [
        ("a.png", {"size": (1399, 1399)}, "has 1399 × 1399 pixels"),
        ("a.png", {"size": (3001, 3001)}, "has 3001 × 3001 pixels"),
        ("a.png", {"size": (1400, 1500)}, "has 1400 × 1500 pixels"),
        ("a.png", {"mode": "RGBA"}, "has the colours RGBA"),
        ("a.jpg", {"kind": "JPEG", "mode": "CMYK"}, "has the colours CMYK"),
        ("a.jpg", {}, "is a PNG, but has another suffix"),
        ("a.png", {"kind": "GIF"}, "is neither JPEG nor PNG"),
    ],
)
def test_what_directories_would_refuse_is_told(tmp_path: Path, name: str, picture: dict, told: str) -> None:
    put_picture(tmp_path / name, **picture)
    with pytest.raises(UsageError, match=told):
        write_cover(tmp_path, name, "")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_damage_is_told(tmp_path: Path) -> None:
    put_picture(tmp_path / "a.png")
    whole = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UsageError, match="is damaged"):
        write_cover(tmp_path, "a.png", "")
    with pytest.raises(UsageError, match="cannot be read"):
        write_cover(tmp_path, "none.png", "")
