"""Telephone numbers in Chinese: digit by digit, with 幺 for one."""

from chaptercast.script.normalise.chinese.grammar import CONTEXTS, begins, near
from chaptercast.script.normalise.chinese.numerals import digits
from chaptercast.script.normalise.edits import Match, Rule, before, rule

_SERVICES = frozenset(CONTEXTS["service_numbers"].split("|"))


def _telephone(found: Match) -> str:
    return digits(found[0], telephone=True)


def _called(found: Match) -> str | None:
    """A number after 拨打 and the like, or before 热线 if it is one of the well-known ones; none that counts something."""
    if begins("not_called", found):
        return None
    known = found[0] in _SERVICES and begins("services", found)
    return _telephone(found) if known or near("calling", before(found, 8)) else None


RULES: tuple[Rule, ...] = (
    rule("mobile phone", r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\d.元人])", _telephone),
    rule("international", r"(?<![\d\w])\+\d{1,3}(?:[- ]\d{2,4}){2,5}(?!\d)", _telephone, needs="+"),
    rule("telephone", r"(?<![\d.])(?:\(0\d{2,3}\)|0\d{2,3}) ?[- ]?\d{3,4}[- ]?\d{4}(?:-\d{1,5})?(?!\d)", _telephone),
    rule("service telephone", r"(?<![\d.])[48]00(?:(?:[- ]\d{3,4}){2}|[- ]?\d{7})(?!\d)", _telephone),
    rule("hotline", r"(?<![\d.])9[56]\d{3}(?=客服|热线|专线|电话)", _telephone),
    rule("number that is called", r"(?<![\d.,-])\d{3,12}(?:[- ]\d{3,8}){0,2}(?![\d.]\d|[\d%])", _called),
    rule(
        "number of a service",
        r"(?<!\d)(?:12306|12315|12345|10086|12388|12369)(?![.,]?\d|的?\d|[人个元名次条件万亿])",
        _telephone,
    ),
)
