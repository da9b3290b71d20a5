"""Images, quotations, code, terms and breaks; what is announced, in which voice, and what is left out."""

import pytest
from tests.script.narration.telling import heard, inlines, items, left_out, p, said, script

from chaptercast.document.model import Break, CodeBlock, Figure, Heading, Origin, Paragraph, Quote
from chaptercast.script.narration.narrate import Code, Verbosity
from chaptercast.voice_profiles import Role

LISTING = "\n".join(f"line {n}" for n in range(30))


def part(tag: str, text: str) -> Paragraph:
    return Paragraph(inlines(text), origin=Origin(tag=tag))


def test_an_image_is_announced_with_its_text_and_its_caption() -> None:
    boat = Figure("A boat", inlines("Photo of 1990"))
    assert said(boat) == ["[Image.]", "[A boat]", "[Photo of 1990]"]
    assert said(boat, verbosity=Verbosity.FULL) == ["[Image.]", "[A boat]", "[Caption.]", "[Photo of 1990]"]
    assert said(boat, verbosity=Verbosity.NONE) == ["[A boat]", "[Photo of 1990]"]


def test_what_an_image_says_twice_is_said_once() -> None:
    told = script(Figure("The harbour.", inlines("The Harbour, 1990")))
    assert heard(told)[2:] == ["The Harbour, 1990"]
    assert left_out(told) == [("The harbour.", "REPEATED")]


def test_a_decorative_image_is_silent_and_its_caption_is_not() -> None:
    told = script(Figure("A line", inlines("Caption"), decorative=True))
    assert heard(told) == ["Image.", 400, "Caption"]
    assert left_out(told) == [("A line", "DECORATIVE")]
    assert heard(script(Figure())) == []


def test_a_long_quotation_is_announced_and_a_short_one_is_heard_by_its_voice() -> None:
    assert said(Quote((p("a"),)), p("x")) == ["a", "x"]
    assert said(Quote((p("a"), p("b"))), p("x")) == ["[Quote.]", "a", "b", "[End of quote.]", "x"]
    told = script(Quote((p("a"), items("b"), Quote((p("c"),)))), p("x"), verbosity=Verbosity.NONE)
    assert [say.role for say in told.utterances()] == [Role.QUOTE] * 3 + [Role.BODY]


def test_short_code_is_read_line_by_line_and_long_code_is_named_as_left_out() -> None:
    short = CodeBlock("if boat {\n  sail()\n}\n", "c")
    assert said(short, p("x")) == ["[Code, 3 lines.]", "[if boat {]", "[sail()]", "x"]
    assert [say.written for say in script(short).utterances()][1:] == ["if boat {", "sail()\n}"]
    assert said(CodeBlock(LISTING), p("x")) == ["[Code, 30 lines, left out.]", "x"]
    assert left_out(script(CodeBlock(LISTING))) == [(LISTING, "SETTING")]


def test_code_is_read_or_skipped_as_the_listener_wants() -> None:
    assert len(said(CodeBlock(LISTING), code=Code.READ)) == 31
    assert said(CodeBlock("ls"), code=Code.SKIP) == ["[Code, one line, left out.]"]
    assert said(CodeBlock("ls"), code=Code.SKIP, verbosity=Verbosity.NONE) == []
    assert said(CodeBlock("ls"), verbosity=Verbosity.FULL) == ["[Code, one line.]", "[ls]", "[End of code.]"]


def test_code_without_words_is_a_report() -> None:
    assert heard(script(CodeBlock("{}\n---"))) == []
    assert left_out(script(CodeBlock("{}\n---"))) == [("{}\n---", "UNSPEAKABLE")]


def test_terms_and_what_they_mean() -> None:
    blocks = part("dt", "Ebb"), part("dd", "Falling water."), part("dt", "Flood"), part("dd", "Rising water.")
    assert heard(script(*blocks)) == ["Ebb", 300, "Falling water.", 500, "Flood", 300, "Rising water."]
    assert said(*blocks[:2], verbosity=Verbosity.FULL) == ["Ebb", "[Definition.]", "Falling water."]


def test_the_head_of_a_foldable_part_is_said_with_what_it_hides() -> None:
    blocks = part("summary", "More"), p("Hidden at first.")
    assert said(*blocks) == ["More", "Hidden at first."]
    assert said(*blocks, verbosity=Verbosity.FULL) == ["[Details.]", "More", "Hidden at first."]


def test_a_thematic_break_is_a_longer_pause() -> None:
    assert heard(script(p("a"), Break(), p("b"))) == ["a", 1000, "b"]
    assert said(p("a"), Break(), p("b"), verbosity=Verbosity.FULL) == ["a", "[Section break.]", "b"]


def test_only_a_heading_of_the_article_itself_opens_a_chapter() -> None:
    inner = Heading(inlines("Inner"), 3)
    told = script(Heading(inlines("Outer"), 2), Quote((inner, p("a"))), p("b"))
    assert [section.title for section in told.sections] == ["Outer"]
    assert [say.role for say in told.utterances() if say.spoken == "Inner"] == [Role.HEADING]


def test_the_title_is_said_once_where_a_heading_is_the_title() -> None:
    told = script(Heading(inlines("The Ferry"), 1), p("Text."))
    assert [say.spoken for say in told.utterances()] == ["The Ferry", "Text."]
    assert (told.title, told.sections[0].level) == ("The Ferry", 1)


@pytest.mark.parametrize("verbosity", Verbosity)
def test_a_language_without_words_has_no_announcements(verbosity: Verbosity) -> None:
    blocks = items("ก", "ข", "ค"), Figure("ภาพ"), Quote((p("ก"), p("ข"))), CodeBlock("ls")
    assert set("".join(map(str, heard(script(*blocks, language="th", verbosity=verbosity))))) <= set(
        "กขคภาพls0123456789"
    )


def test_announcements_are_in_the_language_of_the_article_and_no_words_of_its_author() -> None:
    told = script(p("导语。"), items("甲", "乙", "丙"), language="zh")
    (announcement,) = [say for say in told.utterances() if not say.written]
    assert (announcement.spoken, announcement.language, announcement.role) == ("列表，共3项。", "zh", Role.ASIDE)
