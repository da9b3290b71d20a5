"""`chaptercast check`: checks finished recordings and their site against their own manifests and descriptions."""

from pathlib import Path

import click

from chaptercast.cli.main import printable
from chaptercast.errors import ExitCode
from chaptercast.verify import verify


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="DIR|MP3")
def check(path: Path) -> ExitCode:
    """Read recordings again and verify them and their site: frames, chapters, checksums, transcripts, pages, feed.

    Prints one line per finding. Ends with 1 if there is one, with 0 if all is well.
    """
    checked, findings = verify(path)
    for finding in findings:
        click.echo(printable(finding))
    click.echo(f"{_counted(checked, 'recording')} checked, {_counted(len(findings), 'finding')}.", err=True)
    return ExitCode.BUG if findings else ExitCode.DONE


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
