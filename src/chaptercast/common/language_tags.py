"""Compares and converts language tags (BCP 47) with `langcodes`, which carries the tables of CLDR and ISO."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from chaptercast.common.units import UNDETERMINED, LanguageTag, primary

_ISO_639_2: Mapping[str, str] = MappingProxyType(
    {
        "ar": "ara",
        "de": "deu",
        "en": "eng",
        "es": "spa",
        "fr": "fra",
        "hi": "hin",
        "it": "ita",
        "ja": "jpn",
        "ko": "kor",
        "nl": "nld",
        "pt": "por",
        "ru": "rus",
        "zh": "zho",
    }
)
_LIKELY: Mapping[str, str] = MappingProxyType({"en": "en-US", "pt": "pt-BR", "zh": "zh-CN", "zh-Hans": "zh-CN"})
"""The region that CLDR adds to a tag without one (likely subtags). Together with the codes above, it answers most questions: loading
`langcodes` takes longer than reading most articles."""
_USUAL = frozenset({UNDETERMINED, *_ISO_639_2, *_LIKELY, *_LIKELY.values(), "en-GB", "zh-HK", "zh-TW"})
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""Living scripts that are written from right to left (ISO 15924)."""
_MUTUALLY_INTELLIGIBLE = 10
"""The CLDR language matching distance up to which speech in one language suits readers of the other. Other pairs have 20 and more."""


def iso_639_2(tag: LanguageTag) -> str:
    """The three-letter code for ID3v2's TLAN (ISO 639-2); `und` if the tag is not a language."""
    known = _ISO_639_2.get(tag.partition("-")[0])
    if known:
        return known
    import langcodes

    try:
        return langcodes.Language.get(tag).to_alpha3()
    except (ValueError, LookupError):
        return str(UNDETERMINED)


@cache
def normalised(tag: str) -> LanguageTag | None:
    """`tag` in its canonical form (`zh_cn` gives `zh-CN`); `None` if it is malformed."""
    if tag in _USUAL:
        return LanguageTag(tag)
    import langcodes

    try:
        standard = langcodes.standardize_tag(tag.strip())
    except ValueError:
        return None
    return LanguageTag(standard) if langcodes.tag_is_valid(standard) else None


def closest(wanted: LanguageTag, offered: Iterable[LanguageTag]) -> LanguageTag | None:
    """The best of the languages `offered` for readers of `wanted`; `None` if none is suitable.

    Distances come from CLDR (UTS 35, Language Matching): regions and scripts of one language are near, other languages are far.
    """
    choices = list(offered)
    if wanted in choices:
        return wanted
    same = next((tag for tag in choices if _LIKELY.get(tag, tag) == _LIKELY.get(wanted, wanted)), None)
    if same:
        return same
    import langcodes

    valid = [tag for tag in choices if normalised(tag)]
    match, _ = langcodes.closest_match(wanted, valid, max_distance=_MUTUALLY_INTELLIGIBLE)
    return None if match == "und" else LanguageTag(match)


def serves(offered: LanguageTag, wanted: LanguageTag) -> bool:
    """Whether a voice for one language suits readers of another. An undetermined language suits all.

    Scripts and regions separate readers, but not listeners: Mandarin voices suit readers of traditional characters.
    """
    if offered == UNDETERMINED or primary(offered) == primary(wanted):
        return True
    return any(closest(tag, [offered]) is not None for tag in (wanted, LanguageTag(primary(wanted))))


def is_right_to_left(tag: LanguageTag) -> bool:
    """Whether the usual script of a language runs from right to left."""
    if tag in _USUAL:
        return tag == "ar"
    known = normalised(tag)
    if known is None:
        return False
    import langcodes

    return langcodes.Language.get(known).maximize().script in _RIGHT_TO_LEFT
