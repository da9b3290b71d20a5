"""What `chaptercast convert --dry-run` tells: what would be spoken, by whom, for how long, and how much of it is kept."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from chaptercast.cli import stdout
from chaptercast.cli.main import printable, tell
from chaptercast.cli.options import lasting, say
from chaptercast.errors import ChaptercastError, ExitCode
from chaptercast.pipeline import Estimate, Options, estimate
from chaptercast.pipeline.inputs import Given, Refused


def show(articles: Iterable[Given | Refused], options: Options, *, as_json: bool) -> ExitCode:
    """Print the estimate of each article to stdout; an article that cannot be read does not stop the others."""
    debugging = click.get_current_context().find_root().obj
    failures: list[ExitCode] = []
    for article in articles:
        given = article.given if isinstance(article, Refused) else article
        try:
            if isinstance(article, Refused):
                raise article.error
            found = estimate(given, options, say)
        except ChaptercastError as error:
            if debugging:
                raise
            tell(error)
            failures.append(error.exit_code)
            described = {"input": str(given), "error": error.message, "exit_code": int(error.exit_code)}
        else:
            described = {"input": str(given), "estimate": _described(found)}
            if not as_json:
                _print(given, found)
        if as_json:
            stdout.as_json(described, indent=None)
    return failures[0] if failures else ExitCode.DONE


def _described(found: Estimate) -> dict[str, Any]:
    return {
        "title": found.title,
        "language": found.language,
        "sections": found.sections,
        "utterances": found.utterances,
        "characters": found.characters,
        "duration_ms": found.duration,
        "measured": found.measured,
        "kept": {"utterances": found.kept_utterances, "share": round(found.kept_share, 4)},
        "engine": found.engine,
        "voices": list(found.voices),
        "text_goes_to": found.destination or None,
    }


def _print(given: Path | str, found: Estimate) -> None:
    how = "by a sample that was spoken" if found.measured else "by a rule of thumb, the service was not asked"
    lines = (
        f"{given}: {found.title} ({found.language})",
        f"    {found.sections} sections, {found.utterances} utterances, {found.characters} characters",
        f"    about {lasting(found.duration)}, {how}",
        f"    kept from earlier runs: {found.kept_utterances} utterances, {found.kept_share:.0%} of the text",
        f"    would speak: {found.engine_reason}; {', '.join(found.voices)}",
        f"    the text would {f'be sent to {found.destination}' if found.destination else 'stay on this machine'}",
    )
    for line in lines:
        click.echo(printable(line))
