"""Running heads and page numbers: by repetition and place together."""

from msgspec.structs import replace

from chaptercast.document.formats.pdf.page import Line, Page, Run
from chaptercast.document.formats.pdf.page_numbers import value_of
from chaptercast.document.formats.pdf.running_heads import find_furniture, signature


def line(text: str, y: float, size: float = 10) -> Line:
    return Line((Run(text),), 40, 40 + 5 * len(text), y, size)


def pages(*heads: str, number: int = 12, repeated: str = "The same line of a song") -> list[Page]:
    made = []
    for index, head in enumerate(heads):
        body = [
            line(repeated, 100),
            *(line(f"and words that only page {index} {n} has", 112 + 12 * n) for n in range(20)),
        ]
        made.append(Page(index + 1, 400, 560, lines=(line(head, 40, 9), *body, line(str(number + index), 540, 9))))
    return made


def gone(found: list[Page]) -> list[str]:
    return [omission.text for omission in find_furniture(found).left_out]


def test_heads_that_alternate_and_numbers_that_rise_are_left_out():
    assert gone(pages("Salt", "Bread", "Salt", "Bread")) == ["Salt", "12", "Bread", "13", "Salt", "14", "Bread", "15"]


def test_a_first_line_that_comes_again_is_text():
    assert "The same line of a song" not in gone(pages("Salt", "Salt", "Salt"))


def test_lines_that_come_once_are_text():
    sheets = [
        Page(n, 400, 560, lines=(line(f"Words of {word}", 100), line(word, 540))) for n, word in enumerate("cab", 1)
    ]
    assert gone(sheets) == []


def test_a_head_is_known_though_its_number_differs():
    assert signature("170 PART TWO Foundations") == signature("PART TWO Foundations 172")


def test_values_of_numbers():
    assert [value_of(text) for text in ("12", "xiv", "IV", "①", "mix it")] == [12, 14, 4, None, None]


def with_number(head: str, number: str, first: int) -> list[Page]:
    made = []
    for index in range(3):
        body = [line(f"and words that only page {index} {n} has", 112 + 12 * n) for n in range(20)]
        top = (line(head, 40), replace(line(number and str(first + index), 40), x0=350, x1=360)) if index else ()
        made.append(Page(index + 1, 400, 560, lines=(*top, *body)))
    return made


def test_a_head_that_comes_once_is_known_by_the_page_number_beside_it():
    assert gone(with_number("3 SALT", "1", 6)[:2] + with_number("4 BREAD", "1", 6)[2:]) == [
        "3 SALT",
        "7",
        "4 BREAD",
        "8",
    ]


def test_a_head_that_comes_once_is_known_by_its_words_elsewhere():
    title = "The salt and the bread of the harbour"
    first, second, third = pages("", "", "")
    first = replace(first, lines=(line(title, 60, 16), *first.lines[1:]))
    second = replace(second, lines=(line(title, 40), *second.lines[1:]))
    third = replace(third, lines=(line("Words that nobody else has said before", 40), *third.lines[1:]))
    assert gone([first, second, third]) == ["12", title, "13", "14"]


def test_the_head_of_a_table_that_goes_on_is_text():
    def table(page: int, number: int, y: float) -> Line:
        return replace(line("Name Age" if number == 0 else f"Person{page}{number} {number}", y), table=1)

    sheets = [
        Page(n, 400, 560, lines=(*(table(n, row, 40 + 30 * row) for row in range(8)), line("so far", 500)))
        for n in range(1, 5)
    ]
    assert "Name Age" not in gone(sheets)


def in_margin(*numbers: int) -> list[Page]:
    made = []
    for index, number in enumerate(numbers):
        body = [line(f"and words that only page {index} {n} has", 112 + 12 * n) for n in range(20)]
        side = 10 if index % 2 else 370
        made.append(Page(index + 1, 400, 560, lines=(*body, replace(line(str(number), 160), x0=side, x1=side + 15))))
    return made


def test_numbers_in_the_margin_that_count_the_pages_are_left_out():
    assert gone(in_margin(162, 163, 164, 165)) == ["162", "163", "164", "165"]


def test_other_numbers_in_the_margin_are_text():
    assert gone(in_margin(162, 170, 12, 9)) == []
    assert gone(in_margin(162, 163)) == []


def test_a_line_that_comes_more_often_within_the_pages_is_text():
    sheets = [
        Page(
            n + 1,
            400,
            560,
            lines=(
                line(f"QUESTION {5 * n}", 60, 12),
                *(line(f"What came of the {n} ships by the way {y}", y) for y in range(90, 190, 12)),
                line(f"QUESTION {5 * n + 1}", 220, 12),
                *(line(f"What came of the {n} boats by the way {y}", y) for y in range(250, 400, 12)),
            ),
        )
        for n in range(4)
    ]
    assert gone(sheets) == []


def test_two_years_that_begin_lines_of_two_pages_count_no_pages():
    sheets = [
        Page(
            n + 1,
            400,
            560,
            lines=(
                *(line(f"In word {n} the mill {y} was built", y) for y in range(60, 300, 12)),
                line(f"{year} A prize for {('hay', 'oats', 'flax', 'rye')[n]} from the mill", 330),
            ),
        )
        for n, year in enumerate((2013, 1999, 2015, 1987))
    ]
    assert gone(sheets) == []


def test_a_foot_is_left_out_where_the_text_comes_close_to_it_too():
    sheets = pages("Salt", "Salt", "Salt")
    close = line("and one more line of the text", 531)
    sheets[0] = replace(sheets[0], lines=(*sheets[0].lines[:-1], close, line("salt.example/bread 1/3", 540)))
    sheets[1] = replace(sheets[1], lines=(*sheets[1].lines[:-1], line("salt.example/bread 2/3", 540)))
    sheets[2] = replace(sheets[2], lines=(*sheets[2].lines[:-1], line("salt.example/bread 3/3", 540)))
    assert [text for text in gone(sheets) if "/" in text] == [f"salt.example/bread {n}/3" for n in (1, 2, 3)]


def test_notes_whose_numbers_go_up_with_the_pages_are_no_feet():
    notes = (
        "is the oldest of them all.",
        "was built before the mill was.",
        "has no key that we know of.",
        "burnt down in one night.",
    )
    sheets = [
        Page(
            n + 1, 400, 560, lines=(*(line(f"In word {n} the mill {y} was built", y) for y in range(60, 300, 12)), foot)
        )
        for n, note in enumerate(notes)
        for foot in [line(f"{n + 7} This one {note}", (540, 512, 526, 490)[n], 8)]
    ]
    assert gone(sheets) == []
