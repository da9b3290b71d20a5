"""Sections, anchors and word times of the text that a page shows."""

import html
import re
from collections.abc import Iterable, Iterator

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publication.pages.samples import passage

from chaptercast.audio.model import Chapter, Passage, TimedSentence, TimedWord
from chaptercast.mathematics import latex
from chaptercast.publication.pages.page_frame import interface
from chaptercast.publication.pages.transcript import Section, anchors, sections
from chaptercast.publication.timed_structure import structured
from chaptercast.text_structure import Cell, Element, Header, Kind, Mark, Style
from chaptercast.voice_profiles import Role

TIMED = re.compile(
    r"<span(?: data-[bew]=\"[^\"]*\")+>((?:[^<]|<(?!/?span)[^>]*>|<span(?! data)[^>]*>.*?</span>)*)</span>"
)
NOTE = Element(Kind.NOTE, 1, name="fn:1")
LABEL = Element(Kind.LABEL, 2)


def chapters(*levels: int) -> tuple[Chapter, ...]:
    return tuple(Chapter(f"s{n}", f"Chapter {n}", level, n * 1000, n * 1000 + 1000) for n, level in enumerate(levels))


def shown(levels: Iterable[int], said: Iterable[Passage], language: str = "en", source: str = "") -> Iterator[Section]:
    listed = chapters(*levels)
    return sections(structured(listed, said), anchors(listed), interface(language), source)


def body(*said: Passage, language: str = "en", source: str = "") -> str:
    """The text of one section, without its times and line ends."""
    text = "".join(next(shown([1], said, language, source)).body)
    assert not html5lib.HTMLParser(strict=True).parseFragment(text).findall(".//script")
    return TIMED.sub(r"\1", text).replace(">\n", ">").strip()


def said(text: str, *marks: Mark, place: tuple[Element, ...] = (), number: int = 1, language: str = "en") -> Passage:
    return Passage(
        0, Role.BODY, language, False, (TimedSentence(text, 0, 900, (), marks=marks),), text=number, place=place
    )


def marked(text: str, part: str, style: Style, number: int = 1) -> Passage:
    return said(text, Mark(text.index(part), len(part), style), number=number)


def test_a_formula_is_mathml_and_its_sentence_has_no_places_of_words() -> None:
    marks = (Mark(4, 3, Style(formula=latex.read("x^2"))),)
    timed = TimedSentence("Let x^2 be.", 0, 900, (TimedWord(0, 0, 3), TimedWord(400, 4, 3)), marks=marks)
    text = "".join(next(shown([1], [Passage(0, Role.BODY, "en", False, (timed,), text=1)])).body)
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x^2"><msup>' in text
    assert "data-b" in text
    assert "data-w" not in text


def test_what_continues_a_paragraph_is_joined_to_it() -> None:
    text = [
        passage(0, Role.BODY, "One.", "Two."),
        passage(0, Role.BODY, "三。", language="zh", continues=True),
        passage(0, Role.BODY, "New."),
    ]
    first, second = re.findall("<p>(.*)</p>", "".join(next(shown([1], text)).body))
    assert re.sub("<[^>]*>", "", first) == "One. Two. 三。"
    assert re.findall(r'lang="(\w+)"', first) == ["zh"]
    assert "New." in second


def test_a_heading_is_heard_or_else_named() -> None:
    text = [passage(1, Role.HEADING, "Heard as", "two."), passage(1, Role.QUOTE, "Q."), passage(1, Role.BODY, "B.")]
    for section in shown((1, 2, 2), text):
        assert section.heading.strip() == ["Chapter 0", "Heard as two.", "Chapter 2"][section.number]
        tags = re.findall("<(?!span)[a-z]+", "".join(section.body))
        assert tags == [[], ["<blockquote", "<p", "<p"], []][section.number]


def test_no_level_of_headings_is_left_out() -> None:
    found = [section.level for section in shown((1, 4, 4, 5, 2, 9, 9, 9, 9, 9, 1), [])]
    assert found == [2, 3, 4, 5, 2, 3, 4, 5, 6, 6, 2]


def test_anchors_are_the_identifiers_where_these_can_stand_in_a_page() -> None:
    named = [Chapter(name, "", 2, 0, 0) for name in ("s1", "s1", "page-play", "a b", "", '"><i>', "第一章")]
    assert anchors(named) == ("s1", *(f"page-chapter-{n}" for n in range(1, 6)), "第一章")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (Style(emphasis=True), "a <em>b&lt;</em> c"),
        (Style(strong=True, code=True), "a <strong><code>b&lt;</code></strong> c"),
        (Style(raised=True), "a <sup>b&lt;</sup> c"),
        (Style(language="fr"), 'a <span lang="fr">b&lt;</span> c'),
        (Style(language="en"), "a b&lt; c"),
        (Style(language="ar"), 'a <span lang="ar" dir="rtl">b&lt;</span> c'),
        (Style(expansion='A "B"'), 'a <abbr title="A &#34;B&#34;">b&lt;</abbr> c'),
        (Style(reading="r"), "a <ruby>b&lt;<rp>(</rp><rt>r</rt><rp>)</rp></ruby> c"),
        (Style(link="https://e.org/?a=1&b"), 'a <a href="https://e.org/?a=1&amp;b" rel="noreferrer">b&lt;</a> c'),
        (Style(link="mailto:a@e.org"), 'a <a href="mailto:a@e.org" rel="noreferrer">b&lt;</a> c'),
        (Style(link="/x"), 'a <a href="https://e.org/x" rel="noreferrer">b&lt;</a> c'),
        (Style(link="javascript:alert(1)"), "a b&lt; c"),
        (Style(link="//[x"), "a b&lt; c"),
    ],
)
def test_what_is_more_than_plain_is_told_by_its_element(style: Style, expected: str) -> None:
    assert body(marked("a b< c", "b<", style), source="https://e.org/y/") == f"<p>{expected}</p>"


