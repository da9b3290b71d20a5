"""Covers and figures: which files become them, and which never do."""

import zipfile
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


def packed(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", '<c><rootfile full-path="OPS/b.opf"/></c>')
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


def png(side: int) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (side, side), "red").save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    "package",
    [
        b'<p><item id="c" href="img/c.png" properties="cover-image"/></p>',
        b'<p><meta name="cover" content="c"/><item id="c" href="img/c.png"/></p>',
    ],
)
def test_a_book_has_its_own_cover(tmp_path: Path, package: bytes) -> None:
    book = packed(tmp_path / "book.epub", OPS__b_opf=package, OPS__img__c_png=png(7))
    assert kind(pictures.cover(book, "", "Title").content) == ("PNG", (7, 7))


@pytest.mark.parametrize("package", [b"<p/>", b"no", b'<p><item href="gone.png" properties="cover-image"/></p>'])
def test_a_book_without_one_gets_a_plain_one(tmp_path: Path, package: bytes) -> None:
    book = packed(tmp_path / "book.epub", OPS__b_opf=package)
    assert kind(pictures.cover(book, "", "Title").content) == ("PNG", (1000, 1000))


def test_figures_within_a_book_are_kept(tmp_path: Path) -> None:
    book = packed(tmp_path / "book.epub", OPS__img__a_png=png(5), OPS__one__b_png=png(6), OPS__two__b_png=png(7))
    sources = ["../img/a.png", "b.png", "one/b.png", "https://x.org/img/a.png", "../../gone.png"]
    pictures.write_figures(tmp_path, book, sources)
    kept = [path and kind(path.read_bytes())[1][0] for path in (pictures.kept_figure(tmp_path, s) for s in sources)]
    assert kept == [5, None, 6, None, None]
