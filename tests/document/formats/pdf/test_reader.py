"""Whole PDF files, judged by the document that comes out."""

import pytest
from tests.document.formats.pdf.making import Sheet, pdf

from chaptercast.document.block_text import texts
from chaptercast.document.formats.pdf import ocr
from chaptercast.document.model import Document, Heading, Note, Paragraph, Reason, plain
from chaptercast.document.outline import headings, outline
from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError


def read(data: bytes) -> Document:
    return read_bytes(data, name="x.pdf")


def told(document: Document) -> list[str]:
    return list(texts(document.blocks))


def left(document: Document, reason: Reason) -> list[str]:
    return [omission.text for omission in document.left_out if omission.reason is reason]


def numbered(sheet: Sheet, number: int) -> None:
    sheet.text(40, 30, "The Harbour Report" if number % 2 else "Chapter One", 9, "TimesI")
    sheet.text(195, 540, str(number + 11), 9)


def test_columns_are_read_one_after_the_other_though_the_right_one_is_painted_first():
    sheets = []
    for number, season in enumerate(("spring", "summer", "autumn", "winter"), 1):
        sheet = Sheet()
        numbered(sheet, number)
        sheet.lines(
            210,
            100,
            [
                f"from the {season} bank. The ferry-",
                "man said nothing and rowed on.",
                "",
                f"Later the {season} wind turned, and",
                "the light on the tower went out.",
            ],
        )
        sheet.lines(
            40,
            100,
            [
                f"The {season} keeper counted ships",
                "that came in early, and wrote",
                f"them in a leather {season} note-",
                "book which nobody ever read.",
                "At dusk boats could be seen",
            ],
        )
        sheets.append(sheet)
    document = read(pdf(sheets))
    assert told(document)[:2] == [
        (
            "The spring keeper counted ships that came in early, and wrote them in a leather spring notebook which nobody ever read. "
            "At dusk boats could be seen from the spring bank. The ferryman said nothing and rowed on."
        ),
        "Later the spring wind turned, and the light on the tower went out.",
    ]
    assert len(told(document)) == 8
    assert left(document, Reason.PAGE) == ["The Harbour Report", "Chapter One"] * 2
    assert left(document, Reason.PAGE_NUMBER) == ["12", "13", "14", "15"]


def test_an_initial_opens_the_first_of_the_lines_beside_it():
    sheet = Sheet()
    sheet.text(40, 92, "O", 42)
    sheet.lines(74, 72, ["nce the gate was shut the", "yard fell silent, and only the"])
    sheet.lines(40, 114, ["pump went on dripping into its pail."])
    assert told(read(pdf([sheet]))) == [
        "Once the gate was shut the yard fell silent, and only the pump went on dripping into its pail."
    ]


def test_letters_set_apart_are_words():
    sheet = Sheet()
    for index, letter in enumerate("CHAPTER TWO"):
        if letter != " ":
            sheet.text(40 + 19 * index, 70, letter, 14, "SansB")
    sheet.lines(40, 100, ["The road climbed slowly out of the village."])
    assert told(read(pdf([sheet]))) == ["CHAPTER TWO", "The road climbed slowly out of the village."]


def test_a_space_that_stands_within_a_ligature_parts_no_word():
    font = (
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/FirstChar 1/LastChar 1/Widths[556]"
        "/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/fi]>>>>"
    )
    sheet = Sheet()
    sheet.text(40, 70, "The of", 12)
    sheet.text(71, 70, "\x01", 12, "Lig")
    sheet.text(73, 70, " ", 12)
    sheet.text(77.8, 70, "ce was closed for the day.", 12)
    assert told(read(pdf([sheet], further_fonts={"Lig": font}))) == ["The office was closed for the day."]


def test_what_is_printed_twice_is_read_once_and_double_letters_stay():
    sheet = Sheet()
    sheet.text(40, 70, "All well still", 14, "Sans")
    sheet.text(40.4, 70, "All well still", 14, "Sans")
    sheet.lines(40, 100, ["The still hall fell silent again."])
    assert told(read(pdf([sheet]))) == ["All well still", "The still hall fell silent again."]


def test_a_footnote_is_a_note_at_its_reference_and_not_in_the_midst_of_a_sentence():
    first, second = Sheet(), Sheet()
    numbered(first, 1)
    first.text(40, 70, "The bridge was closed for repairs")
    first.text(190, 66, "1", 7)
    first.text(197, 70, "in spring, and")
    first.text(40, 84, "traffic went round by the mill")
    first.rule(40, 480, 120)
    first.text(40, 490, "1", 6)
    first.text(45, 493, "See the notice on the town hall door.", 8)
    numbered(second, 2)
    second.lines(40, 70, ["until the autumn, when it opened again."])
    document = read(pdf([first, second]))
    body, note = document.blocks
    assert isinstance(body, Paragraph)
    assert plain(body.inlines) == (
        "The bridge was closed for repairs1 in spring, and traffic went round by the mill until the autumn, when it opened again."
    )
    assert isinstance(note, Note)
    assert [span.note for span in body.inlines if span.note] == [note.id]
    assert told(document)[1] == "See the notice on the town hall door."


