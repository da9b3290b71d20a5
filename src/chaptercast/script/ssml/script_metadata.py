"""What SSML cannot say of a script, in its `metadata`: both ways, so that a script read back is the script that was written.

The Dublin Core says what other programs know too (SSML 1.1, 3.1.6); the rest is in a namespace of our own. Other fields of the
front matter (`Metadata.extra`) are not written: they are for the author's machine, and scripts are published.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from lxml import etree
from msgspec import Struct, field

from chaptercast.common.unicode_text import xml_text
from chaptercast.document.model import Metadata, Omission, Reason
from chaptercast.script.model import Script
from chaptercast.voice_profiles import Role

OURS = "urn:x-chaptercast:script:1"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        f"{{{DUBLIN_CORE}}}creator": "author",
        f"{{{DUBLIN_CORE}}}date": "date",
        f"{{{DUBLIN_CORE}}}language": "language",
        f"{{{DUBLIN_CORE}}}source": "source",
        f"{{{DUBLIN_CORE}}}description": "description",
        f"{{{OURS}}}title": "title",
        f"{{{OURS}}}page-title": "page_title",
        f"{{{OURS}}}image": "image",
    }
)
"""Each element's field of `Metadata`."""
_TITLE = f"{{{DUBLIN_CORE}}}title"
"""Of the script; that of the article's metadata can be another, or none."""
_SECTION, _LEFT_OUT, _AUTHOR = f"{{{OURS}}}section", f"{{{OURS}}}left-out", f"{{{OURS}}}author"
_META_NAMES: Mapping[str, str] = MappingProxyType(
    {"title": _TITLE, "author": f"{{{DUBLIN_CORE}}}creator", "seealso": f"{{{DUBLIN_CORE}}}source"}
    | {local: f"{{{DUBLIN_CORE}}}{local}" for local in ("creator", "date", "language", "source", "description")}
)
"""What `<meta name>` calls them."""


class Opening(Struct, frozen=True):
    """Where a section begins: what its mark stands for."""

    mark: str
    """Empty where nothing of the section is spoken."""
    id: str
    title: str
    level: int
    role: Role = Role.HEADING
    """Of its first words."""


class About(Struct, frozen=True):
    """What is said of a script beside its words."""

    metadata: Metadata = field(default_factory=Metadata)
    title: str = ""
    openings: tuple[Opening, ...] = ()
    left_out: tuple[Omission, ...] = ()
    ours: bool = False
    """Whether this program wrote it, so that every pause is where it is meant to be."""


def add_metadata(parent: Any, name: str, script: Script, openings: tuple[Opening, ...]) -> Any:
    """A child of `parent` called `name` that says all of this."""
    element = etree.SubElement(parent, name, nsmap={"dc": DUBLIN_CORE, "x": OURS})
    _add(element, _TITLE, script.title)
    for tag, key in _FIELDS.items():
        _add(element, tag, getattr(script.metadata, key) or "")
    for author in script.metadata.authors:
        _add(element, _AUTHOR, author)
    for opening in openings:
        attributes = {
            "mark": opening.mark,
            "id": xml_text(opening.id),
            "level": str(opening.level),
            "role": opening.role,
        }
        etree.SubElement(element, _SECTION, attributes).text = xml_text(opening.title)
    for omission in script.left_out:
        etree.SubElement(element, _LEFT_OUT, reason=omission.reason.value).text = xml_text(omission.text)
    return element


def _add(parent: Any, tag: str, text: str) -> None:
    if xml_text(text):
        etree.SubElement(parent, tag).text = xml_text(text)


def read_about(root: Any) -> About:
    """What the `metadata` and `meta` elements at the head of `root` say; what they do not say is empty."""
    given: dict[str, str] = {}
    authors: list[str] = []
    openings: list[Opening] = []
    left_out: list[Omission] = []
    ours = False
    for child in root:
        if _local(child) == "meta":
            given.setdefault(_META_NAMES.get(child.get("name", "").lower(), ""), child.get("content", ""))
        if _local(child) != "metadata":
            continue
        ours = ours or OURS in child.nsmap.values()
        for element in child.iter():
            if element.tag == _SECTION:
                openings.append(_opening(element))
            elif element.tag == _LEFT_OUT:
                left_out.append(_omission(element))
            elif element.tag == _AUTHOR:
                authors.append("".join(element.itertext()))
            elif element.tag in _FIELDS or element.tag == _TITLE:
                given.setdefault(element.tag, "".join(element.itertext()))
    if not ours:
        given = {tag: " ".join(text.split()) for tag, text in given.items()}
    return About(_metadata(given, authors), given.get(_TITLE, ""), tuple(openings), tuple(left_out), ours)


def _metadata(given: Mapping[str, str], authors: Sequence[str]) -> Metadata:
    fields: dict[str, Any] = {"authors": tuple(authors)}
    for tag, key in _FIELDS.items():
        value = given.get(tag, "")
        if value and _FORMS.get(key, _ANYTHING).fullmatch(value):
            fields[key] = value
    return Metadata(**fields)


_ANYTHING = re.compile(r".*", re.DOTALL)
_FORMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "date": re.compile(r"\d{4}(-\d\d(-\d\d.*)?)?"),
        "language": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"),
        "source": re.compile(r"(?:https?:)?//\S+", re.IGNORECASE),
    }
)
"""What the fields of `Metadata` look like; later stages rely on it, for one that an address is no script."""


def _opening(element: Any) -> Opening:
    level, role = element.get("level", ""), element.get("role", "")
    return Opening(
        element.get("mark", ""),
        element.get("id", ""),
        element.text or "",
        int(level) if level.isascii() and level.isdigit() and len(level) < 3 else 1,
        Role(role) if role in set(Role) else Role.HEADING,
    )


def _omission(element: Any) -> Omission:
    reason = element.get("reason", "")
    return Omission(element.text or "", Reason(reason) if reason in set(Reason) else Reason.SETTING)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
