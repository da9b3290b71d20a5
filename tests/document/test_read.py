import os
from pathlib import Path

import pytest

from chaptercast.document.block_text import texts
from chaptercast.document.model import Omission, Reason
from chaptercast.document.read import read_bytes, read_document
from chaptercast.errors import InputError


def test_a_file_becomes_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf\r\n---\r\ntitle: A title\r\nlang: en-gb\r\n---\r\n\r\n# Head\r\n\r\nText.\r\n")
    document = read_document(path)
    assert document.title == "A title"
    assert document.language == "en-GB"
    assert list(texts(document.blocks)) == ["Head", "Text."]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("image.md", b"\x89PNG\r\n\x1a\n" + bytes(99), "is a PNG image"),
        ("photo.html", b"\xff\xd8\xff\xe0" + bytes(99), "is a JPEG image"),
        ("a.txt", b"%PDF-1.7\n", "is a PDF file that is damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Office file"),
        ("empty.md", b"", "is empty"),
        ("blank.md", b" \n\t\n", "is empty"),
        ("no-words.md", b"* * *\n\n...\n", "nothing to speak"),
        ("image-only.html", b"<p><img src=x></p>", "nothing to speak"),
        ("front.md", b"---\ntitle: Only this\n---\n", "nothing to speak"),
        ("binary.md", bytes(range(256)) * 20, "text file"),
        ("zeros.txt", b"text\x00text", "text file"),
    ],
)
def test_what_is_no_article_is_refused_with_a_remedy(name: str, data: bytes, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, name=name)
    assert name in caught.value.message
    assert words in caught.value.message
    assert caught.value.remedy


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "none.md")
    with pytest.raises(InputError, match="is a folder"):
        read_document(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_document(tmp_path / ("x" * 5000))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.md"
    path.write_text("text")
    path.chmod(0)
    with pytest.raises(InputError, match="permissions"):
        read_document(path)


def test_content_decides_the_format_not_the_name() -> None:
    html = b"<html><body><p>one</p><p>two</p></body></html>"
    for name in ("a.html", "a.md", "a.txt", "a", "a.png"):
        assert list(texts(read_bytes(html, name=name).blocks)) == ["one", "two"]
    markdown = b"# One\n\ntwo **three** [four](five)\n"
    for name in ("a.md", "a.txt", "a", "-"):
        assert list(texts(read_bytes(markdown, name=name).blocks)) == ["One", "two three four"]


def test_a_page_about_markdown_stays_html() -> None:
    source = b"<div>\n\n<pre>\n# not a heading\n\n- nor a list\n</pre>\n\n<p>text</p>\n\n</div>"
    assert list(texts(read_bytes(source, name="a.md").blocks)) == ["# not a heading\n\n- nor a list", "text"]


def test_broken_front_matter_is_read_line_by_line_and_the_rest_is_told() -> None:
    document = read_bytes(b"---\ntitle: one: two: three\nauthor: 'A. B\n%% what\n---\ntext\n", name="a.md")
    assert document.title == "one: two: three"
    assert Omission("%% what", Reason.METADATA) in document.left_out


def test_a_title_of_5000_characters_survives() -> None:
    title = "中" * 5000
    assert read_bytes(f"---\ntitle: {title}\n---\ntext".encode(), name="a.md").title == title


def test_a_declared_language_that_the_text_contradicts_is_not_believed() -> None:
    page = '<html lang="{}"><body><p>{}</p></body></html>'
    assert read_bytes(page.format("en", "这是一篇中文文章，讲一件事情。").encode()).language == "zh"
    assert read_bytes(page.format("de", "Hello there, short one.").encode()).language == "de"
    assert read_bytes(page.format("en-GB", "The dog runs over the hill. " * 30).encode()).language == "en-GB"
