"""Rules for American addresses: numbers of houses, directions and kinds of streets, states, codes of the post."""

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.english.number_grammar import TONGUE
from chaptercast.script.normalise.western.number_grammar import follows, pattern_of, precedes

_STATES: dict[str, str] = TONGUE.table["states"]
_STREETS: dict[str, str] = TONGUE.table["street_names"]
_STREET = TONGUE.table["grammar"]["streets"]
_DIRECTIONS = {
    "N": "North",
    "S": "South",
    "E": "East",
    "W": "West",
    "NE": "Northeast",
    "NW": "Northwest",
    "SE": "Southeast",
    "SW": "Southwest",
}
_NAME = r"(?:[A-Z][\w'’]+|\d{1,3}(?:st|nd|rd|th))"
_ADDRESS = rf"(?: (?:{'|'.join(_DIRECTIONS)})\.?)?(?: {_NAME}){{0,3}}? (?:{_STREET})(?!\w)"
_AFTER_STATE = rf"{pattern_of(_STATES.values())},? "
_TOWN = r",? (?:[A-Z][a-z]+(?: [A-Z][a-z]+)?, )?[A-Z]{2}\b|,? [A-Z][a-z]+,|,? (?:Apt|Suite|Unit|#)"
_WORDS = frozenset({"HI", "IN", "ME", "OH", "OK", "OR"})
"""States that are as well words in capitals: they need a code after them."""


def _house(found: Match) -> str:
    """By halves: three fifty, twenty-seven eighty-eight."""
    return TONGUE.whole(found[0]) if len(found[0]) > 4 else TONGUE.name(found[0])


def _direction(found: Match) -> str:
    return f"{_DIRECTIONS[found['direction']]} "


def _street(found: Match) -> str | None:
    """After the number of a house or of the street, or before a town."""
    house = rf"(?<![\w.,])\d{{1,5}}(?: (?:{'|'.join(_DIRECTIONS)})\.?)?(?: {_NAME}){{1,3}} "
    sure = precedes(rf"{house}|\d(?:st|nd|rd|th) ", found, 40) or follows(_TOWN, found)
    return _STREETS[found["kind"]] if sure else None


def _code(found: Match) -> str | None:
    """After the full name of a state, or of the district."""
    if found[0].startswith("D"):
        return f"D C {TONGUE.spelled(found[0].rpartition(' ')[2])}"
    return TONGUE.spelled(found[0]) if precedes(_AFTER_STATE, found) else None


def _state(found: Match) -> str | None:
    code, state = found["code"], _STATES[found["state"]]
    if not code and found["state"] in _WORDS:
        return None
    if not code:
        return state if follows(r"(?:\s*\Z|[.,;:)]| (?!\d))", found) else None
    return f"{state}{found['gap']}{TONGUE.spelled(code)}"


RULES: tuple[Rule, ...] = (
    rule("code of the post", r"(?<![\w.,-])(?:D\.C\.,? )?\d{5}(?:-\d{4})?(?![\w-]|[.,]\d)", _code),
    rule("number of a house", rf"(?<![\w.,/#$£€-])\d{{2,5}}(?={_ADDRESS})", _house),
    rule(
        "direction of a street",
        rf"(?<=\d )(?P<direction>{pattern_of(_DIRECTIONS)})\.? (?=(?:{_NAME} ){{1,3}}(?:{_STREET}|st)(?!\w))",
        _direction,
    ),
    rule(
        "kind of a street",
        rf"(?<=[a-z] )(?<!\bthe )(?P<kind>{pattern_of(_STREETS)})(?![\w.])",
        _street,
        needs="ADESRLCPHB",
    ),
    rule(
        "state",
        rf"(?<=[a-z], )(?P<state>{pattern_of(_STATES)})(?:(?P<gap>,? )(?P<code>\d{{5}}(?:-\d{{4}})?))?(?![\w-])",
        _state,
        needs="ACDFGHIKLMNOPRSTUVW",
    ),
)
