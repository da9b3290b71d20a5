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
from chaptercast.convert import Options, Published
from chaptercast.convert import convert as convert_article
from chaptercast.errors import ChaptercastError, ExitCode, UsageError
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
@click.option("--json", "as_json", is_flag=True, help="Print what was made to stdout, one JSON document a file.")
def convert(
    files: tuple[Path | str, ...],
    output: Path,
    jobs: int | None,
    cache: Path | None,
    no_cache: bool,
    as_json: bool,
    **given: Any,
) -> ExitCode:
    """Convert articles, given as files, web addresses or - for standard input, to chaptered MP3s."""
    if len(files) > 1 and output.suffix.lower() == ".mp3":
        raise UsageError(f"{len(files)} articles do not fit one file, {output}.", "Give a folder: -o output")
    kept = None if no_cache else cache or default_folder()
    options = replace(as_options(given), jobs=jobs or 0, cache=kept)
    failures = [code for file in files if (code := _one(file, output, options, as_json=as_json)) is not ExitCode.DONE]
    if len(files) > 1:
        click.echo(f"{len(files) - len(failures)} of {len(files)} articles converted.", err=True)
    return failures[0] if failures else ExitCode.DONE


def _one(file: Path | str, output: Path, options: Options, *, as_json: bool) -> ExitCode:
    """Convert one article; what is wrong with it does not stop the others."""
    try:
        with progress.shown() as advance:
            published = convert_article(file, output, options, advance, say)
    except ChaptercastError as error:
        if click.get_current_context().find_root().obj:
            raise
        tell(error)
        if as_json:
            _print_json({"input": str(file), "error": error.message, "exit_code": int(error.exit_code)})
        return error.exit_code
    _report(published)
    if as_json:
        _print_json({"input": str(file), "audio": str(published.audio), "episode": published.manifest})
    return ExitCode.DONE


def _print_json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


def _report(published: Published) -> None:
    left_out = Counter(omission["reason"] for omission in published.manifest["left_out"])
    for reason, count in sorted(left_out.items()):
        say(f"Not spoken: {count} × {reason}.")
    if published.merged_chapters:
        say(
            f"{published.merged_chapters} of the deepest chapters are merged into the ones before: an MP3 holds 255 at most."
        )
    chapters = len(published.recording.chapters) - published.merged_chapters
    minutes, seconds = divmod(round(published.recording.duration / 1000), 60)
    say(f"{published.audio}: {minutes} min {seconds} s, {chapters} chapter{'s' if chapters != 1 else ''}.")
