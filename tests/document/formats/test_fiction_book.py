"""FictionBook: sections with titles are chapters, bodies of notes are notes, the description is metadata."""

import pytest
from tests.document.books import fiction_book, packed
from tests.document.dump import dump
from tests.document.listening import chapters, heard, named

from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError

P = "<p>The keeper walked along the wall.</p>"


def section(title: str, content: str = P) -> str:
    return f"<section><title><p>{title}</p></title>{content}</section>"


def test_sections_are_chapters_and_nest() -> None:
    body = section("Part One", section("The quay") + section("The pier")) + section("Part Two", section("The mole"))
    assert chapters(fiction_book(body), "x.fb2") == [
        (2, "Part One"),
        (3, "The quay"),
        (3, "The pier"),
        (2, "Part Two"),
        (3, "The mole"),
    ]


def test_the_smallest_book() -> None:
    book = fiction_book(
        section("The quay", "<p>The boats are in.</p>"), "<book-title>Harbour</book-title><lang>en</lang>"
    )
    assert heard(book, "x.fb2") == ["Harbour", "The quay", "The boats are in."]
    assert named(book, "x.fb2") == []


def test_a_title_of_several_lines_is_one_heading() -> None:
    book = fiction_book("<section><title><p>Chapter 1</p><empty-line/><p>The quay</p></title>" + P + "</section>")
    assert len(chapters(book, "x.fb2")) == 1
    told = heard(book, "x.fb2")
    assert "Chapter one" in told[1]
    assert "The quay" in told[1] + told[2]


def test_notes_are_read_where_they_are_referred_to() -> None:
    book = fiction_book(
        section("The quay", '<p>The keeper<a l:href="#n1" type="note">[1]</a> walked.</p>'),
        more='<body name="notes"><title><p>Notes</p></title><section id="n1"><title><p>1</p></title>'
        "<p>His name was Finch.</p></section></body>",
    )
    document = read_bytes(book, name="x.fb2")
    assert "NOTE n1 (1)" in dump(document.blocks)
    told = heard(book, "x.fb2")
    assert next(line for line in told if "Finch" in line)
    assert not any("[" in line for line in told)


def test_verse_quotations_and_their_authors() -> None:
    book = fiction_book(
        "<epigraph><p>All tides turn.</p><text-author>A. Finch</text-author></epigraph>"
        + section(
            "The quay",
            "<poem><title><p>Tide</p></title><stanza><v>It came at four</v><v>and took the door.</v></stanza></poem>"
            "<cite><p>It is so.</p></cite><subtitle>* * *</subtitle><p>Later.</p>",
        )
    )
    told = heard(book, "x.fb2")
    for line in ("All tides turn.", "A. Finch", "Tide", "It is so.", "Later."):
        assert any(line in one for one in told)
    assert any("It came at four" in one for one in told)
    assert named(book, "x.fb2") == []


def test_images_tables_and_marks() -> None:
    book = fiction_book(
        section(
            "The quay",
            '<image l:href="#i.png" alt="A heron"/><p>H<sub>2</sub>O <strong>and</strong> <emphasis>salt</emphasis>'
            " <strikethrough>sand</strikethrough></p><table><tr><th>Boat</th></tr><tr><td>Nine</td></tr></table>",
        ),
        more='<binary id="i.png" content-type="image/png">iVBORw0KGgo=</binary>',
    )
    lines = dump(read_bytes(book, name="x.fb2").blocks)
    assert "FIGURE A heron" in lines
    assert "H_2_O *and* /salt/ ~sand~" in lines
    assert "Boat" in lines
    assert "iVBOR" not in lines


def test_what_the_book_says_of_itself() -> None:
    about = (
        "<genre>prose</genre><author><first-name>Анна</first-name><middle-name>И.</middle-name><last-name>Зяблик</last-name></author>"
        "<author><nickname>wren</nickname></author><book-title>Гавань</book-title><annotation><p>О лодках.</p></annotation>"
        '<date value="1999-04-02">1999</date><lang>ru</lang>'
    )
    metadata = outline(
        read_bytes(fiction_book(section("Причал", "<p>Лодки пришли.</p>"), about), name="x.fb2")
    ).metadata
    assert metadata.title == "Гавань"
    assert metadata.author == "Анна И. Зяблик, wren"
    assert metadata.date == "1999-04-02"
    assert metadata.language == "ru"
    assert metadata.description == "О лодках."


def test_the_title_page_that_repeats_the_description_is_not_said_twice() -> None:
    book = fiction_book(
        "<title><p>A. Finch</p><p>Harbour</p></title>" + section("The quay"),
        "<author><first-name>A.</first-name><last-name>Finch</last-name></author><book-title>Harbour</book-title>",
    )
    assert [line for line in heard(book, "x.fb2") if "Harbour" in line] == ["Harbour"]
    assert {text for text, _ in named(book, "x.fb2")} == {"A. Finch", "Harbour"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "koi8-r"])
def test_encodings_that_are_declared(encoding: str) -> None:
    text = fiction_book(
        section("Причал", "<p>Лодки пришли вечером.</p>"), "<book-title>Гавань</book-title><lang>ru</lang>"
    )
    book = text.decode().replace('encoding="utf-8"', f'encoding="{encoding}"').encode(encoding)
    assert "Лодки пришли вечером." in heard(book, "x.fb2")


def test_a_book_in_an_archive_and_several_of_them() -> None:
    book = fiction_book(section("The quay"))
    assert heard(packed({"a.fb2": book}), "a.fb2.zip") == heard(book, "a.fb2")
    with pytest.raises(InputError, match="several books"):
        read_bytes(packed({"a.fb2": book, "b.fb2": book}), name="a.zip")


def test_a_book_whose_first_tag_is_broken_is_read() -> None:
    broken = fiction_book(section("The quay")).replace(b'<FictionBook xmlns="', b'<FictionBook x"mlns="')
    assert "The quay" in " ".join(heard(broken, "x.fb2"))


def test_a_bomb_is_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        + fiction_book(P).partition(b"?>")[2]
    )
    with pytest.raises(InputError):
        read_bytes(bomb, name="x.fb2")
