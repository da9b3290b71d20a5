"""`chaptercast preview`: how an article would sound, before all of it is spoken."""

from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from chaptercast.cli import progress, stdout
from chaptercast.cli.options import ARTICLE, as_options, reading, say
from chaptercast.common.user_folders import cache_folder
from chaptercast.errors import UsageError
from chaptercast.pipeline import (
    ALL_VOICES,
    Published,
    asked_voices,
    audition,
    beginning,
    comparison,
    prepare,
    record_comparison,
    record_preview,
    tell_notes,
)
from chaptercast.publication.file_names import AUDIO_SUFFIX
from chaptercast.publication.manifest import to_json
from chaptercast.speech.engine_registry import AUTO


@click.command()
@click.argument("file", type=ARTICLE)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("preview.mp3"),
    show_default=True,
    help="The MP3 to write; nothing else is written.",
)
@click.option(
    "--voices",
    metavar="V1,V2...|all",
    help="Let each of these voices of the engine say one sentence, or all of the article's language (20 at most); "
    "with --engine auto, all are those of every engine that works here.",
)
@click.option("--text", default="", help="The sentence for --voices.  [default: the article's first]")
@reading
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes.  [default: the cores there are]")
@click.option("--cache", type=click.Path(path_type=Path), help="Where speech is kept, to be spoken once only.")
@click.option("--no-cache", is_flag=True, help="Keep no speech and use none that was kept.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made to stdout, as one JSON document.")
def preview(
    file: Path | str,
    output: Path,
    voices: str | None,
    text: str,
    jobs: int | None,
    cache: Path | None,
    no_cache: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Speak the beginning of FILE, about half a minute, to judge voices, headings and pauses by ear.

    That is its title and first text, and the first headed section. With --voices, each voice says the same sentence, in a
    chapter with the voice's name.
    """
    if output.suffix.lower() != AUDIO_SUFFIX:
        raise UsageError(f"A preview is one file, and {output} is not called an MP3.", "Give a name: -o preview.mp3")
    if text and voices is None:
        raise UsageError("--text is what several voices say.", "Name them: --voices V1,V2, or --voices all")
    kept = None if no_cache else cache or cache_folder()
    options = replace(as_options(given), jobs=jobs or 0, cache=kept)
    if voices == ALL_VOICES and options.engine == AUTO:
        compared = comparison(file, text, options, say)
        with progress.shown() as advance:
            published = record_comparison(compared, output, options, advance, say)
    else:
        prepared = prepare(file, options, say)
        tell_notes(file, prepared, say)
        named = None if voices is None else asked_voices(prepared, voices, say)
        taken = beginning(prepared) if named is None else audition(prepared, named, text, options)
        say(f"{file}: speaking with {prepared.engine_reason}.")
        with progress.shown() as advance:
            published = record_preview(taken, output, options, advance)
    _report(published, auditioned=voices is not None)
    if as_json:
        made = {"input": str(file), "audio": str(published.audio), "episode": to_json(published.episode)}
        stdout.as_json(made, indent=None)


def _report(published: Published, *, auditioned: bool) -> None:
    for omission in published.episode.left_out:
        say(f"Not spoken, {omission.reason.value}: {omission.text[:60]}")
    if auditioned:
        for chapter in published.episode.chapters:
            say(f"{_clock(chapter.start)} {chapter.title}")
    say(f"{published.audio}: {_clock(published.episode.audio.duration)}.")


def _clock(milliseconds: int) -> str:
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes}:{seconds:02}"
