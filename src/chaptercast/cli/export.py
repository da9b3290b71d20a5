"""`chaptercast export`: finished recordings as talking books and for other players, without speaking anything again."""

from pathlib import Path

import click

from chaptercast.cli.options import say
from chaptercast.errors import InputError
from chaptercast.publication.exports import EXPORTERS, Choices
from chaptercast.publication.file_names import MANIFEST


def formats(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values of `--as` options (a callback of click's): names with commas between them, each once."""
    names = tuple(dict.fromkeys(name.strip().lower() for name in ",".join(values).split(",") if name.strip()))
    wrong = next((name for name in names if name not in EXPORTERS), None)
    if wrong is not None:
        raise click.BadParameter(f"there is no “{wrong}”. There are: {', '.join(EXPORTERS)}.")
    return names


HELP = "; ".join(f"{name}: {kind.what}" for name, kind in EXPORTERS.items())


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR...")
@click.option(
    "--as", "names", required=True, multiple=True, callback=formats, metavar="FORMAT[,FORMAT...]", help=f"{HELP}."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A folder.  [default: beside each recording]")
@click.option(
    "--ascii",
    "ascii_names",
    is_flag=True,
    help="File names in letters without accents, for players that show no others.",
)
@click.option("--unpacked", is_flag=True, help="DAISY books as folders, for a card or a stick, not as ZIP archives.")
@click.option(
    "--original",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="For epub-original: the EPUB that was recorded.",
)
def export(
    folders: tuple[Path, ...],
    names: tuple[str, ...],
    output: Path | None,
    ascii_names: bool,
    unpacked: bool,
    original: Path | None,
) -> None:
    """Make talking books of finished recordings: DIR is a recording's folder, or one that holds recordings."""
    from chaptercast.publication.exports.output_files import export as exported

    if not names:
        raise click.BadParameter(f"name at least one: {', '.join(EXPORTERS)}.", param_hint="--as")
    choices = Choices(ascii_names, unpacked, original)
    for folder in folders:
        for recording in _recordings(folder):
            for path in exported(recording, names, output, choices):
                say(f"{path} is written.")


def _recordings(folder: Path) -> list[Path]:
    if (folder / MANIFEST).exists():
        return [folder]
    found = sorted(manifest.parent for manifest in folder.glob(f"*/{MANIFEST}"))
    if not found:
        raise InputError(f"{folder} holds no recording.", "Give a folder that `chaptercast convert -o` wrote to.")
    return found
