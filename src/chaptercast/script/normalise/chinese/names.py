"""Numbers that name and do not count, in Chinese: telephones, versions, codes, aircraft, Roman numerals, items of a list."""

import re
import unicodedata

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.chinese.grammar import HAN, NUMBER, cardinal, counted, digits, looks, number, words
from chaptercast.script.normalise.data import alternatives
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_SERVICE_NUMBERS = "110|119|120|122|12306|12315|12320|12333|12345|12348|12355|12356|12358|12365|12366|12369|12380|12388|12395|10000|10010|10086"
_CALL = r"(?:拨打|致电|来电|电话|热线|拨|手机|手机号|专线|传真|客服|联系|咨询|报警|(?<![攻击殴捶扑双单主])打|按|短信|呼叫|号码|座机)[是为：:了至到我的个]{0,3} ?\Z"
_LABEL = r"(?:编号|账号|帐号|卡号|尾号|密码|验证码|邮编|邮政编码|QQ号?|学号|车牌|股票代码|代码|工号|护照|身份证|号码|口令|暗号|订单号|单号|航班|车次|序列号)[是为：: ]{0,2}\Z"
_SCHOOLS = r"工程|高校|大学|院校|名校|平台|重点|本科|、|/|和|及|或|双一流"
_NO_NUMERAL = frozenset({"XX", "XXX", "VI"})


def _telephone(found: Match) -> str:
    return digits(found[0], telephone=True)


def _called(found: Match) -> str | None:
    if looks(r"\A ?(?:[分元个次块年多公万亿条封人秒小天岁米台部张周]|月(?!台))", after(found, 3)):
        return None
    if found[0] in _SERVICE_NUMBERS.split("|") and looks(
        r"\A(?:热线|急救|报警|火警|指挥|电话|救护|网|平台|客服|查号|专线|服务)", after(found, 4)
    ):
        return _telephone(found)
    return _telephone(found) if looks(_CALL, before(found, 8)) else None


def _code(found: Match) -> str | None:
    return digits(found[0]) if looks(_LABEL, before(found, 8)) else None


def _version(found: Match) -> str:
    return "点".join(digits(part) if len(part) > 2 else cardinal(part) for part in found[0].split("."))


def _after_letters(found: Match) -> str:
    """The number of a name: `A4`, `F-16`, `PM2.5`; three and more digits one by one, `C919`."""
    whole, _, fraction = found["number"].partition(".")
    if fraction:
        return number(found["number"])
    return digits(whole) if len(whole) > 2 else cardinal(whole, liang=False)


def _after_word(found: Match) -> str | None:
    """The number after a foreign word and a space: `RTX 4090`; a shorter one is an ordinary number."""
    if looks(rf"\A(?:[年月日]|{words('counting', 'measures').pattern})", after(found, 4)):
        return None
    return digits(found[0])


def _before_letters(found: Match) -> str:
    written, letters = found[1], after(found, 3)
    if len(written) > 2 and "." not in written and looks(r"\A(?:[Pp](?![A-Za-z])|[A-Z][A-Za-z])", letters):
        return digits(written)
    return number(written, liang=False)


def _named(found: Match) -> str:
    """`歼-20`: the hyphen is not said; three digits and more one by one."""
    return digits(found[1]) if len(found[1]) > 2 else cardinal(found[1], liang=False)


def _quarter(found: Match) -> str | None:
    if looks(r"\A[:：、.]", after(found, 1)) or not before(found, 1).strip():
        return None
    return f"第{cardinal(found[1])}季度"


def _roman_sign(found: Match) -> str | None:
    value = roman.value(found[0])
    if value is None:
        return unicodedata.normalize("NFKC", found[0])
    name = words("rulers", "names").search(before(found, 8))
    spoken = cardinal(str(value), liang=False)
    return f"{spoken}世" if name and before(found, 8).endswith(name[0]) and "世" not in after(found, 1) else spoken


def _ruler(found: Match) -> str | None:
    value = roman.value(found["numeral"])
    if value is None:
        return None
    bare = words("rulers", "bare").fullmatch(found["name"]) or "世" in after(found, 1)
    return f"{found['name']}{cardinal(str(value), liang=False)}{'' if bare else '世'}"


def _roman(found: Match) -> str | None:
    value = roman.value(found["numeral"])
    return None if value is None else cardinal(str(value), liang=False)


def _roman_of_a_series(found: Match) -> str | None:
    """`最终幻想VII`: two letters and more straight after a Chinese name; `XX` stands for something not told."""
    if found["numeral"] in _NO_NUMERAL or looks(r"\A[设系]", after(found, 1)):
        return None
    return _roman(found)


def _item(found: Match) -> str:
    written = next(group for group in found.groups() if group)
    value = int(unicodedata.numeric(written)) if not written.isdecimal() else int(written)
    return f"{cardinal(str(value))}，"


def _circled(found: Match) -> str:
    spoken = cardinal(str(int(unicodedata.numeric(found[0]))))
    begins = not before(found, 1).strip() or before(found, 1) in "，。；：！？、"
    return f"{spoken}，" if begins and after(found, 1).isalnum() else spoken


_CIRCLED = "①-⑳⑴-⒇⒈-⒛㉑-㉟㊱-㊿❶-❿⓫-⓴➀-➓"
_AFTER_NAME = "、，。；：！？…（(“‘《【"

