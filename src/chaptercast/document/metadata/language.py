"""Decides the language of an article: the declared one, unless the text plainly contradicts it. Normalises language tags."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from chaptercast.common.language_identification import (
    alike,
    identify,
    judged,
    probability_of,
    sample_of,
    scripts,
    written_in,
)
from chaptercast.common.units import UNDETERMINED, LanguageTag, primary

CONTRADICTION_LETTERS = 200
CONTRADICTION = 0.9
"""The share of the text, and the probability, that another language needs to override the declared one."""

_MANY_LETTERS, _PROBABLE, _IMPROBABLE = 1000, 0.75, 0.02
"""The same for a long text, if it is hardly in the declared language."""


def decide(text: str, declared: LanguageTag | None) -> LanguageTag:
    """The language of a whole article: the declared one, unless the text plainly contradicts it."""
    if declared is None or primary(declared) == "und":
        return identify(text)
    sample = sample_of(text)
    found, probability, letters = judged(sample)
    if found == UNDETERMINED or primary(found) == primary(declared):
        return LanguageTag("zh-Hant") if found == "zh-Hant" and declared == "zh" else declared
    counted = scripts(sample)
    other = sum(count for script, count in counted.items() if script not in written_in(declared))
    if other > 0.5 * counted.total():
        return found
    sure = probability >= CONTRADICTION and letters >= CONTRADICTION_LETTERS
    # Names and lists lower the probability of all languages.
    if not sure and letters >= _MANY_LETTERS and probability >= _PROBABLE:
        sure = probability_of(declared, sample) < _IMPROBABLE
    return found if sure and not alike(found, declared) else declared


def canonical(tag: str) -> LanguageTag | None:
    """A language tag in its canonical form (RFC 5646, 2.1.1): `zh-CN` for `ZH_cn`, `en` for `English`; `None` if it is invalid."""
    tag = tag.strip().replace("_", "-").split(".")[0]
    tag = _NAMES.get(tag.lower(), tag)
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", tag):
        return None
    first, *rest = tag.split("-")
    spelled = [
        part.title() if len(part) == 4 else part.upper() if len(part) in (2, 3) else part.lower() for part in rest
    ]
    return LanguageTag("-".join([first.lower(), *spelled]))


_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "english": "en",
        "chinese": "zh",
        "german": "de",
        "deutsch": "de",
        "french": "fr",
        "français": "fr",
        "spanish": "es",
        "español": "es",
        "japanese": "ja",
        "中文": "zh",
        "简体中文": "zh-Hans",
        "繁體中文": "zh-Hant",
        "日本語": "ja",
        "jp": "ja",
        "cn": "zh",
        "zh-chs": "zh-Hans",
        "zh-cht": "zh-Hant",
    },
)
