"""Names made from titles."""

import unicodedata

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
        ("हिन्दी में", "हिन्दी-में"),
        ("Weather ☀️ today", "weather-today"),
        ("ΟΔΟΣ και ΟΔΟΣ", "οδος-και-οδος"),
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Ferry", "THE FERRY"),
        ("Café", "Cafe\u0301"),
        ("Straße", "STRASSE"),
        ("ﬁne ﬂow", "fine flow"),
        ("Ｆｕｌｌ　１２", "full 12"),
        ("Οδός", "ΟΔΌΣ"),
        ("İzmir", "I\u0307zmir"),
        ("ſee", "See"),
        ("a\ufe0fb", "ab"),
    ],
)
def test_what_a_file_system_may_not_tell_apart_has_one_name(one: str, other: str) -> None:
    assert slug(one) == slug(other)


def test_a_dotless_i_is_another_letter() -> None:
    assert slug("ısı") != slug("isi")


@given(st.text(max_size=60), st.text(max_size=60))
def test_names_that_differ_differ_without_case_and_composition_too(one: str, other: str) -> None:
    for variant in (other, one.upper(), one.lower(), one.swapcase(), unicodedata.normalize("NFD", one)):
        names = [slug(one), slug(variant)]
        folded = [unicodedata.normalize("NFD", name).casefold() for name in names]
        assert (names[0] == names[1]) == (folded[0] == folded[1])
