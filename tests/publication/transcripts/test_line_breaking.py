"""Lines that can be read: not too wide, cut between words, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.publication.transcripts.line_breaking import LINES, _unit, _units, blocks, cleaned, folded, width


def shown(text: str, limit: int) -> list[tuple[str, ...]]:
    return [block.lines for block in blocks(text, limit)]


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("Short.", 20, [("Short.",)]),
        ("One two three four five.", 20, [("One two three", "four five.")]),
        ("As the rain began, she closed it.", 20, [("As the rain began,", "she closed it.")]),
        ("When the bell rang, the boat left the pier and was gone.", 20,
         [("When the bell rang,",), ("the boat left the", "pier and was gone.")]),
        ("他说：“听得清吗？”我们都点头。", 16, [("他说：“听", "得清吗？”"), ("我们都点头。",)]),
        ("你好“hello”，再见。", 10, [("你好", "“hello”，"), ("再见。",)]),
        ("abcdefghijklmnop", 10, [("abcdefghij", "klmnop")]),
        ("I don’t know it’s rock", 12, [("I don’t know", "it’s rock")]),
        ("c’est «\u00a0bien\u00a0» dit-il", 15, [("c’est", "«\u00a0bien\u00a0» dit-il")]),
    ],
)  # fmt: skip
def test_where_a_sentence_is_cut(text: str, limit: int, lines: list[tuple[str, ...]]) -> None:
    assert shown(text, limit) == lines


def test_no_mark_of_the_end_stands_at_the_head_of_a_line() -> None:
    text = "港口的图书馆，在《夜航》里，叫作“有声的灯塔”；读者们（他们都看不见）说：好！" * 5
    for limit in range(8, 40):
        for line in (line for lines in shown(text, limit) for line in lines):
            assert line[0] not in "，》”；）：！"
            assert line[-1] not in "《“（"


def test_what_belongs_to_one_letter_stays_together() -> None:
    text = "e\u0301" * 20
    assert all(line[0] == "e" for lines in shown(text, 9) for line in lines)
    family = "👩\u200d👩\u200d👧"
    assert shown(family * 3, 9) == [(family, family), (family,)]


ANY = st.text(st.characters(codec=None), min_size=1, max_size=300)
LIKELY = st.text(st.sampled_from("ab ,.。，“”（）字ーe\u0301\u00a0👩\u200d\n\x00\ud800é’-"), min_size=1, max_size=300)


@given(st.one_of(ANY, LIKELY), st.integers(4, 70))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, limit: int) -> None:
    text = cleaned(text.strip() or "x")
    found = list(blocks(text, limit))
    assert all(1 <= len(block.lines) <= LINES for block in found)
    assert all(width(line) <= limit for block in found for line in block.lines)
    begins = [block.begin for block in found]
    assert begins[0] == 0
    assert begins == sorted(set(begins))
    for block, end in zip(found, [*begins[1:], len(text)], strict=True):
        joined = "".join(block.lines)
        assert joined.replace(" ", "") == text[block.begin : end].replace(" ", "")
    assert all(line for block in found for line in block.lines)


@given(ANY)
def test_a_cleaned_text_has_its_length_and_no_line_break(text: str) -> None:
    clean = cleaned(text)
    assert len(clean) == len(text)
    assert len(folded(clean).splitlines()) <= 1
    clean.encode()


@given(st.text("ab  .,'\"()-3"))
def test_text_of_ascii_is_cut_as_any_other(text: str) -> None:
    assert _units(text) == [found.group() for found in _unit().finditer(text) if found.group()]
