"""`chaptercast voices --install`, `--export`, `--remove`: local voices, brought and taken away."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click

from chaptercast.cli.download_progress import transfer_shown
from chaptercast.cli.main import tell
from chaptercast.cli.options import say
from chaptercast.cli.voice_listing import available, megabytes, verify
from chaptercast.cli.voice_options import Wanted
from chaptercast.common.units import LanguageTag
from chaptercast.common.user_folders import voice_shelf
from chaptercast.errors import ChaptercastError, ExitCode, UsageError
from chaptercast.speech import engine_registry
from chaptercast.voice_profiles import engine_points
from chaptercast.voice_store import catalogue, installation, installed, maintenance, pack_search
from chaptercast.voice_store.disk import Piece
from chaptercast.voice_store.model import InstalledPack, Pack


def run(wanted: Wanted, language: LanguageTag | None, *, offline: bool, proxy: str, as_json: bool) -> ExitCode:
    """Do what is asked for with the voice store."""
    if wanted.action == "available":
        return available(catalogue.catalogue(wanted.catalogue), language, as_json=as_json)
    if wanted.action == "verify":
        return verify(wanted.names, as_json=as_json)
    if as_json:
        raise click.UsageError("--json is for --available and --verify.")
    if wanted.action == "export":
        return _export(wanted.names)
    if wanted.action == "remove":
        return _each(wanted.names, lambda name: _remove(name, wanted), "remove")
    code = _install(wanted, offline=offline, proxy=proxy)
    _tell_what_is_missing()
    return code


def _install(wanted: Wanted, *, offline: bool, proxy: str) -> ExitCode:
    packs = catalogue.catalogue(wanted.catalogue)
    if wanted.source:
        return _install_from(wanted.source, packs, wanted)
    return _each(wanted.names, lambda name: _download(name, packs, wanted, offline=offline, proxy=proxy), "install")


def _tell_what_is_missing() -> None:
    """Say what else it takes to speak with what is installed."""
    for family in sorted({pack.family for pack in installed()} & engine_points().keys()):
        status = engine_registry.load(family).status()
        if not status.ready:
            say(f"Voices of {family} cannot speak yet: {status.reason}. {status.remedy}")


def _each(names: Sequence[str], do: Callable[[str], None], what: str) -> ExitCode:
    """Do it for each; one that fails does not stop the others, and the first failure decides how it ends."""
    if not names:
        raise click.UsageError(f"Which voice? Give its ID: chaptercast voices --{what} ID")
    if len(names) == 1:
        do(names[0])
        return ExitCode.DONE
    code = ExitCode.DONE
    for name in dict.fromkeys(names):
        try:
            do(name)
        except ChaptercastError as error:
            tell(error)
            code = code or error.exit_code
    return code


def _download(name: str, packs: Mapping[str, Pack], wanted: Wanted, *, offline: bool, proxy: str) -> None:
    pack = catalogue.chosen(name, packs)
    if _is_there(pack):
        return
    if offline:
        raise UsageError(
            f"{name} would have to be downloaded; --offline forbids it.",
            f"Bring its files from another machine: chaptercast voices --install {name} --from PATH",
        )
    hosts = dict.fromkeys(urlsplit(source).hostname or "" for file in pack.files for source in file.sources[:1])
    _agree(pack, f"Download: {megabytes(pack.size)} from {', '.join(hosts) or 'nowhere: no place is known'}.", wanted)
    if name in maintenance.unfinished():
        say("It goes on where an earlier run stopped.")
    try:
        with transfer_shown("Downloading") as progress:
            done = installation.download(pack, say, progress, proxy=proxy)
    except KeyboardInterrupt:
        say(
            f"Interrupted. What came of {name} is kept: the same command goes on from there; --remove {name} removes it."
        )
        raise click.exceptions.Exit(ExitCode.INTERRUPTED) from None
    _installed(done)


def _install_from(source: Path, packs: Mapping[str, Pack], wanted: Wanted) -> ExitCode:
    """Install what a file or folder holds: what is asked for, or all."""
    if not wanted.names:
        found = {pack.pack.id: pack for pack in pack_search.find(source, packs)}
        return _each(list(found), lambda name: _copy(found[name], wanted), "install")
    return _each(wanted.names, lambda name: _copy(pack_search.find(source, packs, name)[0], wanted), "install")


def _copy(found: pack_search.Found, wanted: Wanted) -> None:
    if _is_there(found.pack, found.pieces):
        return
    places = {str(piece.path) for piece in found.pieces.values()}
    shown = places.pop() if len(places) == 1 else str(next(iter(found.pieces.values())).path.parent)
    unknown = "" if found.is_known else " The catalogue does not know it."
    _agree(found.pack, f"Copy: {megabytes(found.pack.size)} from {shown}.{unknown}", wanted)
    with transfer_shown("Copying") as progress:
        done = installation.copy(found.pack, found.pieces, say, progress)
    _installed(done)


def _is_there(pack: Pack, pieces: Mapping[str, Piece] | None = None) -> bool:
    there = installation.current(pack, pieces)
    if there:
        click.echo(f"{pack.id} is installed already, and whole: {there.folder}")
    elif installation.whole(pack.id):
        say(f"Another version of {pack.id} is installed; this one would take its place.")
    return there is not None


def _agree(pack: Pack, origin: str, wanted: Wanted) -> None:
    """Tell what would be installed, and under which licence, and ask. Raises `UsageError` where nobody can be asked, and click's end."""
    quality = f" ({pack.quality})" if pack.quality else ""
    say(f"{pack.id}: {pack.description or pack.family}{quality}.")
    say(f"Licence: {pack.licence}. {pack.licence_note}".rstrip())
    if pack.homepage:
        say(f"More: {pack.homepage}")
    say(origin)
    say(f"Folder: {voice_shelf() / pack.id}")
    if pack.restricted and not wanted.accept_licence:
        raise UsageError(
            f"The licence of {pack.id} restricts what may be done with it, or is not known.",
            "If you accept that, add: --accept-licence",
        )
    _confirm("Install it?", wanted)


def _confirm(question: str, wanted: Wanted) -> None:
    if wanted.yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("Nobody can be asked here.", "If you want it done, add: --yes")
    try:
        agreed = click.confirm(question, err=True)
    except click.Abort:
        agreed = False
    if not agreed:
        say("Nothing was done.")
        raise click.exceptions.Exit(ExitCode.INTERRUPTED)


def _installed(pack: InstalledPack) -> None:
    click.echo(f"{pack.id} is installed: {pack.folder}")


def _export(names: Sequence[str]) -> ExitCode:
    if len(names) != 2:
        raise click.UsageError("Give the voice and the file: chaptercast voices --export ID FILE.tar")
    target = maintenance.export(names[0], Path(names[1]))
    click.echo(f"{names[0]} is in {target}, {megabytes(target.stat().st_size)}.")
    say(f"To install it elsewhere: chaptercast voices --install --from {target.name}")
    return ExitCode.DONE


def _remove(name: str, wanted: Wanted) -> None:
    folders = maintenance.remaining(name)
    say(f"{name}: {', '.join(map(str, folders))}")
    _confirm("Remove it?", wanted)
    maintenance.remove(name, say)
    click.echo(f"{name} is removed.")
