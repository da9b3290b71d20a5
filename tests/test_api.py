"""The public interface: what it promises is there, and the examples of docs/api.md do what the page says, as they stand."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mutagen.id3 import ID3

import chaptercast

PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
ARTICLE = "# The quay\n\nShort words first.\n\n## The boats\n\nThey lie side by side. ![](boats.png)\n"


def example(name: str) -> str:
    """The program of that name on the page."""
    found = re.search(rf"```python\n# {re.escape(name)}\n(.*?)```", PAGE, re.DOTALL)
    assert found, name
    return found[1]


def run(folder: Path, *command: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        check=False,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def chapters_of(audio: Path) -> list[str]:
    """The titles of the chapters, as mutagen reads them."""
    return [
        str(chapter.sub_frames["TIT2"]) for chapter in sorted(ID3(audio).getall("CHAP"), key=lambda c: c.start_time)
    ]


def test_every_public_name_is_there_and_described() -> None:
    for name in chaptercast.__all__:
        assert getattr(chaptercast, name) is not None
    assert set(chaptercast.__all__) <= set(dir(chaptercast))
    with pytest.raises(AttributeError):
        _ = chaptercast.no_such_name


def test_importing_loads_nothing() -> None:
    code = "import sys; import chaptercast; print([name for name in sys.modules if name.startswith('chaptercast.')])"
    assert run(Path(__file__).parent, "-c", code).strip() == "[]"


def test_convert_with_progress(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "convert_article.py").write_text(example("convert_article.py"), encoding="utf-8")
    lines = run(tmp_path, "convert_article.py").splitlines()
    assert "100% The boats" in lines
    made = next(line for line in lines if line.endswith("seconds"))
    assert chapters_of(tmp_path / re.sub(r"(?<=[.]mp3) .*", "", made)) == [
        "The quay",
        "The boats",
    ]
    assert lines[-1] == "not spoken (decorative image): boats.png"


def test_a_failed_conversion_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(chaptercast.InputError) as raised:
        chaptercast.convert(tmp_path / "missing.md", tmp_path / "output")
    assert raised.value.remedy
    assert not (tmp_path / "output").exists()


def test_outline_alone(tmp_path: Path) -> None:
    (tmp_path / "show_outline.py").write_text(example("show_outline.py"), encoding="utf-8")
    lines = run(tmp_path, "show_outline.py").splitlines()
    assert lines[:3] == ["The bridge", "2 How it was built", "2 Who crosses it today"]
    assert any("nineteen thirty-one" in line for line in lines)


def test_an_engine_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "tone_engine.py").write_text(example("tone_engine.py"), encoding="utf-8")
    declared = re.search(r'```toml\n\[project\.entry-points\."(.*?)"\]\n(.*?)```', PAGE, re.DOTALL)
    assert declared
    info = tmp_path / "tone_engine-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tone-engine\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{declared[1]}]\n{declared[2].replace(chr(34), '')}", encoding="utf-8")
    path = {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    assert "tone" in run(tmp_path, "-m", "chaptercast", "engines", **path)
    run(tmp_path, "-m", "chaptercast", "convert", "article.md", "--engine", "tone", "-o", "a.mp3", "--offline", **path)
    assert chapters_of(tmp_path / "a.mp3") == ["The quay", "The boats"]
