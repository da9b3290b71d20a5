"""A script written as SSML and read again is the same script: whatever the article, and whatever the engine."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.judges.ssml import portable_faults

from chaptercast import voice_profiles
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import (
    Break,
    Cell,
    Document,
    Figure,
    Heading,
    ListBlock,
    Metadata,
    Note,
    Omission,
    Paragraph,
    Quote,
    Reason,
    Span,
    Table,
)
from chaptercast.script.lexicons.lexicon import Entry, Lexicon
from chaptercast.script.lexicons.selection import Lexicons
from chaptercast.script.model import Pause, Respelling, Say, Script, Section, Sentence
from chaptercast.script.narration.narrate import Settings, narrate
from chaptercast.script.ssml.attribute_values import combined, duration, prosody
from chaptercast.script.ssml.read import parse_ssml, to_script
from chaptercast.script.ssml.write import to_ssml
from chaptercast.script.utterances import Verbalizer
from chaptercast.voice_profiles import Manner, Pauses, Role

EN, ZH, DE = LanguageTag("en"), LanguageTag("zh"), LanguageTag("de")
PAUSES = voice_profiles.load("generic").pauses
SILENT = Pauses({}, {})


def again(script: Script, settings: Settings) -> Script:
    text = to_ssml(script)
    assert portable_faults(text) == []
    document = parse_ssml(text, "x.ssml")
    assert document.language == script.language
    read = to_script(document, document.language, settings.verbalizer, settings.pauses)
    assert to_ssml(read) == text
    return read


words = st.text("ab7 &<\"'。.，*\n字é%¹]>", max_size=30) | st.sampled_from(
    ["In 2021 there were 3.", "他说：“2021 年”。", "* * *", "Guten Tag, meine Herren.", "GIF"]
)
spans = st.lists(
    st.builds(Span, words, note=st.sampled_from(["", "", "n"]), language=st.sampled_from([None, None, DE])), max_size=3
).map(tuple)
leaves = (
    st.builds(Paragraph, spans, st.sampled_from([None, EN, DE]))
    | st.builds(Heading, spans, st.integers(1, 7))
    | st.builds(Figure, words, spans)
    | st.builds(Table, st.lists(st.lists(st.builds(Cell, spans), max_size=2).map(tuple), max_size=2).map(tuple), spans)
    | st.just(Break())
)
blocks = st.recursive(
    leaves,
    lambda inner: (
        st.builds(Quote, st.lists(inner, max_size=2).map(tuple))
        | st.builds(ListBlock, st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple), st.booleans())
        | st.builds(Note, st.just("n"), st.lists(inner, max_size=2).map(tuple), words)
    ),
    max_leaves=6,
)
LEXICON = Lexicon([Entry("GIF", "GIF", lexicon="x"), Entry("ab", "<abe> & co")])


class WithLexicon(Lexicons):
    def of(self, _language: LanguageTag) -> Lexicon:
        return LEXICON


settings = st.builds(
    Settings,
    st.sampled_from([PAUSES, SILENT]),
    spells_digits=st.booleans(),
    max_bytes=st.integers(40, 300),
    lexicons=st.sampled_from([None, WithLexicon(EN)]),
)
metadata = st.builds(
    Metadata,
    title=words,
    page_title=words,
    author=words,
    date=st.sampled_from(["", "2025", "2025-10-12", "2025-10-12T08:00:00+02:00"]),
    language=st.sampled_from([None, EN, LanguageTag("zh-Hant-TW")]),
    source=st.sampled_from(["", "https://example.org/a?b=c&d=“x”", "//example.org/"]),
    image=words,
    description=words,
    extra=st.just((("email", "private@example.org"),)),
)


@given(st.lists(blocks, max_size=5).map(tuple), metadata, st.sampled_from([EN, ZH, DE]), settings)
def test_any_article(told: tuple, about: Metadata, language: LanguageTag, how: Settings) -> None:
    script = narrate(Document(about, told, language, (Omission("<x>", Reason.HIDDEN),)), how)
    assert again(script, how) == replace(script, metadata=replace(about, extra=()))
    assert "private@example.org" not in to_ssml(script)


@given(st.text(max_size=60), st.text(max_size=20), st.sampled_from([EN, ZH]))
def test_any_text_is_said_the_same(text: str, title: str, language: LanguageTag) -> None:
    how = Settings(PAUSES)
    script = narrate(Document(Metadata(title=title), (Paragraph((Span(text),)),), language), how)
    assert [say.spoken for say in again(script, how).utterances()] == [say.spoken for say in script.utterances()]


manners = st.builds(
    lambda rate, pitch, volume: combined(Manner(rate / 100, pitch / 100, volume), Manner()),
    st.integers(20, 200),
    st.integers(50, 150),
    st.sampled_from([0.0, 0.1, 0.5, 1.0, 1.0, 2.0]),
)
sentences = st.builds(
    Sentence,
    st.sampled_from(["ab. ", "1 & 2. ", "", "字。"]),
    st.sampled_from(["alpha beta", "one and two", "“R&D” <x>"]),
)
says = st.builds(
    Say,
    st.lists(sentences, min_size=1, max_size=3).map(tuple),
    st.sampled_from([EN, DE]),
    st.sampled_from(Role),
    continues=st.booleans(),
    manner=manners,
    voice=st.sampled_from(["", "", "en-us", "a “voice”"]),
)
pauses = st.builds(Pause, st.integers(1, 20_000).map(Milliseconds))
passages = st.lists(st.tuples(pauses | st.none(), says), min_size=0, max_size=4).map(
    lambda pairs: tuple(part for pair in pairs for part in pair if part is not None)
)
titles = st.text('ab <&"\n', max_size=6)
sections = st.lists(
    st.tuples(st.sampled_from(["s0", "quote", "body", "a b", "字", "", "s0"]), titles, st.integers(1, 9), passages),
    min_size=1,
    max_size=4,
)


@given(sections, titles, metadata)
def test_any_script(made: list, title: str, about: Metadata) -> None:
    """Whatever is in one, not only what narration makes; but for a break of a paragraph at the head of a section."""
    listed = tuple(Section(id_, head, level, _not_continued(parts)) for id_, head, level, parts in made)
    script = Script(replace(about, extra=()), title, EN, listed)
    assert again(script, Settings(PAUSES)) == script


def _not_continued(parts: tuple) -> tuple:
    first = next((place for place, part in enumerate(parts) if isinstance(part, Say)), None)
    return tuple(replace(part, continues=False) if place == first else part for place, part in enumerate(parts))


def test_a_word_that_a_lexicon_keeps_is_kept() -> None:
    kept = Sentence("GIF", "GIF", (Respelling("GIF", "GIF", "front matter"),))
    script = Script(Metadata(), "T", EN, (Section("s0", "T", 1, (Say((kept,), EN),)),))
    document = parse_ssml(to_ssml(script), "x.ssml")
    read = to_script(document, EN, lambda tag: Verbalizer(tag, True, 400, Lexicon([Entry("gif", "jif")])), PAUSES)
    assert read == script


def scripted(body: str, head: str = "") -> Script:
    """What an author makes of a script of ours."""
    text = to_ssml(
        Script(Metadata(), "T", EN, (Section("s0", "T", 1, (Say((Sentence("T", "T"),), EN, Role.HEADING),)),))
    )
    text = text.replace("</metadata>", f"{head}</metadata>").replace("</speak>", f"{body}</speak>")
    document = parse_ssml(text, "x.ssml")
    return to_script(document, EN, lambda tag: Verbalizer(tag, True, 4000), PAUSES)


def test_scripts_of_ours_can_be_edited() -> None:
    script = scripted(
        '<break time="700ms"/><p><s><mark name="more-3"/>More to come</s></p><p><s>In 2021.</s><s>Then.</s></p>'
        '<p><s><mark name="quote-99"/>Quoted.</s></p>'
    )
    assert [(s.title, s.level) for s in script.sections] == [("T", 1), ("More to come", 3)]
    assert [p.duration if isinstance(p, Pause) else (p.spoken, p.role) for p in script.sections[1].parts] == [
        700,
        ("More to come", Role.HEADING),
        ("In twenty twenty-one. Then.", Role.BODY),  # breaks are where they are written, and nowhere else
        ("Quoted.", Role.QUOTE),
    ]


def test_a_section_that_was_taken_out_is_no_chapter() -> None:
    script = scripted(
        "", '<x:section xmlns:x="urn:x-chaptercast:script:1" mark="s1-2" id="s1" level="2">Gone</x:section>'
    )
    assert [s.title for s in script.sections] == ["T"]


@given(manners, manners)
def test_manners_are_written_in_the_steps_that_they_are_read_in(one: Manner, other: Manner) -> None:
    assert combined(one, Manner()) == one
    assert combined(combined(one, other), Manner()) == combined(one, other)
    assert set(prosody(one)) == {name for name in ("rate", "pitch", "volume") if getattr(one, name) != 1}


@given(st.text("0123456789.+-ms ", max_size=12))
def test_any_duration(text: str) -> None:
    assert duration(text) is None or duration(text) >= 0
