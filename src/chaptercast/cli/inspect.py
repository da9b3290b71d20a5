"""`chaptercast outline` and `chaptercast script`: show what a listener will hear, before anything is spoken."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from chaptercast.cli import stdout
from chaptercast.cli.omissions import show_report
from chaptercast.cli.options import ARTICLE, as_options, reading, say
from chaptercast.pipeline import outlined, prepare, tell_notes
from chaptercast.publication import atomic_files
from chaptercast.script.model import Script
from chaptercast.script.omissions import losses_in
from chaptercast.script.ssml.write import to_ssml
from chaptercast.script.text_formats import to_json, to_spoken


def _as_json(script: Script) -> str:
    return json.dumps(to_json(script), ensure_ascii=False, indent=2) + "\n"


_FORMATS: dict[str, Callable[[Script], str]] = {"ssml": to_ssml, "spoken": to_spoken, "json": _as_json}


@click.command()
@click.argument("file", type=ARTICLE)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, with the evidence for each heading.")
@click.option(
    "--report",
    is_flag=True,
    help="Show instead the parts of FILE that will not be spoken, by reason, with the number of words, and how each page was read.",
)
@reading
def outline(file: Path | str, as_json: bool, report: bool, **given: Any) -> None:
    """Show the headings of FILE that will become chapters, or the parts that will not be spoken."""
    if report:
        prepared = prepare(file, as_options(given), say, needs_voice=False)
        show_report(losses_in(prepared.script), prepared.script.pages, as_json=as_json)
        return
    found = outlined(file, as_options(given), say)
    if as_json:
        listed = [
            {
                "level": heading.level,
                "title": heading.title,
                "confidence": round(heading.confidence, 2),
                "evidence": list(heading.evidence),
            }
            for heading in found.headings
        ]
        described = {"title": found.title, "language": found.language, "headings": listed}
        stdout.as_json(described)
        return
    stdout.line(f"1  {found.title or '(no title)'}")
    for heading in found.headings:
        sure = "" if heading.confidence >= 1 else f"  ({heading.confidence:.0%} sure)"
        stdout.line(f"{heading.level}{'  ' * heading.level}{heading.title}{sure}")


@click.command()
@click.argument("file", type=ARTICLE)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead of stdout.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    default="ssml",
    show_default=True,
    help="SSML 1.1; the plain spoken text, one utterance per line; or everything, as JSON.",
)
@reading
def script(file: Path | str, output: Path | None, form: str, **given: Any) -> None:
    """Show what will be spoken for FILE, with its pauses."""
    prepared = prepare(file, as_options(given), say)
    text = _FORMATS[form](prepared.script)
    tell_notes(file, prepared, say)
    if output is None:
        stdout.whole(text)
    else:
        atomic_files.write(output, text.encode("utf-8", "replace"))
