"""Reading lexicons: what their formats say, and what is wrong with the line it is in."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.errors import UsageError
from chaptercast.script.lexicons.files import LARGEST, parse_lexicon, read_lexicon
from chaptercast.script.lexicons.lexicon import Entry

TOML = """
# names
GIF = "jif"
"C++" = "see  plus plus"
nginx = { spoken = "engine x", case-sensitive = true }
ing = { spoken = "ING", whole-word = false }
"""
CSV = """# names
written,spoken
GIF,jif
"Smith, John","John Smith"
nginx,engine x,case-sensitive
ing,ING,part-of-word case-sensitive
"""
PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-GB">
  <metadata/>
  <lexeme><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias></lexeme>
  <lexeme><grapheme>colour</grapheme><grapheme>color</grapheme><alias> kuller </alias><alias>x</alias></lexeme>
  <lexeme role="x"><grapheme>Llanelli</grapheme><phoneme>ɬaˈnɛɬi</phoneme></lexeme>
  <lexeme><grapheme>nginx</grapheme><phoneme>x</phoneme><alias>engine x</alias><example>nginx runs</example></lexeme>
</lexicon>
"""


def test_toml() -> None:
    assert set(parse_lexicon(TOML, "a.toml").entries) == {
        Entry("nginx", "engine x", True, True, "a.toml"),
        Entry("GIF", "jif", True, False, "a.toml"),
        Entry("C++", "see plus plus", True, False, "a.toml"),
        Entry("ing", "ING", False, False, "a.toml"),
    }


def test_csv_and_what_spreadsheets_make_of_it() -> None:
    entries = parse_lexicon(CSV, "a.csv").entries
    assert [(e.written, e.spoken, e.whole_word, e.case_sensitive) for e in entries] == [
        ("nginx", "engine x", True, True),
        ("ing", "ING", False, True),
        ("GIF", "jif", True, False),
        ("Smith, John", "John Smith", True, False),
    ]
    assert (
        parse_lexicon("GIF;jif\r\nPNG;ping\r\n", "a.csv").entries == parse_lexicon("GIF,jif\nPNG,ping", "a.csv").entries
    )
    assert [e.spoken for e in parse_lexicon("GIF\tjif, soft", "a.tsv").entries] == ["jif, soft"]


def test_pls() -> None:
    file = parse_lexicon(PLS, "a.pls")
    assert file.language == "en-GB"
    assert [(e.written, e.spoken, e.case_sensitive) for e in file.entries] == [
        ("W3C", "World Wide Web Consortium", True),
        ("colour", "kuller", True),
        ("color", "kuller", True),
        ("nginx", "engine x", True),
    ]
    assert file.unusable == ("Llanelli",)


def test_pls_without_a_namespace() -> None:
    text = "<lexicon><lexeme><grapheme>a</grapheme><alias>b</alias></lexeme></lexicon>"
    assert [e.spoken for e in parse_lexicon(text, "a.xml").entries] == ["b"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.toml", 'a = "b"\nc = 1\n', "line 2: “c” needs what is spoken"),
        ("a.toml", '\n\n[a]\nb = "c"\n', "line 3: “a” needs what is spoken"),
        ("a.toml", 'a = { spoken = "x", case = true }', "line 1: “case” of “a”"),
        ("a.toml", 'a = { spoken = "x", whole-word = "no" }', "true or false"),
        ("a.toml", 'a = "b"\na = "c"\n', "line 2"),
        ("a.toml", "a = 'b'\nü = 'c'\n", "line 2: this is no TOML"),
        ("a.toml", 'a = ""', "line 1: “a” has no spoken form"),
        ("a.toml", f'"{"x" * 201}" = "y"', "longer than 200"),
        ("a.toml", "a = " + "[" * 5000, "line 1"),
        ("a.csv", "a,b\nc\n", "line 2: “c” has no spoken form"),
        ("a.csv", "a,b\nc,d,e\n", "line 2: “e” is none of part-of-word, case-sensitive"),
        ("a.csv", 'a,b\n"c,d\n', "line 2"),
        ("a.csv", f"a,{'b' * 140_000}", "field larger"),
        ("a.pls", "<lexicon>\n<lexeme><alias>x</alias></lexeme></lexicon>", "line 2: a lexeme has no grapheme"),
        ("a.pls", "<lexicon>\n<lexeme><grapheme>x</grapheme></lexeme></lexicon>", "line 2: “x” has neither"),
        ("a.pls", "<lexicon><lexeme></lexicon>", "line 1"),
        ("a.pls", "<speak>x</speak>", "no PLS"),
        ("a.pls", '<!DOCTYPE lexicon [<!ENTITY a "b">]><lexicon/>', "document type"),
        ("a.pls", '<!DOCTYPE lexicon SYSTEM "file:///etc/passwd"><lexicon/>', "document type"),
        ("a.pls", "<lexicon>" + "<lexeme>" * 100 + "</lexeme>" * 100 + "</lexicon>", "deep"),
        ("a.pls", "<lexicon a='" + "x" * 70_000 + "'/>", "attribute is too long"),
        ("a.txt", "a = b", "neither TOML nor CSV nor PLS"),
    ],
)
def test_what_is_wrong_is_told(name: str, text: str, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_lexicon(text, name)
    assert words in raised.value.message
    assert name in raised.value.message
    assert raised.value.remedy or "no PLS" in words


def test_all_faults_are_told_and_many_counted() -> None:
    with pytest.raises(UsageError) as raised:
        parse_lexicon("\n".join(f"a{n} = {n}" for n in range(9)), "a.toml")
    assert "line 5" in raised.value.message
    assert "and 4 more" in raised.value.message


@given(
    st.text(max_size=200) | st.text("<>/=\"'[]{}, \nabü#", max_size=80), st.sampled_from(["a.toml", "a.csv", "a.pls"])
)
def test_any_text_is_a_lexicon_or_refused(text: str, name: str) -> None:
    with suppress(UsageError):
        assert parse_lexicon(text, name).name == name


def test_files(tmp_path: Path) -> None:
    good, latin, huge = tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "c.csv"
    good.write_bytes(b'\xef\xbb\xbfGIF = "jif"\r\n')
    latin.write_bytes(b'"caf\xe9" = "x"')
    with huge.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    assert read_lexicon(good).name == str(good)
    assert len(read_lexicon(good).entries) == 1
    for path, words in (
        (latin, "cannot be read"),
        (huge, "larger than"),
        (tmp_path, "no lexicon"),
        (tmp_path / "d.toml", "no lexicon"),
    ):
        with pytest.raises(UsageError, match=words):
            read_lexicon(path)
