"""Web and mail addresses, file names, hashtags and user names, as they are read out.

The scheme of an address is dropped; of its path only what a listener could keep in mind is said.
"""

import re
from collections.abc import Mapping
from typing import Any

from chaptercast.script.normalise.data import address_endings, alternatives
from chaptercast.script.normalise.edits import Match, Rule, rule

_LONGEST_PATH = 24
_HOST = r"(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,6}"
_PATH = r"(?:/[A-Za-z0-9_.~/%?=&#+:;,@!$'()*-]*)?"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[0-9])(?=[A-Za-z])")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"


def address_rules(words: Mapping[str, Any], not_endings: list[str], *, spaced: bool) -> tuple[Rule, ...]:
    """The rules for addresses, said with `words` (at, dot, slash, dash, underscore, hashtag, handle).

    `not_endings` are words of the language that are also top-level domains: a missing space after a full stop is more likely.
    `spaced` says whether the language writes spaces between words.
    """
    gap = " " if spaced else ""
    digits = {ord(sign): name for sign, name in words.get("digits", {}).items()}
    signs = {sign: f"{gap}{words[name]}{gap}" for sign, name in _SIGNS.items()}

    def aloud(address: str) -> str:
        return " ".join("".join(signs.get(sign, sign) for sign in address.translate(digits)).split())

    def link(found: Match) -> str:
        host, _, path = found["address"].partition("/")
        tail = found[0][found.end("address") - found.start() :]
        path = path.rstrip("/")
        if len(path) > _LONGEST_PATH or not re.fullmatch(r"[A-Za-z_-]+(?:/[A-Za-z_-]+)?", path):
            path = ""
        return aloud(f"{host}/{path}" if path else host) + tail

    def hashtag(found: Match) -> str | None:
        name = found[1]
        if not re.search(r"[^\W\d_]", name):
            return None
        name = name.replace("_", " ")
        return f"{words['hashtag']}{gap}{_HUMP.sub(' ', name) if spaced else name}"

    def closed_hashtag(found: Match) -> str:
        follows = found.string[found.end() : found.end() + 1]
        return f"{words['hashtag']}{found[1]}" + ("，" if follows.isalnum() or follows == "“" else "")

    def handle(found: Match) -> str:
        return f"{words['handle']}{gap}{found[1].replace('_', ' ')}"

    endings = alternatives([ending for ending in address_endings("domains") if ending not in not_endings])
    host_end = rf"(?:{endings})(?![\w@-])(?!\.[A-Za-z0-9])"
    return (
        rule(
            "mail address",
            rf"(?:mailto:)?(?<![\w.+-])(?P<address>[A-Za-z0-9_][A-Za-z0-9_.+-]{{0,63}}@{_HOST}[A-Za-z]{{2,24}})(?![A-Za-z0-9_])",
            lambda found: aloud(found["address"]),
            needs="@",
            flags=re.ASCII,
        ),
        rule(
            "web address",
            rf"(?<![A-Za-z0-9])(?:https?|ftp)://(?:[^\s/@]{{1,64}}@)?(?P<address>[^\s/<>\"'“”‘’，。；、！？（）【】《》「」|\\]+"
            rf"(?<![.,;:!?]){_PATH}(?<![.,;:!?)'*]))[*']?",
            link,
            needs=":",
            flags=re.ASCII,
        ),
        rule(
            "web address without scheme",
            rf"(?<![A-Za-z0-9@./-])(?P<address>www\.{_HOST}[A-Za-z]{{2,24}}(?![A-Za-z0-9]){_PATH}(?<![.,;:!?)'*]))",
            link,
            needs=".",
            flags=re.ASCII | re.IGNORECASE,
        ),
        rule(
            "domain",
            rf"(?<![A-Za-z0-9@./-])(?P<address>(?=[^.]*[A-Za-z]){_HOST}{host_end}{_PATH}(?<![.,;:!?)'*]))",
            link,
            needs=".",
            flags=re.ASCII,
        ),
        rule(
            "file name",
            rf"(?<![A-Za-z0-9@./-])[A-Za-z0-9_-]{{1,64}}\.(?:{alternatives(address_endings('files'))})(?![\w.]*\w)",
            lambda found: aloud(found[0]),
            needs=".",
            flags=re.ASCII,
        ),
        rule(
            "hashtag between signs",
            r"#([^#\s]{1,40})# *",
            closed_hashtag if not spaced else lambda _found: None,
            needs="#",
        ),
        rule("hashtag", r"(?<![\w&#/])#(\w[\w-]{0,80})", hashtag, needs="#"),
        rule(
            "user name",
            rf"(?<![A-Za-z0-9._%+-])@([A-Za-z_{_HAN}][\w-]{{0,60}}(?:\.\w+)?)(?: +(?=[{_HAN}]))?",
            handle,
            needs="@",
        ),
    )


_SIGNS = {"@": "at", ".": "dot", "/": "slash", "-": "dash", "_": "underscore"}
