"""Rules for spaces, quotation marks, dashes and dots: only words and the pauses between them remain."""

import re
from collections.abc import Callable

from chaptercast.script.normalise.edits import DIGITS, Edit, Match, Rule, rule

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々"
_KANA = "\u3040-\u30ff\u31f0-\u31ff"
CJK = f"{_HAN}{_KANA}"
_STOPS = "。，、；：！？"
_OPENING = "“‘「『《〈（【〔"
_CLOSING = "”」』》〉）】〕"
_UNSPACED = re.compile(f"[{CJK}{_STOPS}]")
_BEFORE_QUOTE = "([{«„‚—–-/"
_AFTER_QUOTE = ")]}».,;:!?…—–-/"
_PAUSES = ".,;:!?…。，、；：！？—–"


def pair_quotes(text: str) -> tuple[Edit, ...]:
    """Turn straight quotation marks into opening and closing ones, without spaces inside.

    The neighbours of a mark decide. If they do not, opening and closing marks alternate, unless the line has an odd number of marks.
    """
    edits: list[Edit] = []
    if '"' not in text:
        return ()
    start = 0
    for line in text.splitlines(keepends=True):
        places = _quotes(line)
        opened = False
        for place in places:
            opens = _opens(line, place)
            if opens is None and len(places) % 2:
                continue
            opened = not opened if opens is None else opens
            left, right = place, place + 1
            if opened:
                right += len(line[right:]) - len(line[right:].lstrip(" "))
            else:
                left = len(line[:left].rstrip(" "))
            edits.append(
                Edit(start + max(left, edits[-1].end - start if edits else 0), start + right, "“" if opened else "”")
            )
        start += len(line)
    return tuple(edits)


def _opens(line: str, place: int) -> bool | None:
    """Whether a quotation mark certainly opens (`True`) or closes, by its neighbours.

    In scripts without spaces between words, spaces show nothing.
    """
    if _UNSPACED.search(line[max(0, place - 1) : place + 3]):
        return None
    head, tail = line[place - 1 : place] if place else "", line[place + 1 : place + 2].strip()
    apart, together = not head.strip() or head in _BEFORE_QUOTE, bool(tail) and tail not in _AFTER_QUOTE
    if apart == together:
        return apart
    return None


def _quotes(line: str) -> list[int]:
    """The positions of straight marks, without those of feet and inches, and without an inch mark that makes the number odd."""
    places = [
        found.start()
        for found in re.finditer(r"(?<!\d['′])(?<!\d['′]\d)(?<!\d['′]\d\d)(?<!\d['′] \d)(?<!\d['′] \d\d)\"", line)
    ]
    if len(places) % 2:
        places = [place for place in places if not line[place - 1 : place].isdigit()]
    return places


def _dash(pause: str) -> Callable[[Match], str]:
    def say(found: Match) -> str:
        text, start, end = found.string, found.start(), found.end()
        head, tail = text[max(0, start - 1) : start], text[end : end + 1]
        if not head.strip() or head in f"{_OPENING}([{{«":
            return ""
        if not tail.strip() or tail in f"{_PAUSES}{_CLOSING})]}}»":
            return ""
        if head in _PAUSES:
            return pause.strip("，,、") if pause.endswith(" ") else ""
        return pause

    return say


def western_spacing(pause: str, weekdays: str) -> tuple[Rule, ...]:
    """The rules for languages with spaces between words. `weekdays` is a pattern for full and short names of weekdays."""
    return (
        rule("range with spaces", r"(?<=[\d%]) ?[–—] ?(?=[-−]?[\d$€£¥])", "–", needs="–—"),
        rule("weekdays", rf"(?<=[\w.]) +[-–—] +(?=(?:{weekdays})(?![^\W\d_]))", _weekday(weekdays), needs="-–—"),
        rule(
            "dash",
            r" +-{1,3} +(?!\d)| +(?:—+|–+|-{2,3}) *+(?![\d$€£¥.])| +(?:—+|–+|-{2,3}) +| *(?:—+|-{2,}|(?<!\d)–{2,}) *",
            _dash(pause),
            needs="—–-",
        ),
        rule("ellipsis", r" *(?:\.{3,}|…+\.*|(?<!\.)\. \. \.(?: \.)?(?! ?\.))", "…", needs=".…"),
        rule("exclamation marks", r" *!{2,}", "!", needs="!"),
        rule("question marks", r" *(?=[!?]*\?)[!?]{2,}", "?", needs="?"),
        rule("commas", r" *,(?: ?,)+", ",", needs=","),
        rule("space before a mark", r"(?<=\S) +(?=[,;:!?.](?:[\s”»)A-ZÀ-Þ¿¡]|$))", "", needs=",;:!?."),
        rule("space inside", r"(?<=[“‘(\[]) +(?=\S)|(?<=\S) +(?=[”)\]])", "", needs="“‘()[]”"),
        *_ENDS,
    )


