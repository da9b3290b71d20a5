"""Notes at the foot of a column, and the marks that refer to them."""

from chaptercast.document.formats.pdf.blocks import Block
from chaptercast.document.formats.pdf.notes import Notes, references, take_notes
from chaptercast.document.formats.pdf.page import Line, Page, Run


def block(y: float, size: float, *runs: Run) -> Block:
    return Block([Line(runs, 40, 300, y, size)], 1, 0, above=3.0)


def said(text: str, mark: str, size: float = 10) -> Block:
    return block(100, size, Run(text), Run(mark, shift=1))


def test_an_abstract_in_small_type_refers_to_notes_too():
    abstract = said("We have found the salt of the sea.", "1", 9)
    note = block(500, 8, Run("1", shift=1), Run("It is in a box."))
    notes = Notes()
    assert take_notes(Page(1, 400, 560), [abstract, note], 10, notes) == [abstract]
    assert [part.text for part in notes.blocks.values()] == ["It is in a box."]


def test_several_marks_may_stand_together():
    assert references([said("Lianwen Jin", "∗ †, 3")], 10) == {"∗", "†", "3"}


def test_a_power_is_no_mark():
    assert references([said("the area is r", "2n")], 10) == set()


def test_a_long_raised_number_takes_no_time():
    """Each way to part it into marks was tried: forty digits would have taken a day."""
    assert references([said("It is number ", "1" * 40 + "n")], 10) == set()
