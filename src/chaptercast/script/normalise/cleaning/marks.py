"""Rules for marks that are seen and not heard: footnote signs, bullets, emoji, emphasis, separators."""

import re

from chaptercast.script.normalise.edits import BEYOND_ASCII, Match, Rule, after, before, rule

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MEASURES = frozenset(["m", "km", "hm", "dm", "cm", "mm", "µm", "nm", "ft", "in", "yd", "mi", "mile", "h", "s"])
_SYMBOLS = (
    "\u2190-\u21ff\u2300-\u23ff\u2400-\u244a\u2500-\u25ff\u2600-\u2775\u2794-\u27bf\u27f0-\u27ff\u2900-\u2982\u2b00-\u2bff"
    "\u3004\u3012\u3013\u3020\u3036\u303f©®℗℠™⌘¦¨¯¸\u20dd-\u20e4\U0001f000-\U0001faff\U0001fb00-\U0001fbff※⁂⁎⁑★☆♥"
)
_ARROWS = "→⇒➔➜➝➞⟶⟹⇨"
_WORD = r"[^\W\d_]"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"


def _footnote(found: Match) -> str | None:
    """`None` for the index of a variable (`a[0]`), which is a single letter."""
    head = before(found, 2)
    alone = len(head.strip()) == 1 or not head[:1].isalnum()
    return None if alone and head[-1:].isascii() and head[-1:].isalpha() else ""


_MEASURES_IN_OTHER_LETTERS = frozenset(["м", "км", "дм", "см", "мм", "م", "كم", "سم"])


def _raised(found: Match) -> str | None:
    """A superscript number is a note mark after a word, and a power after a unit or a variable."""
    word = found["word"]
    if after(found, 1) in ("⁺", "⁻") or word[-1:] in "⁺⁻":  # the charge of an ion
        return None
    if word in _MEASURES or word in _MEASURES_IN_OTHER_LETTERS or (len(word) == 1 and word < "\u2e80"):
        return None
    if re.search(r"[=+×*/^] ?$", found.string[max(0, found.start() - 3) : found.start()]):
        return None
    return word


def _asterisk(found: Match) -> str | None:
    head, tail = before(found, 2).rstrip(), after(found, 2).lstrip()
    operands = bool(head and tail) and (head[-1].isdigit() or head[-1] == ")") and (tail[0].isdigit() or tail[0] == "(")
    variables = bool(re.fullmatch(r"\W?\w", before(found, 2)) and re.match(r"\w(?!\w)", after(found, 2)))
    return None if operands or (variables and len(found[0]) == 1) else ""


def _tilde(found: Match) -> str | None:
    head, tail = before(found, 1), after(found, 2).lstrip()
    joins = bool(head) and head.isalnum() and tail[:1].isalnum()
    return None if joins or tail[:1] in tuple("0123456789$€£¥-") or head in ("%", "C", ")") else ""


def _closing_angle(found: Match) -> str | None:
    """The closing bracket of `<ESC>`, `<http://a.org>` or `<your name>`; not a comparison sign."""
    opened = re.search(
        r"<[^\W\d](?:[^<>\s]| (?=[^\W\d])){0,60}\Z", found.string[max(0, found.start() - 62) : found.start()]
    )
    return "" if opened or len(found[0]) > 1 else None


def _closing_underscore(found: Match) -> str:
    opened = re.search(
        r"(?<![A-Za-z0-9_])_[^\s_][^_\n]{0,80}\Z", found.string[max(0, found.start() - 83) : found.start()]
    )
    return "”" if opened else ""


_PRICES: tuple[Rule, ...] = (
    rule(
        "even price",
        "(?<=\\d),(?:–|—|--?)(?= ?(?:€|EUR|Eur|CHF|DM|Fr\\b))|(?<=€ \\d),(?:–|--?)|(?<=€ \\d\\d),(?:–|--?)",
        "",
    ),
    rule(
        "inches in a size",
        r'(?<=\d)"(?= ?[x×] ?\d)|(?:(?<=[x×]\d)|(?<=[x×]\d\d)|(?<=[x×] \d)|(?<=[x×] \d\d))"',
        "″",
        needs="x×",
    ),
)

_RELATIONS: tuple[Rule, ...] = (
    rule("less or equal", r"(?<![<=>-])<=(?![=>])", "≤", needs="<"),
    rule("greater or equal", r"(?<![<=>-])>=(?![=>])", "≥", needs=">"),
    rule("not equal", r"(?<![!=])!=(?!=)", "≠", needs="!"),
)
"""In the notation of programs."""

