"""Previews: what of an article is heard, and voices that say the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.judges.probing import mutagen_chapters
from tests.judges.requirement import require
from tests.judges.stream import ffmpeg_errors, mp3val
from tests.standin.patching import patched
from tests.standin.server import Service, running

from chaptercast import voice_profiles as profiles
from chaptercast.common.packaged_files import shipped
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Metadata
from chaptercast.errors import UsageError
from chaptercast.pipeline import Options, Prepared, asked_voices, audition, beginning, prepare, record_preview, untold
from chaptercast.pipeline.previews import first_sentence
from chaptercast.script.model import Pause, Say, Script, Section, Sentence
from chaptercast.speech.engines.silence import SilenceEngine
from chaptercast.speech.model import Voice
from chaptercast.speech.voice_casting import cast
from chaptercast.voice_profiles import Role

ENGLISH = shipped("examples") / "night-ferry-en.md"
CHINESE = shipped("examples") / "harbour-library-zh.txt"
SILENCE = Options(engine="silence")
ESPEAK = Options(engine="espeak", offline=True, jobs=1)
EN = LanguageTag("en")
LONG = " ".join(
    f"This is sentence number {word} of a paragraph that goes on and on." for word in ("one", "two", "three") * 9
)


def ignore(*_: object) -> None:
    """Nobody watches."""


class Choir(SilenceEngine, frozen=True):
    """Has many voices."""

    def voices(self) -> tuple[Voice, ...]:
        german = (Voice("Bernd", LanguageTag("de")),)
        return german + tuple(Voice(f"Ann {number:02}", EN) for number in range(50))


def choir(*sections: Section) -> Prepared:
    script = Script(Metadata(), "", EN, sections or (Section("s0", "", 1, (said("Hello there."),)),))
    return Prepared(script, cast(Choir(), profiles.for_language(EN), "", 1.0), "", "", "")


def said(*sentences: str, role: Role = Role.BODY, language: LanguageTag = EN) -> Say:
    return Say(tuple(Sentence(f"{text} ", text) for text in sentences), language, role)


def prepared(folder: Path, text: str, options: Options = SILENCE) -> Prepared:
    path = folder / "article.md"
    path.write_text(text)
    return prepare(path, options)


def heard(taken: Prepared) -> list[tuple[str, str]]:
    """The chapters, and what is said in each."""
    return [
        (section.title, " ".join(part.spoken for part in section.parts if isinstance(part, Say)))
        for section in taken.script.sections
    ]


def test_the_title_the_first_text_and_the_first_headed_section_are_heard(tmp_path: Path) -> None:
    text = f"# The lamp\n\n{LONG}\n\n## Light\n\n{LONG}\n\n## Dark\n\nNever heard.\n"
    (title, first), (heading, second) = heard(beginning(prepared(tmp_path, text)))
    assert (title, heading) == ("The lamp", "Light")
    assert first.startswith("The lamp")
    assert second.startswith("Light This is sentence number one")
    assert all(text.endswith("goes on and on.") for text in (first, second))
    assert len(first) < len(second) < len(LONG)


def test_headings_without_text_are_heard_up_to_the_first_that_has_some() -> None:
    heading, text = said("A heading", role=Role.HEADING), said(LONG)
    titles = (("The lamp", (heading,)), ("Part one", (heading,)), ("Light", (heading, text)), ("Dark", (heading, text)))
    whole = choir(*(Section(title, title, level, parts) for level, (title, parts) in enumerate(titles, 1)))
    assert [title for title, _ in heard(beginning(whole))] == ["The lamp", "Part one", "Light"]


def test_an_article_without_headings_is_heard_for_all_of_the_time(tmp_path: Path) -> None:
    ((title, text),) = heard(beginning(prepared(tmp_path, f"# The lamp\n\n{LONG}\n")))
    assert title == "The lamp"
    assert 0.5 * len(LONG) > len(text) > 0.2 * len(LONG)


def test_the_pause_before_a_heading_is_that_of_the_recording(tmp_path: Path) -> None:
    taken = beginning(prepared(tmp_path, f"# The lamp\n\n{LONG}\n\n## Light\n\n{LONG}\n"))
    first, second = taken.script.sections
    assert isinstance(first.parts[-1], Say)
    assert second.parts[0] == Pause(Milliseconds(1500))


_PARTS = st.one_of(
    st.builds(Pause, st.integers(0, 2000).map(Milliseconds)),
    st.builds(
        lambda texts, role: said(*texts, role=role),
        st.lists(st.sampled_from(["A word.", LONG[:200], LONG]), min_size=1, max_size=3),
        st.sampled_from(Role),
    ),
)


@given(st.lists(st.lists(_PARTS, max_size=4), min_size=1, max_size=4))
def test_a_preview_begins_as_the_article_does_and_says_something(sections: list[list[Pause | Say]]) -> None:
    parts = [(said("First.", role=Role.HEADING), *sections[0]), *map(tuple, sections[1:])]
    whole = choir(*(Section(f"s{n}", f"{n}", 2, inner) for n, inner in enumerate(parts)))
    taken = beginning(whole).script
    assert next(taken.utterances(), None)
    for kept, section in zip(taken.sections, whole.script.sections, strict=False):
        cut = len(kept.parts) - 1
        assert replace(kept, parts=()) == replace(section, parts=())
        assert kept.parts[:cut] == section.parts[: max(cut, 0)]
        if kept.parts:
            last, original = kept.parts[-1], section.parts[cut]
            assert isinstance(last, Say)
            assert isinstance(original, Say)
            assert last.sentences
            assert last.sentences == original.sentences[: len(last.sentences)]


def test_each_voice_says_the_same_in_a_chapter_of_its_own(tmp_path: Path) -> None:
    article = prepare(ENGLISH, ESPEAK)
    trial = audition(article, ("en", "en-US", "en+f3"), "", ESPEAK)
    audio = tmp_path / "try.mp3"
    made = record_preview(trial, audio, ESPEAK, ignore)
    assert [chapter.title for chapter in mutagen_chapters(audio)] == ["en", "en-US", "en+f3"]
    assert [chapter.title for chapter in made.episode.chapters] == ["en", "en-US", "en+f3"]
    assert len({text for _, text in heard(trial)}) == 1
    assert [u.voice for u in trial.cast.utterances(trial.script)] == ["en", "en-US", "en+f3"]
    assert list(tmp_path.iterdir()) == [audio]
    for judge in ("mp3val", "ffmpeg"):
        require(judge)
    assert mp3val(audio) == []
    assert ffmpeg_errors(audio) == []


def test_the_same_text_is_put_into_words_for_the_engine() -> None:
    trial = audition(prepare(ENGLISH, ESPEAK), ("en",), "It cost £3 in 1987.", ESPEAK)
    ((_, text),) = heard(trial)
    assert "three pounds" in text
    assert "nineteen" in text


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ((said("A Title", role=Role.HEADING), said("Yes.", "This one takes a while to say, at any speed.")), "This one"),
        ((said("A Title", role=Role.HEADING), said("Yes.")), "Yes."),
        ((said("A Title", role=Role.HEADING),), "A Title"),
        ((said("Bonjour tout le monde, c'est un essai.", language=LanguageTag("fr")), said("Hello.")), "Hello."),
        ((said("Bonjour.", language=LanguageTag("fr")),), "Bonjour."),
    ],
)  # fmt: skip
def test_the_articles_first_real_sentence(says: tuple[Say, ...], expected: str) -> None:
    script = Script(Metadata(), "", EN, (Section("s0", "", 1, says),))
    assert first_sentence(script).spoken.startswith(expected)
    assert len(first_sentence(script).sentences) == 1


def test_all_voices_of_the_language_are_bounded_and_that_is_told() -> None:
    told: list[str] = []
    voices = asked_voices(choir(), "all", told.append)
    assert len(voices) == 20
    assert "Bernd" not in voices
    assert "50 voices" in told[0]


def test_the_profiles_voices_come_first() -> None:
    article = prepare(ENGLISH, Options(engine="espeak", offline=True))
    assert asked_voices(article, "all", untold)[:2] == ("en+clear", "en")
    assert len(asked_voices(article, "all", untold)) > 1


@pytest.mark.parametrize(("asked", "hint"), [("Anne 07", "Ann 07"), ("Ann 07, Brend", "Bernd")])
def test_a_voice_that_is_none_is_refused_with_a_suggestion(asked: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        asked_voices(choir(), asked, untold)
    assert hint in caught.value.remedy


def test_no_voice_and_no_text_are_wrong_use() -> None:
    with pytest.raises(UsageError, match="no voice to preview"):
        audition(choir(), asked_voices(choir(), " , ", untold), "", SILENCE)
    with pytest.raises(UsageError, match="nothing to speak"):
        audition(choir(), ("Bernd",), "—!", SILENCE)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "kept"))
    with running() as service, patched(service.url, service.voices_url):
        yield service


def test_a_service_gets_the_one_sentence_and_nothing_else(service: Service, tmp_path: Path) -> None:
    edge = Options(engine="edge", cache=tmp_path / "kept")
    article = prepare(CHINESE, edge)
    trial = audition(article, ("zh-CN-XiaoxiaoNeural", "zh-CN-YunxiNeural"), "", edge)
    record_preview(trial, tmp_path / "try.mp3", edge, ignore)
    assert sorted(request.voice for request in service.requests) == ["zh-CN-XiaoxiaoNeural", "zh-CN-YunxiNeural"]
    assert {request.text for request in service.requests} == {heard(trial)[0][1]}
    record_preview(trial, tmp_path / "again.mp3", edge, ignore)
    assert len(service.requests) == 2
    assert (tmp_path / "again.mp3").read_bytes() == (tmp_path / "try.mp3").read_bytes()
