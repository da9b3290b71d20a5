"""A run: any number of articles through one stream of speech, so that no worker waits where one ends and the next begins."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from chaptercast.common.devices import Device
from chaptercast.common.fingerprint import fingerprint
from chaptercast.common.free_memory import free_bytes
from chaptercast.common.mpeg_frames import Grid
from chaptercast.document.sources.source import Source
from chaptercast.errors import ChaptercastError
from chaptercast.pipeline.options import Options, Progress, Tell, untold
from chaptercast.pipeline.preparation import Prepared, prepare, tell_notes
from chaptercast.pipeline.publication import Published, publish
from chaptercast.script.narration import utterance_cache
from chaptercast.script.narration.utterance_cache import UtteranceCaches
from chaptercast.speech.clips.cache_location import Clips, clips_at
from chaptercast.speech.local.pool import available_cores, speak_all
from chaptercast.speech.model import Clip, Engine, LocalEngine, Utterance
from chaptercast.speech.synthesis import Keep, mark_used, synthesize


class Outcome(Struct, frozen=True):
    """What became of one article."""

    given: Path | str | Source
    result: Published | ChaptercastError


def convert(given: Path | str, output: Path, options: Options, progress: Progress, tell: Tell) -> Published:
    """Convert an article. `output` is a folder, in which the recording gets one of its own, or a file ending in `.mp3`.

    Raises `ChaptercastError` of every kind; whatever happens, nothing unfinished stands under a final name.
    """
    (outcome,) = convert_all((given,), output, options, progress, tell)
    if isinstance(outcome.result, ChaptercastError):
        raise outcome.result
    return outcome.result


def convert_all(
    given: Iterable[Path | str | Source], output: Path, options: Options, progress: Progress, tell: Tell
) -> Generator[Outcome, None, None]:
    """Convert articles, in order; what is wrong with one does not stop the others.

    While one is spoken the next are read, so many as the workers are ahead of the join.
    """
    line = _Line(iter(given), options, tell)
    while (head := line.head()) is not None:
        if isinstance(head.prepared, ChaptercastError):
            yield line.leave(head.prepared)
            continue
        engine, grid = head.prepared.cast.engine, head.prepared.grid
        with closing(clips_of(line.utterances(engine), engine, grid, options, tell)) as clips:
            yield from _published(line, engine, clips, output, progress, options.articles_from or output)


def _published(
    line: "_Line", engine: Engine, clips: Iterator[Clip], output: Path, progress: Progress, articles_from: Path
) -> Iterator[Outcome]:
    """Publish the articles at the head of `line` that `engine` speaks, up to one that fails: after it the stream is broken."""
    while (head := line.head()) is not None:
        if isinstance(head.prepared, ChaptercastError):
            yield line.leave(head.prepared)
            if head.asked:
                return
            continue
        if head.prepared.cast.engine is not engine:
            return
        try:
            published = publish(head.prepared, clips, output, progress, articles_from)
        except ChaptercastError as error:
            yield line.leave(error)
            return
        yield line.leave(published)


class _Article(Struct):
    """An article that was read, or could not be."""

    given: Path | str | Source
    prepared: Prepared | ChaptercastError
    asked: bool = False
    """Whether its utterances, or some of them, are in the stream."""


class _Line:
    """Articles that stand in line: read as their utterances are asked for, and there until they leave."""

    def __init__(self, given: Iterator[Path | str | Source], options: Options, tell: Tell) -> None:
        self._given = given
        self._options = options
        self._tell = tell
        self._articles: deque[_Article] = deque()
        self._memories = _memories(options)

    def head(self) -> _Article | None:
        """The first that has not left."""
        return self._articles[0] if self._articles else self._read()

    def leave(self, result: Published | ChaptercastError) -> Outcome:
        """The first leaves, with what became of it."""
        article = self._articles.popleft()
        if isinstance(result, Published) and isinstance(article.prepared, Prepared):
            tell_notes(article.given, article.prepared, self._tell)
        return Outcome(article.given, result)

    def utterances(self, engine: Engine) -> Iterator[Utterance]:
        """What `engine` is to say of those in line, up to the first that another engine speaks. Begins a new stream."""
        for waiting in self._articles:
            waiting.asked = False
        while (article := self._unasked()) is not None:
            if isinstance(article.prepared, ChaptercastError):
                continue
            if article.prepared.cast.engine is not engine:
                return
            article.asked = True
            try:
                yield from self._utterances(article.prepared)
            except ChaptercastError as error:
                if article is self._articles[0]:
                    raise
                article.prepared = error  # and not that of the one that is being joined
                return

    def _utterances(self, prepared: Prepared) -> Iterator[Utterance]:
        """What is said of one article. Raises what narrating and casting it raise."""
        engine = prepared.cast.engine
        if engine.online:  # it may take long until the last is asked for, and it would be paid for again
            mark_used(prepared.cast.utterances(prepared.script), engine, prepared.grid, _cache(self._options))
        yield from prepared.cast.utterances(prepared.script)

    def _unasked(self) -> _Article | None:
        waiting = (a for a in self._articles if not a.asked and not isinstance(a.prepared, ChaptercastError))
        return next(waiting, None) or self._read()

    def _read(self) -> _Article | None:
        given = next(self._given, None)
        if given is None:
            return None
        article = _Article(given, self._prepared(given))
        self._articles.append(article)
        return article

    def _prepared(self, given: Path | str | Source) -> Prepared | ChaptercastError:
        try:
            prepared = prepare(given, self._options, self._tell, self._memories)
        except ChaptercastError as error:
            return error
        where = self._options.cluster.told(prepared.cast.engine) if self._options.cluster else ""
        self._tell(f"{given}: speaking with {prepared.engine_reason}{where}.")
        return prepared


def clips_of(
    utterances: Iterator[Utterance], engine: Engine, grid: Grid, options: Options, tell: Tell = untold
) -> Generator[Clip, None, None]:
    """The clip of each utterance, in order: from the cache, or spoken. Raises what the engine raises."""

    def speak(missing: Iterable[Utterance], keep: Keep) -> Generator[Clip, None, None]:
        if engine.online:
            from chaptercast.speech.online.runner import speak_all_online

            return speak_all_online(missing, engine, grid, options.service, keep)
        if options.cluster:
            from chaptercast.speech.cluster.runner import speak_all_on

            return speak_all_on(options.cluster, missing, engine, grid, keep)
        return speak_all(missing, engine, grid, _workers(engine, options.jobs, tell), keep)

    return synthesize(utterances, engine, grid, _cache(options), speak)


def _workers(engine: LocalEngine, asked: int, tell: Tell) -> int:
    """How many processes speak: as many as there are cores, or as are `asked` for, but no more than fit into memory that is free."""
    wanted = asked or (available_cores() if engine.device is Device.CPU else 1)
    free = free_bytes() if engine.worker_bytes else None
    if free is None:
        return wanted
    fitting = max(1, free // engine.worker_bytes)
    if fitting < wanted:
        tell(
            f"Speaking with {fitting} worker{'s' if fitting > 1 else ''} instead of {wanted}: each takes up to "
            f"{engine.worker_bytes // 1_000_000} MB of memory, and {free // 1_000_000} MB are free."
        )
    return min(wanted, fitting)


def _memories(options: Options) -> UtteranceCaches | None:
    """Kept beside the clips, or on this machine where these are at an address."""
    folder = options.local_cache
    if folder is None or options.dry:
        return None
    return UtteranceCaches(folder / utterance_cache.FOLDER, fingerprint())


def _cache(options: Options) -> Clips | None:
    return clips_at(options.cache, offline=options.offline) if options.cache else None
