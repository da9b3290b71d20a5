"""Makes a preview recording: the beginning of an article, or one sentence by each of several voices, to choose by ear.

The steps are those of a conversion. Only the script differs.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from chaptercast.common.units import Milliseconds
from chaptercast.errors import UsageError
from chaptercast.pipeline.estimation import Pace, pace_of
from chaptercast.pipeline.options import Options, Progress, Tell
from chaptercast.pipeline.preparation import Prepared, worded
from chaptercast.pipeline.publication import Published, publish
from chaptercast.pipeline.run import clips_of
from chaptercast.script.model import Part, Pause, Say, Script, Section
from chaptercast.speech.online.duration_bounds import speaking_seconds
from chaptercast.voice_profiles import Role

_SECONDS = 30.0
"""The length of a preview, in seconds of speech."""
_INTRODUCTION_SECONDS = 10.0
"""The part of it for text before the first heading, if there is one."""
_REAL_SENTENCE_SECONDS = 2.0
"""A shorter sentence shows little of a voice."""
ALL_VOICES = "all"
MOST_VOICES = 20
"""The limit for `all`: nobody remembers more, and a service must not be asked for speech that nobody hears."""
_BETWEEN_VOICES = Milliseconds(1000)


def record_preview(prepared: Prepared, audio: Path, options: Options, progress: Progress) -> Published:
    """Speak a prepared preview into the MP3 `audio`, and write nothing else. Raises as `convert` does."""
    utterances = prepared.cast.utterances(prepared.script)
    with closing(clips_of(utterances, prepared.cast.engine, prepared.grid, options)) as clips:
        return publish(prepared, clips, audio, progress)


def beginning(prepared: Prepared) -> Prepared:
    """The beginning of an article, about half a minute, cut at the end of a sentence.

    It has the title, the first text, and the first section with a heading and text, so that headings and their pauses are heard. Raises
    `EngineError`.
    """
    sections = prepared.script.sections
    last = next((n for n, section in enumerate(sections) if n and _has_text(section)), 0)
    taken = _with_sections(prepared, sections[: last + 1])
    cutter = _Cutter(taken, pace_of(taken.cast.utterances(taken.script), taken.cast.engine))
    return _with_sections(taken, tuple(cutter.cut()))


def asked_voices(prepared: Prepared, asked: str, tell: Tell) -> tuple[str, ...]:
    """The voices that a user asks for: names separated by commas, or `all` for those of the article's language.

    Raises `UsageError` if the engine lacks one.
    """
    if asked != ALL_VOICES:
        return prepared.cast.checked(name for name in map(str.strip, asked.split(",")) if name)
    found = prepared.cast.serving(prepared.script.language)
    if len(found) > MOST_VOICES:
        tell(f"{len(found)} voices speak this language; these are {MOST_VOICES} of them. Name others: --voices A,B")
    return found[:MOST_VOICES]


def audition(prepared: Prepared, voices: Sequence[str], text: str, options: Options) -> Prepared:
    """One sentence by each of `voices`, in a chapter named for the voice: `text`, or if it is empty, the article's first sentence.

    Raises `UsageError` if there is no voice, or if `text` cannot be spoken.
    """
    if not voices:
        raise UsageError("There is no voice to preview.", "To list the voices: chaptercast voices")
    said = worded(text, prepared, options) if text else (first_sentence(prepared.script),)
    sections = tuple(
        Section(f"voice-{number}", voice, 2, _said_by(voice, said, number)) for number, voice in enumerate(voices, 1)
    )
    return _with_sections(prepared, sections)


def sample(prepared: Prepared) -> Prepared:
    """The first sentence of an article alone, by the voice that would speak it."""
    said = first_sentence(prepared.script)
    return _with_sections(prepared, (Section("sample", prepared.title, 2, (said,)),))


def first_sentence(script: Script) -> Say:
    """The first sentence of the running text with a certain length; otherwise the first of everything that is spoken."""
    own = [say for say in script.utterances() if say.language == script.language]
    says = [say for say in own if say.role is Role.BODY] or own or list(script.utterances())
    sentences = ((say, sentence) for say in says for sentence in say.sentences if sentence.spoken)
    first = next(sentences)
    long_enough = (pair for pair in sentences if speaking_seconds(pair[1].spoken) >= _REAL_SENTENCE_SECONDS)
    say, sentence = first if speaking_seconds(first[1].spoken) >= _REAL_SENTENCE_SECONDS else next(long_enough, first)
    return Say((sentence,), say.language)


def _said_by(voice: str, said: Iterable[Say], number: int) -> tuple[Part, ...]:
    parts = tuple(replace(say, voice=voice) for say in said)
    return pause_before(parts) if number > 1 else parts


def pause_before(parts: Sequence[Part]) -> tuple[Part, ...]:
    """A voice's parts with a pause before them, which separates them from the previous voice. An existing pause is kept."""
    return tuple(parts) if isinstance(parts[0], Pause) else (Pause(_BETWEEN_VOICES), *parts)


def _with_sections(prepared: Prepared, sections: Sequence[Section]) -> Prepared:
    """The omissions of an excerpt are not reported to the listener."""
    return replace(prepared, script=replace(prepared.script, sections=sections, left_out=()))


def _has_text(section: Section) -> bool:
    return any(isinstance(part, Say) and part.role is not Role.HEADING for part in section.parts)


class _Cutter:
    """Takes as much from sections as fits the time."""

    def __init__(self, prepared: Prepared, pace: Pace) -> None:
        self._prepared = prepared
        self._pace = pace
        self._left = _SECONDS

    def cut(self) -> Iterator[Section]:
        """The shortened sections, without those for which no time is left."""
        *introduction, last = self._prepared.script.sections
        for section in introduction:
            if self._left > 0:
                yield self._section(section, max(0.0, self._left - _INTRODUCTION_SECONDS))
        if self._left > 0:
            yield self._section(last, 0.0)

    def _section(self, section: Section, spared: float) -> Section:
        """As much of a section as leaves `spared` seconds: always its headings, and at least one sentence of its text."""
        parts: list[Part] = []
        has_text = False
        for part in section.parts:
            if isinstance(part, Say) and part.role is not Role.HEADING:
                fitting = self._fitting(part, self._left - spared, at_least=0 if has_text else 1)
                if fitting.sentences:
                    parts.append(fitting)
                    self._left -= self._seconds(fitting)
                if fitting.sentences != part.sentences:
                    break
                has_text = True
            else:
                parts.append(part)
                self._left -= self._seconds(part) if isinstance(part, Say) else 0
        while parts and isinstance(parts[-1], Pause):
            parts.pop()
        return replace(section, parts=tuple(parts))

    def _fitting(self, say: Say, seconds: float, at_least: int) -> Say:
        """As many sentences as fit into `seconds`."""
        count = len(say.sentences)
        while count > at_least and self._seconds(replace(say, sentences=say.sentences[:count])) > seconds:
            count -= 1
        return replace(say, sentences=say.sentences[:count])

    def _seconds(self, say: Say) -> float:
        return self._pace.seconds(self._prepared.cast.utterance(say, self._prepared.script.language))
