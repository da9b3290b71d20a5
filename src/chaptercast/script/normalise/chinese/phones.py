"""Chinese rules for telephone numbers: digit by digit, with 幺 for one, in the groups in which they are dialled."""

import re

from chaptercast.script.normalise.chinese.grammar import CONTEXTS, begins, counts, listed, near
from chaptercast.script.normalise.chinese.numerals import digits
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_SERVICES = frozenset(CONTEXTS["service_numbers"].split("|"))
_EMERGENCIES = frozenset({"110", "119", "120", "122"})
_BESIDE = re.compile(r"(?<!\d)(?:110|119|120|122)[、和或与]\||\|[、和或与](?:110|119|120|122)(?!\d)")
"""Another of these numbers in a list: two of them are hardly amounts."""
_GAP = "[- –—]?"
_EXTENSION = r"(?:(?:转|[-–—#])(?P<extension>\d{1,5}(?:[或/、]\d{3,5}(?!\d))*))?"
_FEWEST_ABROAD = 9
"""The minimum number of digits in a number with a country code. Fewer digits are an amount with a plus."""


def _grouped(written: str) -> str:
    """The digits of `written` in its groups, with a pause between them. A number without groups is split into the usual ones."""
    groups = re.findall(r"\d+", written)
    pieces = [piece for group in groups for piece in (_parted(group) if len(groups) == 1 else (group,))]
    return "，".join(digits(piece, telephone=True) for piece in pieces)


def _parted(number: str) -> tuple[str, ...]:
    """A mobile number in 3, 4 and 4 digits, 400 and 800 numbers in 3, 3 and 4, and an area code apart."""
    match len(number), number[:3]:
        case 11, head if head[0] == "1":
            return number[:3], number[3:7], number[7:]
        case 10, "400" | "800":
            return number[:3], number[3:6], number[6:]
        case ((10 | 11 | 12), head) if head[0] == "0":
            area = 3 if head == "010" or head[1] == "2" else 4
            return number[:area], number[area:]
    return (number,)


def _each(written: str) -> str:
    """`8012或8013`."""
    return re.sub(r"\d+", lambda number: digits(number[0], telephone=True), written.replace("/", "或"))


def _telephone(found: Match) -> str | None:
    written, extension = found[0], found.groupdict().get("extension")
    if near("codes", before(found, 8)):
        return None
    if not extension:
        return _grouped(written)
    return f"{_grouped(written[: found.start('extension') - found.start() - 1])}，转{_each(extension)}"


def _service(found: Match) -> str | None:
    return None if counts(after(found, 8)) else _telephone(found)


def _mobile(found: Match) -> str | None:
    country = found["country"] or ""
    number = _grouped(found["number"])
    return f"{'加' * ('+' in country)}{digits(country, telephone=True)}，{number}" if country else _telephone(found)


def _abroad(found: Match) -> str | None:
    count = sum(map(str.isdigit, found[0]))
    return f"加{_grouped(found[0])}" if count >= _FEWEST_ABROAD else None


def _with_word(found: Match) -> str:
    """`1-800-FLOWERS`."""
    return f"{digits(found[1] + found[2], telephone=True)} {found[3]}"


def _masked(found: Match) -> str:
    """`138星号1234`: cleaning makes this of stars that hide digits."""
    return f"{digits(found[1], telephone=True)}，星号，{digits(found[2], telephone=True)}"


def _called(found: Match) -> str | None:
    """A number after 拨打 and the like, or a well-known number before 热线. Never a number that counts something.

    In a list (`110、119和120`), the words before the first and after the last number apply to each.
    """
    if begins("not_called", found):
        return None
    following = re.sub(r"\A(?:[、，/和或与及跟]\d{3,5}(?!\d))*(?:[这等的]|[两三四五几]个)*", "", after(found, 48))
    if found[0] in _EMERGENCIES and _BESIDE.search(f"{before(found, 4)}|{after(found, 4)}") and not counts(following):
        return _grouped(found[0])
    known = found[0] in _SERVICES and (
        re.match(CONTEXTS["services"], following) or near("before_services", before(found, 8))
    )
    return _grouped(found[0]) if known or near("calling", listed(before(found, 60))[-10:]) else None


