"""The values of SSML's attributes, both ways: durations, rates, pitches, volumes, and what the words for them mean.

W3C SSML 1.1 (2010), 3.2.3 and 3.2.4, with the forms of 1.0 that services still teach (`rate="0.9"`, `pitch="-2st"`).
"""

import math
import re
from collections.abc import Mapping
from types import MappingProxyType

from chaptercast.voice_profiles import Manner

LONGEST_BREAK_MS = 60_000

STRENGTHS: Mapping[str, int] = MappingProxyType(
    {"none": 0, "x-weak": 100, "weak": 250, "medium": 500, "strong": 1000, "x-strong": 1500}
)
"""Pauses in ms; a break that says neither time nor strength is a medium one."""
_RATES: Mapping[str, float] = MappingProxyType(
    {"x-slow": 0.6, "slow": 0.8, "medium": 1, "default": 1, "fast": 1.25, "x-fast": 1.6}
)
_PITCHES: Mapping[str, float] = MappingProxyType(
    {"x-low": 0.7, "low": 0.85, "medium": 1, "default": 1, "high": 1.15, "x-high": 1.3}
)
_VOLUMES: Mapping[str, float] = MappingProxyType(
    {"x-soft": -12, "soft": -6, "medium": 0, "default": 0, "loud": 3, "x-loud": 6}
)
"""In dB."""
EMPHASIS: Mapping[str, Manner] = MappingProxyType(
    {
        "strong": Manner(rate=0.85, pitch=1.1, volume=1.259),
        "moderate": Manner(rate=0.92, pitch=1.05, volume=1.122),
        "none": Manner(),
        "reduced": Manner(rate=1.05, pitch=0.95, volume=0.794),
    }
)
_LIMITS: Mapping[str, tuple[float, float]] = MappingProxyType({"rate": (0.2, 2.0), "pitch": (0.5, 1.5)})
"""What all services take, as factors."""
_QUIETEST_DB, _LOUDEST_DB = -40, 12

_TIME = re.compile(r"\+?(\d{1,7}(?:\.\d{1,6})?|\.\d{1,6})\s*(ms|s)")
_NUMBER = r"(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})"
_PERCENT = re.compile(rf"([+-]?){_NUMBER}%")
_FACTOR = re.compile(_NUMBER)
_SEMITONES = re.compile(rf"([+-]?){_NUMBER}st")
_DECIBELS = re.compile(rf"([+-]?){_NUMBER}dB", re.IGNORECASE)


def duration(time: str) -> int | None:
    """Milliseconds of `250ms` or `1.5s`; None for what is no time."""
    found = _TIME.fullmatch(time.strip())
    return round(float(found[1]) * (1000 if found[2] == "s" else 1)) if found else None


def rate(value: str) -> float | None:
    """The factor of a rate; None for what is none, or cannot be asked of an engine."""
    return _RATES.get(value) or _percent(value) or _factor(value)


def pitch(value: str) -> float | None:
    """The factor of a pitch; None for what is none or cannot be asked of an engine: hertz, for the voice's own are not known."""
    found = _SEMITONES.fullmatch(value)
    if found:
        return float(2 ** (_signed(found) / 12))
    return _PITCHES.get(value) or (_percent(value) if value[:1] in ("+", "-") else None)


def volume(value: str) -> float | None:
    """The factor of a volume, of whole dB; None for what is none."""
    if value == "silent":
        return 0.0
    found = _DECIBELS.fullmatch(value)
    if found:
        return _from_decibels(_signed(found))
    if value in _VOLUMES:
        return _from_decibels(_VOLUMES[value])
    number = _FACTOR.fullmatch(value)  # SSML 1.0: 100 is the default, and the loudest
    return _from_decibels(20 * math.log10(float(number[1]) / 100)) if number and 0 < float(number[1]) <= 100 else None


def combined(outer: Manner, inner: Manner) -> Manner:
    """One manner within another, within the limits, in the steps that SSML writes."""
    return Manner(
        _within("rate", outer.rate * inner.rate),
        _within("pitch", outer.pitch * inner.pitch),
        0.0 if not outer.volume * inner.volume else _from_decibels(20 * math.log10(outer.volume * inner.volume)),
    )


def prosody(manner: Manner) -> dict[str, str]:
    """The attributes of `prosody` that ask for a manner; empty for a plain one."""
    manner = combined(manner, Manner())
    attributes = {}
    if manner.rate != 1:
        attributes["rate"] = f"{round(100 * manner.rate)}%"
    if manner.pitch != 1:
        attributes["pitch"] = f"{round(100 * manner.pitch) - 100:+d}%"
    if manner.volume != 1:
        attributes["volume"] = f"{round(20 * math.log10(manner.volume)):+d}dB" if manner.volume else "silent"
    return attributes


def _within(kind: str, factor: float) -> float:
    low, high = _LIMITS[kind]
    return round(min(max(factor, low), high), 2)


def _from_decibels(decibels: float) -> float:
    return round(10 ** (min(max(round(decibels), _QUIETEST_DB), _LOUDEST_DB) / 20), 3)


def _percent(value: str) -> float | None:
    """`90%` is a factor, `-10%` a change."""
    found = _PERCENT.fullmatch(value)
    if not found:
        return None
    return max(0.0, 1 + _signed(found) / 100 if found[1] else float(found[2]) / 100) or None


def _factor(value: str) -> float | None:
    found = _FACTOR.fullmatch(value)
    return (float(found[1]) or None) if found else None


def _signed(found: "re.Match[str]") -> float:
    return float(found[2]) * (-1 if found[1] == "-" else 1)
