"""Runs Whisper with CTranslate2 on this machine: transcribes up to thirty seconds of audio. It never downloads anything.

This module does not use the library's own pipeline. It encodes the audio once, and then asks for several results: the words (by a fast
or a wide search), the language, the probability of a given text. The package is in the extra `listen`; it is imported when a recogniser
is opened.
"""

import math
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chaptercast.common.units import LanguageTag, primary
from chaptercast.errors import EngineError
from chaptercast.listening.pack import FAMILY, SAMPLE_RATE
from chaptercast.voice_store import InstalledPack, installed

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_S = 28.0
"""Maximum duration of a window. The recogniser takes thirty seconds at once, and needs some silence at the end."""
REMEDY = "Install it: pip install 'chaptercast[listen]'"
NO_MODEL = "Install one: chaptercast voices --install whisper-base"
PREFERRED = ("whisper-base", "whisper-small", "whisper-large-v3-turbo", "whisper-medium", "whisper-tiny")
"""Order of preference among the installed models if none is named. The thresholds were fitted with the first one."""
_WHOLE_S, _WIDE_S, _LEAST_S, _AFTER_S = 30.0, 15.0, 6.0, 1.5
"""Durations of what is encoded: all that the recogniser takes, at least in a wide search and in a fast one, and after the audio. In less
than six seconds, it says every second short sentence again and again."""
_FRAMES_A_SECOND, _PLACE_S = 100, 0.02
_STEP = 320
"""Number of samples that become one position of the network."""
_TOKENS_A_SECOND, _LEAST_TOKENS = 22, 60
"""Speech never has more tokens than this (an ideograph may take three). If the output is longer, the recogniser is in a loop."""
_WIDE = 5
_LEAST_PROBABILITY = 1e-9
_LOOPED = 2.4
"""A text that can be compressed by this factor repeats itself (OpenAI's own limit)."""


class Heard(Struct, frozen=True):
    """The result for a window."""

    text: str
    sureness: float
    """The mean log probability of a token: 0 is certain."""
    silence: float
    """The probability that nobody speaks."""

    @property
    def looped(self) -> bool:
        """Whether the recogniser repeats itself, as it does if it understands nothing."""
        raw = self.text.encode()
        return len(raw) > 60 and len(raw) / len(zlib.compress(raw)) > _LOOPED


