"""The library of eSpeak NG as its `speak_lib.h` (API revision 12) describes it: calls, events, parameters."""

import _ctypes
import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from chaptercast.common.units import Samples
from chaptercast.errors import EngineError
from chaptercast.speech.model import Timing

SAMPLE_RATE = 22_050
_SYNCHRONOUS = 2
_BUFFER_MS = 1000
"""How much sound comes with each call back; the samples do not depend on it up to a second."""
_DO_NOT_EXIT = 0x8000
"""Report missing data instead of ending the process."""
UTF8 = 1
_EVENT_END_OF_LIST, _EVENT_WORD, _EVENT_SENTENCE = 0, 1, 2
RATE, VOLUME, PITCH = 1, 2, 3
REMEDY = "Install it with `pip install espeakng-loader`, or choose another engine: `chaptercast engines` lists them."


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class VoiceStruct(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


class Collector:
    """Gathers samples and events of one utterance: places in characters of the text, times in samples."""

    def __init__(self) -> None:
        self.pcm = bytearray()
        self.words: list[Timing] = []
        self.sentences: list[Timing] = []
        self.call = _Callback(self._receive)

    def _receive(self, samples: Any, count: int, events: Any) -> int:
        if count > 0:
            self.pcm += ctypes.string_at(samples, 2 * count)
        index = 0
        while (event := events[index]).type != _EVENT_END_OF_LIST:
            if event.type == _EVENT_WORD:
                self.words.append(Timing(Samples(event.sample), event.text_position - 1, event.length))
            elif event.type == _EVENT_SENTENCE:
                self.sentences.append(Timing(Samples(event.sample), event.text_position - 1, 0))
            index += 1
        return 0


@contextmanager
def loaded(path: str, data: str) -> Iterator[Any]:
    """The library, newly loaded: closing it is the only thing that resets what an utterance leaves behind.

    `path` and `data` are those of the wheel. Raises `EngineError` where the library or its data cannot be used.
    """
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise EngineError(f"eSpeak NG cannot be loaded: {error}", REMEDY) from error
    try:
        rate = library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data.encode(), _DO_NOT_EXIT)
        if rate != SAMPLE_RATE:
            raise EngineError(f"eSpeak NG cannot start: its data in {data} is missing or damaged (code {rate})", REMEDY)
        library.espeak_ng_SetRandSeed(ctypes.c_long(1))
        yield library
        library.espeak_Terminate()
    finally:
        _unload(library)


def choose(library: Any, voice: str) -> None:
    """Have `voice` speak. Raises `EngineError` where there is none of that name."""
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise EngineError(f"eSpeak NG has no voice “{voice}”.", "List its voices: chaptercast voices --engine espeak")


def phonemes(library: Any, voice: str, *texts: str) -> list[str]:
    """What `voice` would say of each of `texts`, in eSpeak NG's own signs for sounds. Raises `EngineError` where there is no such voice."""
    choose(library, voice)
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    return [_sounds(library, text) for text in texts]


def _sounds(library: Any, text: str) -> str:
    buffer = ctypes.create_string_buffer(text.encode("utf-8", "replace"))
    place = ctypes.c_void_p(ctypes.addressof(buffer))  # goes on from clause to clause, and is null after the last
    found = []
    while place.value:
        found.append(library.espeak_TextToPhonemes(ctypes.byref(place), UTF8, 0) or b"")
    return b" ".join(found).decode()


def _unload(library: Any) -> None:
    free: Callable[[int], None] = getattr(_ctypes, "dlclose", None) or _ctypes.FreeLibrary  # type: ignore[attr-defined,unused-ignore]
    free(library._handle)  # noqa: SLF001 -- the one way that ctypes has to close a library
