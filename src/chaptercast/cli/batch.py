"""Converts many articles, reports each one when it is done, and counts them at the end.

Heavy modules are imported only when the first changed article is found.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from chaptercast.cli import stdout
from chaptercast.cli.main import tell
from chaptercast.cli.options import lasting, say
from chaptercast.common.remote_folders import shown
from chaptercast.errors import ChaptercastError, ExitCode
from chaptercast.pipeline import journal as journals
from chaptercast.pipeline.destinations import Output
from chaptercast.pipeline.inputs import Given, Refused
from chaptercast.pipeline.journal import Journal
from chaptercast.pipeline.options import Options

if TYPE_CHECKING:
    from chaptercast.document.sources.source import Source
    from chaptercast.pipeline import Outcome, Published

    _Article = Given | Source

_NAMED = 20
"""The number of failures that the summary names."""


class Run:
    """A run of the command, with the results of its articles so far."""

    def __init__(
        self,
        output: Output,
        options: Options,
        *,
        again: bool,
        as_json: bool,
        debugging: bool,
        ended: "Callable[[Outcome], None] | None" = None,
    ) -> None:
        """`ended` is told what became of each article, as soon as its files are where they belong."""
        self._output = output
        self._options = options
        self._journal = _journal(output, options)
        self._again = again
        self._as_json = as_json
        self._debugging = debugging
        self._ended = ended
        self._states: dict[_Article, str] = {}
        """The articles in progress: their state when they were checked."""
        self._counts: Counter[str] = Counter()
        self._failed: list[str] = []
        self.exit_code = ExitCode.DONE
        """The exit code of the first failure."""

    def convert(self, given: "Iterable[_Article | Refused]", *, tell_unchanged: bool = True) -> None:
        """Convert the articles that have changed."""
        changed = self._changed(given, tell_unchanged=tell_unchanged)
        first = next(changed, None)
        if first is None:
            return
        from chaptercast.cli import progress
        from chaptercast.pipeline import convert_all

        before = self._counts["converted"]
        try:
            with (
                progress.shown() as advance,
                closing(
                    convert_all(chain((first,), changed), self._output.path, self._options, advance, say)
                ) as outcomes,
            ):
                for outcome in outcomes:
                    self._done(self._sent(outcome))
        finally:  # what is finished before Ctrl-C is published, too
            if self._counts["converted"] > before and self._output.has_site:
                self._update_site()
        self._tell_of_cache()
        if self._journal:
            journals.tidy(self._journal.folder)

    def summary(self) -> None:
        """Print how many articles there were, their results, and which failed."""
        total = sum(self._counts.values())
        parts = ", ".join(f"{self._counts[each]} {each}" for each in ("converted", "unchanged", "failed"))
        say(f"{total} article{'s' if total != 1 else ''}: {parts}.")
        for line in self._failed:
            say(f"Failed: {line}")
        if self._counts["failed"] > _NAMED:
            say(f"And {self._counts['failed'] - _NAMED} more failed.")

    def _changed(self, given: "Iterable[_Article | Refused]", *, tell_unchanged: bool) -> "Iterator[_Article]":
        """The articles to convert. The others are finished here."""
        for article in given:
            if isinstance(article, Refused):
                self._fail(article.given, article.error)
                continue
            state = self._journal.state(article) if self._journal and isinstance(article, Path) else None
            made = self._made(article, state)
            if made is not None:
                if tell_unchanged:
                    self._count("unchanged", article, {"audio": str(made)})
                    say(f"{article}: unchanged, {made}.")
                continue
            if state is not None:
                self._states[article] = state
            yield article

    def _made(self, article: "_Article", state: str | None) -> Path | None:
        if self._journal is None or state is None or self._again or not isinstance(article, Path):
            return None
        return self._journal.made(article, state)

    def _sent(self, outcome: "Outcome") -> "Outcome":
        """The outcome, after its files have been sent to their destination."""
        if isinstance(outcome.result, ChaptercastError):
            return outcome
        try:
            self._output.send(outcome.result.audio.parent)
        except ChaptercastError as error:
            return replace(outcome, result=error)
        return outcome

    def _done(self, outcome: "Outcome") -> None:
        state = self._states.pop(outcome.given, None)
        if self._ended:
            self._ended(outcome)
        match outcome.result:
            case ChaptercastError() as error:
                self._fail(outcome.given, error)
            case published:
                if self._journal and state is not None and isinstance(outcome.given, Path):
                    self._journal.keep(outcome.given, state, published.audio, published.read)
                self._report(outcome.given, published)
                from chaptercast.publication.manifest import to_json

                made = {"audio": self._output.shown(published.audio), "episode": to_json(published.episode)}
                self._count("converted", outcome.given, made)

    def _update_site(self) -> None:
        """Write the files of the whole site. A failure here affects no recording."""
        from chaptercast.publication.site import update_site

        try:
            try:
                update_site(self._output.path, say)
            finally:  # whatever could be written
                self._output.send()
        except ChaptercastError as error:
            if self._debugging:
                raise
            tell(error)
            self.exit_code = self.exit_code or error.exit_code

    def _fail(self, given: "_Article", error: ChaptercastError) -> None:
        if self._debugging:
            raise error
        tell(error)
        self.exit_code = self.exit_code or error.exit_code
        if len(self._failed) < _NAMED:
            self._failed.append(str(given))
        self._count("failed", given, {"error": error.message, "exit_code": int(error.exit_code)})

    def _count(self, outcome: str, given: "_Article", described: dict[str, Any]) -> None:
        self._counts[outcome] += 1
        if self._as_json:
            line = {"input": str(given), "outcome": outcome, **described}
            stdout.as_json(line, indent=None)

    def _report(self, given: "_Article", published: "Published") -> None:
        """Print the result of an article. Each line names it, because several may be in progress."""
        from chaptercast.cli.omissions import too_much

        losses = published.losses
        for loss in losses.losses:
            words = f" ({loss.words:,} words)" if loss.is_seen else ""
            say(f"{given}: not spoken: {len(loss.texts)} × {loss.reason}{words}.")
        if losses.are_many:
            say(f"{given}: {too_much(losses)}")
        for one in published.episode.misheard:
            from chaptercast.listening.report import clock

            say(f"{given}: {clock(one.start)}: {one.what}.")
        merged = published.merged_chapters
        if merged:
            say(f"{given}: {merged} of the deepest chapters are merged into the ones before: an MP3 holds 255 at most.")
        chapters = len(published.episode.chapters) - published.merged_chapters
        say(
            f"{self._output.shown(published.audio)}: {lasting(published.episode.audio.duration)}, "
            f"{chapters} chapter{'s' if chapters != 1 else ''}."
        )

    def _tell_of_cache(self) -> None:
        """Print why nothing was stored at an address."""
        if isinstance(self._options.cache, str):
            from chaptercast.speech.clips.cache_location import clips_at

            trouble = clips_at(self._options.cache, offline=self._options.offline).trouble
            if trouble:
                say(f"The cache at {shown(self._options.cache)} could not be used: {trouble}.")


def _journal(output: Output, options: Options) -> Journal | None:
    """`None` if nothing is cached, or for an output at an address, which is not read completely."""
    folder = options.local_cache
    if folder is None or output.mirror:
        return None
    return Journal(folder / journals.FOLDER, output.path, options)
