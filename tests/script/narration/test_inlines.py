"""What is said in place of what is written within a text: abbreviations, ruby, powers, deletions, links, line breaks."""

import pytest
from tests.script.narration.telling import PAUSES, heard, left_out, p, said, script

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Span
from chaptercast.mathematics import latex
from chaptercast.script.narration.inline_marks import Marks
from chaptercast.script.narration.inlines import Reader
from chaptercast.script.narration.narrate import Settings, Verbosity
from chaptercast.text_structure import shifted

WHO = Span("WHO", expansion="World Health Organization")


def spoken(*spans: Span | str, language: str = "en", **settings: object) -> str:
    return " ".join(map(str, heard(script(p(*spans), language=language, **settings))))


def math(source: str) -> Span:
    return Span(source, math=True, formula=latex.read(source))


def up(text: str) -> Span:
    return Span(text, raised=True)


def test_an_initialism_is_explained_once_in_an_article() -> None:
    told = script(p("The ", WHO, " said. The ", WHO, " met."), p(WHO, " again."))
    assert [say.spoken for say in told.utterances()] == [
        "The WHO (World Health Organization) said. The WHO met.",
        "WHO again.",
    ]
    assert next(told.utterances()).written == "The WHO said. The WHO met."


def test_what_the_author_explains_needs_no_other_explanation() -> None:
    assert spoken("The World Health Organization (", WHO, ").") == "The World Health Organization (WHO)."
    assert spoken("The ", WHO, ".", verbosity=Verbosity.NONE) == "The WHO."


def test_words_cut_short_in_writing_are_said_in_full() -> None:
    assert spoken(Span("Dr.", expansion="Doctor"), " Who ran 5 ", Span("km", expansion="kilometres"), ".") == (
        "Doctor Who ran 5 kilometres."
    )
    assert spoken(Span("e.g.", expansion="for example"), " this") == "for example this"
    assert spoken(Span("html", expansion="HyperText Markup Language")) == "html (HyperText Markup Language)"


def test_in_other_scripts_and_languages_too() -> None:
    assert spoken(Span("北大", expansion="北京大学"), "的学生。", language="zh") == "北大（北京大学）的学生。"
    assert spoken(Span("อบต.", expansion="องค์การ"), language="th") == "อบต."


def test_ruby_is_said_once() -> None:
    assert spoken(Span("漢", reading="かん"), Span("字", reading="じ"), "です。", language="ja") == "かんじです。"
    told = script(p(Span("汉", reading="hàn"), Span("字", reading="zì"), "。"), language="zh")
    assert heard(told) == ["汉字。"]
    assert left_out(told) == [("hànzì", "REPEATED")]


def test_ruby_is_written_as_the_author_wrote_it() -> None:
    assert [say.written for say in script(p(Span("漢", reading="かん"), "だ。"), language="ja").utterances()] == [
        "漢だ。"
    ]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (("2", up("10"), " bytes"), "2¹⁰ bytes"),
        (("5 km", up("2")), "5 km²"),
        (("x", up("-1")), "x to the power of minus one"),
        (("(a+b)", up("2")), "(a+b)²"),
        (
            ("10", up("−3"), " mol at 3 ms", up("-1")),
            "ten to the power of minus three mol at three m s to the power of minus one",
        ),
        (("E = mc", up("2"), " holds"), "E equals m c squared holds"),
        (("SO", Span("4", lowered=True), up("2−"), " and Na", up("+")), "S O four, two minus, and N a, plus"),
        (("n", up("o"), " 4"), "n° 4"),
        (("1", up("st"), " and 2", up("nd")), "1st and 2nd"),
        (("H", Span("2", lowered=True), "O"), "H2O"),
        (("V", Span("max", lowered=True)), "V max"),
    ],
)
def test_powers_ordinals_and_indices(spans: tuple, expected: str) -> None:
    from tests.script.narration.telling import PAUSES, inlines

    from chaptercast.common.units import LanguageTag
    from chaptercast.script.narration.inlines import Reader
    from chaptercast.script.narration.settings import Settings

    pieces = Reader(Settings(PAUSES, spells_digits=True), []).read(inlines(*spans), LanguageTag("en"))
    assert "".join(piece.said for piece in pieces) == expected


