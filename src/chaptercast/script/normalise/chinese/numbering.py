"""Chinese rules for Roman numerals and for the numbers of list items."""

import re
import unicodedata

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.chinese.grammar import HAN, words
from chaptercast.script.normalise.chinese.numerals import cardinal
from chaptercast.script.normalise.edits import BEYOND_ASCII, Match, Rule, after, before, rule

_ROMAN = frozenset("IVX")
_CIRCLED = "①-⑳⑴-⒇⒈-⒛㉑-㉟㊱-㊿❶-❿⓫-⓴➀-➓"
_NOT_A_NUMBER = frozenset({"XX", "XXX", "VI"})
"""`XX` stands for something withheld, `VI` for a visual identity."""
_RULERS, _BARE = words("rulers", "names"), words("rulers", "bare")
_BEGINS = r"(?:^|(?<=[。；;！？!?\n，,：:]))"


def _said(numeral: str) -> str | None:
    value = roman.value(numeral)
    return None if value is None else cardinal(str(value), liang=False)


def _sign(found: Match) -> str:
    spoken = _said(found[0])
    if spoken is None:
        return unicodedata.normalize("NFKC", found[0])
    ruler = re.search(f"{_RULERS.pattern}\\Z", before(found, 8))
    return f"{spoken}世" if ruler and after(found, 1) != "世" else spoken


def _ruler(found: Match) -> str | None:
    """伊丽莎白II is 伊丽莎白二世; 路易XVI needs no 世."""
    spoken = _said(found["numeral"])
    bare = _BARE.fullmatch(found["name"]) or after(found, 1) == "世"
    return spoken and f"{found['name']}{spoken}{'' if bare else '世'}"


def _numeral(found: Match) -> str | None:
    return _said(found[0])


def _series(found: Match) -> str | None:
    """`最终幻想VII`: two or more letters directly after a Chinese name."""
    return None if found[0] in _NOT_A_NUMBER else _said(found[0])


def _item(found: Match) -> str:
    written = next(filter(None, found.groups()))
    return f"{cardinal(str(int(unicodedata.numeric(written)) if len(written) == 1 else int(written)))}，"


def _circled(found: Match) -> str:
    spoken = cardinal(str(int(unicodedata.numeric(found[0]))))
    head = before(found, 1)
    begins = not head.strip() or head in "，。；：！？、"
    return f"{spoken}，" if begins and after(found, 1).isalnum() else spoken


RULES: tuple[Rule, ...] = (
    rule("Roman numeral sign", f"[{roman.SIGNS}]+", _sign, needs=BEYOND_ASCII),
    rule("to a Roman numeral", rf"(?<=[{roman.SIGNS}])[-–~](?=[{roman.SIGNS}])", "到", needs=BEYOND_ASCII),
    rule("ruler", rf"(?P<name>{_RULERS.pattern}) ?(?P<numeral>[IVX]+)(?![A-Za-z])", _ruler, needs=_ROMAN),
    rule("Roman numeral of a part", r"(?<=第)[IVX]+(?![A-Za-z])", _numeral, needs=_ROMAN),
    rule(
        "Roman numeral of a kind",
        rf"(?<![A-Za-z\d])[IVX]+(?=(?:[-–~、和至到][IVX]+)* ?{words('rulers', 'after').pattern})",
        _numeral,
        needs=_ROMAN,
    ),
    rule(
        "to a Roman numeral of a kind",
        rf"(?<=[IVX])[-–~](?=[IVX]+ ?{words('rulers', 'after').pattern})",
        "到",
        needs=_ROMAN,
    ),
    rule(
        "Roman numeral of a series",
        rf"(?:(?<=[{HAN}])(?!X+(?![IVX]))[IVX]{{2,6}}|(?<=超级碗)[IVXL]+)(?![A-Za-z0-9+])",
        _series,
        needs=roman.LETTERS,
    ),
    rule(
        "item",
        rf"{_BEGINS} *(?:[(（](\d{{1,2}})[)）]|(\d{{1,2}})[)）]|([{_CIRCLED}]))[、.．]? *(?=\S)",
        _item,
        needs=(),
        flags=re.MULTILINE,
    ),
    rule(
        "item with a stop",
        r"(?:^|(?<=[。；;！？!?\n：:])) *(\d{1,2})(?:[.．] *(?![\d\s])|、 *(?!\d))(?=\S)",
        _item,
        needs=".．、",
        flags=re.MULTILINE,
    ),
    rule(
        "item after a comma",
        r"(?<=，)(\d{1,2})、(?=[^\W\d])",
        _item,
        needs="、",
    ),
    rule("circled number", f"[{_CIRCLED}]", _circled, needs=BEYOND_ASCII),
)
