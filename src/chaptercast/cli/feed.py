"""`chaptercast feed`: writes the podcast feed of a folder of recordings."""

from pathlib import Path

import click

from chaptercast.cli.options import say
from chaptercast.errors import UsageError
from chaptercast.publication.feed.show import SHOW_FILE, load_show
from chaptercast.publication.site import start_show, update_site


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--init", is_flag=True, help="Write a show.toml to fill in. An existing one is not changed.")
def feed(folder: Path, init: bool) -> None:
    """Build DIR/feed.xml from DIR/show.toml and the recordings in DIR, and the library page, DIR/index.html.

    `convert -o DIR` does this, too. It builds the feed if there is a show.toml.
    """
    if init:
        say(f"{start_show(folder)}: fill it in, then: chaptercast feed {folder}")
        return
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", "Give the one that `chaptercast convert -o` wrote to.")
    written = update_site(folder, say)
    for path in written:
        say(f"{path} is written.")
    load_show(folder)  # without one, there is a library page and no feed
    if not written:
        say(f"Nothing changed since {folder} was built from its {SHOW_FILE}.")
