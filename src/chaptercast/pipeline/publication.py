"""Turns a prepared article into files: its recording and the companion files."""

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
from chaptercast.publication import atomic_files, pictures
from chaptercast.publication.episode_folder import Place, claimed_place, guid, origin
from chaptercast.publication.file_names import AUDIO_SUFFIX
from chaptercast.publication.model import AudioFile, Episode, Spoken
from chaptercast.publication.slug import slug
from chaptercast.publication.source_pages import published_pages
from chaptercast.script.model import Say, Script
from chaptercast.script.omissions import Losses, losses_of
from chaptercast.speech.model import Clip
from chaptercast.voice_profiles import Role

_EXCERPT = 300
"""The length of an article's beginning that serves as description if it has none."""


class Published(Struct, frozen=True):
    """The result of a conversion."""

    audio: Path
    episode: Episode
    read: tuple[tuple[Path, str], ...]
    """The other files that affected the result, each with its SHA-256."""
    said_words: int
    """The number of spoken words of the article."""

    @property
    def losses(self) -> Losses:
        """The parts of the article that are not spoken, with the number of spoken words."""
        return losses_of(self.said_words, self.episode.left_out)

    @property
    def merged_chapters(self) -> int:
        """The number of chapters that are in `chapters.json` but not in the MP3, which holds at most 255."""
        return len(self.episode.chapters) - len(fit(self.episode.chapters, MAX_CHAPTERS))


def publish(
    prepared: Prepared,
    clips: Iterator[Clip],
    output: Path,
    progress: Progress,
    articles_from: Path | None = None,
    growing: Path | None = None,
) -> Published:
    """Record an article. `output` is a folder, in which the recording gets its own folder, or a file ending in `.mp3`.

    The article's path is relative to `articles_from`, or to the output folder. The file `growing` gets the sound as it is joined.

    Raises `OutputError`, and what `clips` raises. No unfinished file has a final name.
    """
    article = prepared.given if isinstance(prepared.given, Path) else None
    cover = pictures.cover(article, prepared.script.metadata.image, prepared.title)
    if output.suffix.lower() == AUDIO_SUFFIX:
        alone = Place(output.with_suffix(""), None)
        file, (episode, said_words) = record(
            prepared,
            clips,
            output,
            progress,
            _unplaced,
            lambda joined: (_episode(prepared, joined, alone, "", output.name), joined.said_words),
            cover=cover,
        )
        return Published(output, replace(episode, audio=file), prepared.read, said_words)
    from chaptercast.pipeline.companion_files import write_manifest, write_texts

    came_from = origin(prepared.given, articles_from or output)
    with claimed_place(output, prepared.episode or slug(prepared.title, slug(prepared.stem)), came_from) as place:
        audio = place.folder / f"{place.slug}{AUDIO_SUFFIX}"
        figures: set[str] = set()
        with (
            atomic_files.temporary(place.folder) as spool,
            TimedTextFile(prepared.grid, spool) as timeline,
            atomic_files.together(place.folder) as named,
        ):

            def write_beside(joined: Joined) -> tuple[Episode, int]:
                episode = _episode(prepared, joined, place, came_from, audio.name)
                episode = replace(episode, pages=published_pages(prepared.script.pages, timeline))
                figures.update(write_texts(prepared, episode, timeline, named))
                return episode, joined.said_words

            file, (episode, said_words) = record(
                prepared, clips, audio, progress, timeline.add, write_beside, cover=cover, apart=True, growing=growing
            )
        episode = replace(episode, audio=file)
        pictures.write_cover(place.folder, cover)
        pictures.write_figures(place.folder, article, sorted(figures))
        write_manifest(episode, place.folder)
    return Published(audio, episode, prepared.read, said_words)


def _unplaced(_chapter: int, _say: Say, _clip: Clip, _begins: Samples) -> None:
    """Ignore the call."""


def _episode(prepared: Prepared, joined: Joined, place: Place, came_from: str, audio: str) -> Episode:
    """The episode before the recording is checked: everything except its digest."""
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
        spoken=replace(_spoken(prepared), by_ear=joined.by_ear),
        chapters=recording.chapters,
        left_out=(*script.left_out, *joined.unheard),
        misheard=joined.misheard,
    )


def _beginning(script: Script) -> str:
    """The beginning of the running text, cut between words if it is long."""
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
