"""Turns an article into a chaptered audio recording.

The names in `__all__` are the public Python interface. docs/api.md describes it. It follows semantic versioning: only a major version
breaks what these names promise. Everything else in the package is private and may change with any version.

Each name is imported on first use, so `import chaptercast` itself is fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chaptercast.api import Chapter, Conversion, convert, headings, narrate, outline, read
    from chaptercast.common.units import UNDETERMINED, LanguageTag, Samples
    from chaptercast.document.model import Document, Heading, Metadata, Omission, Reason
    from chaptercast.document.reading_options import PageScope
    from chaptercast.errors import (
        ChaptercastError,
        EngineError,
        ExitCode,
        InputError,
        OutputError,
        ServiceError,
        UsageError,
    )
    from chaptercast.pipeline.options import Options, Progress, Tell
    from chaptercast.script.model import Pause, Say, Script, Section
    from chaptercast.script.narration.options import Code, Notes, Verbosity
    from chaptercast.speech.model import (
        LocalEngine,
        OnlineEngine,
        Plain,
        Prosody,
        Speaker,
        Speech,
        Status,
        Timing,
        Utterance,
        Voice,
    )

__version__ = "0.1.0"

__all__ = [
    "UNDETERMINED",
    "Chapter",
    "ChaptercastError",
    "Code",
    "Conversion",
    "Document",
    "EngineError",
    "ExitCode",
    "Heading",
    "InputError",
    "LanguageTag",
    "LocalEngine",
    "Metadata",
    "Notes",
    "Omission",
    "OnlineEngine",
    "Options",
    "OutputError",
    "PageScope",
    "Pause",
    "Plain",
    "Progress",
    "Prosody",
    "Reason",
    "Samples",
    "Say",
    "Script",
    "Section",
    "ServiceError",
    "Speaker",
    "Speech",
    "Status",
    "Tell",
    "Timing",
    "UsageError",
    "Utterance",
    "Verbosity",
    "Voice",
    "__version__",
    "convert",
    "headings",
    "narrate",
    "outline",
    "read",
]

_MODULES = {
    "api": ("Chapter", "Conversion", "convert", "headings", "narrate", "outline", "read"),
    "common.units": ("UNDETERMINED", "LanguageTag", "Samples"),
    "document.model": ("Document", "Heading", "Metadata", "Omission", "Reason"),
    "document.reading_options": ("PageScope",),
    "errors": (
        "ChaptercastError",
        "EngineError",
        "ExitCode",
        "InputError",
        "OutputError",
        "ServiceError",
        "UsageError",
    ),
    "pipeline.options": ("Options", "Progress", "Tell"),
    "script.model": ("Pause", "Say", "Script", "Section"),
    "script.narration.options": ("Code", "Notes", "Verbosity"),
    "speech.model": (
        "LocalEngine",
        "OnlineEngine",
        "Plain",
        "Prosody",
        "Speaker",
        "Speech",
        "Status",
        "Timing",
        "Utterance",
        "Voice",
    ),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
