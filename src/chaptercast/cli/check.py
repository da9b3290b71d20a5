"""`chaptercast check`: checks finished recordings and their site against their own manifests and descriptions."""

from pathlib import Path

import click

from chaptercast.cli.main import printable
from chaptercast.errors import ExitCode
from chaptercast.verify import verify
from chaptercast.verify.books import is_book
from chaptercast.verify.loudness import measured


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="DIR|MP3|BOOK")
@click.option("--loudness", is_flag=True, help="Measure loudness and true peak, too: that takes a while.")
def check(path: Path, loudness: bool) -> ExitCode:
    """Read recordings again and verify them and their site: frames, chapters, checksums, transcripts, pages, feed.

    Talking books (EPUB, DAISY, audiobooks) are held against their own sound, whoever made them.

    Prints a line for each finding and ends with 1 where there is one, with 0 where all is well.
    """
    checked, findings = verify(path)
    if loudness and not is_book(path):
        for one in measured(path):
            findings = (*findings, *one.findings)
            click.echo(
                printable(f"{one.audio}: {_level(one.lufs, 'LUFS')}, {_level(one.true_peak_dbtp, 'dBTP')}"), err=True
            )
    for finding in findings:
        click.echo(printable(finding))
    click.echo(f"{_counted(checked, 'recording')} checked, {_counted(len(findings), 'finding')}.", err=True)
    return ExitCode.BUG if findings else ExitCode.DONE


def _level(value: float | None, unit: str) -> str:
    return "silent" if value is None else f"{value:.1f} {unit}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
