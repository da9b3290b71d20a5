"""The tag, read by readers that are not our writer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3

from chaptercast.audio.id3 import MAX_CHAPTERS, write_tag
from chaptercast.audio.model import Chapter, Tag
from chaptercast.common.mpeg_frames import Grid, info_frame
from chaptercast.common.units import LanguageTag, Milliseconds

GRID = Grid(22_050, 48_000)


def chapters(*titles: str) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(f"s{n}", title, 2, Milliseconds(1000 * n), Milliseconds(1000 * n + 1000))
        for n, title in enumerate(titles)
    )


def read(folder: Path, tag: bytes) -> ID3:
    path = folder / "tag.mp3"
    path.write_bytes(tag + info_frame(GRID, 1, 0) + GRID.silent_frame(padded=False))
    return ID3(path)


def test_every_field_is_read_as_it_was_meant(tmp_path: Path) -> None:
    described = Tag(
        title="为人 “成功密码”",
        artist="Ines & Co <b>",
        date="2021-07-06T19:06:54Z",
        language=LanguageTag("zh-Hant"),
        source="https://example.org/a?b=1",
        encoder="chaptercast 0",
    )
    tags = read(tmp_path, write_tag(described, chapters("一", "二")))
    assert tags.version == (2, 3, 0)
    assert str(tags["TIT2"]) == described.title
    assert str(tags["TPE1"]) == described.artist
    assert str(tags["TDRC"]) == "2021-07-06"  # what mutagen makes of TYER and TDAT
    assert str(tags["TLAN"]) == "zho"
    assert tags["WXXX:"].url == described.source


def test_the_table_of_contents_lists_every_chapter_in_order(tmp_path: Path) -> None:
    raw = write_tag(Tag("T"), chapters("a", "b", "c"))
    tags = read(tmp_path, raw)
    (contents,) = tags.getall("CTOC")
    assert contents.child_element_ids == ["chp0", "chp1", "chp2"]
    assert contents.flags == 3
    assert str(contents.sub_frames["TIT2"]) == "T"
    assert raw.index(b"CTOC") < raw.index(b"CHAP")
    starts = [tags[f"CHAP:{child}"].start_time for child in contents.child_element_ids]
    assert starts == sorted(starts)


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_any_title_comes_back(tmp_path_factory: pytest.TempPathFactory, titles: list[str], title: str) -> None:
    tags = read(tmp_path_factory.getbasetemp(), write_tag(Tag(title), chapters(*titles)))
    found = [str(tags[f"CHAP:chp{n}"].sub_frames["TIT2"]) for n in range(len(titles))]
    assert found == [t.replace("\0", " ") for t in titles]


def test_lone_surrogates_do_not_break_it(tmp_path: Path) -> None:
    assert read(tmp_path, write_tag(Tag("a\ud800b"), chapters("\udfff"))).getall("CHAP")


def test_its_length_does_not_depend_on_times() -> None:
    later = tuple(
        Chapter(c.id, c.title, c.level, Milliseconds(2**31), Milliseconds(2**32 - 1)) for c in chapters("a", "b")
    )
    assert len(write_tag(Tag("T"), chapters("a", "b"))) == len(write_tag(Tag("T"), later))


@pytest.mark.parametrize("count", [0, MAX_CHAPTERS + 1])
def test_what_a_tag_cannot_hold_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 255"):
        write_tag(Tag("T"), chapters(*["x"] * count))
