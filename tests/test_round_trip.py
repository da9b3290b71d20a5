"""From the article and from its script: the same recording, byte for byte."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from chaptercast.common.packaged_files import shipped
from chaptercast.common.units import LanguageTag
from chaptercast.errors import InputError, UsageError
from chaptercast.pipeline import Options, convert, outlined, prepare
from chaptercast.publication.model import Episode
from chaptercast.script.ssml.write import to_ssml
from chaptercast.script.text_formats import to_json

SPOKEN = Options(engine="espeak", offline=True, jobs=2)
QUICK = Options(engine="silence", jobs=1)
ARTICLES = {
    "chinese": shipped("examples") / "harbour-library-zh.txt",
    "english": shipped("examples") / "night-ferry-en.md",
    "untitled.md": "Just one paragraph & nothing else.\n\n> A quotation, 12 % of it.\n\n![A lamp](lamp.png)\n",
    "lexicon.md": (
        "---\ntitle: Words\nlexicon: words.toml\nsource: https://example.org/a?b=1&c=2\n---\n\n"
        "## GIF\n\nA GIF in 2021, and a note.[^1]\n\n[^1]: Short.\n"
    ),
    "languages.md": (
        "---\nlang: en\n---\n\n# Mixed\n\nShe said: „Guten Tag, meine sehr verehrten Damen und Herren“, "
        "and 今天天气很好，我们去公园散步吧。 That was all.\n"
    ),
    "***.md": "***\n\n**1** ¹ ²\n\nWords.\n",
}


def ignore(*_: object) -> None:
    """Nobody watches."""


def article(folder: Path, name: str) -> Path:
    given = ARTICLES[name]
    if isinstance(given, Path):
        return given
    (folder / "words.toml").write_text('GIF = "jif"\nnote = { spoken = "note", case-sensitive = true }\n')
    path = folder / name.replace("*", "_")
    path.write_text(given, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ARTICLES)
def test_the_recording_is_the_same(name: str, tmp_path: Path) -> None:
    source = article(tmp_path, name)
    first = convert(source, tmp_path / "first", SPOKEN, ignore, ignore)
    script = first.audio.with_name("script.ssml")
    told: list[str] = []
    second = convert(script, tmp_path / "second", SPOKEN, ignore, told.append)
    assert second.audio.read_bytes() == first.audio.read_bytes()
    for text in ("script.ssml", "transcript.vtt", "transcript.srt", "transcript.json", "chapters.vtt"):
        assert second.audio.with_name(text).read_bytes() == first.audio.with_name(text).read_bytes()
    assert _without_names(second.episode) == _without_names(first.episode)
    assert len(told) == 1  # who speaks, and nothing that could not be done


def _without_names(episode: Episode) -> Episode:
    """A title without a letter leaves files to be called after their source."""
    return replace(episode, guid="", slug="", origin="", audio=replace(episode.audio, file=""))


@pytest.mark.parametrize("name", ARTICLES)
def test_the_script_is_the_same_for_an_engine_that_reads_digits(name: str, tmp_path: Path) -> None:
    prepared = prepare(article(tmp_path, name), QUICK)
    path = tmp_path / "x.ssml"
    path.write_text(to_ssml(prepared.script), encoding="utf-8")
    assert prepare(path, QUICK).script == replace(prepared.script, metadata=replace(prepared.script.metadata, extra=()))


def test_a_script_is_told_by_its_content(tmp_path: Path) -> None:
    for name in ("a.md", "a.html", "a"):
        (tmp_path / name).write_text("<?xml version='1.0'?>\n<speak xml:lang='en'>Hello</speak>")
        assert [say.written for say in prepare(tmp_path / name, QUICK).script.utterances()] == ["Hello"]
    (tmp_path / "b.ssml").write_text("# Not a script\n\nBut an article.\n")
    assert prepare(tmp_path / "b.ssml", QUICK).title == "Not a script"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_scripts_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.ssml"
    path.write_bytes(
        f"<?xml version='1.0' encoding='{encoding}'?><speak>给盲人读者的港口图书馆。</speak>".encode(encoding)
    )
    script = prepare(path, QUICK).script
    assert next(script.utterances()).written == "给盲人读者的港口图书馆。"
    assert script.language == "zh"


def test_what_the_options_say_of_a_script_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.ssml"
    path.write_text(
        "<speak xml:lang='en'><meta name='title' content='Old'/>Hello <lang xml:lang='de'>Guten Tag</lang></speak>"
    )
    script = prepare(path, replace(QUICK, title="New", language=LanguageTag("fr"))).script
    assert (script.title, script.metadata.title, script.language) == ("New", "New", "fr")
    assert [say.language for say in script.utterances()] == ["fr", "de"]
    assert prepare(path, QUICK).title == "Old"


def test_the_outline_of_a_script_is_its_sections(tmp_path: Path) -> None:
    source = ARTICLES["english"]
    path = tmp_path / "a.ssml"
    path.write_text(to_ssml(prepare(source, QUICK).script))
    one, other = outlined(source, QUICK), outlined(path, QUICK)
    assert (other.title, other.language) == (one.title, one.language)
    assert [(h.level, h.title) for h in other.headings] == [(h.level, h.title) for h in one.headings]


def test_voices_that_are_not_there_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.ssml"
    path.write_text("<speak xml:lang='en'><voice name='Jenny'>Hello</voice><voice name='de'>you</voice></speak>")
    told: list[str] = []
    prepared = prepare(path, SPOKEN, told.append)
    assert told == [f"{path}: the engine “espeak” has no voice “Jenny”."]
    first, second = prepared.cast.utterances(prepared.script)
    assert (first.voice == "Jenny", second.voice) == (False, "de")


def test_the_manner_of_a_script_is_on_top_of_the_roles(tmp_path: Path) -> None:
    path = tmp_path / "a.ssml"
    path.write_text("<speak xml:lang='en'><prosody rate='50%' pitch='+10%' volume='-6dB'>Hello</prosody></speak>")
    prepared = prepare(path, replace(SPOKEN, rate=2.0))
    (utterance,) = prepared.cast.utterances(prepared.script)
    assert utterance.prosody.rate == pytest.approx(1.0)
    assert utterance.prosody.pitch == pytest.approx(1.1)
    assert utterance.prosody.volume == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    "text", ["<speak/>", "<speak><break/></speak>", "<speak><p>a</speak>", "<!DOCTYPE speak><speak>a</speak>"]
)
def test_scripts_that_cannot_be_spoken(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.ssml").write_text(text)
    with pytest.raises(InputError):
        prepare(tmp_path / "a.ssml", QUICK)


def test_what_lexicons_changed_is_shown(tmp_path: Path) -> None:
    script = prepare(article(tmp_path, "lexicon.md"), QUICK).script
    shown = json.dumps(to_json(script))
    lexicon = str(tmp_path / "words.toml")
    assert json.dumps({"written": "GIF", "spoken": "jif", "lexicon": lexicon}) in shown
    assert '<sub alias="A jif in 2021, and a note.">' in to_ssml(script)


def test_a_lexicon_that_is_wrong_is_told(tmp_path: Path) -> None:
    source = article(tmp_path, "lexicon.md")
    (tmp_path / "words.toml").write_text("GIF = 1")
    with pytest.raises(UsageError, match="line 1: “GIF” needs what is spoken"):
        prepare(source, QUICK)
    (tmp_path / "words.toml").unlink()
    with pytest.raises(UsageError, match="There is no lexicon"):
        prepare(source, QUICK)
