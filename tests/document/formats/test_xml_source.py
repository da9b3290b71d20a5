"""XML that is not as it should be is read as far as it makes sense, and no word of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from chaptercast.document.formats.xml_source import parse_xml, parse_xml_bytes
from chaptercast.errors import InputError


def shown(source: str) -> str:
    """The tree as it is written, without declarations of namespaces."""
    return etree.tostring(parse_xml(source, "x"), encoding="unicode")


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("<r>a<p>b &amp; c</p>d</r>", "<r>a<p>b &amp; c</p>d</r>"),
        ("<r>a<p>b < c & d</p></r>", "<r>a<p>b &lt; c &amp; d</p></r>"),
        ("<r>a</p>b</r>", "<r>ab</r>"),
        ("<r>a</r><p>b</p> c", "<r>a<p>b</p> c</r>"),
        ("<r><p>a<q>b</p>c</r>", "<r><p>a<q>b</q></p>c</r>"),
        ("<r><p>a", "<r><p>a</p></r>"),
        ("<r><p x=1 y='2' y=\"3\">a</p></r>", '<r><p x="1" y="3">a</p></r>'),
        ("<r>a<![CDATA[<b>]]></r>", "<r>a&lt;b&gt;</r>"),
        ("<r>a</p><![CDATA[<b>]]></r>", "<r>a&lt;b&gt;</r>"),
        ("<r>caf&eacute;&nbsp;open &gone;</r>", "<r>café\u00a0open &amp;gone;</r>"),
        ('<r x="1>a<p>b</p>', "<r>a<p>b</p></r>"),
        ("a<r>b</r>", "<document>a<r>b</r></document>"),
        ("<r>a</p><br/>b<c d='e'/></r>", '<r>a<br/>b<c d="e"/></r>'),
        ("<?xml version='1.0' encoding='koi8-r'?><r>й</r>", "<r>й</r>"),
        ('<!DOCTYPE r [<!ENTITY s "shore">]><r>a &s;</r>', "<r>a shore</r>"),
        ("<r>a<!-- b --></p>c</r>", "<r>ac</r>"),
    ],
)
def test_trees(source: str, tree: str) -> None:
    assert shown(source) == tree


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
@pytest.mark.parametrize("broken", ["", "</p>"])
def test_bytes_in_the_encoding_that_they_declare(encoding: str, broken: str) -> None:
    source = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><r>Гавань{broken}</r>'
    assert parse_xml_bytes(source.encode(encoding), "x").text == "Гавань"


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a "b">',
        '<!ENTITY a "<b/>">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_are_more_than_a_few_characters(subset: str, encoding: str) -> None:
    with pytest.raises(InputError, match="declares entities"):
        parse_xml_bytes(f"<!DOCTYPE r [{subset}]><r>&b;</r>".encode(encoding), "x")


def test_elements_without_end_and_nothing_at_all() -> None:
    with pytest.raises(InputError, match="do not end"):
        parse_xml("<a>" * 10_000, "x")
    with pytest.raises(InputError, match="no XML"):
        parse_xml("words", "x")


PIECES = st.sampled_from(
    [
        "<r>",
        "</r>",
        "<p>",
        "</p>",
        "<q x=1>",
        "<q/>",
        "</q>",
        "<",
        ">",
        "&",
        "&lt;",
        "&x;",
        "<!--a-->",
        "<?b?>",
        '<p y="z">',
        "'",
    ]
)


@given(st.lists(PIECES, max_size=30))
def test_every_word_between_tags_is_in_the_tree(pieces: list[str]) -> None:
    source = "<r>" + "".join(f"{piece} w{number}x " for number, piece in enumerate(pieces))
    text = "".join(parse_xml(source, "x").itertext())
    values = " ".join(value for element in parse_xml(source, "x").iter() for value in element.attrib.values())
    assert [word for word in source.split() if word.startswith("w") and word not in text + values] == []
