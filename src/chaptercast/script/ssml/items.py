"""The tree of an SSML document as what it asks for, in order: words in a style, gaps, marks, edges of sentences and paragraphs.

A table from element to function. What no engine here can be asked for is noted, and its text kept.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.script.model import PLAIN
from chaptercast.script.ssml import attribute_values as values
from chaptercast.script.ssml.detection import NAMESPACE
from chaptercast.script.ssml.write import FROM_ALIAS, XML_LANG
from chaptercast.voice_profiles import Manner


class Style(Struct, frozen=True):
    """In which language, by which voice and how words are to be spoken."""

    language: LanguageTag
    voice: str = ""
    manner: Manner = PLAIN


class Spelled(Enum):
    """How characters are said one by one."""

    CHARACTERS = "characters"
    """All of them."""
    DIGITS = "digits"
    """What is between them are pauses."""


class Words(Struct, frozen=True):
    """A run of text."""

    text: str
    style: Style
    alias: str | None = None
    """What is said instead, as it stands."""
    spelled: Spelled | None = None
    """Whether each character is said by itself."""


class Gap(Struct, frozen=True):
    """Silence, in ms."""

    duration: int


class Place(Struct, frozen=True):
    """A mark."""

    name: str


class Edge(Enum):
    """Where sentences and paragraphs begin and end."""

    SENTENCE_START = "start of a sentence"
    SENTENCE_END = "end of a sentence"
    PARAGRAPH = "start or end of a paragraph"


Item: TypeAlias = Words | Gap | Place | Edge


class Items(Struct):
    """What was found so far."""

    items: list[Item] = field(default_factory=list)
    notes: "Counter[str]" = field(default_factory=Counter)
    """What cannot be done, and how often it was asked for."""

    def note(self, what: str) -> None:
        self.notes[what] += 1

    def text(self, text: str | None, style: Style) -> None:
        if text:
            self.items.append(Words(text, style))

    def element(self, element: Any, style: Style) -> None:
        """An element with what is in it; not the text after it."""
        local = local_name(element)
        language = element.get(XML_LANG)
        if language is not None and local != "metadata":
            style = self.in_language(language, style)
        handler = _ELEMENTS.get(local)
        if handler is None:
            self.note(f"<{local or _prefixed(element)}> is not known; its text is read")
            handler = Items.children
        handler(self, element, style)

    def children(self, element: Any, style: Style) -> None:
        self.text(element.text, style)
        for child in element:
            self.element(child, style)
            self.text(child.tail, style)

    def in_language(self, tag: str, style: Style) -> Style:
        if _LANGUAGE.fullmatch(tag):
            return replace(style, language=LanguageTag(tag))
        self.note(f"“{tag[:40]}” is no language tag")
        return style


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def local_name(element: Any) -> str:
    """The name of an element of SSML, with or without its namespace; empty for a stranger's."""
    tag = str(element.tag)
    local = tag.removeprefix(f"{{{NAMESPACE}}}")
    return "" if "{" in local or ":" in local else local


def _prefixed(element: Any) -> str:
    local = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def _paragraph(items: Items, element: Any, style: Style) -> None:
    items.items.append(Edge.PARAGRAPH)
    items.children(element, style)
    items.items.append(Edge.PARAGRAPH)


def _sentence(items: Items, element: Any, style: Style) -> None:
    items.items.append(Edge.SENTENCE_START)
    items.children(element, style)
    items.items.append(Edge.SENTENCE_END)


def _break(items: Items, element: Any, _style: Style) -> None:
    time, strength = element.get("time"), element.get("strength", "medium")
    length = values.duration(time) if time is not None else values.STRENGTHS.get(strength)
    if length is None:
        items.note(f"a break of “{(time or strength)[:40]}” is not known")
        return
    if length > values.LONGEST_BREAK_MS:
        items.note(f"a break is {values.LONGEST_BREAK_MS // 1000} s at the most")
    items.items.append(Gap(min(length, values.LONGEST_BREAK_MS)))


def _sub(items: Items, element: Any, style: Style) -> None:
    alias = element.get("alias", "").translate(FROM_ALIAS).strip()
    text = "".join(element.itertext())
    if alias:
        items.items.append(Words(text, style, alias=alias))
    else:
        items.text(text, style)


_SPELLED: Mapping[str, Spelled] = MappingProxyType(
    dict.fromkeys(("characters", "spell-out", "verbatim"), Spelled.CHARACTERS)
    | dict.fromkeys(("digits", "telephone"), Spelled.DIGITS)
)


