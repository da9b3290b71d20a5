"""What tests of both engines ask of them."""

from collections.abc import Callable, Iterator

import numpy as np
from tests.speech.engines.neural.models import Tone

from chaptercast.common.units import LanguageTag
from chaptercast.speech.engines.espeak import installation
from chaptercast.speech.engines.neural.phonemes.espeak import phonemes
from chaptercast.speech.engines.neural.phonemes.model import Spelling
from chaptercast.speech.model import LocalEngine, Prosody, Speech, Utterance

AS_IS = Prosody()


def spelled(spell: Callable[..., Spelling], *arguments: object) -> Spelling:
    """What `spell` makes of its arguments, with eSpeak NG's library loaded for that alone, as it is for an utterance."""
    with phonemes(*installation.paths()) as library:
        return spell(*arguments, library)


def speak(engine: LocalEngine, text: str, voice: str, language: str = "en", prosody: Prosody = AS_IS) -> Speech:
    with engine.open() as speaker:
        return speaker.speak(Utterance(text, voice, LanguageTag(language), prosody))


def sounding(tones: list[Tone]) -> list[int]:
    """The numbers of what sounds, neighbours that are the same as one."""
    numbers = [tone.number for tone in tones if tone.number]
    return [number for at, number in enumerate(numbers) if at == 0 or numbers[at - 1] != number]


def firsts(tones: list[Tone], speech: Speech) -> Iterator[int]:
    """What sounds first when each word begins."""
    ends = [*(tone.begin for tone in tones[1:]), len(speech.pcm)]
    for word in speech.words:
        yield next(tone.number for tone, end in zip(tones, ends, strict=True) if tone.number and end > word.start)


def loudest(speech: Speech) -> int:
    return int(np.abs(np.frombuffer(speech.pcm, "<i2").astype("i4")).max())


def said(text: str, speech: Speech) -> list[str]:
    """The words that are told, as they are written."""
    return [text[word.offset : word.offset + word.length] for word in speech.words]
