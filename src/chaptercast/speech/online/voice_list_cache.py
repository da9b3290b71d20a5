"""Caches a service's voice list in the cache folder, with the date of the service's answer."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from chaptercast.common import user_folders
from chaptercast.common.units import LanguageTag
from chaptercast.speech.model import Voice


def today() -> date:
    """The date that is stored with lists."""
    return datetime.now(UTC).date()


def keep(path: Path, voices: Iterable[Voice], day: date) -> None:
    """Store a list. If it cannot be written, it is requested again next time."""
    content = {
        "date": day.isoformat(),
        "voices": [[v.name, v.language, v.description, v.gender] for v in voices],
    }
    user_folders.keep(path, json.dumps(content, ensure_ascii=False).encode())


def kept(path: Path) -> tuple[tuple[Voice, ...], date] | None:
    """The cached list and its date; `None` if it is missing or damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        voices = tuple(
            Voice(str(name), LanguageTag(str(tag)), str(description), str(gender))
            for name, tag, description, gender in content["voices"]
        )
        return voices, date.fromisoformat(content["date"])
    except (OSError, ValueError, LookupError, TypeError):
        return None
