"""A service's list of voices, kept in the cache folder, with the day on which the service gave it."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from chaptercast.common import user_folders
from chaptercast.common.units import LanguageTag
from chaptercast.speech.model import Voice


def today() -> date:
    """The date that lists are kept with."""
    return datetime.now(UTC).date()


def keep(path: Path, voices: Iterable[Voice], day: date) -> None:
    """Keep a list. Where it cannot be written, it is asked for again next time."""
    content = {
        "date": day.isoformat(),
        "voices": [[v.name, v.language, v.description, v.gender] for v in voices],
    }
    user_folders.keep(path, json.dumps(content, ensure_ascii=False).encode())


def kept(path: Path) -> tuple[tuple[Voice, ...], date] | None:
    """The list that was kept, and its date; nothing where there is none, or a damaged one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        voices = tuple(
            Voice(str(name), LanguageTag(str(tag)), str(description), str(gender))
            for name, tag, description, gender in content["voices"]
        )
        return voices, date.fromisoformat(content["date"])
    except (OSError, ValueError, LookupError, TypeError):
        return None