def test_words_without_spaces_between_them_are_told_apart():
    sheet = Sheet()
    place = 40.0
    for word, width in (("Words", 31.3), ("are", 15.3), ("placed", 32.0), ("one", 17.3), ("by", 12.0), ("one", 17.3)):
        sheet.text(place, 70, word, 12)
        place += width + 3
    assert told(read(pdf([sheet]))) == ["Words are placed one by one"]


def test_text_that_runs_upwards_is_read_in_its_order():
    sheet = Sheet()
    sheet.turned(["This table page is set sideways", "and must be read as one text."])
    assert told(read(pdf([sheet]))) == ["This table page is set sideways and must be read as one text."]


def body(sheet: Sheet, y: float = 100, count: int = 6) -> None:
    sheet.lines(
        40,
        y,
        [f"Line {n} of a text that goes on over the whole width of the page," for n in range(count - 1)]
        + ["and ends."],
    )


def test_the_outline_of_the_file_names_the_chapters():
    sheets = [Sheet(), Sheet()]
    for sheet, title in zip(sheets, ("Salt", "Bread"), strict=True):
        sheet.text(40, 70, title)
        body(sheet)
    document = outline(read(pdf(sheets, outline=[("Salt", 0), ("Bread", 1)], title="Two things")))
    assert [(plain(h.inlines), h.level) for h in headings(document)] == [("Salt", 2), ("Bread", 2)]
    assert document.title == "Two things"


def test_a_chapter_that_no_line_of_its_page_is_has_its_heading_all_the_same():
    sheets = [Sheet(), Sheet()]
    for sheet in sheets:
        body(sheet)
    document = read(pdf(sheets, outline=[("Of salt", 0), ("Of bread", 1)]))
    assert [plain(b.inlines) for b in document.blocks if isinstance(b, Heading)] == ["Of salt", "Of bread"]


def test_larger_lines_are_headings_by_the_rules_of_the_outline():
    sheet = Sheet()
    sheet.text(40, 60, "The Town and its Sea", 20, "TimesB")
    sheet.text(40, 90, "The quay", 14, "TimesB")
    body(sheet, 110)
    sheet.text(40, 230, "The tower", 14, "TimesB")
    body(sheet, 250)
    document = outline(read(pdf([sheet])))
    assert document.title == "The Town and its Sea"
    assert [plain(h.inlines) for h in headings(document)] == ["The quay", "The tower"]


def test_a_file_of_pictures_only_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    sheet = Sheet()
    sheet.picture()
    with pytest.raises(InputError) as caught:
        read(pdf([sheet]))
    assert "picture" in caught.value.message
    assert "chaptercast[ocr]" in (caught.value.remedy or "")


@pytest.mark.skipif(not ocr.is_installed(), reason="needs the extra ocr")
def test_a_picture_in_which_nothing_is_recognised_is_refused():
    sheet = Sheet()
    sheet.picture()
    with pytest.raises(InputError) as caught:
        read(pdf([sheet]))
    assert "nothing can be recognised" in caught.value.message


def test_a_damaged_file_is_one_message():
    with pytest.raises(InputError) as caught:
        read(b"%PDF-1.7\nnothing of the kind\n")
    assert "damaged" in caught.value.message
    assert caught.value.remedy


def test_text_that_nobody_sees_is_left_out_and_named():
    sheet = Sheet()
    body(sheet)
    sheet.text(40, 300, "secret words", mode=3)
    document = read(pdf([sheet]))
    assert left(document, Reason.HIDDEN) == ["secret words"]
    assert not any("secret" in text for text in told(document))


def field(kind: str, value: str, y: int) -> str:
    box = f"/Rect[120 {560 - y - 4} 300 {560 - y + 10}]"
    return f"<</Type/Annot/Subtype/Widget/F 4{box}/FT/{kind}/T(f{y})/V({value})>>"


def test_values_of_fields_stand_after_their_labels():
    sheet = Sheet()
    sheet.lines(40, 100, ["Name:"])
    sheet.lines(40, 130, ["Town:"])
    sheet.annotations = [field("Tx", "Ada Byron", 100), field("Tx", "Ely", 130)]
    document = read(pdf([sheet], catalog="/AcroForm<</Fields[ANNOTATIONS]>>"))
    assert told(document) == ["Name: Ada Byron", "Town: Ely"]


def test_a_remark_is_left_out_and_named():
    sheet = Sheet()
    body(sheet)
    sheet.annotations = ["<</Type/Annot/Subtype/Text/F 4/Rect[10 10 30 30]/Contents(Is this so?)>>"]
    assert left(read(pdf([sheet])), Reason.REMARK) == ["Is this so?"]


def test_a_page_that_is_broken_is_named_and_the_others_are_read():
    sheets = [Sheet(), Sheet()]
    for sheet in sheets:
        body(sheet)
    data = pdf(sheets)
    broken = data.replace(b"/Kids[", b"/Kids[99 0 R ").replace(b"/Count 2", b"/Count 3")
    document = read(broken)
    assert left(document, Reason.DAMAGED) == ["page 1"]
    assert any("page 1 cannot be read" in note for note in document.notes)
    assert told(document)
