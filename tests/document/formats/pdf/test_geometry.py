"""Rows, columns and lines from a few numbers."""

import pytest

from chaptercast.document.formats.pdf.columns import columns_of
from chaptercast.document.formats.pdf.fragments import fragments_of, without_doubles
from chaptercast.document.formats.pdf.lines import lines_of, runs_of
from chaptercast.document.formats.pdf.page import Glyph, Style


def written(text: str, x: float, y: float, size: float = 10, step: float = 0.5) -> list[Glyph]:
    """A line of a font whose letters are all half as wide as it is high."""
    found: list[Glyph] = []
    for index, letter in enumerate(text):
        if letter != " ":
            left = x + index * step * size
            space = 2 if index and text[index - 1] == " " and letter.isascii() else 0
            found.append(Glyph(letter, left, left + 0.5 * size, y, Style(size), space))
    return found


def page(*lines: list[Glyph]) -> list[Glyph]:
    return without_doubles(glyph for line in lines for glyph in line)


def read(glyphs: list[Glyph], *, right_to_left: bool = False) -> list[str]:
    columns = columns_of(fragments_of(glyphs), right_to_left=right_to_left)
    return [line.text for line in lines_of(columns, right_to_left=right_to_left)]


def test_lines_are_read_from_top_to_bottom_however_they_are_painted():
    assert read(page(written("second", 40, 112), written("first", 40, 100))) == ["first", "second"]


def test_small_raised_signs_are_with_their_line():
    glyphs = page(written("salt", 40, 100), written("2", 60.5, 96, 6), written("sea", 70, 100))
    (fragment,) = fragments_of(glyphs)
    assert [glyph.shift for glyph in fragment.glyphs] == [0, 0, 0, 0, 1, 0, 0, 0]


def test_lines_closer_than_their_letters_are_high_do_not_mix():
    glyphs = page(written("above", 40, 100), written("below", 40, 104))
    assert read(glyphs) == ["above", "below"]


@pytest.mark.parametrize("shift", [0.3, 0.9])
def test_a_second_print_is_dropped(shift: float):
    glyphs = page(written("hello", 40, 100), written("hello", 40 + shift, 100))
    assert read(glyphs) == ["hello"]


PROSE = [
    "wind and rain came",
    "over the low hills",
    "and the old harbour",
    "lay quite silent in",
    "the grey morning so",
]


def column(x: float, lines: list[str], y: float = 100) -> list[list[Glyph]]:
    return [written(line, x, y + 12 * number) for number, line in enumerate(lines)]


def test_two_columns_on_the_same_baselines():
    left, right = PROSE, [line.upper() for line in PROSE]
    glyphs = page(*column(40, left), *column(160, right))
    assert read(glyphs) == [*left, *right]


def test_three_columns():
    sides = [PROSE, [line.upper() for line in PROSE], [line.title() for line in PROSE]]
    glyphs = page(*(line for number, side in enumerate(sides) for line in column(40 + 120 * number, side)))
    assert read(glyphs) == [line for side in sides for line in side]


def test_a_line_across_parts_two_bands_of_columns():
    above, below = column(40, PROSE) + column(160, PROSE), column(40, PROSE, 200) + column(160, PROSE, 200)
    across = written("a title that goes over the whole of the page", 40, 180)
    assert read(page(*above, across, *below)) == [
        *PROSE,
        *PROSE,
        "a title that goes over the whole of the page",
        *PROSE,
        *PROSE,
    ]


def test_rows_of_a_table_are_no_columns():
    rows = [
        written(name, 40, 100 + 12 * n) + written(str(40 + n), 200, 100 + 12 * n)
        for n, name in enumerate(("Ely", "Rye", "Ayr", "Wem"))
    ]
    assert read(page(*rows)) == ["Ely 40", "Rye 41", "Ayr 42", "Wem 43"]


