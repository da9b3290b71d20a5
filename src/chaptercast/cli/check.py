"""`chaptercast check`: finished recordings and their site held against what is said of them."""

from pathlib import Path

import click

from chaptercast.cli.main import printable
from chaptercast.errors import ExitCode
from chaptercast.verify import verify


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="DIR|MP3|BOOK")
def check(path: Path) -> ExitCode:
    """Read recordings again and verify them and their site: frames, chapters, checksums, transcripts, pages, feed.

    Talking books (EPUB, DAISY, audiobooks) are held against their own sound, whoever made them.

    Prints a line for each finding and ends with 1 where there is one, with 0 where all is well.
    """
    checked, findings = verify(path)
    for finding in findings:
        click.echo(printable(finding))
    click.echo(f"{_counted(checked, 'recording')} checked, {_counted(len(findings), 'finding')}.", err=True)
    return ExitCode.BUG if findings else ExitCode.DONE


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