@pytest.mark.parametrize(
    ("before", "mark"),
    [("said it.", "3"), ("in 1990", "2"), ("(see above)", "4"), ("word", "*"), ("后来", "1"), ("the end", "a")],
)
def test_a_raised_mark_that_is_no_power_is_not_said(before: str, mark: str) -> None:
    told = script(p(before, up(mark)), language="zh" if before == "后来" else "en")
    assert heard(told) == [before]
    assert left_out(told) == [(mark, "UNSPEAKABLE")]


def test_what_is_deleted_is_left_out_or_said_to_be_deleted() -> None:
    spans = "It costs ", Span("five", deleted=True), " four pounds."
    assert spoken(*spans) == "It costs four pounds."
    assert left_out(script(p(*spans))) == [("five", "SETTING")]
    assert spoken(*spans, verbosity=Verbosity.FULL) == "It costs (deleted: five) four pounds."


def test_a_paragraph_that_is_deleted_is_only_a_report() -> None:
    told = script(p(Span("Gone", deleted=True)), p("Here"))
    assert heard(told) == ["Here"]
    assert left_out(told) == [("Gone", "SETTING")]


def test_links_are_their_text_and_their_address_on_demand() -> None:
    spans = (
        "See ",
        Span("our ", link="https://example.org/a/"),
        Span("site", strong=True, link="https://example.org/a/"),
        ".",
    )
    assert spoken(*spans) == "See our site."
    assert spoken(*spans, link_addresses=True).startswith("See our site (link: example")
    bare = Span("example.org/a", link="https://example.org/a")
    assert spoken("See ", bare, link_addresses=True) == spoken("See ", bare)


def test_a_line_that_ends_without_a_mark_is_a_short_pause() -> None:
    assert spoken("Rose Lane 5\nHarbour Town\n(by the sea),\n“Open.”\nCome in") == (
        "Rose Lane 5, Harbour Town, (by the sea), “Open.” Come in"
    )
    assert spoken("床前明月光\n疑是地上霜。\n举头望明月", language="zh") == "床前明月光，疑是地上霜。 举头望明月"


def test_formulas_are_read_out() -> None:
    assert spoken("So ", math(r"E = mc^2"), ".") == "So E equals m c squared."
    assert spoken("So ", Span("the square of x", math=True), ".") == "So the square of x."
    told = script(p(math(r"\frac{a}{b}")))
    assert [(say.written, say.spoken) for say in told.utterances()] == [(r"\frac{a}{b}", "a over b")]


def test_what_of_a_formula_has_no_words_is_named() -> None:
    told = script(p("So ", math(r"a \wobble b")))
    assert heard(told) == ["So a wobble b"]
    assert left_out(told) == [("\\wobble", "UNSPEAKABLE")]


def test_a_text_without_sound_names_what_it_is() -> None:
    assert left_out(script(p("***"))) == [("***", "UNSPEAKABLE")]
    assert said(p(Span("—"), Span("†", note="x"))) == []


def test_a_formula_goes_along_with_its_source_and_not_with_a_part_of_it() -> None:
    tree = latex.read("a<b")
    (piece,) = Reader(Settings(PAUSES, spells_digits=True), []).read((math("a<b"),), LanguageTag("en"))
    assert piece.style.formula == tree
    whole = Marks([piece]).over(3)
    assert [(mark.length, mark.style.formula) for mark in whole] == [(3, tree)]
    assert shifted(whole, 0, 3) == whole
    assert [mark.style.formula for mark in shifted(whole, 1, 3)] == [None]
    marks = Marks([piece])
    assert [mark.style.formula for mark in (*marks.over(2), *marks.over(1))] == [None, None]
