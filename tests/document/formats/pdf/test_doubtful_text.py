"""Pages whose words look wrong."""

from tests.document.formats.pdf.making import Sheet, pdf

from chaptercast.document.formats.pdf.doubtful_text import odd_words
from chaptercast.document.formats.pdf.page import Line, Page, Run
from chaptercast.document.read import read_bytes

POLISH = "Wydajność i podwy2szanie ci6nienia oraz u2yteczno6ci na wysoko6ci i bezpo6rednio"
LAYER = "A letter from H^uid Sugar and the fo£ug»r Refining s*rtiiR contra«ets for the A&s«oeiete"
FORMULAS = "H2O and CO2 at 3rd Street 12a, see www.a1b.org/x2y, Covid19 and MP3s in 4K, A4 and the p53 gene"


def page(text: str, *, layer: bool = False) -> Page:
    return Page(1, 400, 600, lines=(Line((Run(text),), 40, 360, 100, 10),), layer=layer)


def test_digits_in_words_are_letters_of_a_wrong_map():
    assert odd_words(page(POLISH)) == ["podwy2szanie", "ci6nienia", "u2yteczno6ci", "wysoko6ci", "bezpo6rednio"]


def test_signs_in_words_count_in_the_text_layer_of_a_scan_alone():
    assert len(odd_words(page(LAYER, layer=True))) == 5
    assert odd_words(page(LAYER)) == []


def test_formulas_names_and_addresses_are_no_odd_words():
    assert odd_words(page(FORMULAS, layer=True)) == []


def test_a_word_of_a_hundred_thousand_letters_takes_no_time():
    assert odd_words(page("a" * 100_000, layer=True)) == []


def test_a_bad_text_layer_is_told():
    sheet = Sheet()
    sheet.picture()
    sheet.text(40, 60, LAYER, 8, mode=3)
    (note,) = read_bytes(pdf([sheet]), name="x.pdf").notes
    assert note.startswith("page 1: 5 words look wrong (H^uid, ")
