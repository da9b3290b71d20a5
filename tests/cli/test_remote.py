"""Outputs and the cache in S3, by a server of the tests' own (moto): the files of a folder, clear errors, no credentials shown."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.stores import Bucket, bucket

from chaptercast.verify import verify

ARTICLE = "---\ntitle: Book\nlang: en\n---\n\nIt begins.\n\n## Part one\n\nThe first.\n\n## Part two\n\nThe second.\n"


@pytest.fixture
def shelf() -> Iterator[Bucket]:
    with bucket("shelf") as made:
        yield made


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "book.md"
    path.parent.mkdir()
    path.write_text(ARTICLE)
    return path


def convert(shelf: Bucket, article: Path, *options: str, **changed: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "chaptercast", "convert", str(article), "--engine", "espeak", *options]
    environment = {name: value for name, value in {**shelf.environment, **changed}.items() if value}
    ended = subprocess.run(
        command, env=environment, cwd=article.parent, check=False, capture_output=True, text=True, timeout=90
    )
    assert "Traceback" not in ended.stderr
    assert "never-to-be-seen" not in ended.stdout + ended.stderr
    return ended


def test_the_objects_are_the_files_of_a_folder(shelf: Bucket, article: Path, tmp_path: Path) -> None:
    here = convert(shelf, article, "-o", str(tmp_path / "out"), "--no-cache")
    there = convert(shelf, article, "-o", "s3://shelf/site", "--no-cache", "--json")
    assert (here.returncode, there.returncode) == (0, 0)
    assert json.loads(there.stdout)["audio"] == "s3://shelf/site/book/book.mp3"
    local = {str(path.relative_to(tmp_path / "out")): path for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert shelf.names() == sorted(f"site/{name}" for name in local)
    for name in local:
        fetched = tmp_path / "fetched" / name
        fetched.parent.mkdir(parents=True, exist_ok=True)
        fetched.write_bytes(shelf.content(f"site/{name}"))
    assert verify(tmp_path / "fetched") == (1, ())
    assert shelf.content("site/book/book.mp3") == local["book/book.mp3"].read_bytes()


def test_an_article_is_found_again_and_another_of_its_title_has_its_own_place(shelf: Bucket, article: Path) -> None:
    assert convert(shelf, article, "-o", "s3://shelf/site", "--no-cache").returncode == 0
    first = json.loads(shelf.content("site/book/episode.json"))
    article.write_text(ARTICLE + "\nAnd more.\n")
    assert convert(shelf, article, "-o", "s3://shelf/site", "--no-cache").returncode == 0
    second = json.loads(shelf.content("site/book/episode.json"))
    assert second["guid"] == first["guid"]
    assert second["audio"]["sha256"] != first["audio"]["sha256"]
    other = article.with_name("other.md")
    other.write_text(ARTICLE)
    assert convert(shelf, other, "-o", "s3://shelf/site", "--no-cache").returncode == 0
    assert {name.split("/")[1] for name in shelf.names()} == {"book", "book-2", "index.html"}
    library = shelf.content("site/index.html").decode()
    assert "book/index.html" in library
    assert "book-2/index.html" in library


def test_one_file_only(shelf: Bucket, article: Path) -> None:
    assert convert(shelf, article, "-o", "s3://shelf/deep/one.mp3", "--no-cache").returncode == 0
    assert shelf.names() == ["deep/one.mp3"]


def test_a_second_machine_speaks_nothing_that_the_cache_holds(shelf: Bucket, article: Path, tmp_path: Path) -> None:
    kept = ("--cache", "s3://shelf/clips")
    assert convert(shelf, article, "-o", str(tmp_path / "a.mp3"), *kept).returncode == 0
    assert len(shelf.names()) == 6
    # A cluster that is not there would be an error if anything had to be spoken.
    again = convert(shelf, article, "-o", str(tmp_path / "b.mp3"), *kept, "--cluster", "tcp://127.0.0.1:9")
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_a_cache_that_cannot_be_used_stops_nothing_and_is_told(shelf: Bucket, article: Path, tmp_path: Path) -> None:
    ended = convert(shelf, article, "-o", str(tmp_path / "a.mp3"), "--cache", "s3://elsewhere/clips")
    assert ended.returncode == 0
    assert "The cache at s3://elsewhere/clips could not be used" in ended.stderr
    assert (tmp_path / "a.mp3").exists()


@pytest.mark.parametrize(
    ("output", "changed", "code", "told"),
    [
        ("s3://elsewhere/site", {}, 6, "bucket does not exist"),
        ("s3://shelf/site", {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, 6, "credentials"),
        ("s3://shelf/site", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}, 6, "connect"),
        ("s3://shelf/site", {"CHAPTERCAST_OFFLINE": "1"}, 2, "--offline forbids it"),
        ("nonsense://shelf/site", {}, 2, "nonsense"),
    ],
)
def test_errors_are_told_once_with_one_code(
    shelf: Bucket, article: Path, output: str, changed: dict[str, str], code: int, told: str
) -> None:
    ended = convert(shelf, article, "-o", output, "--no-cache", **changed)
    assert ended.returncode == code, ended.stderr
    assert told in ended.stderr
    assert ended.stderr.count("Error:") == 1
    assert shelf.names() == []


def test_a_local_run_loads_no_client_of_stores(article: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from chaptercast.cli.main import funnel\n"
        f"funnel(['convert', {str(article)!r}, '-o', {str(tmp_path / 'x.mp3')!r}, '--engine', 'silence', '--jobs', '1'])\n"
        "assert not {'fsspec', 's3fs', 'dask', 'distributed'} & set(sys.modules), sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert (tmp_path / "x.mp3").exists()
