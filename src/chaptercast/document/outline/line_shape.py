"""Small facts about a line of text: how wide it looks, how it ends, what encloses it. Nothing here knows of blocks."""

import re
import unicodedata

STOPS = "。．.｡।۔"
ENDINGS = {
    **dict.fromkeys(STOPS, "stop"),
    **dict.fromkeys("?？؟", "question"),
    **dict.fromkeys("!！", "exclamation"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys(";；", "semicolon"),
    **dict.fromkeys(",，、،", "comma"),
    **dict.fromkeys("…⋯", "ellipsis"),
}
BULLETS = "◆◇●○■□▪▫▲△▼▽★☆◎◉▍▌▎▏▋█❖✦✧◈➤➢►▶▸•‣※❂✿❀◾◼❏❑➣✪✔✅☑🔹🔸🔷🔶🔺📌📍⭐🌟👉"
OPENING = "“‘「『«‹„《\"'＂"
CLOSING = "”’」』»›“》\"'＂"
_QUOTATIONS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "«": "»",
    "»": "«",
    "„": "“”",
    "‹": "›",
    '"': '"',
    "＂": "＂",
}
_WRAPPERS = {"【": "】", "〖": "〗"}
_ROUND = {"(": ")", "（": "）"}

_SPACE = re.compile(r"[\s\u3000\u200b\ufeff]+")
_TRAILERS = " )）]】”’」』»\"'"
_INNER = re.compile(r"[。！？!?｡।۔]|[.…](?=\s+[\"“«(]?[A-ZÀ-ÝА-ЯЁ¿¡])|[;；]")
_INITIAL = re.compile(r"(?:^|[\s.])(?:[A-ZÀ-ÝА-Я]|[A-Za-z]{1,2}|Mrs|MRS|Prof|PROF|vgl|bzw|etc|usw|geb|hrsg|Nr|No)$")


def folded(text: str) -> str:
    """`text` with every run of white space as one space, and none at its ends."""
    return _SPACE.sub(" ", text).strip()


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: two for each wide or full-width character (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def letters(text: str) -> int:
    """How many letters and digits `text` has."""
    return sum(map(str.isalnum, text))


def without_bullet(text: str) -> tuple[str, str]:
    """The bullet marks that `text` opens with, and the rest."""
    rest = text.lstrip(BULLETS + " \u3000\ufe0e\ufe0f")
    mark = text[: len(text) - len(rest)].strip(" \u3000\ufe0e\ufe0f")
    return (mark[:1], rest) if mark and rest else ("", text)


def ending(text: str) -> str:
    """The kind of sign that `text` ends with, closing quotation marks and brackets aside; empty for none."""
    bare = text.rstrip(_TRAILERS)
    return ENDINGS.get(bare[-1], "") if bare else ""


def inner_sentences(text: str) -> int:
    """How many sentence ends stand inside `text`, before its last sign."""
    body = text.rstrip(_TRAILERS + STOPS + "!?！？…:：;；")
    return sum(
        1 for m in _INNER.finditer(body) if m[0] != "." or not _INITIAL.search(body[max(0, m.start() - 6) : m.start()])
    )


def unwrapped(text: str) -> str:
    """What stands in the one pair of 【】 or 〖〗 that encloses the whole of `text`; nothing if there is none."""
    close = _WRAPPERS.get(text[:1], "")
    inside = text[1:-1]
    return inside.strip() if close and text.endswith(close) and close not in inside else ""


def in_round_brackets(text: str) -> bool:
    """Whether one pair of round brackets encloses the whole of `text`."""
    close = _ROUND.get(text[:1], "")
    return bool(close) and text.rstrip(STOPS).endswith(close) and close not in text.rstrip(STOPS)[1:-1]


def quoted_share(text: str) -> float:
    """How much of `text` stands in the quotation that it opens with: 0 without one, 1 if there is nothing else."""
    closing = _QUOTATIONS.get(text[:1], "")
    if not closing:
        return 0.0
    at = max((text.rfind(c, 1) for c in closing), default=-1)
    if at < 0:
        return 0.0
    inside, whole = letters(text[1:at]), letters(text)
    return inside / whole if whole else 0.0


def in_capitals(text: str) -> bool:
    """Whether `text` is set in capitals: no small letter, and at least three capitals."""
    return text.isupper() and sum(map(str.isupper, text)) >= 3


def key(text: str) -> str:
    """`text` for comparison: letters and digits only, in one case and one form (NFKC)."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def echo(text: str, other: str) -> float:
    """How much of `text` is heard again in `other`, from 0 to 1: the share of its pairs of neighbouring letters."""
    mine, yours = _pairs(key(text)), _pairs(key(other))
    return len(mine & yours) / len(mine) if mine else 0.0


def _pairs(text: str) -> set[str]:
    size = 2 if any("\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text) else 5
    return {text[i : i + size] for i in range(len(text) - size + 1)}
