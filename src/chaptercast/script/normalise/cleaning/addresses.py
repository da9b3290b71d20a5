"""Rules that read out web and mail addresses, file names, hashtags and user names.

The scheme of an address is dropped. Of its path, only as much is read as a listener can remember.
"""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from chaptercast.script.normalise.data import address_endings, alternatives
from chaptercast.script.normalise.edits import Match, Rule, after, rule

_LONGEST_PATH = 24
_HOST = r"(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,6}"
_PATH = r"(?:/[A-Za-z0-9_.~/%?=&#+:;,@!$'()*-]*)?"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[0-9])(?=[A-Za-z])")
_START = r"(?<![A-Za-z0-9@./-])"
_SIGNS = {"@": "at", ".": "dot", "/": "slash", "-": "dash", "_": "underscore"}
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"


class _Reading(Struct, frozen=True):
    """How a language reads addresses: its `words` for the signs, and whether it puts spaces between words."""

    words: Mapping[str, Any]
    spaced: bool

    @property
    def gap(self) -> str:
        return " " if self.spaced else ""

    def aloud(self, address: str) -> str:
        """An address with its signs in words. Digits are read one by one if the language does so."""
        digits = self.words.get("digits", {})
        signs = {sign: f"{self.gap}{self.words[name]}{self.gap}" for sign, name in _SIGNS.items()}
        return " ".join("".join(signs.get(sign) or digits.get(sign, sign) for sign in address).split())

    def mail(self, found: Match) -> str:
        """A mail address, which listeners copy: digits one by one, even for an engine that reads digits."""
        address = re.sub(r"[0-9]", r" \g<0> ", found["address"]) if self.spaced else found["address"]
        return self.aloud(address)

    def link(self, found: Match) -> str:
        host, _, path = found["address"].partition("/")
        path = path.rstrip("/")
        memorable = len(path) <= _LONGEST_PATH and re.fullmatch(r"[A-Za-z_-]+(?:/[A-Za-z_-]+)?", path)
        tail = found[0][found.end("address") - found.start() :]
        return self.aloud(f"{host}/{path}" if memorable else host) + tail

    def file(self, found: Match) -> str:
        return self.aloud(found[0])

    def hashtag(self, found: Match) -> str | None:
        if not re.search(r"[^\W\d_]", found[1]):
            return None
        name = found[1].replace("_", " ")
        return f"{self.words['hashtag']}{_HUMP.sub(' ', name) if self.spaced else name}"

    def closed_hashtag(self, found: Match) -> str | None:
        """`#世界读书日#`, as written in languages without spaces."""
        follows = after(found, 1)
        return (
            None
            if self.spaced
            else f"{self.words['hashtag']}{found[1]}{'，' * (follows.isalnum() or follows in ('“', '#'))}"
        )

    def user(self, found: Match) -> str:
        return f"{self.words['handle']}{self.gap}{found[1].replace('_', ' ')}"


def address_rules(words: Mapping[str, Any], not_endings: list[str], *, spaced: bool) -> tuple[Rule, ...]:
    """The rules for addresses, read with `words` (at, dot, slash, dash, underscore, hashtag, handle).

    `not_endings` are words of the language that are also top-level domains: for these, a missing space after a full stop is more
    likely. `spaced` tells whether the language puts spaces between words.
    """
    reading = _Reading(words, spaced)
    endings = alternatives(ending for ending in address_endings("domains") if ending not in not_endings)
    return (
        rule(
            "mail address",
            rf"(?:mailto:)?(?<![\w.+-])(?P<address>[A-Za-z0-9_][A-Za-z0-9_.+-]{{0,63}}@{_HOST}[A-Za-z]{{2,24}})(?![A-Za-z0-9_])",
            reading.mail,
            needs="@",
            flags=re.ASCII,
        ),
        rule(
            "web address",
            rf"(?<![A-Za-z0-9])(?:https?|ftp)://(?:[^\s/@]{{1,64}}@)?(?P<address>[^\s/<>\"'“”‘’，。；、！？（）【】《》「」|\\]+"
            rf"(?<![.,;:!?]){_PATH}(?<![.,;:!?)'*]))[*']?",
            reading.link,
            needs=":",
            flags=re.ASCII,
        ),
        rule(
            "web address without scheme",
            rf"{_START}(?P<address>www\.{_HOST}[A-Za-z]{{2,24}}(?![A-Za-z0-9]){_PATH}(?<![.,;:!?)'*]))",
            reading.link,
            needs=".",
            flags=re.ASCII | re.IGNORECASE,
        ),
        rule(
            "domain",
            rf"{_START}(?P<address>(?=[0-9.-]{{0,40}}[A-Za-z]){_HOST}(?:{endings})(?![\w@-])(?!\.[A-Za-z0-9]){_PATH}(?<![.,;:!?)'*]))",
            reading.link,
            needs=".",
            flags=re.ASCII,
        ),
        rule(
            "file name",
            rf"{_START}[A-Za-z0-9_-]{{1,64}}\.(?:{alternatives(address_endings('files'))})(?![\w.]*\w)",
            reading.file,
            needs=".",
            flags=re.ASCII,
        ),
        rule("hashtag between signs", r"#([^#\s]{1,40})# *", reading.closed_hashtag, needs="#"),
        rule("hashtag", r"(?<![\w&#/])#(\w[\w-]{0,80})", reading.hashtag, needs="#"),
        rule(
            "user name",
            rf"(?<![A-Za-z0-9._%+-])@([A-Za-z_{_HAN}][\w-]{{0,60}}(?:\.\w+)?)(?: +(?=[{_HAN}]))?",
            reading.user,
            needs="@",
        ),
    )