class Recogniser:
    """A loaded model."""

    def __init__(self, pack: InstalledPack, threads: int) -> None:
        """Raises `EngineError` if the model cannot be loaded."""
        with _failures(pack):
            from faster_whisper import WhisperModel
            from faster_whisper.tokenizer import Tokenizer

            self._tokenizer_of = Tokenizer
            self.model: Any = WhisperModel(
                str(pack.folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        self.pack = pack
        self._tokenizers: dict[str, Any] = {}

    @property
    def identity(self) -> str:
        """Everything that determines its results."""
        sums = ", ".join(f"{file.name} {file.sha256}" for file in self.pack.files if file.name == "model.bin")
        return f"{self.pack.id}, {sums}, {release()}"

    def knows(self, language: LanguageTag) -> bool:
        """Returns whether the recogniser supports the language."""
        return self.tokenizer(language) is not None

    def encoded(self, samples: "NDArray[Any]", *, whole: bool = False) -> "Sound":
        """Encodes 16-bit samples at `SAMPLE_RATE`, at most `LONGEST_S`, so that they can be transcribed.

        The recogniser was trained on thirty seconds at once. Encoding only the audio and some silence after it takes a fifth of the
        time for a sentence, and the result is almost the same. With the full thirty seconds (`whole`), less is left out, and nothing is
        said twice.
        """
        import numpy as np

        with _failures(self.pack):
            extractor = self.model.feature_extractor
            seconds = min(len(samples) / SAMPLE_RATE, LONGEST_S)
            lasting = max(_WIDE_S, seconds + 2 * _AFTER_S) if whole else max(_LEAST_S, seconds + _AFTER_S)
            length = round(min(lasting, _WHOLE_S) * SAMPLE_RATE / _STEP) * _STEP
            given = np.zeros(length, "f4")
            taken = samples[: round(seconds * SAMPLE_RATE)].astype("f4") / 32_768
            given[: len(taken)] = taken
            features = extractor(given)[:, : length // extractor.hop_length]
            return Sound(self, self.model.encode(np.ascontiguousarray(features)), seconds)

    def tokenizer(self, language: LanguageTag) -> Any:
        """Returns the tokenizer for a language; None if the recogniser does not support it."""
        code = _CODES.get(primary(language), primary(language))
        if code not in self._tokenizers:
            try:
                found = self._tokenizer_of(
                    self.model.hf_tokenizer, self.model.model.is_multilingual, "transcribe", code
                )
            except ValueError:
                found = None
            self._tokenizers[code] = found
        return self._tokenizers[code]


class Sound:
    """Audio that a recogniser has encoded."""

    def __init__(self, recogniser: Recogniser, encoded: Any, seconds: float) -> None:
        self._recogniser = recogniser
        self._encoded = encoded
        self._seconds = seconds

    def heard(self, language: LanguageTag, *, wide: bool = False) -> Heard:
        """Returns the words in the expected language. A `wide` search follows several hypotheses at once. Raises `EngineError`."""
        tokenizer = self._recogniser.tokenizer(language)
        model = self._recogniser.model
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        most = max(_LEAST_TOKENS, round(self._seconds * _TOKENS_A_SECOND))
        with _failures(self._recogniser.pack):
            (result,) = model.model.generate(
                self._encoded,
                [prompt],
                beam_size=_WIDE if wide else 1,
                max_length=len(prompt) + most,
                return_scores=True,
                return_no_speech_prob=True,
                suppress_blank=True,
                suppress_tokens=_suppressed(tokenizer),
            )
            tokens = [token for token in result.sequences_ids[0] if token < tokenizer.eot]
            text = tokenizer.decode(tokens).strip()
        return Heard(text, float(result.scores[0]), float(result.no_speech_prob))

    def language(self, expected: LanguageTag) -> tuple[LanguageTag, float, float]:
        """Returns the most likely language, its probability, and that of the expected language. Raises `EngineError`."""
        code = _CODES.get(primary(expected), primary(expected))
        with _failures(self._recogniser.pack):
            (found,) = self._recogniser.model.model.detect_language(self._encoded)
        likely = {token[2:-2]: float(probability) for token, probability in found}
        first = max(likely, key=likely.__getitem__)
        return LanguageTag(first), likely[first], likely.get(code, 0.0)

    def likelihood(self, text: str, language: LanguageTag) -> float:
        """Returns the log probability that exactly this text is what is said. Raises `EngineError`."""
        tokenizer = self._recogniser.tokenizer(language)
        frames = max(1, round(self._seconds * _FRAMES_A_SECOND))
        given = tokenizer.encode(f" {text.strip()}")
        with _failures(self._recogniser.pack):
            start = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
            (result,) = self._recogniser.model.model.align(self._encoded, start, [given], frames)
        return sum(math.log(max(probability, _LEAST_PROBABILITY)) for probability in result.text_token_probs)

    def starts(self, pieces: Sequence[str], language: LanguageTag) -> list[float]:
        """Returns when each piece of a text begins, in seconds. A piece includes the space before it. Raises `EngineError`."""
        tokenizer = self._recogniser.tokenizer(language)
        places: list[int] = []
        given: list[int] = []
        for piece in pieces:
            own = tokenizer.encode(piece)
            alone = (
                len(own) > 1 and not tokenizer.decode(own[:1]).strip()
            )  # a space token belongs to the sound before it
            places.append(len(given) + alone)
            given += own
        frames = max(1, round(self._seconds * _FRAMES_A_SECOND))
        with _failures(self._recogniser.pack):
            (result,) = self._recogniser.model.model.align(self._encoded, tokenizer.sot_sequence, [given], frames)
        first: dict[int, float] = {}
        for token, place in result.alignments:
            first.setdefault(int(token), place * _PLACE_S)
        latest = 0.0
        found = []
        for place in places:
            latest = max(latest, first.get(place, latest))
            found.append(latest)
        return found


_CODES = {"nb": "no", "fil": "tl", "iw": "he", "in": "id", "ji": "yi", "cmn": "zh"}
"""Whisper's language codes that differ from BCP 47."""


def _suppressed(tokenizer: Any) -> Sequence[int]:
    """Returns the tokens that are not speech: signs, and the recogniser's special tokens."""
    own = (tokenizer.transcribe, tokenizer.translate, tokenizer.sot, tokenizer.sot_prev, tokenizer.sot_lm)
    return sorted({*tokenizer.non_speech_tokens, *own, tokenizer.no_speech})


def release() -> str:
    """Returns the version of the library that runs the model; empty if it is not installed."""
    try:
        return f"faster-whisper {version('faster-whisper')}, CTranslate2 {version('ctranslate2')}"
    except PackageNotFoundError:
        return ""


def chosen(name: str = "") -> InstalledPack:
    """Returns the installed model called `name`, or else the first of `PREFERRED`.

    Raises `EngineError` if no model or no library is installed.
    """
    if not release():
        raise EngineError("The package faster-whisper is not installed: it runs the recogniser.", REMEDY)
    packs = {pack.id: pack for pack in installed(FAMILY)}
    if name:
        if name not in packs:
            raise EngineError(
                f"The recogniser “{name}” is not installed.",
                f"Install it: chaptercast voices --install {name}. Installed: {', '.join(packs) or 'none'}.",
            )
        return packs[name]
    known = [packs[one] for one in PREFERRED if one in packs]
    found = [*known, *packs.values()]
    if not found:
        raise EngineError("No recogniser is installed.", NO_MODEL)
    return found[0]


def opened(pack: InstalledPack, threads: int) -> Recogniser:
    """Loads the model, to run on this many threads. Raises `EngineError`."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the library is imported, so that it contacts no hub
    os.environ.setdefault("KMP_BLOCKTIME", "0")  # otherwise threads would wait for one another in a busy loop
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    return Recogniser(pack, threads)


@contextmanager
def _failures(pack: InstalledPack) -> Iterator[None]:
    """Turns every exception of the library into `EngineError`."""
    try:
        yield
    except (RuntimeError, ValueError, OSError, ImportError, MemoryError) as error:
        raise EngineError(
            f"The recogniser {pack.id} failed: {str(error).rstrip('.')}.",
            f"Is it whole? chaptercast voices --verify {pack.id}",
        ) from error
