"""Books and audiobooks as Thorium's parser reads them: titles, contents, and the sound of every sentence, in order."""

import json
from pathlib import Path

import pytest
from tests.judges import ReadBook, thorium
from tests.publication.exports.epubs import overlays

from chaptercast.publication.exports.output_files import export

FORMATS = ["epub", "daisy", "daisy3", "audiobook"]


@pytest.fixture(scope="session")
def read(recording: Path, arabic: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadBook]:
    folder = tmp_path_factory.mktemp("thorium")
    paths = [*export(recording, FORMATS, folder), *export(arabic, ["epub"], folder)]
    books = dict(zip([*FORMATS, "arabic"], thorium(*paths), strict=True))
    said = [par for page in overlays(paths[0]).values() for par in page]
    assert len(said) > 20
    assert len(books["epub"]["said"]) == len(said)
    return books


def chapters(recording: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((recording / "episode.json").read_text(encoding="utf-8"))["chapters"]
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_its_title_and_contents_are_those_of_the_recording(
    read: dict[str, ReadBook], recording: Path, name: str
) -> None:
    titles = [str(chapter["title"]) for chapter in chapters(recording)]
    assert read[name]["title"].translate(str.maketrans("‹›", "<>")) == "Lamps & <Ladders>"
    assert read[name]["contents"][-len(titles) + 1 :] == titles[1:]
    assert len(read[name]["spine"]) == len(titles)


@pytest.mark.parametrize("name", ["epub", "daisy", "daisy3"])
def test_every_sound_is_played_from_its_beginning_without_a_gap(read: dict[str, ReadBook], name: str) -> None:
    assert len(read[name]["said"]) == len(read["epub"]["said"])
    played: dict[str, list[tuple[float, float]]] = {}
    for _, sound in read[name]["said"]:
        file, _, stretch = sound.partition("#t=")
        begin, end = map(float, stretch.split(","))
        played.setdefault(file, []).append((begin, end))
    for times in played.values():  # a note is heard amid its paragraph, and read after it
        times.sort()
        assert [begin for begin, _ in times] == [0, *(end for _, end in times[:-1])]


def test_an_audiobook_tells_how_long_its_files_are(read: dict[str, ReadBook], recording: Path) -> None:
    for page, chapter in zip(read["audiobook"]["spine"], chapters(recording), strict=True):
        assert page["seconds"] == pytest.approx(
            (int(str(chapter["end_ms"])) - int(str(chapter["start_ms"]))) / 1000, abs=0.1
        )


def test_a_book_from_right_to_left_is_read(read: dict[str, ReadBook]) -> None:
    assert read["arabic"]["title"] == "البحر"
    assert len(read["arabic"]["said"]) >= 6
