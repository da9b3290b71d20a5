"""From a prepared article to files: its recording, and what belongs to it."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from chaptercast import __version__
from chaptercast.audio.chapters import fit
from chaptercast.audio.id3 import MAX_CHAPTERS
from chaptercast.audio.timed_text_file import TimedTextFile
from chaptercast.common.units import Samples
from chaptercast.pipeline.options import Progress
from chaptercast.pipeline.preparation import Prepared
from chaptercast.pipeline.recording import Joined, record
from chaptercast.publication import atomic_files
from chaptercast.publication.episode_folder import Place, claimed_place, guid, origin
from chaptercast.publication.file_names import AUDIO_SUFFIX
from chaptercast.publication.model import AudioFile, Episode, Spoken
from chaptercast.publication.slug import slug
from chaptercast.script.model import Say, Script
from chaptercast.script.omissions import Losses, losses_of
from chaptercast.speech.model import Clip
from chaptercast.voice_profiles import Role

_EXCERPT = 300
"""Characters of an article's beginning that describe it where it does not describe itself."""


class Published(Struct, frozen=True):
    """What a conversion made."""

    audio: Path
    episode: Episode
    read: tuple[tuple[Path, str], ...]
    """The other files that decided the result, each with its SHA-256."""
    said_words: int
    """Of the article."""

    @property
    def losses(self) -> Losses:
        """What of the article is not spoken, beside what is."""
        return losses_of(self.said_words, self.episode.left_out)

    @property
    def merged_chapters(self) -> int:
        """How many chapters stand in `chapters.json` but not in the MP3, which holds at most 255."""
        return len(self.episode.chapters) - len(fit(self.episode.chapters, MAX_CHAPTERS))


def publish(
    prepared: Prepared, clips: Iterator[Clip], output: Path, progress: Progress, articles_from: Path | None = None
) -> Published:
    """Record an article. `output` is a folder, in which the recording gets one of its own, or a file ending in `.mp3`.

    The article's own path is counted from `articles_from`, or from the output folder.

    Raises `OutputError`, and what `clips` raises; nothing unfinished stands under a final name.
    """
    if output.suffix.lower() == AUDIO_SUFFIX:
        alone = Place(output.with_suffix(""), None)
        file, (episode, said_words) = record(
            prepared,
            clips,
            output,
            progress,
            _unplaced,
            lambda joined: (_episode(prepared, joined, alone, "", output.name), joined.said_words),
        )
        return Published(output, replace(episode, audio=file), prepared.read, said_words)
    from chaptercast.pipeline.companion_files import write_manifest, write_texts

    came_from = origin(prepared.given, articles_from or output)
    with claimed_place(output, prepared.episode or slug(prepared.title, slug(prepared.stem)), came_from) as place:
        audio = place.folder / f"{place.slug}{AUDIO_SUFFIX}"
        with (
            atomic_files.temporary(place.folder) as spool,
            TimedTextFile(prepared.grid, spool) as timeline,
            atomic_files.together(place.folder) as named,
        ):

            def write_beside(joined: Joined) -> tuple[Episode, int]:
                episode = _episode(prepared, joined, place, came_from, audio.name)
                write_texts(prepared, episode, timeline, named)
                return episode, joined.said_words

            file, (episode, said_words) = record(
                prepared, clips, audio, progress, timeline.add, write_beside, apart=True
            )
        episode = replace(episode, audio=file)
        write_manifest(episode, place.folder)
    return Published(audio, episode, prepared.read, said_words)


def _unplaced(_chapter: int, _say: Say, _clip: Clip, _begins: Samples) -> None:
    """Nobody listens."""


def _episode(prepared: Prepared, joined: Joined, place: Place, came_from: str, audio: str) -> Episode:
    """What is known before the recording is checked: all but its digest."""
    script, metadata, recording = prepared.script, prepared.script.metadata, joined.recording
    return Episode(
        guid=guid(place, metadata.source, came_from),
        slug=place.slug,
        origin=came_from,
        title=prepared.title,
        author=metadata.author,
        authors=metadata.authors,
        language=script.language,
        date=metadata.date,
        source=metadata.source,
        description=metadata.description or _beginning(script),
        image=metadata.image,
        generator=f"chaptercast {__version__}",
        audio=AudioFile(audio, joined.file_bytes, "", recording.duration, recording.grid),
        spoken=_spoken(prepared),
        chapters=recording.chapters,
        left_out=(*script.left_out, *joined.unheard),
    )


def _beginning(script: Script) -> str:
    """How the running text begins, cut between words where it is long."""
    texts: list[str] = []
    for say in script.utterances():
        if say.role is Role.BODY and say.written:
            texts.append(" ".join(say.written.split()))
        if sum(map(len, texts)) > _EXCERPT:
            break
    text = " ".join(texts)
    if len(text) <= _EXCERPT:
        return text
    kept = text[:_EXCERPT]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept[_EXCERPT // 2 :] else kept}…"


def _spoken(prepared: Prepared) -> Spoken:
    cast = prepared.cast
    voices = {utterance.voice: None for utterance in cast.utterances(prepared.script)}
    engine = cast.engine
    licences = {} if engine.online else {voice: licence for voice in voices if (licence := engine.licence(voice))}
    return Spoken(engine.name, engine.version, tuple(voices), cast.profile.name, licences)
