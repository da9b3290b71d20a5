"""Notes: near what refers to them if they are short, at the end of the section if not; never lost, never twice."""

from tests.script.narration.telling import heard, inlines, left_out, note, p, said, script

from chaptercast.document.model import CodeBlock, Heading, Note, Span
from chaptercast.script.narration.narrate import Notes, Verbosity
from chaptercast.script.narration.notes import LONGEST_SHORT

LONG = "A long note. " * (LONGEST_SHORT // 10)


def mark(identity: str, text: str = "1") -> Span:
    return Span(text, note=identity)


def heading(text: str) -> Heading:
    return Heading(inlines(text), 2)


def test_a_short_note_is_told_after_the_sentence_that_refers_to_it() -> None:
    told = said(p("First.", mark("n", "[1]"), " Second."), note("n", "The note.", label="1"), p("Third."))
    assert told == ["First.", "[Note 1.]", "[The note.]", "Second.", "Third."]


def test_the_mark_is_written_and_silent() -> None:
    told = script(p("First", mark("n", "[1]"), ", then second."), note("n", "The note.", label="1"))
    assert [say.written for say in told.utterances()] == ["First[1], then second.", "1", "The note."]
    assert next(told.utterances()).spoken == "First, then second."
    assert left_out(told) == []


def test_the_pauses_around_a_note_keep_it_apart() -> None:
    assert heard(script(p("First.", mark("n"), " Second."), note("n", "Note text.", label="1"))) == [
        *("First.", 400, "Note 1.", 300, "Note text.", 400, "Second.")
    ]


def test_in_chinese_too_a_mark_belongs_to_the_sentence_before_it() -> None:
    told = script(p("第一句。", mark("n", "①"), "第二句。"), note("n", "注文。", label="①"), language="zh")
    assert [say.written for say in told.utterances()] == ["第一句。①", "①", "注文。", "第二句。"]


def test_a_long_note_is_told_at_the_end_of_its_section() -> None:
    told = said(
        heading("A"), p("First.", mark("n")), p("Second."), heading("B"), p("Third."), note("n", LONG, label="1")
    )
    assert told == ["A", "First.", "Second.", "[Note 1.]", f"[{LONG.strip()}]", "B", "Third."]


def test_all_notes_can_be_put_off_or_left_out() -> None:
    blocks = p("First.", mark("n"), " Second."), note("n", "The note.", label="1")
    assert said(*blocks, notes=Notes.END) == ["First.", "Second.", "[Note 1.]", "[The note.]"]
    assert said(*blocks, notes=Notes.SKIP) == ["First.", "Second."]
    assert left_out(script(*blocks, notes=Notes.SKIP)) == [("1\nThe note.", "SETTING")]


def test_a_note_that_nobody_refers_to_is_told_at_the_end() -> None:
    assert said(note("n", "The note.", label="*"), p("Text.")) == ["Text.", "[Note.]", "[The note.]"]


def test_notes_that_only_refer_to_each_other_are_told_once_each() -> None:
    one = Note("a", (p("One.", mark("b", "2")),), "1")
    two = Note("b", (p("Two.", mark("a", "1")),), "2")
    assert said(p("Text."), one, two) == ["Text.", "[Note 1.]", "[One.]", "[Note 2.]", "[Two.]"]


def test_a_second_reference_is_silent() -> None:
    told = said(p("First.", mark("n"), " Second.", mark("n")), note("n", "The note.", label="1"))
    assert told == ["First.", "[Note 1.]", "[The note.]", "Second."]


def test_two_notes_of_one_name_are_both_told() -> None:
    told = said(p("Text.", mark("n")), note("n", "One."), note("n", "Two."))
    assert told == ["Text.", "[Note.]", "[One.]", "[Note.]", "[Two.]"]


def test_a_mark_without_a_note_is_named_as_left_out() -> None:
    told = script(p("Text.", mark("gone", "[7]")))
    assert [say.spoken for say in told.utterances()] == ["Text."]
    assert left_out(told) == [("[7]", "UNSPEAKABLE")]


def test_words_that_refer_to_a_note_are_said() -> None:
    assert said(p(mark("n", "See below"), "."), note("n", "Below."))[0] == "See below."


def test_a_heading_is_told_without_its_mark_and_its_note_follows() -> None:
    told = script(Heading((Span("Tides"), mark("n")), 2), note("n", "Of the moon.", label="1"))
    assert told.sections[0].title == "Tides"
    assert [say.spoken for say in told.utterances()] == ["Tides", "Note 1.", "Of the moon."]


def test_a_section_of_notes_says_where_they_went() -> None:
    blocks = p("Text.", mark("n")), heading("Notes"), note("n", "The note.", label="1")
    assert said(*blocks)[-2:] == ["Notes", "[The notes were read where they are referred to.]"]
    assert said(*blocks, verbosity=Verbosity.NONE)[-1] == "Notes"


def test_full_verbosity_says_where_a_note_ends_and_that_one_will_follow() -> None:
    assert said(p("Text.", mark("n")), note("n", "Short.", label="1"), verbosity=Verbosity.FULL)[-1] == "[End of note.]"
    later = said(p("Text.", mark("n")), note("n", LONG, label="1"), verbosity=Verbosity.FULL)
    assert later[1] == "[Note 1 follows at the end of this section.]"


def test_a_note_of_other_blocks_is_told_whole_at_the_end() -> None:
    blocks = p("Text.", mark("n")), Note("n", (heading("In the note"), CodeBlock("ls")), "1")
    assert said(*blocks, p("More."))[2:] == ["[Note 1.]", "In the note", "[Code, one line.]", "[ls]"]
    assert len(script(*blocks).sections) == 1


def test_without_words_for_it_a_label_is_said_alone() -> None:
    told = script(p("ข้อความ", mark("n")), note("n", "หมายเหตุ", label="1"), language="th")
    assert [say.spoken for say in told.utterances()] == ["ข้อความ", "1", "หมายเหตุ"]