RULES: tuple[Rule, ...] = (
    rule(
        "mobile phone",
        rf"(?<![\d.])(?P<country>[(（]?(?:\+|00)?86[)）]?[- ]?)?(?P<number>1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}})(?![\d.元人万亿])",
        _mobile,
        needs="1",
    ),
    rule(
        "international",
        r"(?<![\d\w])[(（]?\+\d{1,3}[)）]?(?:[- ][(（]?\d{1,5}[)）]?){2,5}(?!\d)"
        r"|(?<![\d\w])\+\d{1,3} ?[(（]\d{1,4}[)）] ?\d{3,4}[- ]?\d{4}(?!\d)"
        r"|(?<![\d\w])\+(?:86|85[23]|886)[- ]?\d{1,4}[- ]?\d{3,4}[- ]?\d{4}(?!\d)",
        _abroad,
        needs="+",
    ),
    rule(
        "telephone with a word", r"(?<![\d.-])(1)-(800|888|877)-([A-Z][A-Z-]{3,9})(?![A-Za-z])", _with_word, needs="-"
    ),
    rule(
        "telephone",
        rf"(?<![\d.-])(?:86-)?(?:[(（]0\d{{2,3}}[)）]|0\d{{2,3}}|(?<=86-)[1-9]\d{{1,2}}){_GAP}\d{{3,4}}{_GAP}\d{{4}}(?!\d){_EXTENSION}(?!\d)",
        _telephone,
        needs="0",
    ),
    rule(
        "telephone of Taiwan",
        rf"(?<![\d.-])(?:09\d\d-\d{{3}}-\d{{3}}|0800-\d{{3}}-\d{{3}}|(?:[(（]0\d[)）] ?|0\d-)\d{{3,4}}[- ]\d{{4}}){_EXTENSION}(?!\d)",
        _telephone,
        needs="0",
    ),
    rule(
        "telephone of America",
        r"(?<![\d.-])(?:1[- ])?(?:[(（]\d{3}[)）] ?|\d{3}-)\d{3}-\d{4}(?![\d-])",
        _telephone,
        needs="-",
    ),
    rule(
        "service telephone",
        rf"(?<![\d.])[48]00(?:(?:[-– ]\d{{3,4}}){{2}}|[-– ]?\d{{7}})(?![\d元万亿人]){_EXTENSION}",
        _telephone,
        needs="0",
    ),
    rule(
        "last digits of another telephone",
        r"(?<=\d{4})/(\d{1,4})(?![\d月/])",
        lambda found: (
            f"或{digits(found[1], telephone=True)}" if near("calling", listed(before(found, 40))[-16:]) else None
        ),
        needs="/",
    ),
    rule("telephone with stars", r"(?<!\d)(\d{3,6})星号(\d{2,4})(?!\d)", _masked, needs="星"),
    rule("hotline", r"(?<![\d.])9[56]\d{3,4}(?=客服|热线|专线|电话)", _telephone, needs="客热专电"),
    rule("number that is called", r"(?<![\d.,-])\d{3,12}(?:-\d{2,8}| \d{3,8}){0,3}(?![\d.]\d|[\d%])", _called),
    rule(
        "number of a service",
        r"(?<!\d)(?:12306|12315|12345|10086|12388|12369)(?![.,]?\d|的?\d|[人个元名次条件万亿例户家宗起])",
        _service,
        needs="1",
    ),
    rule(
        "extension",
        r"(?P<word>(?<=\d)转|分机号?|内线)(?P<gap>[:： ]?)(?P<number>\d{1,6}(?:[或/]\d{3,6})*)(?![\d年月日号元路人])",
        lambda found: f"{found['word']}{found['gap'].strip()}{_each(found['number'])}",
        needs="转分内",
    ),
)
