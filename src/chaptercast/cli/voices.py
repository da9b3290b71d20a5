"""`chaptercast voices` and `chaptercast engines`: what can speak here, and what is missing."""

import json
from typing import Any

import click

from chaptercast import profile as profiles
from chaptercast.cli.options import language_tag
from chaptercast.errors import ExitCode
from chaptercast.languages import closest
from chaptercast.speech import registry
from chaptercast.units import LanguageTag, primary


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def engines(as_json: bool) -> None:
    """List what can speak, and what is missing where it cannot."""
    registered = registry.registrations()
    if as_json:
        listed = [
            {
                "name": r.name,
                "ready": r.status.ready,
                "reason": r.status.reason,
                "remedy": r.status.remedy,
                "version": r.engine.version if r.engine else "",
                "online": r.engine.online if r.engine else None,
            }
            for r in registered
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for r in registered:
        click.echo(f"{r.name}: {'ready' if r.status.ready else 'not ready'}: {r.status.reason}.")
        if r.status.remedy and not r.status.ready:
            click.echo(f"    {r.status.remedy}")


@click.command()
@click.option("--language", metavar="TAG", callback=language_tag, help="Only those that speak this language.")
@click.option("--engine", default="", help="Only those of this engine.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def voices(language: LanguageTag | None, engine: str, as_json: bool) -> ExitCode:
    """List voice profiles and the engines' voices; each is a value for --voice."""
    found_profiles = [] if engine else _profiles(language)
    found_voices = _voices(language, engine)
    if as_json:
        click.echo(json.dumps({"profiles": found_profiles, "voices": found_voices}, ensure_ascii=False, indent=2))
        return ExitCode.DONE
    for profile in found_profiles:
        click.echo(f"profile {profile['name']}: {profile['description']}")
    for voice in found_voices:
        click.echo(f"{voice['engine']} {voice['name']}: {voice['description']}")
    if not found_profiles and not found_voices:
        click.echo("No voice or profile is known for that language.", err=True)
    elif not engine:
        click.echo(
            f"Your own profiles are looked for in {profiles.folders()[0]} and {profiles.folders()[1]}.", err=True
        )
    return ExitCode.DONE


def _profiles(language: LanguageTag | None) -> list[dict[str, Any]]:
    loaded = (profiles.load(name) for name in profiles.names())
    return [
        {"name": p.name, "language": p.language, "description": p.description, "file": str(profiles.names()[p.name])}
        for p in loaded
        if language is None or primary(p.language) == primary(language)
    ]


def _voices(language: LanguageTag | None, engine: str) -> list[dict[str, Any]]:
    names = [engine] if engine else [r.name for r in registry.registrations() if r.status.ready]
    return [
        {"engine": name, "name": voice.name, "language": voice.language, "description": voice.description}
        for name in names
        for voice in registry.usable(name).voices()
        if language is None or _serves(voice.language, language)
    ]


def _serves(offered: LanguageTag, wanted: LanguageTag) -> bool:
    return primary(offered) == primary(wanted) or closest(wanted, [offered]) is not None
