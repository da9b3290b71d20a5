"""A paragraph put into words as a whole, and cut into sentences at the same places in what is written and what is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.script.normalise.reading import cases

from chaptercast.common.units import LanguageTag
from chaptercast.script.lexicons.lexicon import NO_LEXICON, Entry, Lexicon
from chaptercast.script.model import Sentence
from chaptercast.script.normalise.data import table
from chaptercast.script.spoken_text import spoken_text

LANGUAGES = ("zh", "en", "de", "fr", "es", "it", "pt", "nl", "ru", "hi", "ar", "ja", "tr", "xx")
TAGS = st.sampled_from([LanguageTag(language) for language in LANGUAGES])
PIECES = [
    *(case.written for language in ("en", "de", "fr", "es", "zh") for case in cases("own", language)),
    *("Im 19. Jahrhundert ", "M. Martin ", "av. J.-C. ", "n.º 8", "c.-à-d. ", "JJ. OO. ", "३.५ "),
    *("Hrn. Meier", "etc. ", "3 Std. ", "5 p.m. "),
    *("[3]", " * ", "👍 ", '"', "“", "”", "« ", " »", "(", ")", "- ", "— ", "…", "\n", "  ", "\u00ad", "\u200b", "e\u0301", "19", "3.5"),
    *("One. ", "Two! ", "三。", "Ende. ", "GIF", "x"),
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join) | st.text(max_size=80)
LEXICON = Lexicon(
    [Entry("GIF", "a picture. It moves"), Entry("x", "", whole_word=False), Entry("é", "ay", whole_word=False)]
)


def unspaced(text: str) -> str:
    return "".join(text.split())


def pieces(text: str, language: LanguageTag, *, spell: bool = True, max_bytes: int = 10_000) -> list[Sentence]:
    return list(spoken_text(text, language, NO_LEXICON, spell=spell).pieces(max_bytes))


@given(TEXTS, TAGS, st.booleans(), st.sampled_from([16, 60, 4000]), st.sampled_from([NO_LEXICON, LEXICON]))
def test_nothing_is_lost_of_what_is_written_and_of_what_is_said(text, language, spell, max_bytes, lexicon):
    rendering = spoken_text(text, language, lexicon, spell=spell)
    sentences = list(rendering.pieces(max_bytes))
    assert "".join(sentence.written for sentence in sentences) == text
    assert unspaced("".join(sentence.spoken for sentence in sentences)) == unspaced(rendering.said)
    assert sum(len(sentence.respellings) for sentence in sentences) == len(rendering.respellings)


@given(TEXTS, TAGS)
def test_an_engine_that_reads_digits_gets_the_same_sentences(text, language):
    spelled, cleaned = pieces(text, language), pieces(text, language, spell=False)
    assert [sentence.written for sentence in spelled] == [sentence.written for sentence in cleaned]


@given(TEXTS, TAGS, st.booleans())
def test_no_sentence_ends_within_what_became_one_stretch_of_speech(text, language, spell):
    rendering = spoken_text(text, language, NO_LEXICON, spell=spell)
    for end in rendering.ends:
        assert not any(span.start < end.written < span.end for span in rendering.spans)
        assert not any(span.spoken_start < end.said < span.spoken_end for span in rendering.spans)


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("de", ["Im 20. Jahrhundert fuhr sie fort. ", "Er war 19. ", "Dann kam der 2. Weltkrieg."],
         ["Im zwanzigsten Jahrhundert fuhr sie fort.", "Er war neunzehn.", "Dann kam der zweite Weltkrieg."]),
        ("de", ["Hrn. Krause und Dres. Wolf zahlten ca. 3 €. ", "Mehr nicht."],
         ["Herrn Krause und Doktores Wolf zahlten circa drei Euro.", "Mehr nicht."]),
        ("fr", ["Hier, on a vu M. Roux. ", "César mourut en 44 av. J.-C. à Rome, c.-à-d. loin d'ici."],
         ["Hier, on a vu Monsieur Roux.", "César mourut en quarante-quatre avant Jésus-Christ à Rome, c'est-à-dire loin d'ici."]),
        ("es", ["Vive en el n.º 14. ", "El 2.º puesto fue para los JJ. OO. de Roma."],
         ["Vive en el número catorce.", "El segundo puesto fue para los Juegos Olímpicos de Roma."]),
        ("de", ["Es kostete 5 €. ", "38 Gäste kamen. ", "1990 war das Ende."],
         ["Es kostete fünf Euro.", "achtunddreißig Gäste kamen.", "neunzehnhundertneunzig war das Ende."]),
        ("en", ["Gen. Lee, Prof. Hu etc. ran 3.5 km. ", "Nobody saw Vol. 3."],
         ["General Lee, Professor Hu et cetera ran three point five kilometres.", "Nobody saw Volume three."]),
    ],
)  # fmt: skip
def test_a_full_stop_that_is_taken_ends_no_sentence(language, written, spoken):
    found = pieces("".join(written), LanguageTag(language))
    assert [sentence.written for sentence in found] == written
    assert [sentence.spoken for sentence in found] == spoken


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Im 19. Jahrhundert, z. B. am 3. Oktober. ", "Schluss."]),
        ("fr", ["M. Roux vécut en 44 av. J.-C., c.-à-d. tôt. ", "Fin."]),
        ("es", ["Vive en el n.º 8 desde el 1.º de mayo. ", "Y ya."]),
        ("pt", ["Ele mora no n.º 8. ", "A Sra. Dias vive na pág. 5."]),
        ("hi", ["यह ३.५ प्रतिशत है। ", "डॉ. शर्मा आए।"]),
        ("ar", ["هذا ٣.٥ في المئة. ", "نعم."]),
        ("tr", ["20. yüzyıl ve 2. Bölüm okundu. ", "Bitti."]),
        ("cs", ["V 19. století žil kpt. Novák, např. zde. ", "Konec."]),
        ("pl", ["W XIX w. żył gen. Nowak w 5. pułku. ", "Koniec."]),
        ("nb", ["I det 19. århundre bodde hr. Hansen her. ", "Slutt."]),
        ("sv", ["Hr. Svensson kom, t.ex. den 3 maj kl. 5. ", "Slut."]),
        ("nl", ["Dhr. Jansen woont o.a. op nr. 5. ", "Einde."]),
        ("it", ["Il sig. Rossi abita al n. 5 di v.le Dante. ", "Fine."]),
        ("ru", ["Он жил на ул. Ленина, т. е. в г. Москве. ", "Конец."]),
        ("id", ["Jl. Sudirman No. 5 ramai. ", "Selesai."]),
        ("vi", ["TP. HCM và ThS. Nam đến. ", "Hết."]),
        ("ro", ["Dl. Popescu, nr. 5, str. Mare. ", "Gata."]),
    ],
)
def test_services_and_languages_without_tables_get_ordinals_decimals_and_abbreviations_whole(language, sentences):
    found = pieces("".join(sentences), LanguageTag(language), spell=False)
    assert [sentence.spoken for sentence in found] == [sentence.strip() for sentence in sentences]


def test_what_a_lexicon_changed_is_told_with_its_sentence():
    lexicon = Lexicon([Entry("GIF", "jif"), Entry("n.d.", "without a date.")])
    found = list(spoken_text("See the GIF. It is n.d. Then go.", LanguageTag("en"), lexicon, spell=True).pieces(4000))
    assert [sentence.written for sentence in found] == ["See the GIF. ", "It is n.d. ", "Then go."]
    assert [sentence.spoken for sentence in found] == ["See the jif.", "It is without a date.", "Then go."]
    assert [[made.written for made in sentence.respellings] for sentence in found] == [["GIF"], ["n.d."], []]


def test_what_a_lexicon_matches_is_found_whatever_way_its_letters_are_written():
    lexicon = Lexicon([Entry("café", "kaff")])
    found = list(
        spoken_text("A  cafe\u0301. Ca\u00adfe\u0301s? The cafe\u0301!", LanguageTag("en"), lexicon, spell=True).pieces(
            99
        )
    )
    assert [sentence.written for sentence in found] == ["A  cafe\u0301. ", "Ca\u00adfe\u0301s? ", "The cafe\u0301!"]
    assert [sentence.spoken for sentence in found] == ["A kaff.", "Cafés?", "The kaff!"]
    assert [len(sentence.respellings) for sentence in found] == [1, 0, 1]


def test_a_long_sentence_is_cut_where_it_is_said_and_its_numbers_are_written_whole():
    found = pieces("It cost 1,234,567 in all, and then 7,654,321 more.", LanguageTag("en"), max_bytes=60)
    assert all(len(sentence.spoken.encode()) <= 60 for sentence in found)
    assert [sentence.written for sentence in found if "6" in sentence.written] == [
        "It cost 1,234,567",
        " in all, and then 7,654,321",
    ]


@pytest.mark.parametrize(
    ("language", "within", "numbered"),
    [
        ("en", "That was {} seen there today.", "It is in {} 5 and there."),
        ("de", "Das ist {} gestern so gewesen.", "Es steht in {} 5 und dort."),
        ("fr", "On a vu {} hier ce soir.", "On le lit dans {} 5 et ici."),
        ("es", "Eso era {} ayer por la tarde.", "Se lee en {} 5 y aquí."),
    ],
)
def test_no_abbreviation_ends_a_sentence_that_goes_on(language, within, numbered):
    words = table(language)
    for section, sentence in (("abbreviations", within), ("before_number", numbered)):
        for name, full in words[section].items():
            (said,) = pieces(sentence.format(name), LanguageTag(language))
            assert full.lower() in said.spoken.lower()
