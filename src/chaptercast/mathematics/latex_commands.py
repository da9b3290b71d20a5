"""The LaTeX commands longer than one character, and how each parses what follows it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from chaptercast.mathematics import chemistry, tidy
from chaptercast.mathematics.latex_environments import environment, left, substack
from chaptercast.mathematics.latex_reader import Handler, Reader
from chaptercast.mathematics.signs import SAME
from chaptercast.mathematics.tree import (
    EMPTY,
    Fenced,
    Fraction,
    Letter,
    Name,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
    Struck,
    parts_of,
    row,
)

_GAP = Sign(" ")
_IN_TEXT = re.compile(r"\\[A-Za-z]+ ?|[{}\\]")
"""Commands and braces inside words."""


def _fraction(reader: Reader) -> Node:
    return Fraction(reader.argument(), reader.argument())


def _root(reader: Reader) -> Node:
    order = reader.option()
    return Root(reader.argument(), None if order == EMPTY else order)


def _accent(kind: str) -> Handler:
    return lambda reader: tidy.accented(reader.argument(), kind)


def _space(reader: Reader) -> Node | None:
    """A space is nothing, except between upright letters, where it separates names: `m s`."""
    return _GAP if reader.style == "upright" else None


def _nothing(_reader: Reader) -> None:
    """Ignore a command that only changes the look."""


def _sign(text: str) -> Handler:
    return lambda _reader: Sign(text)


def _name(text: str) -> Handler:
    return lambda _reader: Name(text)


def _double(text: str) -> Handler:
    return lambda _reader: Letter(text, "double")


def _styled(style: str) -> Handler:
    """A command that sets its argument's letters in a style."""

    def read(reader: Reader) -> Node:
        before, reader.style = reader.style, style
        found = reader.argument()
        reader.style = before
        return found

    return read


def _style_from_here(style: str) -> Handler:
    def read(reader: Reader) -> None:
        reader.style = style

    return read


def _skips(count: int, *, option: bool = False) -> Handler:
    """A command whose arguments are not shown."""

    def read(reader: Reader) -> None:
        if option:
            reader.option()
        for _ in range(count):
            reader.text()

    return read


def _shows(skipped: int) -> Handler:
    """A command that only changes the look of its last argument."""

    def read(reader: Reader) -> Node:
        reader.option()
        for _ in range(skipped):
            reader.text()
        return reader.argument()

    return read


def _upright(reader: Reader) -> Node:
    """Adjacent upright letters are one name, or a chemical formula. Everything else among them stays as it is."""
    before, reader.style = reader.style, "upright"
    parts = tuple(_words(parts_of(reader.argument())))
    reader.style = before
    return chemistry.compound(parts) or tidy.arranged(parts)


def _words(parts: tuple[Node, ...]) -> list[Node]:
    found: list[Node] = []
    letters = ""
    for part in parts:
        if part == _GAP:
            found += [tidy.upright(letters)] if letters else []
            letters = ""
            continue
        if isinstance(part, Letter) and part.style in ("", "upright") and len(part.text) == 1 and part.text.isalpha():
            letters += part.text
            continue
        if isinstance(part, Scripts) and isinstance(part.base, Letter) and part.base.style in ("", "upright"):
            found.append(tidy.scripted(tidy.upright(letters + part.base.text), part.lower, part.upper))
            letters = ""
            continue
        if letters:
            found.append(tidy.upright(letters))
            letters = ""
        found.append(part)
    if letters:
        found.append(tidy.upright(letters))
    return found


def _text(reader: Reader) -> Node | None:
    """Words inside a formula. Formulas inside the words (`$x$`) are parsed as formulas."""
    if reader.next != "{":
        return reader.argument()
    parts: list[Node] = []
    for index, piece in enumerate(reader.words().split("$")):
        if index % 2:
            parts.append(Reader(piece, reader.commands).everything())
        elif words := " ".join(_IN_TEXT.sub("", piece.replace("~", " ").replace("\\ ", " ")).split()):
            parts.append(tidy.upright(words))
    return tidy.arranged(parts) if parts else None


