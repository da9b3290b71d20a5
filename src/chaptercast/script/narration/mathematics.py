"""Formulas: simple LaTeX read in words, as one would say it on the telephone. What is no LaTeX (alternative text) stays as it is."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

LONGEST = 400
"""Characters: a longer formula is read sign by sign, not understood."""
_DEEPEST = 12
"""Groups within groups, likewise."""

_IS_LATEX = re.compile(r"\\[A-Za-z]|[\^_{}]")
_NAMED = r"\\(?:text\w*|mathrm|operatorname|mbox)\*?\s*\{[^{}]*\}"
"""A stretch of upright text: words or a unit, not letters to be multiplied."""
_TOKEN = re.compile(_NAMED + r"|\\[A-Za-z]+\*?|\\.|\d+(?:[.,]\d+)*|[^\W\d_]|\S", re.DOTALL)

COMMANDS: Mapping[str, str] = MappingProxyType(
    tomllib.loads(Path(__file__).with_name("latex.toml").read_text(encoding="utf-8"))
)
"""LaTeX commands that are one sign."""

_SILENT = frozenset(
    [
        *(
            "left",
            "right",
            "big",
            "Big",
            "bigl",
            "bigr",
            "displaystyle",
            "textstyle",
            "limits",
            "nolimits",
            "quad",
            "qquad",
        ),
        *("mathbf", "mathit", "mathsf", "mathcal", "mathbb", "boldsymbol", "text", "mathrm", "operatorname"),
        *(",", ";", ":", "!", " ", "\\"),
    ]
)
"""Commands that only set how something looks; what they hold is read."""
_UNSAID = frozenset("}&~")
_FRACTIONS = frozenset(["frac", "dfrac", "tfrac", "cfrac"])
_OPERATORS = frozenset("∑∏∫") | {"lim"}

NEUTRAL: Mapping[str, Any] = MappingProxyType(
    {
        "fraction": "{a}/{b}",
        "long-fraction": "({a})/({b})",
        "squared": "{a}²",
        "cubed": "{a}³",
        "power": "{a}^{b}",
        "index": "{a} {b}",
        "root": "√{a}",
        "nth-root": "{b}√{a}",
        "range": "{operator} {a} {b}",
        "over": "{operator} {a}",
        "limit": "lim {a}",
        "degrees": "{a}°",
        "prime": "{a}′",
        "signs": MappingProxyType({}),
    }
)
"""How formulas are put where the narrator has no words for them."""


def formula(source: str, words: Mapping[str, Any]) -> str:
    """A formula in words: `words` is the table `math` of a language, or empty."""
    text = source.strip().strip("$").strip()
    if not _IS_LATEX.search(text):
        return text
    if len(text) <= LONGEST:
        reader = _Reader(text, words or NEUTRAL)
        spoken = reader.group(0)
        if reader.understood:
            return spoken
    return " ".join(re.sub(r"[\\{}^_&$]", " ", text).split())


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, text: str, words: Mapping[str, Any]) -> None:
        self._tokens: Iterator[str] = iter(_TOKEN.findall(text))
        self._next = next(self._tokens, "")
        self._words = words
        self.understood = True

    def group(self, depth: int) -> str:
        """What stands up to the closing brace, or up to the end."""
        said: list[str] = []
        while self._next and not (depth and self._next == "}") and self.understood:
            part = self._scripted(depth)
            if part:
                said.append(part)
        self._take()
        return " ".join(said)

    def _take(self) -> str:
        token, self._next = self._next, next(self._tokens, "")
        return token

    def _argument(self, depth: int) -> str:
        """What a command or a `^` applies to: a group or one sign."""
        if depth > _DEEPEST:
            self.understood = False
            return ""
        if self._next == "{":
            self._take()
            return self.group(depth + 1)
        return self._atom(depth + 1)

    def _scripted(self, depth: int) -> str:
        """A sign or a group with what is raised or lowered beside it."""
        base = "" if self._next in ("^", "_") else self._atom(depth)
        lower = upper = ""
        while self._next in ("^", "_", "'") and self.understood:
            mark = self._take()
            if mark == "'":
                base = self._words["prime"].format(a=base)
            elif mark == "^":
                upper = f"{upper} {self._argument(depth)}".strip()
            else:
                lower = f"{lower} {self._argument(depth)}".strip()
        return self._with_scripts(base, lower, upper)

    def _with_scripts(self, base: str, lower: str, upper: str) -> str:
        words = self._words
        if base == self._sign("lim") and lower and not upper:
            return str(words["limit"].format(a=lower))
        if base in {self._sign(operator) for operator in _OPERATORS} and lower:
            return str(words["range" if upper else "over"].format(operator=base, a=lower, b=upper))
        if lower:
            base = words["index"].format(a=base, b=lower)
        if upper:
            name = {"2": "squared", "3": "cubed", "∘": "degrees", "′": "prime"}.get(upper, "power")
            base = words[name].format(a=base, b=upper)
        return base.strip()

    def _atom(self, depth: int) -> str:
        sign = self._take()
        if sign == "{":
            return self.group(depth + 1) if depth <= _DEEPEST else self._give_up()
        if sign.startswith("\\"):
            return self._command(sign, depth)
        return "" if sign in _UNSAID else self._sign(sign)

    def _command(self, command: str, depth: int) -> str:
        if len(command) > 2 and command.endswith("}"):
            return command[command.index("{") + 1 : -1].strip()
        name = command[1:].rstrip("*")
        if name in _FRACTIONS:
            return self._fraction(depth)
        if name == "sqrt":
            return self._root(depth)
        if name in ("begin", "end"):
            return self._give_up()
        return "" if name in _SILENT else self._sign(COMMANDS.get(name, name))

    def _give_up(self) -> str:
        self.understood = False
        return ""

    def _sign(self, sign: str) -> str:
        sign = "−" if sign == "-" else sign
        return str(self._words["signs"].get(sign, sign))

    def _fraction(self, depth: int) -> str:
        above, below = self._argument(depth), self._argument(depth)
        long = " " in above or " " in below
        return str(self._words["long-fraction" if long else "fraction"].format(a=above, b=below))

    def _root(self, depth: int) -> str:
        order = ""
        if self._next == "[":
            self._take()
            while self._next and self._next != "]":
                order += self._take()
            self._take()
        return str(self._words["nth-root" if order else "root"].format(a=self._argument(depth), b=order))
