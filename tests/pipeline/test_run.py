"""Several articles in one run: each fails for itself."""

from pathlib import Path

from chaptercast.errors import ChaptercastError, EngineError, InputError
from chaptercast.pipeline import Options, Outcome, convert_all, untold
from chaptercast.pipeline.publication import Published

ESPEAK = Options(engine="espeak", offline=True, jobs=2)


def ignore(*_: object) -> None:
    """Nobody watches."""


def converted(folder: Path, *texts: str) -> list[Outcome]:
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.md")
        paths[-1].write_text(text)
    return list(convert_all(paths, folder / "output", ESPEAK, ignore, untold))


def test_an_article_without_a_voice_fails_alone_wherever_it_stands(tmp_path: Path) -> None:
    good, voiceless, empty = "# Good\n\nHello.", "---\nlanguage: tlh\n---\n# Bad\n\nNuqneH.", "***"
    made = converted(tmp_path, voiceless, good, voiceless, voiceless, good, empty, good, voiceless)
    failed = [type(outcome.result) for outcome in made if isinstance(outcome.result, ChaptercastError)]
    assert failed == [EngineError, EngineError, EngineError, InputError, EngineError]
    done = [outcome.given.name for outcome in made if isinstance(outcome.result, Published)]  # type: ignore[union-attr]
    assert done == ["1.md", "4.md", "6.md"]
