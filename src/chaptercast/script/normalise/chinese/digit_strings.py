"""Chinese rules for numbers that are read digit by digit: of books, people, accounts, cars, standards, computers."""

import re
from string import ascii_uppercase

from chaptercast.script.normalise.chinese.grammar import CONTEXTS, HAN, listed, near
from chaptercast.script.normalise.chinese.numerals import cardinal, digits
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_MOST_AS_NUMBER = 2
_FEWEST = 3
"""The minimum number of digits of a code. Fewer digits are a number, a day or a rank."""
_YEAR = r"(?:19|20)\d\d"
_BODIES = r"(?:ISO|IEC|IEEE|ISO/IEC|GB|GB/T|GB/Z|RFC|EN|DIN|ASTM|ANSI|JIS|[A-Z]{2}/T|DB\d\d/T)"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_LARGEST_OCTET = 255


def copied(written: str) -> str:
    """Digits one by one, letters unchanged, and a pause for every separator between groups."""
    groups = re.findall(r"[A-Za-z\d]+", written)
    return "，".join(re.sub(r"\d+", lambda run: digits(run[0]), group) for group in groups)


def _copied(found: Match) -> str:
    return copied(found[0])


def _code(found: Match) -> str | None:
    """After 账号, 车牌, 验证码 and the like, or in a list after them."""
    if sum(map(str.isdigit, found[0])) < _FEWEST or re.match(CONTEXTS["not_copied"], after(found, 4)):
        return None
    return copied(found[0]) if near("labels", listed(before(found, 60))[-14:]) else None


def _book(found: Match) -> str:
    label = re.sub(r"1[03]", lambda number: cardinal(number[0]), found["label"].replace("-", ""))
    return f"{label} {copied(found['number'])}"


def _identifier(found: Match) -> str:
    """A DOI, with its punctuation."""
    signs = {".": "点", "/": "斜杠", "-": "杠", "_": "下划线"}
    return "".join(digits(sign) if sign.isdigit() else signs.get(sign, sign) for sign in found[0])


def _long(found: Match) -> str | None:
    """Thirteen or more digits that are not a round number and count nothing."""
    counts = re.match(rf"[{HAN}](?<![，。、的是和在为与及或])|[%.]\d", after(found, 2))
    return None if counts or found[0].endswith("0000") else copied(found[0])


def _address(found: Match) -> str | None:
    """An IPv4 address. Four short numbers may be a version."""
    parts = found["address"].split(".")
    long_one = any(len(part) > _MOST_AS_NUMBER for part in parts)
    if any(int(part) > _LARGEST_OCTET for part in parts):
        return None
    if not long_one and not found["rest"] and not near("networks_of_computers", before(found, 40)):
        return None
    rest = found["rest"] or ""
    sign = {":": "冒号", "/": "斜杠"}.get(rest[:1], "")
    return f"{'点'.join(digits(part) for part in parts)}{sign}{digits(rest)}"


def _standard(found: Match) -> str | None:
    """`ISO 9001:2015`, `GB/T 1.1—2020`."""
    number, part, year = found["number"], found["part"], found["year"]
    if not year and not re.fullmatch(_BODIES, found["body"]):
        return None
    if year and re.fullmatch(_YEAR, number):
        return None
    said = "点".join(_name(piece) for piece in number.split("."))
    return (
        f"{found['body'].replace('/', ' ')} {said}{'杠' + cardinal(part) if part else ''}"
        f"{'，' + digits(year) if year else ''}"
    )


def _name(written: str) -> str:
    return digits(written) if len(written) > _MOST_AS_NUMBER else cardinal(written, liang=False)


