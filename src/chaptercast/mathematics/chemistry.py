r"""Parses chemical formulas and equations of mhchem's `\ce{...}`: `SO4^2-`, `2 H2 + O2 -> 2 H2O`, `^{14}_{6}C`, `CuSO4.5H2O`."""

import re

from chaptercast.mathematics import tidy
from chaptercast.mathematics.tree import EMPTY, Compound, Letter, Name, Node, Number, Row, Scripts, Sign, parts_of

ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh "
        "Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn "
        "Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og",
    )
)
_ARROWS = {
    "->": "→",
    "<-": "←",
    "<->": "↔",
    "<=>": "⇌",
    "<=>>": "⇌",
    "<<=>": "⇌",
    "→": "→",
    "⇌": "⇌",
    "↔": "↔",
    "⟶": "→",
}
_TOKEN = re.compile(
    r"(?P<arrow><=>>|<<=>|<=>|<->|->|<-|[→⇌↔⟶])|(?P<space>\s+)|\((?P<state>aq|s|l|g)\)|(?P<element>[A-Z][a-z]?|e(?=\^?\{?[-−]))"
    r"|\^\{(?P<up>[^{}]*)\}|\^(?P<up1>\d*[-+−]|\d+|[a-z•.])|_\{(?P<down>[^{}]*)\}|_(?P<down1>\w)"
    r"|\$(?P<math>[^$]*)\$|(?P<number>\d+(?:[.,/]\d+)?)|(?P<sign>.)",
    re.DOTALL,
)
_COUNT = re.compile(r"(?P<number>\d+)")
_CONDITION = re.compile(r"\[([^\[\]]*)\]")
_CHARGE = re.compile(r"\d*[+−-]")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_RAISED_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")


def read(source: str) -> Compound:
    r"""Parse the content of `\ce{...}`."""
    source = _RAISED_RUN.sub(lambda run: f"^{{{run[0].translate(_RAISED)}}}", source.translate(_LOWERED))
    found: list[Node] = []
    place = 0
    fresh = True
    while match := _TOKEN.match(source, place):
        place = match.end()
        kind = match.lastgroup or ""
        if kind == "number" and not fresh and not match[0].isdecimal():  # CuSO4.5H2O: a count, a dot, another count
            match = _COUNT.match(source, match.start()) or match
            place = match.end()
        if kind == "arrow":
            above, place = _condition(source, place)
            below, place = _condition(source, place)
            found.append(tidy.placed(Sign(_ARROWS[match[0]]), below, above))
        elif kind == "space":
            fresh = True
            continue
        else:
            _add(found, kind, match, source, fresh=fresh)
        fresh = kind == "arrow" or (kind == "sign" and match[0] in "+.*·")
    return Compound(tidy.arranged(found))


def _condition(source: str, place: int) -> tuple[Node | None, int]:
    match = _CONDITION.match(source, place)
    if match is None:
        return None, place
    text = match[1].strip()
    return (read(text).content if re.match(r"[A-Z\\$^]", text) else Name(text)) if text else None, match.end()


def _add(found: list[Node], kind: str, match: "re.Match[str]", source: str, *, fresh: bool) -> None:
    """Add one sign of a formula: an element, a count, a charge, a state."""
    text = match[kind] if kind else match[0]
    if kind == "element":
        found += elements(text)
    elif kind == "state":
        found.append(Name(f"({text})"))
    elif kind in ("up", "up1", "down", "down1"):
        script = tidy.number_or_row(text.replace("-", "−")) if text else EMPTY
        raised = kind.startswith("up")
        if found and not fresh:
            found[-1] = tidy.scripted(found[-1], None if raised else script, script if raised else None)
        else:
            last = found[-1] if found else None
            before = last if isinstance(last, Scripts) and last.base == EMPTY else Scripts(EMPTY)
            if before is last:
                found.pop()
            found.append(Scripts(EMPTY, before.lower if raised else script, script if raised else before.upper))
    elif kind == "number":
        if found and not fresh and _takes_count(found[-1]):
            found[-1] = tidy.scripted(found[-1], Number(text), None)
        else:
            found.append(Number(text))
    elif kind == "math":
        from chaptercast.mathematics import latex

        found += parts_of(latex.read(text))
    else:
        _add_sign(found, text, source[match.end() : match.end() + 1], fresh=fresh)


def _takes_count(part: Node) -> bool:
    return isinstance(part, (Letter, Name)) or (isinstance(part, Sign) and part.text in ")]")


def _add_sign(found: list[Node], text: str, following: str, *, fresh: bool) -> None:
    """Add a charge if the sign stands at the end of a formula; otherwise a plus, a bond or a bracket."""
    if text in "+-−" and found and not fresh and following in ("", " ", ")", "]", "+"):
        found[-1] = tidy.scripted(found[-1], None, Sign("−" if text == "-" else text))
    elif text in ".*·":
        found.append(Sign("⋅"))
    elif text in "{}\\":
        return
    elif text.isalpha():
        found.append(Letter(text, "upright"))
    else:
        found.append(Sign({"-": "−"}.get(text, text)))


def elements(text: str) -> list[Node]:
    """A symbol as an element. Two letters that are not an element are two nodes."""
    if text in ELEMENTS or len(text) == 1:
        return [Letter(text, "upright") if len(text) == 1 else Name(text)]
    return [Letter(letter, "upright") for letter in text]


def compound(parts: tuple[Node, ...]) -> Node | None:
    """Upright letters as a chemical formula, if they are element symbols with counts or charges; otherwise `None`."""
    found: list[Node] = []
    known, counts = 0, 0
    for part in parts:
        base = part.base if isinstance(part, Scripts) else part
        if isinstance(base, (Letter, Name)):
            symbols = _symbols(base.text)
            if not symbols or (isinstance(base, Letter) and base.style not in ("upright", "")):
                return None
            known += len(symbols)
            *heads, last = (node for symbol in symbols for node in elements(symbol))
            found += heads
            if isinstance(part, Scripts):
                if not (_counts(part.lower) and _charges(part.upper)):
                    return None
                counts += 1
                last = Scripts(last, part.lower, part.upper, part.before_lower, part.before_upper)
            found.append(last)
        elif isinstance(part, (Number, Sign)) or (isinstance(part, Scripts) and isinstance(base, Sign)):
            found.append(part)
        else:
            return None
    return Compound(Row(tuple(found))) if counts and known > 1 else None


def _symbols(text: str) -> list[str]:
    found = re.findall(r"[A-Z][a-z]?", text)
    return found if "".join(found) == text and all(each in ELEMENTS for each in found) else []


def _counts(lower: Node | None) -> bool:
    return lower is None or isinstance(lower, Number)


def _charges(upper: Node | None) -> bool:
    return upper is None or all(isinstance(part, (Number, Sign)) for part in parts_of(upper))