PHONES: tuple[Rule, ...] = (
    rule("mobile phone", r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\d.元人])", _telephone),
    rule("international phone", r"(?<![\d\w])\+\d{1,3}(?:[- ]\d{2,4}){2,5}(?!\d)", _telephone, needs="+"),
    rule("telephone", r"(?<![\d.])(?:\(0\d{2,3}\)|0\d{2,3}) ?[- ]?\d{3,4}[- ]?\d{4}(?:-\d{1,5})?(?!\d)", _telephone),
    rule("service telephone", r"(?<![\d.])[48]00(?:[- ]\d{3,4}){2}(?!\d)|(?<![\d.])[48]00[- ]?\d{7}(?!\d)|(?<![\d.])9[56]\d{3}(?=客服|热线|专线|电话)", _telephone),
    rule("number that is called", r"(?<![\d.,-])\d{3,12}(?:[- ]\d{3,8}){0,2}(?![\d.]\d|[\d%])", _called),
    rule("number of a service", r"(?<!\d)(?:12306|12315|12345|10086|12388|12369)(?![.,]?\d|的?\d|[人个元名次条件万亿])", _telephone),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    rule("Roman numeral sign", rf"[{roman.SIGNS}]+", _roman_sign, needs="ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅬⅭⅮⅯⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ"),
    rule("ruler", rf"(?P<name>{words('rulers', 'names').pattern})(?: ?)(?P<numeral>[IVX]+)(?![A-Za-z])", _ruler, needs="IVX"),
    rule("Roman numeral of a part", r"(?:(?<=第)(?P<numeral>[IVX]+)(?![A-Za-z]))", _roman, needs="IVX"),
    rule("Roman numeral of a kind", rf"(?<![A-Za-z\d])(?P<numeral>[IVX]+)(?= ?(?:{alternatives(['期', '型', '级', '类', '度', '章', '卷', '世', '届', '篇', '区', '相', '象限', '册', '幕'])}))", _roman, needs="IVX"),
    rule("Roman numeral of a series", rf"(?<=[{HAN}])(?P<numeral>(?!X+(?![IVX]))[IVX]{{2,6}}|(?<=超级碗)[IVXL]+)(?![A-Za-z0-9+])", _roman_of_a_series, needs="IVXL"),
    rule("item", rf"(?:^|(?<=[。；;！？!?\n，,：:]))[ ]*(?:[(（](\d{{1,2}})[)）]|(\d{{1,2}})[)）]|([{_CIRCLED}]))[、.．]?[ ]*(?=\S)", _item, needs="(（)）①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⒈⒉⒊❶❷❸➀➁➂", flags=re.MULTILINE),
    rule("item with a stop", r"(?:^|(?<=[。；;！？!?\n]))[ ]*(\d{1,2})(?:[.．] *(?![\d\s])|、 *(?!\d))(?=\S)", _item, flags=re.MULTILINE),
    rule("circled number", f"[{_CIRCLED}]", _circled, needs=()),
    rule("number one", r"(?<![A-Za-z])[Nn][Oo]\.? ?(?=\d)", "第", needs="Nn"),
    rule("number with a sign", r"(?<![\w&])#(?=\d+(?![A-Fa-f\d]))", "", needs="#"),
    rule("version", r"(?<![\d.])\d{1,4}(?:\.\d{1,4}){2,4}(?![\d]|\.\d)", _version, needs="."),
    rule("code", r"(?<![\d.,])\d{3,20}(?![\d]|\.\d)", _code),
    rule("room", r"(?<![\d.有共个约])\d{3,4}(?=室|房(?![间子屋产源])|宿舍|寝室|教室|病房|号房|包[间厢])", lambda found: digits(found[0])),
    rule("road", r"(?<!\d)\d{3}(?=路(?:公交|车|电车|巴士)|国道|省道|县道)", lambda found: digits(found[0])),
    rule("school programme", rf"(?<![\d.])(?:985|211)(?=(?:[、/和及])?(?:985|211)?(?:{_SCHOOLS}))", lambda found: digits(found[0])),
    rule("working hours", r"(?<![\d.])(?:996|007|955)(?=工作制|加班|模式|文化|[”》])", lambda found: digits(found[0])),
    rule("shopping day", r"(?<![\d.])(?:618|315)(?=大促|购物|电商|年中|活动|期间|晚会|消费|促销|[”》])", lambda found: digits(found[0])),
    rule("aircraft", r"(?<=波音)\d{3}|(?<=空客)\d{3}|(?<![\d.])7[0-8]7(?=客机|飞机|机型|MAX)", lambda found: digits(found[0])),
    rule("quarter", r"(?<![A-Za-z0-9])Q([1-4])(?![A-Za-z0-9])", _quarter, needs="Q"),
    rule("number of a named thing", rf"(?<=[{HAN}”\"])[-–](\d{{1,4}})(?![\d.%°,/]|[元度])", lambda found: _named_after(found), needs="-–"),
    rule("number after letters", r"(?<=[A-Za-z])[-–]?(?P<number>\d+(?:\.\d+)?)(?!\.\d)", _after_letters),
    rule("number after a foreign word", r"(?<=[A-Za-z] )\d{3,4}(?![\d.,%°/:-])(?! ?[A-Za-z])", _after_word),
    rule("number before letters", r"(?<![\d.A-Za-z])(\d+(?:\.\d+)?)(?= ?[A-Za-z])", _before_letters),
)  # fmt: skip


def _named_after(found: Match) -> str | None:
    named = re.search(rf"{words('counting', 'named').pattern}[”\"]?\Z", before(found, 8))
    return _named(found) if named else None


__all__ = ["NUMBER", "PHONES", "RULES", "counted"]
