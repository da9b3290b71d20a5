"""Language tags (BCP 47) compared and converted, by `langcodes`, which carries CLDR's and ISO's tables."""

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
"""What CLDR takes a tag without a region for (likely subtags). With the codes above it answers what is asked most: `langcodes` takes
longer to load than most articles take to read.
"""
_USUAL = frozenset({UNDETERMINED, *_ISO_639_2, *_LIKELY, *_LIKELY.values(), "en-GB", "zh-HK", "zh-TW"})
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""Scripts in living use that are written from right to left (ISO 15924)."""
_MUTUALLY_INTELLIGIBLE = 10
"""CLDR's language matching distance up to which speech in one is fit for readers of the other; other languages have 20 and more."""


def iso_639_2(tag: LanguageTag) -> str:
    """The three letters that ID3v2's TLAN wants (ISO 639-2); `und` where the tag is not a language."""
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
    """`tag` in its usual form (`zh_cn` gives `zh-CN`), or nothing where it is not well-formed."""
    if tag in _USUAL:
        return LanguageTag(tag)
    import langcodes

    try:
        standard = langcodes.standardize_tag(tag.strip())
    except ValueError:
        return None
    return LanguageTag(standard) if langcodes.tag_is_valid(standard) else None


def closest(wanted: LanguageTag, offered: Iterable[LanguageTag]) -> LanguageTag | None:
    """Which of the languages `offered` serves readers of `wanted` best; nothing where none does.

    Distances are CLDR's (UTS 35, Language Matching): regions and scripts of one language are near, languages are far.
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
    """Whether a voice for one language can be offered to readers of another; one of no language in particular is for all.

    Scripts and regions part readers, and not listeners: Mandarin is offered to readers of traditional characters.
    """
    if offered == UNDETERMINED or primary(offered) == primary(wanted):
        return True
    return any(closest(tag, [offered]) is not None for tag in (wanted, LanguageTag(primary(wanted))))


def is_right_to_left(tag: LanguageTag) -> bool:
    """Whether the script that a language is usually written in runs from right to left."""
    if tag in _USUAL:
        return tag == "ar"
    known = normalised(tag)
    if known is None:
        return False
    import langcodes

    return langcodes.Language.get(known).maximize().script in _RIGHT_TO_LEFT