def _say_as(items: Items, element: Any, style: Style) -> None:
    kind = element.get("interpret-as", "")
    text = "".join(element.itertext())
    if kind in _SPELLED:
        items.items.append(Words(text, style, spelled=_SPELLED[kind]))
        return
    items.note(f"say-as “{kind[:40]}” is read as any text is")
    items.text(text, style)


def _voice(items: Items, element: Any, style: Style) -> None:
    languages = element.get("languages", "").split()
    if languages:
        style = items.in_language(languages[0], style)
    for name in ("gender", "age", "variant"):
        if element.get(name):
            items.note(f"a voice is not chosen by its {name}")
    items.children(element, replace(style, voice=element.get("name", "").strip() or style.voice))


def _prosody(items: Items, element: Any, style: Style) -> None:
    for name in ("contour", "range", "duration"):
        if element.get(name) is not None:
            items.note(f"the {name} of prosody cannot be asked of an engine")
    asked: dict[str, float] = {}
    for name, factor_of in _PROSODY.items():
        given = element.get(name, "").strip()
        factor = factor_of(given) if given else None
        if factor is not None:
            asked[name] = factor
        elif given:
            items.note(f"{name} “{given[:40]}” cannot be asked of an engine")
    items.children(element, replace(style, manner=values.combined(style.manner, Manner(**asked))))


_PROSODY: Mapping[str, Callable[[str], float | None]] = MappingProxyType(
    {"rate": values.rate, "pitch": values.pitch, "volume": values.volume}
)


def _emphasis(items: Items, element: Any, style: Style) -> None:
    """Engines stress whole utterances: one that is a sentence's only content is heard, a word's is not."""
    manner = values.EMPHASIS.get(element.get("level", "moderate"), values.EMPHASIS["moderate"])
    if _stands_alone(element):
        style = replace(style, manner=values.combined(style.manner, manner))
    elif manner != PLAIN:
        items.note("emphasis within a sentence cannot be asked of an engine")
    items.children(element, style)


def _stands_alone(element: Any) -> bool:
    """Whether a paragraph or sentence holds nothing else, but for marks and breaks."""
    parent, first, last = element.getparent(), element, element
    while (before := first.getprevious()) is not None and _is_silent(before):
        first = before
    while not (last.tail or "").strip() and (after := last.getnext()) is not None and _is_silent(after):
        last = after
    return (
        local_name(parent) in ("p", "s")
        and (first.getprevious(), last.getnext()) == (None, None)
        and not any((text or "").strip() for text in (parent.text, last.tail))
    )


def _is_silent(element: Any) -> bool:
    return local_name(element) in ("mark", "break") and not (element.tail or "").strip()


def _mark(items: Items, element: Any, _style: Style) -> None:
    after = element.getnext()
    if after is not None and local_name(after) in ("p", "paragraph") and not (element.tail or "").strip():
        items.items.append(Edge.PARAGRAPH)  # it belongs to what follows
    items.items.append(Place(element.get("name", "")))


def _audio(items: Items, element: Any, style: Style) -> None:
    """Nothing is fetched or played: what is there instead is read, else the description."""
    instead = [child for child in element if local_name(child) != "desc"]
    if instead or (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        items.note("a sound is not played; what stands for it is read")
        items.children(element, style)
        return
    items.note("a sound is not played")
    for child in element:
        items.children(child, style)


def _phoneme(items: Items, element: Any, style: Style) -> None:
    items.note("phonemes cannot be asked of an engine; the text is read")
    items.children(element, style)


def _lexicon(items: Items, _element: Any, _style: Style) -> None:
    items.note("a lexicon is not loaded from a script; put it into voices/lexicons")


def _nothing(_items: Items, _element: Any, _style: Style) -> None:
    """What is about the script, or for eyes."""


_ELEMENTS: Mapping[str, Callable[[Items, Any, Style], None]] = MappingProxyType(
    {
        "speak": Items.children,
        "p": _paragraph,
        "paragraph": _paragraph,
        "s": _sentence,
        "sentence": _sentence,
        "break": _break,
        "sub": _sub,
        "say-as": _say_as,
        "lang": Items.children,
        "voice": _voice,
        "prosody": _prosody,
        "emphasis": _emphasis,
        "mark": _mark,
        "audio": _audio,
        "phoneme": _phoneme,
        "w": Items.children,
        "token": Items.children,
        "lookup": Items.children,
        "lexicon": _lexicon,
        "meta": _nothing,
        "metadata": _nothing,
        "desc": _nothing,
    }
)