def _over(reader: Reader) -> Node:
    r"""`\overset`, `\stackrel`: the first argument above the second."""
    above, base = reader.argument(), reader.argument()
    return tidy.placed(base, None, above)


def _under(reader: Reader) -> Node:
    below, base = reader.argument(), reader.argument()
    return tidy.placed(base, below, None)


def _arrow(sign: str) -> Handler:
    def read(reader: Reader) -> Node:
        below = reader.option()
        return tidy.placed(Sign(sign), below, reader.argument())

    return read


def _binomial(reader: Reader) -> Node:
    return tidy.binomial(reader.argument(), reader.argument())


def _between(opening: str, closing: str) -> Handler:
    return lambda reader: tidy.fence(opening, parts_of(reader.argument()), closing)


def _not(reader: Reader) -> Node:
    """A crossed-out relation."""
    part = reader.argument()
    if isinstance(part, Sign):
        crossed = SAME.get(part.text, part.text)
        together = {"=": "≠", "∈": "∉", "⊂": "⊄", "⊆": "⊈", "∃": "∄", "≡": "≢", "∣": "∤", "∥": "∦", "<": "≮", ">": "≯"}
        together |= {"≤": "≰", "≥": "≱", "≈": "≉", "∼": "≁", "∋": "∌"}
        if crossed in together:
            return Sign(together[crossed])
    return Struck(part)


def _mod(reader: Reader) -> Node:
    return Fenced("(", Row((Name("mod"), *parts_of(reader.argument()))), ")")


def _derivative(sign: Node) -> Handler:
    r"""`\dv{y}{x}`, `\pdv[2]{f}{x}` of the package physics."""

    def read(reader: Reader) -> Node:
        order = reader.option()
        first = reader.argument()
        if reader.next != "{":
            return Fraction(sign, row([sign, *parts_of(first)]))
        second = reader.argument()
        above = tidy.scripted(sign, None, order)
        below = row([sign, *parts_of(tidy.scripted(second, None, order))])
        return Fraction(row([above, *parts_of(first)]), below)

    return read


def _chemical(reader: Reader) -> Node:
    return chemistry.read(reader.words())


def _units(reader: Reader) -> Node:
    r"""`\SI{3}{m/s}`: a number and its unit."""
    reader.option()
    number = reader.argument()
    return Row((*parts_of(number), *_words(parts_of(reader.argument()))))


def _multiplied(text: str) -> Handler:
    return lambda reader: Row((Letter(text), *parts_of(reader.argument())))


