"""Names made from titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.publication.slug import slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Night Ferry", "the-night-ferry"),
        ("为人民谋幸福 向世界分享“密码”", "为人民谋幸福-向世界分享-密码"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\system32", "c-windows-system32"),
        ("CON", "con-"),
        ("com1.txt", "com1-txt"),
        ("...", "article"),
        ("", "article"),
        (".hidden", "hidden"),
        ("Café Ünïcode", "café-ünïcode"),
        ("a\0b\nc", "a-b-c"),
        ("-rf *", "rf"),
    ],
)
def test_a_title_becomes_a_plain_name(title: str, name: str) -> None:
    assert slug(title) == name


@given(st.text(max_size=300))
def test_any_title_is_one_safe_path_component(title: str) -> None:
    name = slug(title)
    assert name
    assert len(name.encode()) <= 97
    assert all(c.isalnum() or c == "-" or c.isprintable() for c in name)
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name[0] not in ".-"
    assert slug(name) in (name, name.rstrip("-"), f"{name}-")
