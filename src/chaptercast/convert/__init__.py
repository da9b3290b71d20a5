"""The whole way: a file is read, outlined, narrated, spoken, joined and published. The one package that sees all stages."""

from chaptercast.convert.estimating import Estimate, estimate
from chaptercast.convert.options import Options, Progress, Tell, untold
from chaptercast.convert.preparing import Outlined, OutlineEntry, Prepared, outlined, prepare
from chaptercast.convert.previewing import asked_voices, audition, beginning, record_preview
from chaptercast.convert.publishing import Published
from chaptercast.convert.run import Outcome, convert, convert_all

__all__ = [
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
    "convert",
    "convert_all",
    "estimate",
    "outlined",
    "prepare",
    "record_preview",
    "untold",
]
