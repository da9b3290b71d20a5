"""The whole pipeline: read, outline, narrate, speak, join and publish a file. The one package that sees all stages.

Its names are imported on first use: the check for unchanged articles needs no stage.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chaptercast.pipeline.estimation import Estimate, estimate
    from chaptercast.pipeline.options import Options, Progress, Tell, untold
    from chaptercast.pipeline.preparation import Outlined, OutlineEntry, Prepared, outlined, prepare, tell_notes
    from chaptercast.pipeline.previews import ALL_VOICES, asked_voices, audition, beginning, record_preview
    from chaptercast.pipeline.publication import Published
    from chaptercast.pipeline.run import Outcome, convert, convert_all
    from chaptercast.pipeline.voice_comparison import Comparison, comparison, record_comparison

__all__ = [
    "ALL_VOICES",
    "Comparison",
    "Estimate",
    "Options",
    "Outcome",
    "OutlineEntry",
    "Outlined",
    "Prepared",
    "Progress",
    "Published",
    "Tell",
    "asked_voices",
    "audition",
    "beginning",
    "comparison",
    "convert",
    "convert_all",
    "estimate",
    "outlined",
    "prepare",
    "record_comparison",
    "record_preview",
    "tell_notes",
    "untold",
]
_MODULES = {
    "voice_comparison": ("Comparison", "comparison", "record_comparison"),
    "estimation": ("Estimate", "estimate"),
    "options": ("Options", "Progress", "Tell", "untold"),
    "preparation": ("OutlineEntry", "Outlined", "Prepared", "outlined", "prepare", "tell_notes"),
    "previews": ("ALL_VOICES", "asked_voices", "audition", "beginning", "record_preview"),
    "publication": ("Published",),
    "run": ("Outcome", "convert", "convert_all"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)
