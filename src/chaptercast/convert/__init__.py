"""The whole way: a file is read, outlined, narrated, spoken, joined and published. The one package that sees all stages."""

from chaptercast.convert.options import Options, Progress, Tell, untold
from chaptercast.convert.preparing import Outlined, OutlineEntry, Prepared, outlined, prepare
from chaptercast.convert.publishing import Published
from chaptercast.convert.run import Outcome, convert, convert_all

__all__ = [
    "Options",
    "Outcome",
    "OutlineEntry",
    "Outlined",
    "Prepared",
    "Progress",
    "Published",
    "Tell",
    "convert",
    "convert_all",
    "outlined",
    "prepare",
    "untold",
]
