"""Tables: their size, and each cell after the name of its column."""

from tests.script.narration.telling import inlines, left_out, note, p, said, script, voices

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Cell, Span, Table
from chaptercast.script.narration.narrate import Verbosity
from chaptercast.script.narration.tables import placed


def th(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(inlines(text), header=True, columns=columns, rows=rows)


def td(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(inlines(text), columns=columns, rows=rows)


AGES = Table(((th("Name"), th("Age")), (td("Ann"), td("5")), (td("Bob"), td(""))), inlines("The ages"))


def test_a_table_is_told_row_by_row() -> None:
    assert said(AGES) == [
        "[Table with 2 columns and 3 rows.]",
        "[The ages]",
        "[Column headings.]",
        "[Name; Age]",
        "Name: Ann; Age: 5",
        "Name: Bob; Age: empty",
        "[End of table.]",
    ]


def test_full_verbosity_counts_the_rows_and_none_says_what_is_written() -> None:
    assert said(AGES, verbosity=Verbosity.FULL)[4:7] == ["[Row 2.]", "Name: Ann; Age: 5", "[Row 3.]"]
    assert said(AGES, verbosity=Verbosity.NONE) == ["[The ages]", "Name; Age", "Ann; 5", "Bob"]


def test_what_is_written_is_written_once() -> None:
    written = [say.written for say in script(AGES).utterances() if say.written]
    assert written == ["The ages", "Name; Age", "Ann; 5", "Bob"]


def test_row_headers_come_first_and_are_said_again_where_they_span_rows() -> None:
    table = Table(((th("Line"), th("Hour")), (th("A", rows=2), td("8")), (td("9"),)))
    assert said(table)[3:5] == ["A; Hour: 8", "A; Hour: 9"]


def test_a_cell_that_spans_columns_keeps_the_others_in_theirs() -> None:
    table = Table(((th("A"), th("B"), th("C")), (td("x", columns=2), td("z"))))
    assert said(table)[3] == "A: x; C: z"


def test_a_header_over_several_columns_gives_way_to_the_ones_below_it() -> None:
    table = Table(((th("Day"), th("Tide", columns=2)), (th(""), th("High"), th("Low")), (td("Mo"), td("3"), td("9"))))
    assert said(table)[2:5] == ["[Day; Tide]", "[High; Low]", "Day: Mo; High: 3; Low: 9"]


def test_a_long_name_of_a_column_is_said_once_and_counted_then() -> None:
    long = "How many passengers were on board when the ferry left the harbour"
    table = Table(((th("Day"), th(long)), (td("Mo"), td("3"))))
    assert said(table)[2:4] == [f"[Day; {long}]", "Day: Mo; Column 2: 3"]


def test_cells_that_end_their_sentence_need_no_other_mark() -> None:
    table = Table(((td("It rained."), td("It snowed.")), (td("a"), td("b"))))
    assert said(table)[1:3] == ["It rained. It snowed.", "a; b"]


def test_a_table_without_words_is_a_report() -> None:
    told = script(Table(((td("—"), td("…")),)), p("x"))
    assert [say.spoken for say in told.utterances()] == ["x"]
    assert left_out(told) == [("—; …", "UNSPEAKABLE")]


def test_headers_alone_are_said() -> None:
    assert said(Table(((th("Name"), th("Age")),))) == [
        "[Table with 2 columns and one row.]",
        "Name; Age",
        "[End of table.]",
    ]


def test_a_column_of_another_language_has_its_voice() -> None:
    table = Table(
        ((th("这一句"), th("那一句")), (td("德语"), td("Der Zug fährt um acht Uhr ab.")), (td("短"), td("Zug")))
    )
    found = voices(table, language="zh")
    assert ("de", "Der Zug fährt um acht Uhr ab.") in found
    assert ("zh", "短；Zug") in found


def test_a_table_has_the_language_that_it_declares() -> None:
    table = Table(((td("Haus"), td("Hof")),), language=LanguageTag("de"))
    assert voices(table) == [("de", "Haus; Hof")]


def test_spans_without_end_are_bounded() -> None:
    rows = placed(Table(tuple((td("x", columns=1000, rows=1000), td("y", rows=1000)) for _ in range(50))))
    assert all(len(row) <= 200 for row in rows)


def test_words_of_a_note_follow_their_row() -> None:
    cell = Cell((Span("5"), Span("1", note="n")))
    assert said(Table(((td("Ann"), cell), (td("Bob"), td("6")))), note("n", "Or six.", label="1")) == [
        "[Table with 2 columns and 2 rows.]",
        "Ann; 5",
        "[Note 1.]",
        "[Or six.]",
        "Bob; 6",
        "[End of table.]",
    ]