SHAPED: tuple[Rule, ...] = (
    rule(
        "number of a book",
        r"(?P<label>ISBN(?:-?1[03](?!\d))?|ISSN)[:： ]{0,2}(?P<number>\d{4}-\d{3}[\dXx]|\d(?:[- ]?\d){8,11}[- ]?[\dXx])(?![\dA-Za-z])",
        _book,
        needs="I",
    ),
    rule(
        "number of a book by itself",
        r"(?<![\d-])97[89]-\d-\d{2,7}-\d{1,7}-\d(?![\d-])|(?<=CN) ?\d\d-\d{4}(?!\d)",
        _copied,
        needs="-",
    ),
    rule("identifier of a document", r"(?<![\d.])10\.\d{4,9}/[A-Za-z\d._/-]*[A-Za-z\d]", _identifier, needs="/"),
    rule("number of a year", r"(?<![A-Za-z\d])[A-Z]{2,6}-(?:19|20)\d\d-\d{3,7}(?!\d)", _copied, needs="-"),
    rule(
        "identity number",
        r"(?<![\dA-Za-z.])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])",
        _copied,
    ),
    rule(
        "address of a device",
        r"(?<![A-Za-z\d:])(?:[\dA-Fa-f]{2}[:-]){5}[\dA-Fa-f]{2}(?![A-Za-z\d]|:[\dA-Fa-f])",
        _copied,
        needs=":-",
    ),
    rule("number of a card", r"(?<![\d.])\d{4}(?: \d{4}){2,4}(?: \d{1,3})?(?![\d.])", _copied, needs=" "),
    rule(
        "number of a car",
        rf"(?<=[{_PROVINCES}])[A-Z][·• -]?(?=[A-Z]{{0,3}}\d)(?:[A-Z\d]{{5,6}}(?![A-Za-z\d])|[A-Z\d]{{4}}(?=[学警港澳挂试超]))",
        lambda found: re.sub(r"\d+|[·• -]", lambda run: digits(run[0]), found[0]),
        needs=_PROVINCES,
    ),
)
"""Recognised by their form. Applied before telephone numbers."""

RULES: tuple[Rule, ...] = (
    rule(
        "address of a computer",
        r"(?<![\d.])(?P<address>\d{1,3}(?:\.\d{1,3}){3})(?P<rest>/\d{1,2}|:\d{2,5})?(?!\d|\.\d)",
        _address,
        needs=".",
    ),
    rule(
        "share",
        r"(?<![A-Za-z\d.])(\d{4,6})\.(SH|SZ|SS|BJ|HK|TW|US)(?![A-Za-z])",
        lambda found: f"{digits(found[1])}点{found[2]}",
        needs=".",
    ),
    rule("share in brackets", r"(?<=[（(])[03468]\d{5}(?=[)）])", _copied, needs="（("),
    rule(
        "standard",
        rf"(?<![A-Za-z\d])(?P<body>{_BODIES}|[A-Z]{{2,5}}) ?"
        rf"(?P<number>\d{{3,5}}(?:\.\d{{1,3}}){{0,2}}|(?<=[T ])\d{{1,2}}\.\d{{1,3}}|(?<=[JTZ] )\d{{1,2}}(?=[-–—]{_YEAR}))"
        rf"(?:-(?P<part>\d{{1,2}})(?!\d))?(?: ?[-–—:] ?(?P<year>{_YEAR})(?![\d年]))?(?![\d.]|-\d)",
        _standard,
        needs=ascii_uppercase,
    ),
    rule(
        "code",
        r"(?<![A-Za-z\d.,])[A-Za-z]{0,6}-?(?:\d[A-Za-z\d]{1,23}|\d(?=-\d))(?:[- ](?=[A-Z]{0,4}\d)[A-Z\d]{1,8}){0,6}(?![A-Za-z\d]|\.\d)",
        _code,
    ),
    rule("room of a building", r"(?<![\d.-])\d{1,2}(?:-\d{1,2})?-\d{3,4}(?=[室房])", _copied, needs="-"),
    rule(
        "port of an address",
        r"(?<=[A-Za-z]):(\d{2,5})(?!\d|:\d)",
        lambda found: f"冒号{digits(found[1])}" if re.search("点[a-z]{2,6}\\Z", before(found, 8)) else None,
        needs=":",
    ),
    rule("port", r"(?<![\d.,])\d{3,6}(?=端口|信箱)", _copied, needs="端信"),
    rule("case at court", r"(?<=[初终再执申破监特调保])\d{3,6}(?=号)", _copied, needs="初终再执申破监特调保"),
    rule(
        "room after its storey",
        r"(?:(?<=单元)|(?<=[栋幢座层]))\d{3,4}(?=[室房户号，。]|$)",
        _copied,
        needs="单栋幢座层",
    ),
    rule("long number", r"(?<![\d.,])\d{13,20}(?![\d,])", _long),
)
