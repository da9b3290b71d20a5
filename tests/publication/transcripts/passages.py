"""Timed text for the tests."""

import re

from hypothesis import strategies as st

from chaptercast.audio.model import Chapter, Passage, TimedSentence, TimedWord
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.voice_profiles import Role

ENGLISH, GERMAN = LanguageTag("en"), LanguageTag("de")


def ms(time: int) -> Milliseconds:
    return Milliseconds(time)


def sentence(text: str, start: int, end: int, *, words: bool = True) -> TimedSentence:
    """Its words are said evenly."""
    places = [match.span() for match in re.finditer(r"\w+", text)] if words else []
    spoken = tuple(
        TimedWord(ms(start + (end - start) * n // len(places)), begin, stop - begin)
        for n, (begin, stop) in enumerate(places)
    )
    return TimedSentence(text, ms(start), ms(end), spoken)


def passage(*sentences: TimedSentence, language: LanguageTag = ENGLISH, role: Role = Role.BODY) -> Passage:
    return Passage(0, role, language, continues=False, sentences=sentences)


def chapter(title: str, start: int, end: int) -> Chapter:
    return Chapter("c", title, 1, ms(start), ms(end))


HOSTILE = st.one_of(
    st.text(st.characters(codec=None), max_size=120),
    st.lists(
        st.sampled_from(
            ["-->", "\n", "\n\n", "\0", "<b>", "</lang>", "<00:00:01.000>", "&", "&lt;", "NOTE x", "STYLE", "WEBVTT",
             "\ud800", "\u202e", "\u2028", "\x85", "\x1c", "{\\an8}", "12", "00:00:01.000 --> 00:00:02.000", "a b", "字"]
        ),
        max_size=40,
    ).map("".join),
).map(lambda text: text.strip() or "x")  # fmt: skip


@st.composite
def timed(draw: st.DrawFn) -> list[Passage]:
    """Any text at any times that are in order, some of no length."""
    found, at = [], 0
    for _ in range(draw(st.integers(0, 5))):
        sentences = []
        for _ in range(draw(st.integers(1, 3))):
            start = at + draw(st.sampled_from([0, 1, 400]))
            at = start + draw(st.sampled_from([0, 1, 37, 4000, 7_000_000]))
            sentences.append(sentence(draw(HOSTILE), start, at, words=draw(st.booleans())))
        language = LanguageTag(draw(st.sampled_from(["en", "de", "zh-Hant-TW", "und", "", "x>y", "en_GB"])))
        found.append(passage(*sentences, language=language))
    return found
