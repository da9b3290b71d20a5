"""Classifies the parts of a formula for a listener: whether the end of a part is heard without being told."""

from chaptercast.mathematics.signs import BINARY, OPERATORS, PRIMES, RELATIONS
from chaptercast.mathematics.tree import (
    Accent,
    Fenced,
    Letter,
    Name,
    Node,
    Number,
    Row,
    Scripts,
    Sign,
    Table,
    parts_of,
    walk,
)

CONSTANTS = frozenset("∞∅⊤°∂∇")
PUNCTUATION = frozenset(",;.:…|∣")
RANGED = frozenset(["max", "min", "sup", "inf", "argmax", "argmin", "gcd", "lcm", "limsup", "liminf", "Pr"])
"""Upright names whose subscript is the range that they cover."""


def is_atom(node: Node | None) -> bool:
    """Whether a part is one number, letter, name or constant, perhaps with primes."""
    if isinstance(node, Scripts):
        bare = node.lower is None and node.before_lower is None and node.before_upper is None
        return bare and is_prime(node.upper) and isinstance(node.base, Letter)
    if isinstance(node, Sign):
        return node.text in CONSTANTS
    return isinstance(node, (Number, Letter, Name))


def is_short(node: Node | None) -> bool:
    """Whether a part is an atom, perhaps with a sign before it."""
    if isinstance(node, Row) and len(node.parts) == 2:
        first, second = node.parts
        return isinstance(first, Sign) and first.text in "+−±∓" and is_atom(second)
    return is_atom(node)


def is_prime(node: Node | None) -> bool:
    """Whether a part is a sign of one to four primes."""
    return isinstance(node, Sign) and node.text in PRIMES


def separates(node: Node | None) -> bool:
    """Whether a part, or the edge of a row, cannot be multiplied with its neighbour."""
    if node is None:
        return True
    if isinstance(node, Sign):
        return node.text in RELATIONS or node.text in BINARY or node.text in PUNCTUATION or node.text in "∴∵"
    if isinstance(node, Name):
        return len(node.text) > 1
    return False


def begins(node: Node | None) -> bool:
    """Whether a new term begins after a part. If a fraction's denominator is spoken first, it must not absorb what is added before it."""
    return node is None or (isinstance(node, Sign) and (node.text in RELATIONS or node.text in PUNCTUATION))


def is_operator(node: Node | None) -> bool:
    """Whether a part is a sum, an integral or the like, perhaps with bounds. What follows is its operand."""
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Sign) and base.text in OPERATORS


def is_vector(node: Node | None) -> bool:
    """Whether a product with this part is a product of vectors."""
    if isinstance(node, Scripts):
        return is_vector(node.base)
    if isinstance(node, Sign):
        return node.text == "∇"
    return (isinstance(node, Letter) and node.style == "bold") or (isinstance(node, Accent) and node.kind == "vector")


def is_unit(node: Node | None) -> bool:
    """Whether a part is upright letters: a unit."""
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Name) or (isinstance(base, Letter) and base.style == "upright")


def is_matrix(node: Node | None) -> bool:
    """Whether a part is a bracketed table, or a letter that may stand for one."""
    if isinstance(node, Fenced):
        return isinstance(node.content, Table) or node.opening == "("
    return isinstance(node, Letter) and (node.style == "bold" or node.text.isupper())


def is_differential(node: Node) -> bool:
    """`dy`, `∂²f`, `dx²`, `d`: the numerator or denominator of a derivative."""
    parts = parts_of(node)
    head = parts[0] if parts else None
    base = head.base if isinstance(head, Scripts) and head.lower is None else head
    marked = (isinstance(base, Letter) and base.text == "d") or (isinstance(base, Sign) and base.text == "∂")
    return marked and len(parts) <= 2 and all(is_atom(_unraised(part)) for part in parts[1:])


def _unraised(part: Node) -> Node:
    return part.base if isinstance(part, Scripts) and isinstance(part.upper, Number) and part.lower is None else part


def is_argument(node: Node, *, listed: bool) -> bool:
    """Whether a listener hears the content of the brackets as the function's argument without them: atoms, and marks between them."""
    parts = parts_of(node)
    if not parts or not all(is_atom(parts[index]) for index in range(0, len(parts), 2)) or len(parts) % 2 == 0:
        return False
    marks = parts[1::2]
    return not marks or (listed and all(isinstance(mark, Sign) and mark.text in ",;|∣" for mark in marks))


def letters(node: Node) -> set[str]:
    """The letters of a formula."""
    return {each.text for each in walk(node) if isinstance(each, Letter)}