def _weekday(weekdays: str) -> Callable[[Match], str | None]:
    head = re.compile(rf"(?<![^\W\d_])(?:{weekdays})\Z")
    return lambda found: "–" if head.search(found.string[max(0, found.start() - 12) : found.start()]) else None


def cjk_spacing(pause: str, plus: str) -> tuple[Rule, ...]:
    """The rules for languages without spaces between words: a space is either nothing or a pause.

    `pause` is the comma. `plus` is the word for the sign after a title (`联播 +7月6日`), because nobody says "plus seven months".
    """
    return (
        rule(
            "plus after a title",
            rf"(?<=[{CJK}]) ?\+ ?(?=\d{{4}} ?年|\d{{1,2}} ?[月日时点])",
            f"{plus}{pause}",
            needs="+",
        ),
        rule("letter-spaced word", rf"(?<![^\s{_STOPS}])[{_HAN}](?: [{_HAN}])+(?![^\s{_STOPS}])", _unspaced, needs=" "),
        rule(
            "thousands",
            r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d]|,\d)",
            lambda found: found[0].replace(",", ""),
            needs=",",
        ),
        rule("space before an item", rf"(?<=[{CJK}]) +(?=\d{{1,2}}[)）、])", pause, needs=DIGITS),
        rule("space at a colon", r"(?<=\d) *: *(?=\d)", ":", needs=":"),
        rule("space at a mark", rf" *([{_STOPS}]) +| +(?=[{_STOPS}])", lambda found: found[1] or "", needs=_STOPS),
        rule(
            "space inside",
            rf"(?<=[{_OPENING}(]) +(?=\S)|(?<=\S) +(?=[{_CLOSING})])",
            "",
            needs=_OPENING + _CLOSING + "()",
        ),
        rule(
            "space outside",
            rf"(?<=[{_CLOSING}]) +(?=[{CJK}\d])|(?<=[{CJK}\d]) +(?=[{_OPENING}])",
            "",
            needs=_OPENING + _CLOSING,
        ),
        rule("space as a pause", rf"(?<=[{CJK}]) +(?=[{CJK}])", pause, needs=" "),
        rule("space before a number", rf"(?<=[{CJK}]) +(?=[\d+±$¥€£~<>≥≤≈=×÷]|[-−]\d)", "", needs=DIGITS | {"+"}),
        rule("space after a number", rf"(?<=[\d%°CmgL²³+\-=×÷<>≥≤≈])(?<! -) +(?=[{CJK}])", _after_number, needs=DIGITS),
        rule("dash", rf" *(?:—+|–{{2,}}|-{{2,}}|(?<=[{CJK}])–(?=[{CJK}])| +[–-] +) *", _cjk_dash(pause), needs="—–-"),
        rule("ellipsis", r" *(?:\.{3,}|…+\.*|。{2,}|·{3,}) *", "……", needs=".…。·"),
        rule("exclamation marks", r"[!！]{2,}", "！", needs="!！"),
        rule("question marks", r"(?=[!?！？]*[?？])[!?！？]{2,}", "？", needs="?？"),
        rule("repeated marks", r"([，、；：])[，、；：]+", lambda found: found[1], needs="，、；："),
        rule("narrow comma", rf"(?<=[{CJK}”」』》）]),(?=[{CJK}“「『《（])", "，", needs=","),
        rule("narrow colon", rf"(?<=[{CJK}]):(?=[{CJK}“「『《（])", "：", needs=":"),
        *_ENDS,
    )


def _unspaced(found: Match) -> str:
    return found[0].replace(" ", "")


def _after_number(found: Match) -> str | None:
    """The space stays unless the letter before it belongs to a number."""
    return (
        ""
        if re.search(r"\d[^\s\d]{0,4}\Z|[\d+\-=×÷<>≥≤≈]\Z", found.string[max(0, found.start() - 6) : found.start()])
        else None
    )


_RANGE_HEAD = re.compile(r"(?:\d ?(?:[%‰]|°C|[A-Za-z]{1,3}|[\u4e00-\u9fff]{1,2})?|[周期][一二三四五六日天])\Z")
_RANGE_TAIL = re.compile(r"\d|周|星期")


def _cjk_dash(pause: str) -> Callable[[Match], str | None]:
    say = _dash(pause)

    def say_unless_range(found: Match) -> str | None:
        text, start, end = found.string, found.start(), found.end()
        single = len(found[0].strip()) == 1
        if single and _RANGE_HEAD.search(text[max(0, start - 5) : start]) and _RANGE_TAIL.match(text[end : end + 2]):
            return "-"
        years = re.search(r"\d{4}\Z", text[max(0, start - 4) : start]) and re.match(r"\d{4}", text[end : end + 4])
        return "-" if years else say(found)

    return say_unless_range


_ENDS = (
    rule("edge", r"\A\s+|\s+\Z", "", needs=" \n"),
    rule("line break", r" *\n[ \n]*", "\n", needs="\n"),
    rule("spaces", r" {2,}", " ", needs=" "),
)