_NAMES = re.findall(
    r"\w+",
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp lim max min sup inf det dim gcd ker deg arg hom Pr "
    "limsup liminf argmax argmin lcm tr rank sgn grad curl rot diag Tr erf var cov sech csch arccot",
)
COMMANDS: Mapping[str, Handler] = MappingProxyType(
    {
        **dict.fromkeys(["frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac", "xfrac"], _fraction),
        **dict.fromkeys(["binom", "dbinom", "tbinom"], _binomial),
        "sqrt": _root,
        "begin": environment,
        "left": left,
        "substack": substack,
        **dict.fromkeys(["overset", "stackrel"], _over),
        "underset": _under,
        "xrightarrow": _arrow("→"),
        "xleftarrow": _arrow("←"),
        "xleftrightarrow": _arrow("↔"),
        "xRightarrow": _arrow("⇒"),
        "xrightleftharpoons": _arrow("⇌"),
        "not": _not,
        "pmod": _mod,
        "bmod": _name("mod"),
        "mod": _name("mod"),
        "pod": _between("(", ")"),
        "abs": _between("|", "|"),
        "norm": _between("‖", "‖"),
        "ceil": _between("⌈", "⌉"),
        "floor": _between("⌊", "⌋"),
        "set": _between("{", "}"),
        "bra": _between("⟨", "|"),
        "ket": _between("|", "⟩"),
        "braket": _between("⟨", "⟩"),
        "ev": _between("⟨", "⟩"),
        "dv": _derivative(Letter("d")),
        "pdv": _derivative(Sign("∂")),
        "dd": _multiplied("d"),
        "ce": _chemical,
        "cf": _chemical,
        **dict.fromkeys(["SI", "qty"], _units),
        **dict.fromkeys(["si", "unit"], _upright),
        "num": lambda reader: reader.argument(),
        **{name: _accent(kind) for name, kind in {
            "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde", "bar": "bar", "overline": "bar",
            "vec": "vector", "overrightarrow": "vector", "dot": "dot", "ddot": "double dot", "dddot": "triple dot",
            "check": "check", "breve": "breve", "acute": "acute", "grave": "grave", "mathring": "ring",
            "underline": "underline", "underbar": "underline", "overbrace": "overbrace", "underbrace": "underbrace",
            "overbracket": "overbrace", "underbracket": "underbrace", "overleftarrow": "left arrow",
            "overleftrightarrow": "double arrow", "wideparen": "arc", "overparen": "arc", "overarc": "arc",
        }.items()},
        **dict.fromkeys(["cancel", "bcancel", "xcancel", "sout"], lambda reader: Struck(reader.argument())),
        **dict.fromkeys(["boxed", "fbox", "mathstrut", "smash", "mathop", "mathbin", "mathrel", "mathord", "mathopen"],
                        _shows(0)),
        **dict.fromkeys(["mathclose", "mathpunct", "mathinner", "ensuremath", "displaylines", "vcenter", "hbox"], _shows(0)),
        **dict.fromkeys(["textcolor", "colorbox", "href", "class", "cssId", "style", "raisebox", "htmlClass"], _shows(1)),
        "color": _skips(1),
        **dict.fromkeys(["text", "textrm", "textnormal", "mbox", "textup", "textsf", "texttt", "textit", "textbf"], _text),
        **dict.fromkeys(["intertext", "shortintertext"], _text),
        **dict.fromkeys(["mathrm", "rm", "operatorname", "mathup", "operatornamewithlimits"], _upright),
        **dict.fromkeys(["mathbf", "boldsymbol", "bm", "pmb", "symbf", "mathbfit"], _styled("bold")),
        **dict.fromkeys(["mathcal", "mathscr", "symcal"], _styled("script")),
        "mathfrak": _styled("fraktur"),
        **dict.fromkeys(["mathbb", "Bbb", "mathds"], _styled("double")),
        **dict.fromkeys(["mathit", "mathsf", "mathtt", "mathnormal"], _shows(0)),
        **dict.fromkeys(["bf", "bold", "boldmath"], _style_from_here("bold")),
        "cal": _style_from_here("script"),
        "frak": _style_from_here("fraktur"),
        **{name: _double(name) for name in "RNZQC"},
        "reals": _double("R"),
        **dict.fromkeys(["label", "hspace", "vspace", "hskip", "vskip", "notag", "phantom", "hphantom", "vphantom"],
                        _skips(1)),
        **dict.fromkeys(["hline", "nonumber", "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "limits"],
                        _nothing),
        **dict.fromkeys(["nolimits", "quad", "qquad", "enspace", "thinspace", "medspace", "thickspace", "allowbreak"],
                        _nothing),
        **dict.fromkeys(["negthinspace", "nobreak", "noindent", "centering", "tiny", "small", "large", "Large", "right"],
                        _nothing),
        **dict.fromkeys([prefix + side for prefix in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")],
                        _nothing),
        **dict.fromkeys(["notag", "nonumber", "mathstrut", "strut", "relax", "null", "it", "sf", "tt", "sl"], _nothing),
        **dict.fromkeys([",", ";", ":", " ", ">", "\n", "quad", "enspace", "thinspace"], _space),
        **dict.fromkeys(["!", "/", "-", "@", "middle", "protect", "leavevmode"], _nothing),
        "tag": lambda reader: tidy.fence("(", (Name(reader.words().strip() or "*"),), ")"),
        "rule": _skips(2, option=True),
        "|": _sign("‖"),
        "lbrace": _sign("{"),
        **{name: _name(name) for name in _NAMES},
        "divergence": _name("div"),
        "varlimsup": _name("limsup"),
        "varliminf": _name("liminf"),
    }
)  # fmt: skip
"""By the name of the command."""
