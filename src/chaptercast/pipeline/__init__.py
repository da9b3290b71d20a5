"""The whole way: a file is read, outlined, narrated, spoken, joined and published. The one package that sees all stages.

Its names are loaded when they are first used: whether an article is as it was is found out without the stages.
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
    "comparing": ("Comparison", "comparison", "record_comparison"),
    "estimating": ("Estimate", "estimate"),
    "options": ("Options", "Progress", "Tell", "untold"),
    "preparing": ("OutlineEntry", "Outlined", "Prepared", "outlined", "prepare", "tell_notes"),
    "previewing": ("ALL_VOICES", "asked_voices", "audition", "beginning", "record_preview"),
    "publishing": ("Published",),
    "run": ("Outcome", "convert", "convert_all"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)
