"""Reads finished recordings as passages with their audio: the text from the script beside the MP3, the times from the transcript."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import miniaudio
from msgspec import Struct

from chaptercast import voice_profiles as profiles
from chaptercast.common.units import LanguageTag, Milliseconds, primary
from chaptercast.errors import ChaptercastError, InputError
from chaptercast.listening.model import Passage
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.listening.recognition_passes import Sounding
from chaptercast.listening.utterance_times import placed
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import read_episode
from chaptercast.publication.model import Episode
from chaptercast.script.model import Say, Script
from chaptercast.script.ssml.read import parse_ssml, to_script
from chaptercast.script.utterances import Verbalizer
from chaptercast.voice_profiles import Pauses, Profile

_SCRIPT, _TRANSCRIPT = "script.ssml", "transcript.json"
MARGIN_MS = 80
_MARGIN_S = MARGIN_MS / 1000
"""Audio before and after a passage that is included: shorter than any pause."""
_MOST_BYTES = 100_000
_BLOCK_S = 10
_NO_SCRIPT = "Give the folder of a recording that `chaptercast convert` wrote, with its script and transcript."
UNINTELLIGIBLE = "eSpeak NG is not understood by recognisers outside English: of correct passages more than half would be called wrong"


class Finished(Struct, frozen=True):
    """A recording, and its expected text."""

    folder: Path
    episode: Episode
    passages: tuple[Passage, ...]
    untimed: int
    """Number of passages of the script that are not in the transcript, so that their times are unknown."""

    @property
    def audio(self) -> Path:
        """The MP3."""
        return self.folder / self.episode.audio.file

    @property
    def refusal(self) -> str:
        """Why it cannot be checked at all; empty if it can."""
        return refusal(self.episode.spoken.engine, self.episode.language)


def refusal(engine: str, language: LanguageTag) -> str:
    """Returns why speech of an engine in a language cannot be checked; empty if it can."""
    if engine == "silence":
        return "the engine “silence” makes no sound"
    return UNINTELLIGIBLE if engine == "espeak" and primary(language) != "en" else ""


def dies_away(engine: str) -> bool:
    """Returns whether sounds of an engine die away at the end: those of eSpeak NG stop at once by themselves."""
    return engine != "espeak"


def folders_at(path: Path) -> list[Path]:
    """Returns the folders of the recordings at `path`: an MP3 of this program, its folder, or a site.

    Raises `InputError` if there are none.
    """
    if path.is_file():
        return [_folder_of(path)]
    found = [path] if (path / MANIFEST).exists() else sorted(one.parent for one in path.glob(f"*/{MANIFEST}"))
    if not found:
        raise InputError(f"{path} holds no recording.", _NO_SCRIPT)
    return found


def _folder_of(audio: Path) -> Path:
    manifest = audio.parent / MANIFEST
    if manifest.exists() and _read(manifest).audio.file == audio.name:
        return audio.parent
    raise InputError(f"Beside {audio} there is no script of what should be heard in it.", _NO_SCRIPT)


def finished(folder: Path) -> Finished:
    """Returns the recording in a folder. Raises `InputError` if one of its files is missing or damaged."""
    episode = _read(folder / MANIFEST)
    script = _script(folder / _SCRIPT)
    segments = _segments(folder / _TRANSCRIPT)
    profile = _profile(episode)
    says = list(script.utterances())
    places = placed([say.sentences for say in says], segments, episode.audio.duration / 1000)
    passages = tuple(
        Passage(
            tuple(sentence.written.strip() for sentence in say.sentences),
            tuple(sentence.spoken for sentence in say.sentences),
            say.language,
            _voice(say, episode, profile),
            Milliseconds(round(place[0] * 1000)),
            Milliseconds(round(place[1] * 1000)),
            dies_away=dies_away(episode.spoken.engine),
        )
        for say, place in zip(says, places, strict=True)
        if place
    )
    return Finished(folder, episode, passages, sum(place is None for place in places))


def _read(manifest: Path) -> Episode:
    try:
        return read_episode(manifest)
    except (OSError, ValueError) as error:
        raise InputError(f"{manifest} cannot be read: {error}.", "Convert the article again.") from error


def _script(path: Path) -> Script:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}.", _NO_SCRIPT) from error
    parsed = parse_ssml(text, str(path))
    return to_script(
        parsed,
        parsed.language,
        lambda language: Verbalizer(language, spell=True, max_bytes=_MOST_BYTES),
        Pauses({}, {}),
    )


def _segments(path: Path) -> list[tuple[str, float, float]]:
    try:
        listed: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["segments"]
        return [(str(one["body"]), float(one["startTime"]), float(one["endTime"])) for one in listed]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} cannot be read: {error}.", _NO_SCRIPT) from error


def _voice(say: Say, episode: Episode, profile: Profile | None) -> str:
    """Returns the voice: the only one of the recording, or else the profile's voice for the role; a guess if the profile is gone."""
    voices = episode.spoken.voices
    if len(voices) == 1:
        return voices[0]
    if say.voice in voices:
        return say.voice
    named = profile.voice(episode.spoken.engine, say.role) if profile else ""
    return named if named in voices else ", ".join(voices)


def _profile(episode: Episode) -> Profile | None:
    try:
        return profiles.load(episode.spoken.profile)
    except ChaptercastError:
        return None


def soundings(recording: Finished) -> Iterator[Sounding]:
    """Yields each passage with its audio. Decodes the MP3 piece by piece, to save memory. Raises `InputError` if it cannot be decoded."""
    import numpy as np

    block = _BLOCK_S * SAMPLE_RATE
    try:
        first = max(0, _sample(recording.passages[0].start / 1000 - _MARGIN_S)) if recording.passages else 0
        stream = miniaudio.stream_file(
            str(recording.audio), nchannels=1, sample_rate=SAMPLE_RATE, frames_to_read=block, seek_frame=first
        )
        held = np.zeros(0, "<i2")
        for passage in recording.passages:
            begin = max(0, _sample(passage.start / 1000 - _MARGIN_S))
            is_gone = passage.end <= passage.start  # it was cut out
            end = begin if is_gone else _sample(passage.end / 1000 + _MARGIN_S)
            held, first = held[max(0, begin - first) :], max(first, min(begin, first + len(held)))
            while first + len(held) < end and (more := next(stream, None)) is not None:
                held = np.concatenate([held, np.frombuffer(more, "<i2")])
                drop = max(0, min(begin - first, len(held)))
                held, first = held[drop:], first + drop
            yield Sounding(passage, held[max(0, begin - first) : end - first].copy())
    except (miniaudio.MiniaudioError, OSError) as error:
        raise _undecodable(recording, error) from error


def length_of(recording: Finished) -> Milliseconds:
    """Returns how long its sound lasts, whatever its files say. Raises `InputError` if it cannot be decoded."""
    try:
        stream = miniaudio.stream_file(str(recording.audio), nchannels=1, sample_rate=SAMPLE_RATE)
        return Milliseconds(round(sum(map(len, stream)) * 1000 / SAMPLE_RATE))
    except (miniaudio.MiniaudioError, OSError) as error:
        raise _undecodable(recording, error) from error


def _undecodable(recording: Finished, error: Exception) -> InputError:
    return InputError(f"{recording.audio} cannot be decoded: {error}.", "Convert the article again.")


def _sample(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
