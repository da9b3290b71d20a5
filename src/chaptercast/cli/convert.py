"""`chaptercast convert`: articles become recordings."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from chaptercast.cli import progress
from chaptercast.cli.main import tell
from chaptercast.cli.options import ARTICLE, as_options, reading, say
from chaptercast.convert import Outcome, Published, convert_all
from chaptercast.errors import ChaptercastError, ExitCode, UsageError
from chaptercast.publication.episode import to_json
from chaptercast.speech.cache import default_folder


@click.command()
@click.argument("files", nargs=-1, required=True, type=ARTICLE, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="A folder, in which each recording gets its own; or X.mp3, to write that one file only.",
)
@reading
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes.  [default: the cores there are]")
@click.option("--cache", type=click.Path(path_type=Path), help="Where speech is kept, to be spoken once only.")
@click.option("--no-cache", is_flag=True, help="Keep no speech and use none that was kept.")
@click.option("--dry-run", is_flag=True, help="Tell what would be spoken, by whom and for how long, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made to stdout, one JSON document a file.")
def convert(
    files: tuple[Path | str, ...],
    output: Path,
    jobs: int | None,
    cache: Path | None,
    no_cache: bool,
    dry_run: bool,
    as_json: bool,
    **given: Any,
) -> ExitCode:
    """Convert articles, given as files, web addresses or - for standard input, to chaptered MP3s."""
    if len(files) > 1 and output.suffix.lower() == ".mp3":
        raise UsageError(f"{len(files)} articles do not fit one file, {output}.", "Give a folder: -o output")
    kept = None if no_cache else cache or default_folder()
    options = replace(as_options(given), jobs=jobs or 0, cache=kept)
    if dry_run:
        from chaptercast.cli.estimates import show

        return show(files, options, as_json=as_json)
    debugging = click.get_current_context().find_root().obj
    failures: list[ExitCode] = []
    with progress.shown() as advance:
        for outcome in convert_all(files, output, options, advance, say):
            match outcome.result:
                case ChaptercastError() as error:
                    if debugging:
                        raise error
                    tell(error)
                    failures.append(error.exit_code)
                case published:
                    _report(published)
            if as_json:
                click.echo(json.dumps(_described(outcome), ensure_ascii=False))
    if len(files) > 1:
        click.echo(f"{len(files) - len(failures)} of {len(files)} articles converted.", err=True)
    return failures[0] if failures else ExitCode.DONE


def _described(outcome: Outcome) -> dict[str, Any]:
    match outcome.result:
        case ChaptercastError() as error:
            return {"input": str(outcome.given), "error": error.message, "exit_code": int(error.exit_code)}
        case published:
            return {"input": str(outcome.given), "audio": str(published.audio), "episode": to_json(published.episode)}


def _report(published: Published) -> None:
    left_out = Counter(omission.reason.value for omission in published.episode.left_out)
    for reason, count in sorted(left_out.items()):
        say(f"Not spoken: {count} × {reason}.")
    if published.merged_chapters:
        say(
            f"{published.merged_chapters} of the deepest chapters are merged into the ones before: an MP3 holds 255 at most."
        )
    chapters = len(published.episode.chapters) - published.merged_chapters
    minutes, seconds = divmod(round(published.episode.audio.duration / 1000), 60)
    say(f"{published.audio}: {minutes} min {seconds} s, {chapters} chapter{'s' if chapters != 1 else ''}.")
