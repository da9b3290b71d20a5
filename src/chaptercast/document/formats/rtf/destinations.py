"""What becomes of the text in a group of RTF: it is part of a body, or it is collected for a purpose, or it is nothing."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxml import etree

from chaptercast.document.formats.rtf.body import Body
from chaptercast.document.formats.rtf.styles import Style


class Destination:
    """Takes text and does nothing with it: for what is no text."""

    def text(self, text: str) -> None:
        """Take text."""

    def end(self) -> None:
        """The group has ended."""


class Flow(Destination):
    """A body of its own: a note, a box."""

    def __init__(self, body: Body) -> None:
        self._body = body

    def end(self) -> None:
        self._body.finish()


class Collector(Destination):
    """Collects text, and hands it over as a whole."""

    def __init__(self, done: Callable[[str], None]) -> None:
        self._parts: list[str] = []
        self._done = done

    def text(self, text: str) -> None:
        self._parts.append(text)

    def end(self) -> None:
        self._done("".join(self._parts).strip())


class Picture(Destination):
    """An image: what stands for it in words may be among its properties."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self.alt = ""

    def end(self) -> None:
        image = etree.Element("img", {"src": "image"})
        if self.alt:
            image.set("alt", self.alt)
        self._body.put(image)


class Fonts(Destination):
    """The table of fonts, for the sake of their character sets."""

    def __init__(self) -> None:
        self.charsets: dict[int, int] = {}
        self._font = 0

    def word(self, word: str, value: int) -> None:
        """A control word in the table."""
        if word == "f":
            self._font = value
        elif word == "fcharset":
            self.charsets[self._font] = value


class Styles(Destination):
    """The style sheet: each style ends with a semicolon."""

    def __init__(self) -> None:
        self.styles: dict[int, Style] = {}
        self._given: dict[str, int] = {}
        self._name = ""

    def begin(self) -> None:
        """A group begins: the next style."""
        self._given, self._name = {}, ""

    def word(self, word: str, value: int) -> None:
        """A control word in the sheet."""
        if word in _OF_STYLES:
            self._given[word] = value

    def text(self, text: str) -> None:
        self._name += text
        if ";" in self._name:
            name = self._name.partition(";")[0].strip()
            number = self._given.get("s", 0)
            parent = self._given.get("sbasedon")
            self.styles[number] = Style(name, parent if parent != number else None, self._given.get("outlinelevel"))
            self.begin()


_OF_STYLES = frozenset({"s", "sbasedon", "outlinelevel"})


class Info(Destination):
    """What the document says about itself: its texts and times by their control words."""

    TEXTS = frozenset({"title", "author", "subject", "doccomm", "operator"})
    TIMES = frozenset({"creatim", "revtim"})
    PARTS: Mapping[str, int] = MappingProxyType({"yr": 4, "mo": 2, "dy": 2})

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._time = ""

    def collect(self, word: str) -> Destination:
        """Where the text of a part goes."""
        return Collector(lambda text: self.values.update({word: text}))

    def word(self, word: str, value: int) -> None:
        """A control word: the name of a time, or a part of it."""
        if word in self.TIMES:
            self._time = word
        elif word in self.PARTS and self._time:
            before = self.values.get(self._time, "")
            self.values[self._time] = f"{before}-{value:0{self.PARTS[word]}}".lstrip("-")
