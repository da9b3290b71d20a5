"""Chinese rules for numbers that name and do not count: versions, codes, rooms, aircraft, names that mix letters and digits."""

import re
from string import ascii_letters

from chaptercast.script.normalise.chinese.grammar import CONTEXTS, HAN, counts, is_named, near
from chaptercast.script.normalise.chinese.numerals import cardinal, digits, name, number
from chaptercast.script.normalise.chinese.years import one_by_one
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_TWO = 2
_MOST_AS_NUMBER, _MOST_BEFORE_A_SPACE, _MOST_LISTED = 2, 3, 4


def _version(found: Match) -> str:
    return "点".join(name(part) for part in found[0].split("."))


def _named(found: Match) -> str | None:
    """`歼-20`: the hyphen is silent."""
    return name(found[1]) if is_named(before(found, 8)) else None


def _after_letters(found: Match) -> str:
    """The number in a name: `A4`, `F-16`, `PM2.5`."""
    return number(found["number"]) if "." in found["number"] else name(found["number"])


def _after_word(found: Match) -> str | None:
    """The number after a foreign word and a space: `RTX 4090`. A shorter one is an ordinary number."""
    following = after(found, 4)
    return None if counts(following) or following[:1] in tuple("年月日") else name(found[0])


def _before_letters(found: Match) -> str:
    """`5G`, `4K`; `720P` and `737MAX` digit by digit."""
    letters = after(found, 3)
    if (
        found[0].isdigit() and len(found[0]) > _MOST_AS_NUMBER and re.search("[A-Za-z] \\Z", before(found, 2))
    ):  # RTX 2080Ti
        return name(found[0])
    if letters[0] == " " and re.fullmatch("(?:19|20)(?!00)[0-4]\\d|19\\d\\d", found[0]) and letters[1:2].isupper():
        return digits(found[0])
    listed = letters[0] in "Pp" if not letters[1:2].isascii() or not letters[1:2].isalpha() else letters[:2].isupper()
    few = _MOST_AS_NUMBER < len(found[0]) <= (_MOST_BEFORE_A_SPACE if letters[0] == " " else _MOST_LISTED)
    return digits(found[0]) if listed and few else number(found[0], liang=len(found[0]) > _MOST_AS_NUMBER)


def _beside(found: Match) -> str | None:
    """`2、3个`: an approximate number, spoken without a pause. `3、4月` are months."""
    low, high = int(found[1]), int(found[2])
    if high != low + 1 or not counts(found.string[found.end() :][:8]):
        return None
    return f"{_some(low)}{_some(high)}"


def _some(count: int) -> str:
    return "两" if count == _TWO else cardinal(str(count))


def _ordinal(found: Match) -> str:
    return f"第{cardinal(found[1], liang=False)}"


def _path(found: Match) -> str:
    """`/etc/hosts`, with its signs."""
    signs = {"/": "斜杠", ".": "点", "-": "横杠", "_": "下划线", "~": "波浪号"}
    return "".join(digits(sign) if sign.isdigit() else signs.get(sign, sign) for sign in found[0].rstrip("/"))


def _wireless(found: Match) -> str:
    return "点".join(map(digits, found[0].split(".")))


def _bus(found: Match) -> str | None:
    return digits(found[0]) if near("buses", before(found, 24)) else None


def _quarter(found: Match) -> str | None:
    """Not `Q1：` in questions and answers."""
    return None if after(found, 1) in tuple("：:、.") else f"第{cardinal(found[1])}季度"


RULES: tuple[Rule, ...] = (
    rule("number one", r"(?<![A-Za-z])[Nn][Oo]\.? ?(?=\d)", "第", needs="Nn"),
    rule("ordinal in English", r"(?<![\d.A-Za-z-])(\d{1,3})(?:st|nd|rd|th)(?![A-Za-z])", _ordinal, needs="snrt"),
    rule("path", r"(?<![A-Za-z\d/.:)）])~?(?:/[A-Za-z\d._-]*[A-Za-z\d]){2,}/?", _path, needs="/"),
    rule("some", r"(?<=[^\s\d.、-])([1-8])、([2-9])(?=[^\d、.])", _beside, needs="、"),
    rule("number with a sign", r"(?<![\w&])#(?=\d+(?![A-Fa-f\d]))", "", needs="#"),
    rule("wireless standard", r"(?<![\d.])802\.\d{1,2}(?![\d.])", _wireless, needs="."),
    rule("version", r"(?<![\d.])\d{1,4}(?:\.\d{1,4}){2,4}(?!\d|\.\d)", _version, needs="."),
    rule("room", rf"(?<![\d.有共个约])\d{{3,4}}(?={CONTEXTS['rooms']})", one_by_one, needs="室房宿寝教病号包"),
    rule("bus", r"(?<![\d.])\d{3}(?=(?:[、和]\w{1,4}){0,6}路)", _bus, needs="路"),
    rule("road", rf"(?<!\d)\d{{3}}(?={CONTEXTS['roads']})", one_by_one, needs="路国省县"),
    rule(
        "school programme", rf"(?<![\d.])(?:985|211)(?=(?:[、/和及])?(?:985|211)?(?:{CONTEXTS['schools']}))", one_by_one
    ),
    rule("working hours", r"(?<![\d.])(?:996|007|955)(?=工作制|加班|模式|文化|[”》])", one_by_one, needs="工加模文”》"),
    rule("shopping day", r"(?<![\d.])(?:618|315)(?=大促|购物|电商|年中|活动|期间|晚会|消费|促销|[”》])", one_by_one),
    rule(
        "aircraft",
        r"(?:(?<=波音)|(?<=空客))\d{3}|(?<![\d.])7[0-8]7(?=客机|飞机|机型|MAX)",
        one_by_one,
        needs="音客机飞M",
    ),
    rule("quarter", r"(?<![A-Za-z0-9])Q([1-4])(?![A-Za-z0-9])", _quarter, needs="Q"),
    rule("number of a named thing", rf"(?<=[{HAN}”\"])[-–](\d{{1,4}})(?![\d.%°,/]|[元度])", _named, needs="-–"),
    rule(
        "number after letters",
        r"(?<=[A-Za-zα-ω])[-–]?(?P<number>\d+(?:\.\d+)?)(?!\.\d)",
        _after_letters,
        needs=ascii_letters,
    ),
    rule(
        "number after a foreign word",
        r"(?<=[A-Za-z] )\d{3,4}(?![\d.,%°/:-])(?! ?[A-Za-z])",
        _after_word,
        needs=ascii_letters,
    ),
    rule(
        "number before letters",
        r"(?<![\d.A-Za-z])\d+(?:\.\d+)?(?= ?[A-Za-z])",
        _before_letters,
        needs=ascii_letters + "αβγδεζηθικλμνξοπρστυφχψω",
    ),
)