def test_in_a_text_from_right_to_left_the_right_column_comes_first():
    words = "שלום עולם טוב מאוד"
    seen = words[::-1]
    glyphs = page(*column(40, [seen] * 4), *column(160, [seen] * 4))
    assert read(glyphs, right_to_left=True) == [words] * 8


def test_latin_and_numbers_keep_their_direction_in_it():
    seen = ["ןותיפ", "Python", "3"]
    glyphs = written(f"{seen[1]} {seen[2]} {seen[0]}", 40, 100)
    (run,) = runs_of(glyphs, 10, right_to_left=True)
    assert run.text == "פיתון Python 3"


@pytest.mark.parametrize(
    ("signs", "word"),
    [(["O", "˘", "g", "u", "z"], "Oğuz"), (["n", "a", "ı", "¨", "v", "e"], "naïve")],
)
def test_accents_that_stand_by_themselves_are_put_on_their_letters(signs: list[str], word: str):
    place, glyphs = 40.0, []
    for sign in signs:
        if sign == "˘":
            glyphs.append(Glyph(sign, place + 1, place + 4, 100, Style(10)))
            continue
        if sign == "¨":
            glyphs.append(Glyph(sign, place - 4, place - 1, 100, Style(10)))
            continue
        glyphs.append(Glyph(sign, place, place + 5, 100, Style(10)))
        place += 5
    assert "".join(run.text for run in runs_of(glyphs, 10)) == word


def test_spaces_that_the_file_has_stand_between_its_words_from_right_to_left():
    glyphs: list[Glyph] = []
    place = 200.0
    for index, letter in enumerate("טוב מאוד"):
        place -= 5
        if letter != " ":
            space = 2 if index and "טוב מאוד"[index - 1] == " " else 0
            glyphs.append(
                Glyph(letter, place + (1 if space else 0), place + 5 + (4 if space else 0), 100, Style(10), space)
            )
    (run,) = runs_of(sorted(glyphs, key=lambda glyph: glyph.x0), 10, right_to_left=True)
    assert run.text == "טוב מאוד"


def cells(text: str, marker: str) -> int:
    glyphs = page(written(marker, 40, 100), written(text, 90, 100))
    columns = columns_of(fragments_of(glyphs))
    (line,) = lines_of(columns)
    assert line.text == f"{marker} {text}"
    return len(line.cells)


@pytest.mark.parametrize("marker", ["B.1", "-", "•", "o", "1.", "2.3", "(a)", "[12]"])
def test_a_marker_far_before_its_text_is_no_cell(marker: str):
    assert cells("salt from the sea", marker) == 0


@pytest.mark.parametrize("name", ["Ely", "1904", "$"])
def test_other_words_far_before_a_text_are_cells(name: str):
    assert cells("salt from the sea", name) == 2


def test_a_table_beside_columns_of_text_is_a_column_of_its_own():
    text = ["wind and rain came over the low hills", "and the old harbour lay quite silent in it"] * 5
    numbers = [f"{n} {n + 1} {n + 2} {n + 3}" for n in range(10, 17)]
    table = [
        glyph
        for n, row in enumerate(numbers)
        for k, number in enumerate(row.split())
        for glyph in written(number, 600 + 40 * k, 105 + 18.5 * n)
    ]
    lines = [written(line, 40, 100 + 12 * n) for n, line in enumerate(text)]
    more = [written(line, 310, 100 + 12 * n) for n, line in enumerate(text)]
    said = read(page(*lines, *more, table))
    assert said == [*text, *text, *numbers]


def stretched(words: list[str], gap: float) -> list[Glyph]:
    glyphs, x = [], 40.0
    for word in words:
        glyphs += written(word, x, 100)
        x = glyphs[-1].x1 + gap
    return page(glyphs)


def test_a_line_stretched_to_fill_its_column_has_no_cells():
    (line,) = lines_of(columns_of(fragments_of(stretched(["the", "responsibility", "of", "governments"], 25))))
    assert (line.text, line.cells) == ("the responsibility of governments", ())


