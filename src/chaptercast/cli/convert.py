"""`chaptercast convert`: converts articles into recordings.

Nothing heavy is imported here, so that an unchanged article costs only one check.
"""

from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import click
from msgspec.structs import replace

from chaptercast.cli.batch import Run
from chaptercast.cli.export import formats
from chaptercast.cli.options import ARTICLE, PLACE, as_options, reading, say
from chaptercast.cli.watch import watch as watch_folders
from chaptercast.common.remote_folders import shown
from chaptercast.common.user_folders import cache_folder
from chaptercast.errors import ExitCode, UsageError
from chaptercast.pipeline.destinations import opened_output
from chaptercast.pipeline.inputs import Given, expanded, listed


@click.command()
@click.argument("files", nargs=-1, type=ARTICLE, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=PLACE,
    default=Path("output"),
    show_default=True,
    help="A folder, in which each recording gets its own folder; or X.mp3, to write only that file. Both can be addresses: s3://...",
)
@click.option("-r", "--recursive", is_flag=True, help="Convert the articles in folders and their subfolders.")
@click.option("--files-from", type=click.File("rb"), metavar="LIST", help="A file that lists articles; - for stdin.")
@click.option("-0", "--null", is_flag=True, help="In the list, a null character ends each name, as in `find -print0`.")
@click.option("--again", is_flag=True, help="Also convert unchanged articles.")
@click.option("--watch", is_flag=True, help="Then wait, and convert each change in the folders. Ctrl-C ends it.")
@reading
@click.option(
    "--as",
    "exports",
    multiple=True,
    callback=formats,
    metavar="FORMAT[,FORMAT...]",
    help="Make this of it, too: see `chaptercast export`.",
)
@click.option(
    "--listen",
    is_flag=True,
    help="Hear what is spoken by a recogniser on this machine, and speak again what came out wrong.",
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes.  [default: one per core]")
@click.option(
    "--cluster", default="", metavar="ADDRESS", help="A Dask cluster that speaks: tcp://host:port or local:N."
)
@click.option("--cache", type=PLACE, help="The cache of speech: a folder or an address.")
@click.option("--no-cache", is_flag=True, help="Use no cache, and also convert unchanged articles.")
@click.option(
    "--dry-run", is_flag=True, help="Report what would be spoken, by which voices and for how long. Write nothing."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result of each article to stdout, as a line of JSON.")
def convert(
    files: tuple[Given, ...],
    output: Path | str,
    recursive: bool,
    files_from: BinaryIO | None,
    null: bool,
    again: bool,
    watch: bool,
    exports: tuple[str, ...],
    listen: bool,
    jobs: int | None,
    cluster: str,
    cache: Path | str | None,
    no_cache: bool,
    dry_run: bool,
    as_json: bool,
    **given: Any,
) -> ExitCode:
    """Convert articles, given as files, web addresses or - for standard input, to chaptered MP3s.

    Articles that have not changed since their last conversion are skipped.
    """
    several = len(files) != 1 or recursive or files_from is not None
    _refuse(files, output, files_from, several=several, watch=watch)
    if exports and str(output).lower().endswith(".mp3"):
        raise UsageError("--as makes files beside a recording that has a folder.", "Give a folder: -o output")
    kept = None if no_cache else cache or cache_folder()
    options = replace(as_options(given), jobs=jobs or 0, cache=kept, exports=exports, listen=listen)
    if cluster:
        from chaptercast.speech.cluster.address import cluster as parsed

        options = replace(options, cluster=parsed(cluster, offline=options.offline))
    names = chain(files, listed(files_from, b"\0" if null else b"\n") if files_from else ())
    with opened_output(output, options, fetch=not dry_run) as (place, options):
        articles = expanded(names, place.path, say, recursive=recursive or watch)
        if dry_run:
            from chaptercast.cli.dry_run import show

            return show(articles, options, as_json=as_json)
        debugging = click.get_current_context().find_root().obj
        run = Run(place, options, again=again, as_json=as_json, debugging=debugging)
        if watch:
            watch_folders(run, [file for file in files if isinstance(file, Path)], articles, place.path)
        run.convert(articles)
        if several:
            run.summary()
        return run.exit_code


def _refuse(
    files: tuple[Given, ...], output: Path | str, files_from: BinaryIO | None, *, several: bool, watch: bool
) -> None:
    """Raise `UsageError` for options that exclude each other."""
    if not files and files_from is None:
        raise UsageError("There is nothing to convert.", "Give an article, or several: chaptercast convert --help")
    if (several or watch) and str(output).lower().endswith(".mp3"):
        raise UsageError(f"Several articles do not fit one file, {shown(str(output))}.", "Give a folder: -o output")
    if "-" in files and files_from is not None and files_from.name == "<stdin>":
        raise UsageError("Standard input cannot be an article and a list of articles.", "Give one of them as a file.")
    if watch and (files_from is not None or not all(isinstance(file, Path) and file.is_dir() for file in files)):
        raise UsageError("Only folders can be watched.", "Give one or more folders with --watch.")
