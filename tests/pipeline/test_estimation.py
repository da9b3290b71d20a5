"""What a dry run tells: held against what the conversion then makes, and against what it must not do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.standin.patching import patched
from tests.standin.server import Service, running

from chaptercast.common.packaged_files import shipped
from chaptercast.errors import InputError
from chaptercast.pipeline import Estimate, Options, convert, estimate, untold

ENGLISH = shipped("examples") / "night-ferry-en.md"
CHINESE = shipped("examples") / "harbour-library-zh.txt"
MIXED = shipped("examples") / "four-languages.md"
ESPEAK = Options(engine="espeak", offline=True)
ARTICLE = "# The lamp\n\nA first paragraph of the article.\n\n## A heading\n\nAnd a second one below it.\n"


def ignore(*_: object) -> None:
    """Nobody watches."""


def estimated(given: Path, options: Options = ESPEAK) -> Estimate:
    return estimate(given, options, untold)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.md"
    path.write_text(ARTICLE)
    return path


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "kept"))
    with running() as service, patched(service.url, service.voices_url):
        yield service


@pytest.mark.parametrize("example", [ENGLISH, CHINESE, MIXED], ids=lambda path: path.stem)
def test_the_expected_duration_is_that_of_the_recording(example: Path, tmp_path: Path) -> None:
    made = convert(example, tmp_path, ESPEAK, ignore, ignore).episode
    found = estimated(example)
    assert found.measured
    assert found.duration == pytest.approx(made.audio.duration, rel=0.15)
    assert (found.title, found.sections) == (made.title, len(made.chapters))
    assert (found.engine, found.voices) == (made.spoken.engine, made.spoken.voices)


@pytest.mark.parametrize("rate", [0.5, 2.0])
def test_the_listeners_speed_counts(article: Path, tmp_path: Path, rate: float) -> None:
    options = Options(engine="espeak", offline=True, rate=rate)
    made = convert(article, tmp_path, options, ignore, ignore).episode
    assert estimated(article, options).duration == pytest.approx(made.audio.duration, rel=0.15)


def test_what_is_kept_is_counted_and_left_as_it_is(article: Path, tmp_path: Path) -> None:
    options = Options(engine="espeak", offline=True, cache=tmp_path / "kept")
    assert estimated(article, options).kept_utterances == 0
    assert not (tmp_path / "kept").exists()
    convert(article, tmp_path, options, ignore, ignore)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*")}
    found = estimated(article, options)
    assert (found.kept_utterances, found.kept_share) == (found.utterances, 1.0)
    article.write_text(ARTICLE.replace("second", "third"))
    edited = estimated(article, options)
    assert edited.kept_utterances == edited.utterances - 1
    assert 0 < edited.kept_share < 1
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*")} == before


@pytest.mark.parametrize("engine", ["edge", "auto"])
def test_a_service_is_not_asked_to_speak_and_nothing_of_it_is_kept(
    service: Service, article: Path, tmp_path: Path, engine: str
) -> None:
    found = estimated(article, Options(engine=engine, cache=tmp_path / "kept"))
    assert (found.engine, found.destination, found.measured) == ("edge", "Microsoft", False)
    assert found.voices == ("en-US-GuyNeural", "en-US-AriaNeural")
    assert (service.connections, service.requests) == (0, [])
    assert service.voice_lists == 1
    assert list(tmp_path.iterdir()) == [article]


def test_what_cannot_be_read_cannot_be_estimated(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        estimated(tmp_path / "none.md")