def test_cells_at_the_same_distance_are_cells_if_they_are_numbers():
    (line,) = lines_of(columns_of(fragments_of(stretched(["2014", "2015", "2016", "2017"], 25))))
    assert len(line.cells) == 4


@pytest.mark.parametrize(("size", "lift"), [(5.0, 0.0), (10.0, 3.0)])
def test_a_bullet_of_another_size_or_height_is_with_its_text(size: float, lift: float):
    glyphs = page(written("•", 40, 100 - lift, size), written("salt", 50, 100, 12), written("and bread", 50, 114, 12))
    assert read(glyphs) == ["• salt", "and bread"]


def test_a_note_in_the_margin_is_a_column_though_it_is_very_narrow():
    note = ["these", "notes", "are in", "the", "margin"]
    text = [written(f"{line} {line} and so on", 90, 100 + 12 * n) for n, line in enumerate(PROSE)]
    notes = [written(line, 40, 100 + 12 * n) for n, line in enumerate(note)]
    assert read(page(*notes, *text)) == [*note, *(f"{line} {line} and so on" for line in PROSE)]


def test_what_stands_in_the_margin_does_not_break_the_lines_beside_it():
    text = [f"{n} {line} {line}".replace("0", "a") for n, line in enumerate(PROSE * 4)]
    lines = [written(line, 100, 100 + 12 * n) for n, line in enumerate(text)]
    margin = [written("ER", 20, 100), written("164", 20, 160)]
    assert read(page(*lines, *margin)) == ["ER", "164", *text]


def test_the_number_beside_the_head_of_a_page_stays_with_it():
    lines = [written(f"{line} {line}", 100, 100 + 12 * n) for n, line in enumerate(PROSE * 4)]
    head = [written("Salt and bread", 100, 60), written("164", 20, 60)]
    assert read(page(*lines, *head))[0] == "164 Salt and bread"


@pytest.mark.parametrize(
    ("gap", "space", "text"), [(2.6, 1, "港口 图书"), (0.5, 1, "港口图书"), (2.6, 0, "港口图书"), (7, 0, "港口 图书")]
)
def test_a_space_between_chinese_words_is_kept(gap: float, space: int, text: str):
    places = ((0, 0), (10, 0), (20 + gap, space), (30 + gap, 0))
    glyphs = [
        Glyph(sign, x, x + 10, 100, Style(10), before) for sign, (x, before) in zip("港口图书", places, strict=True)
    ]
    assert "".join(run.text for run in runs_of(glyphs, 10)) == text


def test_letters_at_equal_steps_have_no_spaces_beside_the_narrow_ones():
    text = "Testing it twice"
    wide = {"i": 2.2, "t": 2.8, "w": 7.2}
    glyphs = [
        Glyph(letter, 40 + 7.0 * at, 40 + 7.0 * at + wide.get(letter, 5.5), 100, Style(10))
        for at, letter in enumerate(text)
        if letter != " "
    ]
    assert "".join(run.text for run in runs_of(glyphs, 10)) == text


def test_a_line_of_short_words_is_not_letterspaced():
    glyphs: list[Glyph] = []
    x, before = 40.0, 0
    for letter in "To be or at":
        if letter == " ":
            x, before = x + 2.2, 2
            continue
        glyphs.append(Glyph(letter, x, x + 5, 100, Style(10), before))
        x, before = x + 5, 0
    assert "".join(run.text for run in runs_of(glyphs, 10)) == "To be or at"


def test_letters_of_one_width_are_no_equal_steps():
    """In most typefaces, the comma and a space after it are together as wide as an n."""
    glyphs: list[Glyph] = []
    x = 40.0
    for letter in "engine, web":
        width = {"i": 2.2, ",": 2.8, " ": 2.8, "w": 7.2}.get(letter, 5.6)
        if letter != " ":
            glyphs.append(Glyph(letter, x, x + width, 100, Style(10)))
        x += width
    assert "".join(run.text for run in runs_of(glyphs, 10)) == "engine, web"
