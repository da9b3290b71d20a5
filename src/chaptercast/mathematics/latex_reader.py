"""The reader of LaTeX mathematics: the commands of MathJax, KaTeX and pandoc, without user macros.

An unknown command becomes `Unknown`, and parsing goes on after it. A missing argument is empty. A surplus brace is skipped. So every
source gives a tree, and everything that is not understood is named in it.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from chaptercast.mathematics import tidy
from chaptercast.mathematics.signs import LOWERED, RAISED, SUBSCRIPTS, SUPERSCRIPTS, one
from chaptercast.mathematics.tree import (
    DEEPEST,
    EMPTY,
    Accent,
    Fraction,
    Node,
    Number,
    Row,
    Scripts,
    Sign,
    Unknown,
    parts_of,
    row,
)

_SYMBOLS: Mapping[str, str] = MappingProxyType(
    tomllib.loads(Path(__file__).with_name("symbols.toml").read_text(encoding="utf-8"))
)
"""Commands that stand for one character."""

_TOKEN = re.compile(
    r"\\[A-Za-z]+\*?|\\.|\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+|\{,\}\d+)?|(?<![\d\w])\.\d+|%[^\n]*|[^\W\d_]\u0338?|\S",
    re.DOTALL,
)
_RAISED_RUN = re.compile(f"[{''.join(RAISED)}]+")
_LOWERED_RUN = re.compile(f"[{''.join(LOWERED)}]+")
_END = frozenset(["}", ""])
_CELL_END = frozenset(["}", "", "&", "\\\\", "\\cr", "\\newline", "\\end"])
Handler = Callable[["Reader"], "Node | None"]


class TooDeepError(Exception):
    """Raised when groups are nested beyond the limit."""


class Reader:
    """Parses one formula from left to right. `commands` has a handler for each command name."""

    def __init__(self, source: str, commands: Mapping[str, Handler]) -> None:
        if not source.isascii():
            source = _RAISED_RUN.sub(lambda run: f"^{{{run[0].translate(SUPERSCRIPTS)}}}", source)
            source = _LOWERED_RUN.sub(lambda run: f"_{{{run[0].translate(SUBSCRIPTS)}}}", source)
        self.commands = commands
        self._source = source
        self._tokens = [piece for piece in _TOKEN.findall(source) if piece[0] != "%"]
        self._tokens.reverse()
        self._starts: list[int] = []
        """The starts of the tokens, from the last to the first. Computed on first use."""
        self._depth = 0
        self.style = ""
        """The style of letters."""

    @property
    def next(self) -> str:
        """The next token, not consumed; empty at the end."""
        return self._tokens[-1] if self._tokens else ""

    def take(self) -> str:
        """Consume the next token."""
        return self._tokens.pop() if self._tokens else ""

    def put_back(self, piece: str) -> None:
        """Put a token back, so that it comes next."""
        self._tokens.append(piece)

    def everything(self) -> Node:
        """Parse the whole formula, skipping surplus closing braces. Several lines are a table even without an environment."""
        rows: list[list[Node]] = [[]]
        while self.next:
            rows[-1].append(self.row(_CELL_END))
            piece = self.take()
            if piece in ("\\\\", "\\cr", "\\newline"):
                rows.append([])
            elif piece == "\\end":
                self.name()
        rows = [each for each in rows if any(cell != EMPTY for cell in each)]
        if len(rows) > 1:
            return tidy.table(rows, "lines")
        return tidy.arranged(rows[0]) if rows else EMPTY

    def row(self, ends: frozenset[str] = _END) -> Node:
        """Parse up to one of the tokens in `ends`, which is not consumed."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooDeepError
        style = self.style
        found: list[Node] = []
        while self.next not in ends:
            piece = self.next
            if piece in ("\\over", "\\atop", "\\choose"):
                found = [self._infix(self.take(), found, ends)]
                break
            if piece in ("^", "_", "'", "’"):
                base = found.pop() if found else EMPTY
                found.append(self._scripts(base))
                continue
            self._one(found)
        self.style = style
        self._depth -= 1
        return tidy.arranged(found)

    def _infix(self, command: str, above: list[Node], ends: frozenset[str]) -> Node:
        below = self.row(ends)
        over = tidy.arranged(above)
        return tidy.binomial(over, below) if command == "\\choose" else Fraction(over, below, line=command == "\\over")

    def _one(self, found: list[Node]) -> None:
        """Parse the next part, and add it to `found`."""
        piece = self.take()
        if piece == "{":
            inner = self.row()
            self._close()
            found.append(inner if isinstance(inner, Row) else Row((inner,)))
        elif piece[0] == "\\":
            part = self.command(piece)
            if part is not None:
                found.append(part)
        elif piece[0].isdecimal() or (piece[0] == "." and len(piece) > 1):
            found.append(Number(piece.replace("{,}", ",")))
        elif piece not in ("}", "~", "&"):
            if len(piece) == 2 and piece[1] == "\u0338":  # a stroke through a letter
                piece = piece[0]
            found.append(one(piece, self.style))

    def _close(self) -> None:
        if self.next == "}":
            self.take()

    def _scripts(self, base: Node) -> Node:
        """A part with its scripts."""
        if isinstance(base, Row) and len(base.parts) == 1:
            base = base.parts[0]
        below: list[Node] = []
        above: list[Node] = []
        while self.next in ("^", "_", "'", "’"):
            mark = self.take()
            if mark in "'’":
                above.append(Sign("′"))
            else:
                (below if mark == "_" else above).extend(parts_of(self.argument()))
        lower, upper = row(below) if below else None, row(above) if above else None
        if base == EMPTY:
            return Scripts(EMPTY, lower, upper) if lower is not None or upper is not None else EMPTY
        return (
            tidy.placed(base, lower, upper)
            if isinstance(base, Accent) and base.kind in _BRACES
            else tidy.scripted(base, lower, upper)
        )

    def argument(self) -> Node:
        """The argument of a command or a `^`: a group, a command with its own arguments, or one character."""
        piece = self.take()
        if piece == "{":
            inner = self.row()
            self._close()
            return inner
        if piece in _CELL_END or piece in ("^", "_"):
            if piece:
                self.put_back(piece)
            return EMPTY
        if len(piece) > 1 and piece[0].isdecimal():
            self.put_back(piece[1:])
            return Number(piece[0])
        found: list[Node] = []
        self.put_back(piece)
        self._one(found)
        return tidy.arranged(found)

    def option(self) -> Node | None:
        """The content of square brackets, if there are any."""
        if self.next != "[":
            return None
        self.take()
        inner = self.row(frozenset(["]", "}", ""]))
        if self.next == "]":
            self.take()
        return inner

    def text(self) -> str:
        """An argument as text: the joined tokens of a group."""
        if self.next != "{":
            return self.take() if self.next not in _CELL_END else ""
        self.take()
        parts: list[str] = []
        depth = 1
        while self.next:
            piece = self.take()
            depth += (piece == "{") - (piece == "}")
            if not depth:
                break
            parts.append(piece)
        return "".join(parts)

    def words(self) -> str:
        """An argument as written, with its spaces."""
        if self.next != "{":
            return self.take() if self.next not in _CELL_END else ""
        if not self._starts:
            self._starts = [m.start() for m in _TOKEN.finditer(self._source) if m[0][0] != "%"][::-1]
        start = self._starts[len(self._tokens) - 1] + 1
        self.text()
        end = self._starts[len(self._tokens)] if self._source[self._starts[len(self._tokens)]] == "}" else None
        return self._source[start:end]

    def name(self) -> str:
        """The name of an environment."""
        return self.text().replace("*", "").strip()

    def command(self, piece: str) -> Node | None:
        """The node of a command; `None` if it only changes the look."""
        name = piece[1:].rstrip("*") or piece[1:]
        symbol = _SYMBOLS.get(name)
        if symbol is not None:
            return one(symbol, self.style if symbol.isalpha() else "")
        handler = self.commands.get(name)
        if handler is not None:
            self._depth += 1
            if self._depth > DEEPEST:
                raise TooDeepError
            found = handler(self)
            self._depth -= 1
            return found
        if not name[:1].isalpha():
            return Sign(name) if name.isprintable() and name not in "()[]\\" else None
        return Unknown(piece)


_BRACES = frozenset(["overbrace", "underbrace", "overbracket", "underbracket"])
