from tests.document.dump import dump

from chaptercast.document.block_text import texts
from chaptercast.document.read import read_bytes


def words(source: str) -> str:
    return " ".join(texts(read_bytes(source.encode(), name="x.md").blocks))


def test_cells_beyond_the_head_of_a_table_are_kept() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 | *three* | four |\n| 5 |\n"
    assert dump(read_bytes(table.encode(), name="x.md").blocks).split("\n") == [
        "TABLE",
        "  #a | #b",
        "  1 | 2 | /three/ | four",
        "  5 | ",
    ]
    quoted = "\n".join("> " + line for line in table.splitlines())
    assert "three" in words(quoted)


def test_blocks_nested_too_deep_stay_as_text() -> None:
    for opening in ("> ", "- ", "1. ", "> - "):
        assert "deep" in words(opening * 500 + "deep\n\nafter")
        assert "after" in words(opening * 500 + "deep\n\nafter")


def test_notes_without_a_reference_and_second_notes_of_a_label_are_kept() -> None:
    found = words("Text[^1].\n\n[^1]: First.\n[^1]: Second.\n[^2]: Nobody asks.\n")
    for word in ("First.", "Second.", "Nobody asks."):
        assert found.count(word) == 1