def test_a_relative_link_leads_nowhere_where_the_address_of_the_article_is_not_known() -> None:
    assert body(marked("a b", "b", Style(link="/x"))) == "<p>a b</p>"


def test_neighbours_with_one_link_are_one_link() -> None:
    link = Style(link="https://e.org"), Style(link="https://e.org", strong=True)
    text = said("one two", Mark(0, 4, link[0]), Mark(4, 3, link[1]))
    assert body(text) == '<p><a href="https://e.org" rel="noreferrer">one <strong>two</strong></a></p>'


def test_a_note_and_its_reference_lead_to_each_other() -> None:
    note = [said("1", place=(NOTE, LABEL), number=2), said("Told.", place=(NOTE,), number=3)]
    text = body(marked("See.[1]", "[1]", Style(note="fn:1")), *note)
    assert text == (
        '<p>See.<sup><a id="page-ref-1" href="#page-note-1" role="doc-noteref">[1]</a></sup></p>'
        '<aside role="doc-footnote" id="page-note-1"><p class="label"><a href="#page-ref-1" role="doc-backlink">'
        "1</a></p><p>Told.</p></aside>"
    )


def test_the_mark_of_a_note_stands_though_it_is_not_said() -> None:
    starred = Element(Kind.NOTE, 1, name="x", label="*")
    assert body(said("Told.", place=(starred,))) == (
        '<aside role="doc-footnote" id="page-note-1"><p class="label"><a>*</a></p><p>Told.</p></aside>'
    )


def test_notes_of_one_name_have_addresses_of_their_own() -> None:
    others = (Element(Kind.NOTE, number, name="x") for number in (1, 5, 9))
    told = (said("Told.", place=(note,), number=number) for number, note in enumerate(others, 1))
    assert re.findall('id="([^"]*)"', body(*told)) == ["page-note-1", "page-note-2", "page-note-3"]


def test_a_table_has_headers_and_all_its_cells() -> None:
    table = Element(Kind.TABLE, 1)
    shapes = (Cell(Header.COLUMN, columns=2), Cell(Header.COLUMN), Cell(rows=3))
    row = Element(Kind.ROW, 2, cells=shapes)
    text = said("A<", Mark(0, 2, Style(cell=0)), place=(table, row))
    assert body(text) == (
        '<table><tr><th scope="col" colspan="2">A&lt;</th><td></td><td rowspan="3"></td></tr></table>'
    )


def test_an_image_is_told_as_one() -> None:
    figure = Element(Kind.FIGURE, 1)
    texts = [
        said("A ferry.", place=(figure, Element(Kind.ALTERNATIVE, 2)), number=1),
        said("At night.", place=(figure, Element(Kind.CAPTION, 3)), number=2),
    ]
    what = '<span class="what">Image: </span>'
    expected = f'<figure><p class="alternative">{what}A ferry.</p><figcaption><p>At night.</p></figcaption></figure>'
    assert body(*texts) == expected


def test_code_keeps_its_white_space_and_numbered_items_their_numbers() -> None:
    code = (Element(Kind.CODE, 1),)
    lines = [("if x:", "\n"), ("go()", "")]
    texts = [
        Passage(0, Role.ASIDE, "en", False, (TimedSentence(line, 0, 9, before="  " * n, after=after),), n + 1, code)
        for n, (line, after) in enumerate(lines)
    ]
    assert body(*texts) == "<pre><code>if x:\n  go()</code></pre>"
    numbered = Element(Kind.LIST, 1, ordered=True), Element(Kind.ITEM, 2, value=7)
    assert body(said("7. seven", Mark(0, 3, Style(supplied=True)), place=numbered)) == (
        '<ol><li value="7"><p>seven</p></li></ol>'
    )


@given(st.lists(st.tuples(st.text("a😀文 ", max_size=3), st.text("b𝒳字", min_size=1, max_size=4)), max_size=6))
def test_word_times_are_given_in_the_units_of_browsers(parts: list[tuple[str, str]]) -> None:
    text, words = "x", []
    for number, (between, word) in enumerate(parts):
        words.append(TimedWord(500 + 90 * number, len(text) + len(between), len(word)))
        text += between + word
    heard = Passage(0, Role.BODY, "en", False, (TimedSentence(text, 400, 3000, tuple(words)),))
    page = "".join(next(shown([1], [heard])).body)
    numbers = [int(number) for told in re.findall('data-w="([^"]*)"', page) for number in told.split()]
    units = text.encode("utf-16-le")
    place, time, found = 0, 400, []
    for gap, length, later in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        place, time = place + gap + length, time + later
        found.append((units[2 * (place - length) : 2 * place].decode("utf-16-le"), time))
    assert found == [(word, 500 + 90 * number) for number, (_, word) in enumerate(parts)]


STYLES = st.builds(
    Style, st.booleans(), st.booleans(), link=st.sampled_from(["", "https://e.org", "x"]), reading=st.just("")
)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=4), STYLES), min_size=1, max_size=5))
def test_whatever_is_marked_the_text_is_whole(parts: list[tuple[str, Style]]) -> None:
    text, marks = "", []
    for part, style in parts:
        marks.append(Mark(len(text), len(part), style))
        text += part
    page = "".join(next(shown([1], [said(text, *marks)])).body)
    assert html.unescape(re.sub("<[^>]*>", "", page)).strip("\n") == text.strip("\n")
