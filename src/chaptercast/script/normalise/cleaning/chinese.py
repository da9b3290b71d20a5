"""Rules for signs that Chinese texts use in another way: a star for times, hash signs after numbers, stars over digits."""

from chaptercast.script.normalise.edits import Rule, rule

_LENGTHS = "mm|cm|dm|km|m|in|inch|ft|毫米|厘米|分米|公分|公里|英寸|英尺|米|寸|尺|里"
_SIDES = "长宽高深厚径边底"

RULES: tuple[Rule, ...] = (
    rule(
        "times after a unit", rf"(?<=\d)( ?(?:{_LENGTHS})) ?[*xX×] ?(?=\d)", lambda found: f"{found[1]}×", needs="*xX×"
    ),
    rule(
        "times in letters",
        r"(?<![A-Za-z\d.·•-])(\d+(?:\.\d+)?) ?[xX] ?(?=\d)",
        lambda found: None if found[1] == "0" else f"{found[1]}×",
        needs="xX",
    ),
    rule(
        "times after what is counted",
        r"(?<=\d)([^\s\d*]{1,3}) ?\*(?!\*) ?(?=\d)",
        lambda found: f"{found[1]}×",
        needs="*",
    ),
    rule("times a number", r"(?<=[\u4e00-\u9fff)）]) \* (?=\d)", "×", needs="*"),
    rule("divided by a number", r"(?<=[\u4e00-\u9fff)）]) / (?=\d)", "÷", needs="/"),
    rule("times between sides", rf"(?<=[{_SIDES}])\*(?=[{_SIDES}])", "×", needs="*"),
    rule(
        "comparison",  # in words, because two of these signs in a sentence look like a tag
        r"(?<=[A-Za-z\d)]) ?[<>] ?(?=-?[A-Za-z\d]{1,4}[，。；、])(?![A-Za-z]{2})",
        lambda found: {"<": "小于", ">": "大于"}[found[0].strip()],
        needs="<>",
    ),
    rule("digits that are hidden", r"(?<=\d)\*{2,}(?=\d)", "星号", needs="*"),
    rule("number of a building", r"(?<=\d)#(?![A-Za-z\d])", "号", needs="#"),
    rule("sharp", r"(?<=(?<![A-Za-z])[CF])#(?![A-Za-z_])", "井", needs="#"),
    rule("seconds", r"(?<=\d['′]\d)''|(?<=\d['′]\d\d)''", "″", needs="'"),
)