_NOTES: tuple[Rule, ...] = (
    rule(
        "footnote",
        r"(?<=[^\s“‘«(\[{\"'])\[ ?(?:注 ?)?(?:\d{1,3}(?: ?[-–,，、] ?\d{1,3})*|[a-z*†‡]|注) ?\](?![A-Za-z])",
        _footnote,
        needs="[",
    ),
    rule("footnote in brackets", r"(?<=[^\s\d])〔\d{1,3}〕", "", needs="〔"),
    rule(
        "raised number",
        rf"(?P<word>(?<![^\W\d_{_HAN}])[^\W\d_{_HAN}]{{1,40}}|[{_HAN}])[{_SUPERSCRIPTS}]+(?:[,，]?[{_SUPERSCRIPTS}]+)*",
        _raised,
        needs=_SUPERSCRIPTS,
    ),
    rule(
        "raised number after a mark",
        rf"(?<=[.,;:!?。，；：！？”’」』》])[{_SUPERSCRIPTS}]+",
        "",
        needs=_SUPERSCRIPTS,
    ),
)

_HEADS: tuple[Rule, ...] = (
    rule("key", r"(?<=[0-9])\u20e3 ?", ". ", needs="\u20e3"),
    rule(
        "bullet",
        r"(?:^ *|(?<=[.!?…。！？] )|(?<=[。！？]))(?:[-*+–—] +|[•‣⁃∙◦・·●○◉◎■□▪▫◆◇▶▷►▸▲△▼▽★☆※✓✔✦✧❖➢➤→⇒➔➜] *)+",
        "",
        needs=(),
        flags=re.MULTILINE,
    ),
    rule("quotation mark of a mail", r"^ *(?:> ?)+(?=[^\W\d])", "", needs=">", flags=re.MULTILINE),
)
"""At the start of a line or of a sentence."""

_SIGNS: tuple[Rule, ...] = (
    rule("bar", r"[|｜]", "", needs="|｜"),
    rule("emoji or symbol", f"[{_SYMBOLS}]+", "", needs=BEYOND_ASCII),
    rule("separator", r"[=_#*~]{3,}|(?<!\S)[=_#~*]{2}(?!\S)", "", needs="=_#*~"),
    rule("asterisk", r"\*+", _asterisk, needs="*"),
    rule("reference mark", r"[†‡¶⸸]+", "", needs="†‡¶⸸"),
    rule("quotation with backticks", r"``", "“", needs="`"),
    rule("quotation with apostrophes", r"''", "”", needs="'"),
    rule("backtick", r"`+", "", needs="`"),
    rule("pair of underscores", r"(?<![A-Za-z0-9_])_(?=[^\s_][^_\n]{0,80}_(?![A-Za-z0-9_]))", "“", needs="_"),
    rule("underscore between", r"(?<=[A-Za-z0-9])_+(?=[A-Za-z0-9])", " ", needs="_"),
    rule("underscore after", r"(?<=[^\s_])_(?![A-Za-z0-9_])", _closing_underscore, needs="_"),
    rule("underscore", r"_+", "", needs="_"),
    rule("tilde", r"~+", _tilde, needs="~"),
    rule("backslash", r"\\+", " ", needs="\\"),
    rule("opening angle bracket", r"<(?=[^\W\d][^<>\s]{0,60}>)", "", needs="<"),
    rule("closing angle bracket", r">+", _closing_angle, needs=">"),
    rule("angle quotation", r"<<+", "", needs="<"),
)


def mark_rules(*, pause: str, star: str, dagger_died: str = "") -> tuple[Rule, ...]:
    """The rules for marks.

    `pause` is the comma of the language. `star` is the word for a star after a number. `dagger_died` is the word for a dagger that
    means a death.
    """
    return (
        *_RELATIONS,
        *_PRICES,
        *_NOTES,
        rule("dagger for a death", r"† ?(?=\d)", f"{dagger_died} " if dagger_died else "", needs="†"),
        *_HEADS,
        rule("star after a number", r"(?<=\d) ?★", star, needs="★"),
        rule("arrow", rf" *(?:[{_ARROWS}]|[-=]+>) *(?=\S)", pause, needs=_ARROWS + ">"),
        rule(
            "bar or bullet between",
            rf" *[•●◆■▪] *(?=\S)| [|｜] ?(?=\S)|[|｜] |(?<=[{_HAN}])[|｜](?=[{_HAN}])",
            lambda found: " " if before(found, 1) in (*".!?…",) else pause,
            needs="|｜•●◆■▪",
        ),
        rule("interpunct with spaces", r" +[·・] +", pause, needs="·・"),
        rule("step", rf"(?<={_WORD}) > (?={_WORD}{{2}})", pause, needs=">"),
        *_SIGNS,
    )
