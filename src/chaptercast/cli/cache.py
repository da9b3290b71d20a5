"""`chaptercast cache`: the speech that is kept from run to run."""

from pathlib import Path

import click

from chaptercast.common.user_folders import cache_folder
from chaptercast.pipeline import journal
from chaptercast.script.narration import utterance_cache
from chaptercast.speech.clips.cache import ClipCache

_MEGABYTE = 1_000_000


@click.command()
@click.option("--cache", "folder", type=click.Path(path_type=Path), help="The folder, if not the usual one.")
@click.option("--prune", is_flag=True, help="Remove what was used longest ago, down to --limit.")
@click.option("--limit", type=click.IntRange(0), default=0, show_default=True, help="Megabytes to leave with --prune.")
def cache(folder: Path | None, prune: bool, limit: int) -> None:
    """Show where speech is kept and how much of it there is; with --prune, remove it.

    Where all of it goes, what was made of which article is forgotten, too, and the words that their texts became.
    """
    clips = ClipCache(folder or cache_folder())
    if prune:
        count, freed = clips.prune(limit * _MEGABYTE)
        click.echo(f"{count} clips removed, {freed / _MEGABYTE:.1f} MB.")
        if not limit:
            forgotten = journal.prune(clips.folder / journal.FOLDER, 0)
            utterance_cache.prune(clips.folder / utterance_cache.FOLDER, 0)
            click.echo(f"{forgotten} articles forgotten: they will be converted again.")
    count, size = clips.size()
    known = sum(1 for _ in journal.entries(clips.folder / journal.FOLDER))
    in_words = sum(1 for _ in (clips.folder / utterance_cache.FOLDER).glob("*"))
    click.echo(
        f"{clips.folder}: {count} clips, {size / _MEGABYTE:.1f} MB, at most {clips.limit_bytes / _MEGABYTE:.0f}; "
        f"{known} articles known, the words of {in_words} long ones."
    )
