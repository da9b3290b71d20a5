"""`chaptercast check`: compares finished recordings and their site with their own descriptions, and listens to them if asked."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chaptercast.cli import stdout
from chaptercast.cli.main import printable
from chaptercast.errors import EngineError, ExitCode
from chaptercast.speech.voice_levels import ACX
from chaptercast.verify import verify
from chaptercast.verify.books import is_book
from chaptercast.verify.loudness import Measured, measured, measures_alone

if TYPE_CHECKING:
    from chaptercast.listening.report import Report


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="DIR|MP3|BOOK")
@click.option("--loudness", is_flag=True, help="Measure loudness and true peak, too: that takes a while.")
@click.option(
    "--preset", default="", metavar="P", help="Measure, and say what is not podcast, acx, or a number of LUFS."
)
@click.option(
    "--listen", is_flag=True, help="Hear the recordings, too, by a recogniser on this machine: is it what is written?"
)
@click.option("--no-page", is_flag=True, help="Write no listening.html beside the recordings that are heard.")
@click.option("--recogniser", default="", metavar="ID", help="Which one hears: whisper-base, whisper-small...")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processor cores that it hears with.  [default: all]")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(
    path: Path,
    loudness: bool,
    preset: str,
    listen: bool,
    no_page: bool,
    recogniser: str,
    jobs: int | None,
    as_json: bool,
) -> ExitCode:
    """Read recordings again and verify them and their site: frames, chapters, checksums, transcripts, pages, feed.

    Talking books (EPUB, DAISY, audiobooks) are compared with their own sound, whoever made them.

    Prints one line per finding. Ends with 1 if there is one, with 0 if all is well. With --listen, the recordings are also heard,
    and what is not said as it is written is reported. Doubts are reported, too, but only what is certain ends with 1. Beside each
    recording that is heard, listening.html plays each of these places.
    """
    loudness = loudness or bool(preset)
    is_sound_alone = loudness and measures_alone(path)
    checked, findings = (0, ()) if is_sound_alone else verify(path)
    sounds = [] if not loudness or is_book(path) else list(_measured(path, preset))
    checked = len(sounds) if is_sound_alone else checked
    findings = (*findings, *(finding for sound in sounds for finding in sound.findings))
    if not as_json:
        for finding in findings:
            click.echo(printable(finding))
    heard = _listened(path, recogniser, jobs, write_page=not no_page, as_json=as_json) if listen else []
    if as_json:
        from chaptercast.listening.report import as_table

        levels = {"loudness": [_as_table(sound) for sound in sounds]} if loudness else {}
        heard_tables = [as_table(one) for one in heard]
        stdout.as_json({"checked": checked, "findings": list(findings), "heard": heard_tables, **levels})
    click.echo(f"{_counted(checked, 'recording')} checked, {_counted(len(findings), 'finding')}.", err=True)
    if findings or any(one.is_wrong for one in heard):
        return ExitCode.BUG
    if heard and all(one.refusal for one in heard):
        raise EngineError(
            "Nothing was listened to.", "Convert with a voice that recognisers understand: docs/listening.md"
        )
    return ExitCode.DONE


def _measured(path: Path, preset: str) -> Iterator[Measured]:
    """How loud each recording is; the figures go to stderr at once."""
    for one in measured(path, preset):
        figures = f"{_level(one.lufs, 'LUFS')}, {_level(one.true_peak_dbtp, 'dBTP')}"
        more = f", RMS {one.rms_db:.1f} dB, pauses {one.floor_db:.1f} dB" if preset == ACX else ""
        click.echo(printable(f"{one.audio}: {figures}{more}"), err=True)
        yield one


def _as_table(sound: Measured) -> dict[str, object]:
    figures = (sound.lufs, sound.true_peak_dbtp, sound.rms_db, sound.floor_db)
    rounded = (None if figure is None else round(figure, 1) for figure in figures)
    names = ("lufs", "true_peak_dbtp", "rms_db", "noise_floor_db")
    return {"audio": str(sound.audio), **dict(zip(names, rounded, strict=True))}


def _listened(path: Path, recogniser: str, jobs: int | None, *, write_page: bool, as_json: bool) -> "Sequence[Report]":
    from chaptercast.cli import progress
    from chaptercast.common.processes import available_cores
    from chaptercast.listening.listen import listen
    from chaptercast.listening.report import lines, summary

    reports = []
    with progress.shown("Listening") as advance:
        for report in listen(path, recogniser, jobs or available_cores(), advance, write_page=write_page):
            reports.append(report)
            if not as_json:
                for line in lines(report):
                    click.echo(printable(line))
            for line in summary(report):
                click.echo(printable(line), err=True)
    return reports


def _level(value: float | None, unit: str) -> str:
    return "silent" if value is None else f"{value:.1f} {unit}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
