"""Words that the voice cannot read: an article in them is refused, a few of them are named in the report; nothing is said instead."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from chaptercast.cli.main import cli
from chaptercast.document.model import Omission, Reason
from chaptercast.errors import EngineError
from chaptercast.pipeline import Options, convert, prepare
from chaptercast.pipeline.estimation import estimate
from chaptercast.pipeline.previews import beginning
from chaptercast.publication.manifest import read_episode
from chaptercast.speech.engines.espeak import japanese
from chaptercast.verify import verify

ESPEAK = Options(engine="espeak", offline=True, jobs=1)
BATH = "# 町の銭湯\n\n2026年3月1日、三人で川沿いの銭湯へ行った。料金は五百円だ。\n\n## 湯船の話\n\nみな名前を知っている。\n"


def ignore(*_: object) -> None:
    """Nobody watches."""


def article(folder: Path, text: str, name: str = "article.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No readings are installed."""
    monkeypatch.setattr(japanese, "dictionary", lambda: "")


def test_a_japanese_article_is_spoken_and_its_own_words_are_shown(tmp_path: Path) -> None:
    published = convert(article(tmp_path, BATH), tmp_path / "out", ESPEAK, ignore, ignore)
    assert not [o for o in published.episode.left_out if o.reason in (Reason.UNREAD, Reason.NO_SOUND)]
    transcript = json.loads(published.audio.with_name("transcript.json").read_text())
    body = " ".join(segment["body"] for segment in transcript["segments"])
    assert "2026年3月1日" in body
    assert "ニセン" not in body
    assert published.episode.audio.duration > 12_000
    assert verify(tmp_path / "out") == (1, ())


def test_a_few_words_that_the_voice_cannot_read_are_named_as_they_are_written(tmp_path: Path) -> None:
    text = "# 마을 목욕탕\n\n이 목욕탕의 이름은 大韓湯 입니다. 손님은 3명입니다. 주인은 漢字를 좋아합니다.\n\n大韓\n"
    published = convert(article(tmp_path, text), tmp_path / "out", ESPEAK, ignore, ignore)
    told = [o for o in published.episode.left_out if o.reason is Reason.UNREAD]
    assert told == [Omission(words, Reason.UNREAD) for words in ("大韓湯", "漢字", "大韓")]
    assert read_episode(published.audio.with_name("episode.json")).left_out == published.episode.left_out
    assert "大韓湯" in published.audio.with_name("index.html").read_text(encoding="utf-8")


def test_what_was_kept_is_told_again(tmp_path: Path) -> None:
    options = Options(engine="espeak", offline=True, jobs=1, cache=tmp_path / "clips")
    path = article(tmp_path, "# 목욕탕\n\n주인은 漢字를 좋아합니다.\n")
    first, again = (convert(path, tmp_path / name, options, ignore, ignore) for name in ("one", "two"))
    assert first.episode.left_out == again.episode.left_out == (Omission("漢字", Reason.UNREAD),)


@pytest.mark.usefixtures("bare")
def test_without_readings_a_japanese_article_is_refused_before_any_speech(tmp_path: Path) -> None:
    path = article(tmp_path, BATH)
    for refused in (
        lambda: convert(path, tmp_path / "out", ESPEAK, ignore, ignore),
        lambda: estimate(path, ESPEAK, ignore),
        lambda: beginning(prepare(path, ESPEAK)),
    ):
        with pytest.raises(EngineError, match=r"“ja\+clear” of the engine “espeak” cannot read “町”") as caught:
            refused()
        assert caught.value.remedy == japanese.REMEDY
    assert not list(tmp_path.rglob("*.mp3"))


@pytest.mark.usefixtures("bare")
def test_without_readings_kana_is_spoken_all_the_same(tmp_path: Path) -> None:
    text = "# まちのおふろ\n\nこのおふろは、かわのそばにあります。\n\n<ruby>毎朝<rt>まいあさ</rt></ruby>、おゆをわかします。\n"
    convert(article(tmp_path, text), tmp_path / "out", ESPEAK, ignore, ignore)
    assert list(tmp_path.rglob("*.mp3"))


@pytest.mark.usefixtures("bare")
def test_another_language_is_spoken_whatever_japanese_stands_in_it(tmp_path: Path) -> None:
    english = "It is an old house by the river, and every morning somebody lights the fire under the water there."
    text = f"# A bath\n\n{english}\n\nこのおふろは、川のそばにあります。\n"
    assert estimate(article(tmp_path, text), ESPEAK, ignore).voices == ("en-US+clear", "ja+clear")


def test_voices_tells_what_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["voices", "--engine", "espeak", "--language", "ja"]
    assert "pip install" not in CliRunner().invoke(cli, asked).output
    monkeypatch.setattr(japanese, "dictionary", lambda: "")
    assert "pip install 'chaptercast[ja]'" in CliRunner().invoke(cli, asked).output
    described = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).output)
    assert described["voices"][0]["lacks"] == japanese.REMEDY
