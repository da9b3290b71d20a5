"""Matching: the longest first, whole words, one pass; and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.common.units import LanguageTag
from chaptercast.script.lexicons.lexicon import Entry, Lexicon
from chaptercast.script.utterances import Verbalizer


def respelled(text: str, *entries: Entry) -> str:
    return Lexicon(entries).respell(text)[0]


GIF = Entry("GIF", "jif")
ANY = Entry("ing", "ING", whole_word=False)
UNIX = Entry("nginx", "engine x", case_sensitive=True)


@pytest.mark.parametrize(
    ("text", "entries", "said"),
    [
        ("A GIF, a gif.", [GIF], "A jif, a jif."),
        ("GIFs and gif2 and a_gif", [GIF], "GIFs and gif2 and a_gif"),
        ("GIF's GIF-file (GIF)", [GIF], "jif's jif-file (jif)"),
        ("这个GIF文件", [GIF], "这个jif文件"),
        ("sing Nginx nginx", [ANY, UNIX], "sING Nginx engine x"),
        (
            "New Yorkers in New York, new",
            [Entry("New York", "Nu Jork"), Entry("New", "Nu")],
            "Nu Yorkers in Nu Jork, Nu",
        ),
        ("银行长大，行长来了", [Entry("行长", "航掌"), Entry("银行长大", "银航掌大")], "银航掌大，航掌来了"),
        ("お行儀", [Entry("行", "ぎょう")], "おぎょう儀"),
        ("ภาษาไทย", [Entry("ไทย", "ทัย")], "ภาษาทัย"),
        (
            "C++ and C++11 and .NET",
            [Entry("C++", "see plus plus"), Entry(".NET", "dot net")],
            "see plus plus and see plus plus11 and dot net",
        ),
        ("I don’t", [Entry("don't", "do not")], "I do not"),
        ("Llan\u00adelli", [Entry("Llanelli", "Hlanethli")], "Hlanethli"),
        ("caf\u0065\u0301", [Entry("café", "kaffay")], "kaffay"),
        ("cafe\u0323", [Entry("cafe", "x")], "cafe\u0323"),
        ("STRASSE Straße", [Entry("straße", "Strahse")], "STRASSE Strahse"),
        ("İstanbul ISTANBUL", [Entry("istanbul", "Istambul")], "İstanbul Istambul"),
        ("", [GIF], ""),
    ],
)
def test_what_is_said(text: str, entries: list[Entry], said: str) -> None:
    assert respelled(text, *entries) == said


def test_no_rule_works_on_what_another_made() -> None:
    assert respelled("a b c", Entry("a", "b"), Entry("b", "c"), Entry("c", "a")) == "b c a"


def test_the_first_of_several_has_it() -> None:
    assert respelled("GIF", Entry("gif", "one"), Entry("GIF", "two")) == "one"
    assert respelled("GIF", Entry("gif", "one", case_sensitive=True), Entry("GIF", "two")) == "two"


def test_what_was_changed_is_told() -> None:
    text, made = Lexicon([Entry("gif", "jif", lexicon="en.toml")]).respell("A Gif")
    assert text == "A jif"
    assert [(r.written, r.spoken, r.lexicon) for r in made] == [("Gif", "jif", "en.toml")]


def test_an_entry_can_keep_a_word_from_the_others() -> None:
    text, made = Lexicon([Entry("GIF", "GIF"), Entry("gif", "jif")]).respell("GIF")
    assert (text, len(made)) == ("GIF", 1)


words = st.text("ab中文 '-e\u0301ßI", min_size=1, max_size=4)
entries = st.builds(Entry, words, st.just("<>"), st.booleans(), st.booleans())


@given(st.text("ab中文 '-e\u0301ßI.,", max_size=60), st.lists(entries, max_size=6))
def test_only_matches_are_changed(text: str, rules: list[Entry]) -> None:
    said, made = Lexicon(rules).respell(text)
    if not made:
        assert said is text
        return
    import unicodedata

    back = said
    for respelling in made:
        assert "<>" in back
        back = back.replace("<>", respelling.written, 1)
    assert back == unicodedata.normalize("NFC", text)


@given(st.text(max_size=60), st.text(min_size=1, max_size=5))
def test_any_text_and_any_word(text: str, word: str) -> None:
    said, made = Lexicon([Entry(word, "x", whole_word=False)]).respell(text)
    assert made or said is text


@pytest.mark.timeout(60)  # a lexicon that tried its entries one by one would take hours
def test_many_entries_cost_no_more_than_few() -> None:
    text = "plain words, and w77 among them. " * 20_000
    lexicon = Lexicon(Entry(f"w{number}", "x") for number in range(50_000))
    said, made = lexicon.respell(text)
    assert said == text.replace("w77", "x")
    assert len(made) == 20_000


def test_the_normaliser_sees_what_the_lexicon_made() -> None:
    verbalizer = Verbalizer(
        LanguageTag("en"), True, 400, Lexicon([Entry("R2D2", "R 2 D 2"), Entry("µTorrent", "micro torrent")])
    )
    ((sentence,),) = verbalizer.utterances("R2D2 uses µTorrent.")
    assert sentence.written == "R2D2 uses µTorrent."
    assert sentence.spoken == "R two D two uses micro torrent."
    assert [r.written for r in sentence.respellings] == ["R2D2", "µTorrent"]
