"""`chaptercast voices --available` and `--verify`: what can be installed, what is, and whether it is whole."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import click

from chaptercast.cli import stdout
from chaptercast.cli.main import printable
from chaptercast.cli.options import say
from chaptercast.common.language_tags import serves
from chaptercast.common.units import LanguageTag
from chaptercast.errors import ExitCode, UsageError
from chaptercast.voice_store import maintenance
from chaptercast.voice_store.catalogue import near
from chaptercast.voice_store.model import InstalledPack, Pack
from chaptercast.voice_store.voice_folders import installed

_MEGABYTE = 1_000_000


def megabytes(size: int) -> str:
    """A number of bytes for people."""
    return f"{size / _MEGABYTE:.0f} MB" if size >= 10 * _MEGABYTE else f"{size / _MEGABYTE:.1f} MB"


def available(packs: Mapping[str, Pack], language: LanguageTag | None, *, as_json: bool) -> ExitCode:
    """List what the catalogue has and what else is installed: each in a line, or as JSON."""
    here = {pack.id: pack for pack in installed()}
    listed = [
        pack
        for _, pack in sorted({**here, **packs}.items())
        if language is None or any(serves(spoken, language) for spoken in pack.languages)
    ]
    if as_json:
        stdout.as_json([_described(pack, here) for pack in listed])
        return ExitCode.DONE
    for pack in listed:
        click.echo(printable(_line(pack, here)))
    say("To install one: chaptercast voices --install ID" if listed else "No local voice is known for that language.")
    return ExitCode.DONE


def _line(pack: Pack, here: Mapping[str, InstalledPack]) -> str:
    count = len(pack.voices)
    what = f"{count} voices: {', '.join(pack.languages)}" if count > 1 else ", ".join(pack.languages)
    quality = f", {pack.quality}" if pack.quality else ""
    accept = " (needs --accept-licence)" if pack.restricted and pack.id not in here else ""
    state = "installed" if pack.id in here else "not installed"
    return f"{pack.id}: {what}{quality}, {megabytes(pack.size)}, {pack.licence}{accept}, {state}"


def _described(pack: Pack, here: Mapping[str, InstalledPack]) -> dict[str, Any]:
    return {
        "id": pack.id,
        "family": pack.family,
        "quality": pack.quality,
        "description": pack.description,
        "languages": list(pack.languages),
        "voices": [
            {"name": v.name, "language": v.language, "gender": v.gender, "description": v.description}
            for v in pack.voices
        ],
        "sample_rate": pack.sample_rate,
        "size": pack.size,
        "licence": pack.licence,
        "licence_note": pack.licence_note,
        "restricted": pack.restricted,
        "homepage": pack.homepage,
        "hosts": sorted({urlsplit(source).hostname or "" for file in pack.files for source in file.sources}),
        "folder": str(here[pack.id].folder) if pack.id in here else None,
    }


def verify(names: Sequence[str], *, as_json: bool) -> ExitCode:
    """Read what is installed and tell, in a line for each pack and each damaged file, how it is; ends with 1 where something is damaged."""
    reports: list[maintenance.Report] = []
    for name in dict.fromkeys(names or [""]):
        before = len(reports)
        for report in maintenance.verify(name):
            reports.append(report)
            if not as_json:
                _tell(report)
        if name and len(reports) == before and name not in maintenance.unfinished():
            raise UsageError(
                f"The voice “{name}” is not installed.", near(name, {pack.id: pack for pack in installed()})
            )
    if as_json:
        stdout.as_json([_reported(report) for report in reports])
    for name, folder in maintenance.unfinished().items():
        if not names or name in names:
            size = sum(path.stat().st_size for path in folder.iterdir())
            say(
                f"{name}: {megabytes(size)} of an unfinished download; --install {name} goes on, --remove {name} removes it."
            )
    damaged = sum(bool(report.faults) for report in reports)
    say(f"{len(reports)} installed, {damaged} damaged." if reports else "No local voice is installed.")
    return ExitCode.BUG if damaged else ExitCode.DONE


def _tell(report: maintenance.Report) -> None:
    for fault in report.faults:
        click.echo(printable(f"{report.id}: {fault.file}: {fault.what}"))
    if not report.faults:
        click.echo(printable(f"{report.id}: whole, {report.files} files, {megabytes(report.size)}, {report.folder}"))


def _reported(report: maintenance.Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "folder": str(report.folder),
        "whole": not report.faults,
        "faults": [{"file": fault.file, "what": fault.what} for fault in report.faults],
    }
