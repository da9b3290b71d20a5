"""The engine: an utterance to PCM with word and sentence times."""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, primary
from chaptercast.errors import EngineError
from chaptercast.speech.engines.espeak import data as data_folder
from chaptercast.speech.engines.espeak import installation, japanese, letters
from chaptercast.speech.engines.espeak.japanese import Reading
from chaptercast.speech.engines.espeak.library import (
    PITCH,
    RATE,
    REMEDY,
    SAMPLE_RATE,
    UTF8,
    VOLUME,
    Collector,
    VoiceStruct,
    choose,
    loaded,
)
from chaptercast.speech.model import Plain, Speaker, Speech, Status, Timing, Utterance, Voice

_NORMAL_WORDS_A_MINUTE, _SLOWEST, _FASTEST = 175, 80, 450
_NORMAL_VOLUME = 100
_NORMAL_PITCH, _PITCH_STEPS_AN_OCTAVE = 50, 50


class _EspeakSpeaker(Struct, frozen=True):
    path: str
    data: str

    def speak(self, utterance: Utterance) -> Speech:
        """Say it with a library that has said nothing before."""
        text = utterance.text.replace("\0", " ").encode("utf-8", "replace").decode()
        reading = _reading(text, utterance.voice)
        unread = tuple(letters.unread(reading.said, utterance.voice, self.path, self.data))
        said = _without(reading.said, unread)
        spoken = said.encode() + b"\0"
        collector = Collector()
        with loaded(self.path, self.data) as library:
            library.espeak_SetSynthCallback(collector.call)
            choose(library, utterance.voice)
            for parameter, value in _parameters(utterance):
                library.espeak_SetParameter(parameter, value, 0)
            code = library.espeak_Synth(spoken, ctypes.c_size_t(len(spoken)), 0, 0, 0, UTF8, None, None)
        if code != 0:
            raise EngineError(f"eSpeak NG failed (code {code}) at: {utterance.text[:60]}")
        words = (_placed(_without_space(word, said), reading) for word in collector.words)
        sentences = _with_lengths([_placed(sentence, reading) for sentence in collector.sentences], len(text))
        spans = (reading.written(begin, end - begin) for begin, end in unread)
        left = tuple((begin, begin + length) for begin, length in spans)
        return Speech(bytes(collector.pcm), SAMPLE_RATE, tuple(words), sentences, left)


def _reading(text: str, voice: str) -> Reading:
    """What is said for `text`, of the same length where it is no Japanese, or no readings are installed."""
    if not _is_japanese(voice):
        return Reading(text)
    return japanese.read(text) if japanese.dictionary() else Reading(japanese.without_strays(text))


def _is_japanese(voice: str) -> bool:
    return primary(LanguageTag(voice.partition("+")[0])) == "ja"


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spaces in place of the spans: all else stays where it is."""
    for begin, end in spans:
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text


def _placed(timing: Timing, reading: Reading) -> Timing:
    """The same, of what is written."""
    offset, length = reading.written(timing.offset, timing.length)
    return timing._replace(offset=offset, length=length)


def _parameters(utterance: Utterance) -> tuple[tuple[int, int], ...]:
    prosody = utterance.prosody
    words_a_minute = round(_NORMAL_WORDS_A_MINUTE * prosody.rate)
    pitch = round(_NORMAL_PITCH + _PITCH_STEPS_AN_OCTAVE * (prosody.pitch - 1))
    return (
        (RATE, min(max(words_a_minute, _SLOWEST), _FASTEST)),
        (PITCH, min(max(pitch, 0), 99)),
        (VOLUME, min(max(round(_NORMAL_VOLUME * prosody.volume), 0), 200)),
    )


def _without_space(word: Timing, text: str) -> Timing:
    """The word itself: after the end of a sentence a small letter is told with the space in front of it."""
    offset = word.offset
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return word._replace(offset=offset, length=max(0, min(word.length, len(text) - offset)))


def _with_lengths(starts: list[Timing], text_length: int) -> tuple[Timing, ...]:
    ends = [*(timing.offset for timing in starts), text_length][1:]
    return tuple(Timing(t.start, t.offset, max(0, end - t.offset)) for t, end in zip(starts, ends, strict=True))


class EspeakEngine(Plain, Struct, frozen=True):
    """See `speech.model.Engine`."""

    name: str = "espeak"
    online: bool = False
    sample_rate: int = SAMPLE_RATE
    audible: bool = True
    spells_digits: bool = False
    max_bytes: int = 4000
    """It knows no limit; this keeps the work of a long paragraph in pieces that many workers share."""

    @property
    def version(self) -> str:
        """That of the wheel, which fixes library and data, of our variants, and of the readings of Japanese, where there are any."""
        parts = (installation.release(), f"variants {data_folder.edition()}", japanese.dictionary())
        return ", ".join(filter(None, parts)) if installation.release() else ""

    def status(self) -> Status:
        """Ready where the wheel is."""
        if not self.version:
            return Status(ready=False, reason="the package espeakng-loader is not installed", remedy=REMEDY)
        try:
            path, data = installation.paths()
        except EngineError as error:
            return Status(ready=False, reason=error.message, remedy=error.remedy)
        if not (Path(path).is_file() and Path(data).is_dir()):
            return Status(ready=False, reason=f"{path} or {data} is missing", remedy=REMEDY)
        return Status(ready=True, reason="embedded, works offline")

    def voices(self) -> tuple[Voice, ...]:
        """The voices of the data in the wheel, by language; those whose dictionary it lacks are left out."""
        return tuple(map(_as_things_are, _voices(*installation.paths())))

    @contextmanager
    def open(self, *, dry: bool = False) -> Iterator[Speaker]:
        """Find the library and lay out its data; it is loaded anew for each utterance (about 0.4 ms)."""
        path, data = installation.paths()
        with data_folder.laid_out(Path(data), installation.release(), dry=dry) as folder:
            yield _EspeakSpeaker(path, folder)


def _as_things_are(voice: Voice) -> Voice:
    """The voice, with what it lacks here."""
    if not _is_japanese(voice.name) or japanese.dictionary():
        return voice
    return replace(voice, unread=f"[{letters.IDEOGRAPHS}]+", remedy=japanese.REMEDY)


@cache
def _voices(path: str, data: str) -> tuple[Voice, ...]:
    """Read once: it takes as long as speaking a paragraph does."""
    with loaded(path, data) as library:
        library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(VoiceStruct))
        pointers = library.espeak_ListVoices(None)
        found, index = [], 0
        while pointers[index]:
            found.append(_voice(pointers[index].contents))
            index += 1
    usable = (voice for voice in found if (Path(data) / f"{primary(voice.language)}_dict").is_file())
    named = (replace(voice, variants=data_folder.variants(Path(data))) for voice in usable)
    return tuple(sorted(named, key=lambda voice: (voice.language, voice.name)))


def _voice(struct: VoiceStruct) -> Voice:
    # `languages` holds a priority byte and a language, again and again, ended by a zero byte; the first is its own.
    language = (struct.languages or b"\5und")[1:].decode("utf-8", "replace")
    # A voice is found by the name of its file, which is not always its language: British English is `en`.
    name = (struct.identifier or b"").decode("utf-8", "replace").rpartition("/")[2]
    return Voice(name, LanguageTag(language), (struct.name or b"").decode("utf-8", "replace"))


ENGINE = EspeakEngine()
