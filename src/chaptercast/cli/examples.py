"""`chaptercast examples`: the articles that ship with the program."""

import click

from chaptercast.common.packaged_files import shipped


@click.command()
def examples() -> None:
    """List the example articles that ship with the program, to try it with."""
    for path in sorted(shipped("examples").iterdir()):
        if path.is_file():
            click.echo(path)
