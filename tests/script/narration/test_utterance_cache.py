"""What texts became is remembered, and never trusted when anything has changed."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.script.narration.telling import PAUSES, p

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Block, Document, Heading, ListBlock, Metadata, Note, Span
from chaptercast.script.lexicons.files import LexiconFile
from chaptercast.script.lexicons.lexicon import Entry
from chaptercast.script.lexicons.selection import Lexicons
from chaptercast.script.model import Script
from chaptercast.script.narration import text_utterances
from chaptercast.script.narration.narrate import Settings, narrate
from chaptercast.script.narration.utterance_cache import FEWEST_TEXTS, UtteranceCaches, prune

EN = LanguageTag("en")
ARTICLE = "/articles/ferry.md"
LONG = tuple(p(f"In {1900 + number}, it cost £{number}. Nobody knew.") for number in range(FEWEST_TEXTS))


def narrated(folder: Path, *blocks: Block, state: str = "one", article: str = ARTICLE) -> Script:
    """What is narrated with the memory of the article, all of it."""
    memory = UtteranceCaches(folder, "this program").of(article, state)
    script = narrate(Document(Metadata(title="The ferry"), blocks, EN), Settings(PAUSES, memory=memory))
    assert len(script.sections)
    return script


def fresh(*blocks: Block) -> Script:
    return narrate(Document(Metadata(title="The ferry"), blocks, EN), Settings(PAUSES))


@pytest.fixture
def put_into_words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are put into words from now on."""
    texts: list[str] = []
    original = text_utterances._phrases

    def watched(pieces: tuple, *rest: object) -> object:
        texts.append("".join(piece.written for piece in pieces))
        return original(pieces, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(text_utterances, "_phrases", watched)
    return texts


def test_only_what_is_new_is_put_into_words(tmp_path: Path, put_into_words: list[str]) -> None:
    narrated(tmp_path, *LONG)
    put_into_words.clear()
    assert narrated(tmp_path, *LONG) == fresh(*LONG)
    assert len(put_into_words) == len(LONG) + 1  # by `fresh`
    put_into_words.clear()
    edited = (*LONG[:9], p("An edit of 1999."), *LONG[10:])
    again = narrated(tmp_path, *edited)
    assert put_into_words == ["An edit of 1999."]
    assert again == fresh(*edited)
    put_into_words.clear()
    narrated(tmp_path, *edited)
    narrated(tmp_path, *edited[:-1])
    narrated(tmp_path, *edited[:-1])
    assert put_into_words == []


def test_everything_of_a_text_is_remembered(tmp_path: Path) -> None:
    lexicons = Lexicons(EN, (LexiconFile("own", (Entry("ferry", "fairy", lexicon="own"),)),))
    blocks = (
        *LONG,
        p(
            "The ferry of 1987 ",
            Span("1", note="n"),
            "left. Then: “Das ist ein deutscher Satz, den man erkennt.” And so on.",
        ),
        p("Ceci n'est pas anglais, et c'est déclaré.", language="fr"),
        Heading((Span("On 𠮷 alone"),), 2),
        ListBlock(tuple((p(text),) for text in ("One.", "Two.", "Three."))),
        Note("n", (p("A note of 2001."),), "1"),
    )
    document = Document(Metadata(), blocks, EN)
    settings = Settings(PAUSES, lexicons=lexicons)
    for _ in range(2):
        script = narrate(document, replace(settings, memory=UtteranceCaches(tmp_path, "").of(ARTICLE, "")))
        assert script == narrate(document, settings)
        respelled = [r for say in script.utterances() for sentence in say.sentences for r in sentence.respellings]
        assert [(r.written, r.spoken, r.lexicon) for r in respelled] == [("ferry", "fairy", "own")]


def test_another_state_or_another_article_is_another_memory(tmp_path: Path, put_into_words: list[str]) -> None:
    narrated(tmp_path, *LONG)
    for other in ({"state": "two"}, {"article": "/elsewhere/ferry.md"}):
        put_into_words.clear()
        narrated(tmp_path, *LONG, **other)
        assert len(put_into_words) == len(LONG) + 1


def test_what_is_short_or_not_narrated_to_its_end_is_not_kept(tmp_path: Path) -> None:
    narrated(tmp_path, *LONG[:9])
    memory = UtteranceCaches(tmp_path, "").of(ARTICLE, "")
    blocks = (*LONG, Heading((Span("End"),), 2), p("Last."))
    assert narrate(Document(Metadata(), blocks, EN), Settings(PAUSES, memory=memory)).sections[0]
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, Script]:
    """The file of a long article, what is in it, and what was narrated."""
    folder = tmp_path_factory.mktemp("memory")
    script = narrated(folder, *LONG)
    (path,) = folder.iterdir()
    return path, path.read_bytes(), script


@settings(max_examples=50)
@given(st.data())
def test_what_is_damaged_is_put_into_words_again(remembered: tuple[Path, bytes, Script], data: st.DataObject) -> None:
    path, whole, script = remembered
    content = bytearray(whole)
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[place] ^= data.draw(st.integers(1, 255))
    else:
        del content[place:]
    path.write_bytes(content)
    assert narrated(path.parent, *LONG) == script


def test_what_is_damaged_while_it_is_used_is_put_into_words_again(tmp_path: Path) -> None:
    narrated(tmp_path, *LONG)
    memory = UtteranceCaches(tmp_path, "this program").of(ARTICLE, "one")
    [file] = (path for path in tmp_path.rglob("*") if path.is_file())
    with file.open("r+b") as stream:  # in place: the memory has it open
        stream.write(b"x" * file.stat().st_size)
    script = narrate(Document(Metadata(title="The ferry"), LONG, EN), Settings(PAUSES, memory=memory))
    assert script == fresh(*LONG)


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert narrated(tmp_path / "file" / "memory", *LONG) == fresh(*LONG)


def test_what_was_used_longest_ago_is_forgotten_first(tmp_path: Path, put_into_words: list[str]) -> None:
    for article in ("a", "b", "c"):
        narrated(tmp_path, *LONG, article=article)
    narrated(tmp_path, *LONG, article="a")
    assert prune(tmp_path, 2) == 1
    put_into_words.clear()
    narrated(tmp_path, *LONG, article="a")
    assert put_into_words == []
    narrated(tmp_path, *LONG, article="b")
    assert put_into_words
