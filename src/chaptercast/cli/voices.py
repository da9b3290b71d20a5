"""`chaptercast voices` and `chaptercast engines`: what can speak here, and what is missing."""

from collections.abc import Iterable
from typing import Any

import click
from msgspec.structs import replace

from chaptercast import voice_profiles as profiles
from chaptercast.cli import completion, stdout
from chaptercast.cli.options import language_tag, say
from chaptercast.cli.voice_options import Wanted, about_the_store
from chaptercast.common.language_tags import serves
from chaptercast.common.units import LanguageTag, primary
from chaptercast.common.user_folders import voice_folders
from chaptercast.errors import ExitCode
from chaptercast.speech import engine_registry
from chaptercast.speech.local import throughput as speed
from chaptercast.speech.model import Voice, VoiceList
from chaptercast.speech.online.settings import ServiceSettings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def engines(as_json: bool) -> None:
    """List what can speak, and what is missing where it cannot."""
    registered = engine_registry.registrations()
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
        stdout.as_json(listed)
        return
    for r in registered:
        stdout.line(f"{r.name}: {'ready' if r.status.ready else 'not ready'}: {r.status.reason}.")
        if r.status.remedy and not r.status.ready:
            stdout.line(f"    {r.status.remedy}")


@click.command()
@click.option(
    "--language",
    metavar="TAG",
    callback=language_tag,
    shell_complete=completion.languages,
    help="Only those that speak this language.",
)
@click.option(
    "--engine",
    default="",
    shell_complete=completion.engines,
    help="Only those of this engine; the service of an online one is asked.",
)
@click.option(
    "--measure", is_flag=True, help="Measure how fast neural voices speak here; it is kept, and shown from then on."
)
@click.option("--offline", is_flag=True, envvar="CHAPTERCAST_OFFLINE", help="Never use the network.")
@click.option("--proxy", default="", metavar="URL", help="A proxy to the outside: http://host:port.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@about_the_store
def voices(
    language: LanguageTag | None, engine: str, measure: bool, offline: bool, proxy: str, as_json: bool, wanted: Wanted
) -> ExitCode:
    """List voice profiles and the engines' voices; each is a value for --voice. Or install local voices, and look after them.

    \b
    chaptercast voices --available --language de    what can be installed
    chaptercast voices --install ID                 fetch it from its makers
    chaptercast voices --install --from PATH        from a file or folder: no network
    chaptercast voices --verify                     read all that is installed
    chaptercast voices --export ID FILE.tar         for another machine
    """  # noqa: D301 -- click's mark before lines that stay as they are
    if wanted.action:
        from chaptercast.cli.voice_store import run

        return run(wanted, language, offline=offline, proxy=proxy, as_json=as_json)
    if measure:
        _measure(_names(engine), language)
    found_profiles = [] if engine else _profiles(language)
    asked = ServiceSettings(proxy=proxy) if engine and not offline else None
    lists = {name: _voice_list(name, asked) for name in _names(engine)}
    found_voices = [described for name, known in lists.items() for described in _described(name, known, language)]
    notes = [f"{name}: {known.note}." for name, known in lists.items() if known.note]
    notes += _variants(lists[engine]) if engine else []
    if as_json:
        listed = {"profiles": found_profiles, "voices": found_voices, "notes": notes}
        stdout.as_json(listed)
        return ExitCode.DONE
    for profile in found_profiles:
        stdout.line(f"profile {profile['name']}: {profile['description']}")
    for voice in found_voices:
        speed = f"; {voice['speed']:g} times as fast as speech here" if voice["speed"] else ""
        stdout.line(f"{voice['engine']} {voice['name']}: {voice['description'] or voice['language']}{speed}")
        if voice["lacks"]:
            stdout.line(f"    It cannot read all of its language. {voice['lacks']}")
    for note in notes:
        say(note)
    if not found_profiles and not found_voices:
        say("No voice or profile is known for that language.")
    elif not engine:
        here, own, _ = voice_folders()
        say(f"Your own profiles are looked for in {here} and {own}.")
    return ExitCode.DONE


def _profiles(language: LanguageTag | None) -> list[dict[str, Any]]:
    loaded = (profiles.load(name) for name in profiles.names())
    return [
        {"name": p.name, "language": p.language, "description": p.description, "file": str(profiles.names()[p.name])}
        for p in loaded
        if language is None or primary(p.language) == primary(language)
    ]


def _names(engine: str) -> list[str]:
    return [engine] if engine else [r.name for r in engine_registry.registrations() if r.status.ready]


def _voice_list(name: str, asked: ServiceSettings | None) -> VoiceList:
    """What the engine has; a service is asked with the settings `asked`, if there are any."""
    engine = engine_registry.usable(name)
    if not engine.online:
        return VoiceList(engine.voices(), engine.note)
    known = engine.voice_list(asked or ServiceSettings(), ask=asked is not None)
    hint = "" if asked else f"; to ask for all: chaptercast voices --engine {name}"
    return replace(known, note=known.note + hint)


def _variants(known: VoiceList) -> list[str]:
    """What may follow the name of a voice."""
    names = sorted({variant for voice in known.voices for variant in voice.variants}, key=str.casefold)
    return (
        [f"A variant may follow a voice and a plus sign ({known.voices[0].name}+{names[0]}): {', '.join(names)}."]
        if names
        else []
    )


def _described(name: str, known: VoiceList, language: LanguageTag | None) -> list[dict[str, Any]]:
    return [
        {
            "engine": name,
            "name": voice.name,
            "language": voice.language,
            "gender": voice.gender,
            "description": voice.description,
            "lacks": voice.remedy,
            "model": voice.model,
            "speed": _speed(name, voice),
        }
        for voice in known.voices
        if language is None or serves(voice.language, language)
    ]


def _speed(name: str, voice: Voice) -> float | None:
    """How many seconds of speech it makes here in one, if that was measured."""
    engine = engine_registry.load(name)
    return None if engine.online or not voice.model else speed.known(engine, voice)


def _measure(names: Iterable[str], language: LanguageTag | None) -> None:
    """Measure one voice of each model."""
    for engine in map(engine_registry.usable, names):
        if engine.online:
            continue
        voices = [
            voice for voice in engine.voices() if voice.model and (language is None or serves(voice.language, language))
        ]
        for voice in {voice.model: voice for voice in reversed(voices)}.values():
            say(f"Measuring {voice.model}.")
            speed.measure(engine, voice)
