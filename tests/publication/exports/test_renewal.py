"""What stands beside a recording is of that recording: exports of an earlier one are made again, or removed, and it is told."""

import zipfile
from pathlib import Path

from tests.publication.exports.conftest import ignore

from chaptercast.pipeline import Options, convert
from chaptercast.publication.exports import Choices
from chaptercast.publication.exports.output_files import export


def test_an_article_that_is_converted_again_leaves_no_old_exports(tmp_path: Path) -> None:
    article, output, told = tmp_path / "lamps.md", tmp_path / "out", list[str]()
    options = Options(engine="silence", offline=True)
    article.write_text("# Lamps\n\nThe first words.\n")
    folder = convert(article, output, options, ignore, told.append).audio.parent
    export(folder, ["epub", "mp3s"])
    export(folder, ["daisy"], choices=Choices(unpacked=True))
    (folder / "lamps-original.epub").write_bytes(b"of another article")
    (folder / "notes.epub").write_bytes(b"not ours")
    article.write_text("# Lamps\n\nOther words.\n\n## The end\n\nThe last ones.\n")
    convert(article, output, Options(engine="silence", offline=True, exports=("epub",)), ignore, told.append)
    with zipfile.ZipFile(folder / "lamps.epub") as book:
        assert "Other words." in book.read("EPUB/s0.xhtml").decode()
    assert "Other words." in (folder / "lamps-daisy" / "text.html").read_text(encoding="utf-8")
    assert len([*(folder / "lamps-mp3s").glob("*.mp3")]) == 2
    assert not (folder / "lamps-original.epub").exists()
    assert (folder / "notes.epub").read_bytes() == b"not ours"
    lines = [line.removeprefix(f"{folder}/") for line in told if "before this one" in line]
    assert sorted(line.partition(" ")[0] for line in lines) == ["lamps-daisy", "lamps-mp3s", "lamps-original.epub"]
    assert [line.startswith("lamps-original.epub") for line in lines if "removed" in line] == [True]
