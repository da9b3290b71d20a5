"""Covers and figures: which files become them, and which never do."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from chaptercast.publication import pictures


@pytest.fixture
def article(tmp_path: Path) -> Path:
    folder = tmp_path / "site" / "text"
    folder.mkdir(parents=True)
    Image.new("RGB", (40, 30), "red").save(folder / "a b.png")
    Image.new("RGB", (40, 30), "red").save(tmp_path / "site" / "near.jpg")
    Image.new("RGB", (40, 30), "red").save(tmp_path / "far.png")
    (folder / "text.png").write_text("no picture")
    return folder / "article.md"


def kind(content: bytes) -> tuple[str, tuple[int, int]]:
    with Image.open(BytesIO(content)) as picture:
        return picture.format, picture.size


@pytest.mark.parametrize("source", ["a%20b.png", "a b.png?size=2", "./a b.png", "../near.jpg"])
def test_the_picture_of_the_article_is_its_cover(article: Path, source: str) -> None:
    assert kind(pictures.cover(article, source, "Title").content)[1] == (40, 30)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "../../far.png",
        "/etc/passwd",
        "file:///a",
        "https://x.org/a.png",
        "text.png",
        "none.png",
        "//x/a",
        "[",
        "a\0b",
    ],
)
def test_without_one_beside_it_a_plain_one_is_drawn(article: Path, source: str) -> None:
    assert kind(pictures.cover(article, source, "Title").content) == ("PNG", (1000, 1000))
    assert pictures.cover(None, source, "Title") == pictures.cover(article, source, "Title")


def test_a_plain_one_tells_titles_apart_and_is_small() -> None:
    one, other = (pictures.cover(None, "", title) for title in ("One title", "Another title"))
    assert one.content != other.content
    assert len(one.content) < 20_000


def test_a_picture_of_a_kind_that_few_show_becomes_a_jpeg(article: Path) -> None:
    Image.new("RGB", (4000, 2000), "red").save(article.with_name("wide.webp"))
    cover = pictures.cover(article, "wide.webp", "Title")
    assert kind(cover.content) == ("JPEG", (1400, 700))
    assert cover.media_type == "image/jpeg"


def test_one_cover_stands_beside_a_recording(tmp_path: Path) -> None:
    pictures.write_cover(tmp_path, pictures.Picture(b"a", ".jpg"))
    pictures.write_cover(tmp_path, pictures.Picture(b"b", ".png"))
    assert [path.name for path in tmp_path.iterdir()] == ["cover.png"]
    assert pictures.kept_cover(tmp_path) == pictures.Picture(b"b", ".png")


def test_figures_are_kept_by_their_address(article: Path, tmp_path: Path) -> None:
    pictures.write_figures(tmp_path / "out", article, ["a%20b.png", "none.png", "/etc/passwd"])
    kept = pictures.kept_figure(tmp_path / "out", "a%20b.png")
    assert kept is not None
    assert kept.read_bytes() == (article.parent / "a b.png").read_bytes()
    assert pictures.kept_figure(tmp_path / "out", "none.png") is None
