"""Sentences are found by their pauses; eSpeak NG, which tells their times, says how well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standin.sound import sampled

from chaptercast.common.units import LanguageTag
from chaptercast.speech import engine_registry
from chaptercast.speech.model import Prosody, Speech, Utterance
from chaptercast.speech.online.mp3_to_clip import measured
from chaptercast.speech.online.sentence_times import sentence_starts

ARTICLES = {
    "en-US": [
        "The bell rang twice.",
        "Nobody moved, not even the cat, until the lamp on the pier went out at half past nine.",
        "Then she said: no.",
        "He laughed.",
        "What they had expected, after all those years, was something else; a letter, perhaps, or a visit from the harbour master.",
        "It was over.",
    ],
    "de": [
        "Die Glocke schlug zweimal.",
        "Niemand rührte sich, nicht einmal die Katze, bis um halb zehn die Lampe am Pier erlosch.",
        "Dann sagte sie: nein.",
        "Er lachte.",
        "Was sie nach all den Jahren erwartet hatten, war etwas anderes; ein Brief vielleicht, oder ein Besuch.",
        "Es war vorbei.",
    ],
    "fr": [
        "La cloche sonna deux fois.",
        "Personne ne bougea, pas même le chat, jusqu'à ce que la lampe du quai s'éteigne à neuf heures et demie.",
        "Il rit.",
        "Ce qu'ils attendaient, après toutes ces années, c'était autre chose; une lettre, peut-être, ou une visite.",
        "C'était fini.",
    ],
}


def utterance(sentences: list[str], voice: str = "v") -> Utterance:
    starts, text = [], ""
    for sentence in sentences:
        starts.append(len(text))
        text += f"{sentence} "
    return Utterance(text.rstrip(), voice, LanguageTag("en"), sentences=tuple(starts))


def found(said: Utterance, speech: Speech) -> list[float]:
    """In seconds."""
    sound = measured(Speech(speech.pcm, speech.sample_rate))
    assert sound.segment is not None
    timings = sentence_starts(said, sound.segment, sound.onset, sound.end)
    assert tuple(timing.offset for timing in timings) == said.sentences
    return [timing.start / speech.sample_rate for timing in timings]


@pytest.mark.parametrize("language", ARTICLES)
@pytest.mark.parametrize("rate", [0.8, 1.5])
def test_times_are_those_of_the_voice(language: str, rate: float) -> None:
    said = utterance(ARTICLES[language], language)
    with engine_registry.load("espeak").open() as speaker:
        speech = speaker.speak(Utterance(said.text, language, LanguageTag("en"), Prosody(rate)))
    true = {timing.offset: timing.start / speech.sample_rate for timing in speech.sentences}
    told = dict(zip(said.sentences, found(said, speech), strict=True))
    assert len(true) == len(told)
    assert max(abs(told[offset] - true[offset]) for offset in true) < 0.05


def test_without_pauses_each_sentence_has_its_share() -> None:
    text = ["Onetwothreefour.", "Five.", "Sixseveneight."]
    said = utterance(text)
    speech = sampled(said.text, 1.0, 200, 300)
    starts = found(said, Speech(speech.pcm, speech.hz))
    true = [sentence.offset / 10_000_000 for sentence in speech.sentences]
    assert starts == pytest.approx(true, abs=0.12)
    assert starts[0] == pytest.approx(0.2, abs=0.006)


def test_where_the_sentences_are_not_known_none_are_told() -> None:
    speech = sampled("One. Two.")
    sound = measured(Speech(speech.pcm, speech.hz))
    assert sound.segment is not None
    assert sentence_starts(Utterance("One. Two.", "v", LanguageTag("en")), sound.segment, sound.onset, sound.end) == ()


@given(
    st.lists(
        st.sampled_from(["One.", "Two, three.", "“Four”: five; six!", "…", "7", "好，好。"]), min_size=1, max_size=9
    ),
    st.integers(0, 700),
)
def test_times_are_in_order_and_within_the_sound(sentences: list[str], between_ms: int) -> None:
    said = utterance(sentences)
    speech = sampled(said.text + " a", 1.0, 100, 100, 8000, between_ms)
    starts = found(said, Speech(speech.pcm, speech.hz))
    assert starts == sorted(starts)
    assert starts[0] >= 0.09
    assert starts[-1] <= len(speech.pcm) / 2 / speech.hz


def test_a_sentence_that_begins_where_the_text_ends_is_none() -> None:
    speech = sampled("One. Two.")
    sound = measured(Speech(speech.pcm, speech.hz))
    assert sound.segment is not None
    said = Utterance("One. Two.", "v", LanguageTag("en"), sentences=(0, 5, 9))
    assert [t.offset for t in sentence_starts(said, sound.segment, sound.onset, sound.end)] == [0, 5]
