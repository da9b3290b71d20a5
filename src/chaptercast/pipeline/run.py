"""A run: sends any number of articles through one stream of speech, so that no worker idles between two articles."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from chaptercast.common.devices import Device
from chaptercast.common.fingerprint import fingerprint
from chaptercast.common.free_memory import free_bytes
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.processes import available_cores
from chaptercast.document.sources.source import Source
from chaptercast.errors import ChaptercastError
from chaptercast.pipeline.options import Options, Progress, Tell, untold
from chaptercast.pipeline.preparation import Prepared, prepare, tell_notes
from chaptercast.pipeline.publication import Published, publish
from chaptercast.script.narration import utterance_cache
from chaptercast.script.narration.utterance_cache import UtteranceCaches
from chaptercast.speech.clips.cache_location import Clips, clips_at
from chaptercast.speech.local.pool import speak_all
from chaptercast.speech.model import Clip, Engine, LocalEngine, Utterance
from chaptercast.speech.synthesis import Keep, mark_used, synthesize

_ORIGINAL = "epub-original"
"""The export that not every input can have."""


class Outcome(Struct, frozen=True):
    """The result of one article."""

    given: Path | str | Source
    result: Published | ChaptercastError


def convert(given: Path | str | Source, output: Path, options: Options, progress: Progress, tell: Tell) -> Published:
    """Convert an article. `output` is a folder, in which the recording gets its own folder, or a file ending in `.mp3`.

    Raises any `ChaptercastError`. Even then, no unfinished file has a final name.
    """
    (outcome,) = convert_all((given,), output, options, progress, tell)
    if isinstance(outcome.result, ChaptercastError):
        raise outcome.result
    return outcome.result


def convert_all(
    given: Iterable[Path | str | Source], output: Path, options: Options, progress: Progress, tell: Tell
) -> Generator[Outcome, None, None]:
    """Convert articles, in order. The failure of one does not stop the others.

    While one article is spoken, the next are read, as far as the workers are ahead of the join.
    """
    line = _Line(iter(given), options, tell)
    while (head := line.head()) is not None:
        if isinstance(head.prepared, ChaptercastError):
            yield line.leave(head.prepared)
            continue
        engine, grid = head.prepared.cast.engine, head.prepared.grid
        with closing(clips_of(line.utterances(engine), engine, grid, options, tell)) as clips:
            yield from _published(line, engine, clips, output, progress, options)


def _published(
    line: "_Line", engine: Engine, clips: Iterator[Clip], output: Path, progress: Progress, options: Options
) -> Iterator[Outcome]:
    """Publish the articles at the head of `line` that `engine` speaks, up to one that fails: its failure ends the stream."""
    while (head := line.head()) is not None:
        if isinstance(head.prepared, ChaptercastError):
            yield line.leave(head.prepared)
            if head.asked:
                return
            continue
        if head.prepared.cast.engine is not engine:
            return
        try:
            articles_from = options.articles_from or output
            published = publish(head.prepared, clips, output, progress, articles_from, options.growing)
            line.export(published)
        except ChaptercastError as error:
            yield line.leave(error)
            return
        yield line.leave(published)


class _Article(Struct):
    """An article that was read, or that could not be read."""

    given: Path | str | Source
    prepared: Prepared | ChaptercastError
    asked: bool = False
    """Whether the stream holds some or all of its utterances."""


class _Line:
    """The queue of articles. An article is read when its utterances are requested, and stays until it leaves the queue."""

    def __init__(self, given: Iterator[Path | str | Source], options: Options, tell: Tell) -> None:
        self._given = given
        self._options = options
        self._tell = tell
        self._articles: deque[_Article] = deque()
        self._memories = _memories(options)

    def head(self) -> _Article | None:
        """The first article that has not left."""
        return self._articles[0] if self._articles else self._read()

    def leave(self, result: Published | ChaptercastError) -> Outcome:
        """Remove the first article from the queue, with its result."""
        article = self._articles.popleft()
        if isinstance(result, Published) and isinstance(article.prepared, Prepared):
            tell_notes(article.given, article.prepared, self._tell)
        return Outcome(article.given, result)

    def export(self, published: Published) -> None:
        """Make what else is asked for of a recording, and anew what was made of an earlier one. Raises `OutputError`."""
        folder = published.audio.parent
        if published.audio.stem != folder.name:  # a file by itself
            return
        from chaptercast.publication.exports import Choices
        from chaptercast.publication.exports.output_files import export, renew

        article = self._articles[0].prepared
        given = article.given if isinstance(article, Prepared) else ""
        original = given if isinstance(given, Path) else None
        made = (
            export(folder, self._options.exports, choices=Choices(original=original)) if self._options.exports else []
        )
        for old in renew(folder, made, original):
            what = f"removed: {old.reason}" if old.reason else "made again."
            self._tell(f"{old.path} is of the recording before this one, and {what}")

    def utterances(self, engine: Engine) -> Iterator[Utterance]:
        """The utterances of `engine` for the queued articles, up to the first that another engine speaks. Begins a new stream."""
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
                article.prepared = error  # this error belongs to this article, not to the one that is being joined
                return

    def _utterances(self, prepared: Prepared) -> Iterator[Utterance]:
        """The utterances of one article. Raises the errors of narration and casting."""
        engine = prepared.cast.engine
        if engine.online:  # the last one may be requested much later, and a removed clip would be paid for again
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
            if _ORIGINAL in self._options.exports and isinstance(given, Path) and given.is_file():
                from chaptercast.publication.exports.epub_original import refuse_unfit

                refuse_unfit(given)
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

    if not options.listen:
        return synthesize(utterances, engine, grid, _cache(options), speak)
    from chaptercast.pipeline.listened import Retakes, listened

    def again(utterance: Utterance) -> Clip:
        (clip,) = speak(iter((utterance,)), lambda _utterance, _clip: None)
        return clip

    retakes = Retakes(engine, grid, _cache(options), again)
    asked: deque[Utterance] = deque()

    def noted() -> Iterator[Utterance]:
        for utterance in utterances:
            asked.append(utterance)
            yield utterance

    clips = synthesize(noted(), engine, grid, _cache(options), speak)
    return listened(clips, asked, retakes, options.local_cache, tell)


def _workers(engine: LocalEngine, asked: int, tell: Tell) -> int:
    """The number of worker processes: one per core, or as many as `asked` for, but no more than free memory allows."""
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
    """Stored beside the clips, or on this machine if the clips are at an address."""
    folder = options.local_cache
    if folder is None or options.dry:
        return None
    return UtteranceCaches(folder / utterance_cache.FOLDER, fingerprint())


def _cache(options: Options) -> Clips | None:
    return clips_at(options.cache, offline=options.offline) if options.cache else None
