"""Parses LaTeX mathematics into a tree: the commands of MathJax, KaTeX and pandoc, without user macros.

An unknown command becomes `Unknown`, and parsing goes on after it. A missing argument is empty. A surplus brace is skipped. So every
source gives a tree, and everything that is not understood is named in it.
"""

import re
from functools import lru_cache

from chaptercast.mathematics.latex_commands import COMMANDS
from chaptercast.mathematics.latex_reader import Reader, TooDeepError
from chaptercast.mathematics.tree import LONGEST, Node, Unknown, bounded

_DELIMITED = re.compile(r"\s*(?:\$\$(.*)\$\$|\$(.*)\$|\\\[(.*)\\\]|\\\((.*)\\\))\s*", re.DOTALL)
_STRUCTURE = re.compile(r"\\[A-Za-z(\[]|[\^_]\{|[\^_]\w|^\s*\$.*\$\s*$|\{\\")
_SINGLE_SIGNS = re.compile(r"(?:\s*(?:[^\W\d_](?![^\W\d_])|[\d.,]+|[-+=*/<>()\[\]|!±≤≥×·]))+\s*")


def read(source: str) -> Node:
    """Parse a formula in LaTeX, with or without its dollar signs."""
    return Unknown(source) if len(source) > LONGEST else _read(source)


@lru_cache(maxsize=256)
def _read(source: str) -> Node:
    delimited = _DELIMITED.fullmatch(source)
    text = next((each for each in delimited.groups() if each is not None), "") if delimited else source
    try:
        return bounded(Reader(text, COMMANDS).everything(), source)
    except TooDeepError:
        return Unknown(source)


def looks_like(text: str) -> bool:
    """Whether a text is LaTeX and not words: it has commands or scripts, or consists of single signs."""
    return bool(_STRUCTURE.search(text) or _SINGLE_SIGNS.fullmatch(text))
