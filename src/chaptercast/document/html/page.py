"""What has to be known of a whole page before the walk: its style sheet, its notes, which tables are data, what is furniture."""

from chaptercast.document.html import style as css
from chaptercast.document.html.parse import Element
from chaptercast.document.html.tags import NAMED_ONLY, NOT_TEXT, UNSEEN
from chaptercast.document.html.things import language_of, text_of
from chaptercast.document.model import Omission, Reason
from chaptercast.units import LanguageTag

_ALWAYS_SHOWN = frozenset({"html", "body", "main", "article"})
"""Elements that hold the article itself: hidden ones are shown by a script that does not run here."""


class Page:
    """A parsed page and what was found by looking it over."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.styles = css.StyleSheet([sheet.text or "" for sheet in root.iter("style")])
        self.language = declared_language(root)
        self.body_size = css.ROOT_SIZE

    def omission(self, element: Element, tag: str, style: css.Declarations, *, in_heading: bool) -> Omission | None:
        """Why an element is left out, or None if it is to be read."""
        if tag == "head":
            return Omission("", Reason.NOT_TEXT)
        if tag in NOT_TEXT and not (tag == "button" and in_heading):
            return Omission(tag if tag in NAMED_ONLY else text_of(element) or tag, Reason.NOT_TEXT)
        if tag in UNSEEN or (_hidden(element, style) and tag not in _ALWAYS_SHOWN):
            return Omission(text_of(element), Reason.HIDDEN)
        return None


def _hidden(element: Element, style: css.Declarations) -> bool:
    if css.hidden(style):
        return True
    attributes = element.attrib
    hidden = attributes.get("hidden")
    return (hidden is not None and hidden != "until-found") or attributes.get("aria-hidden", "").strip().lower() == "true"


def declared_language(root: Element) -> LanguageTag | None:
    """The language of the page as a whole: of `html`, `body`, or of an only element in it."""
    element = root
    for _ in range(50):
        if language_of(element):
            return LanguageTag(language_of(element))
        inner = [child for child in element if isinstance(child.tag, str) and child.tag != "head"]
        if len(inner) != 1 or (element.text or "").strip() or (inner[0].tail or "").strip():
            return None
        element = inner[0]
    return None
