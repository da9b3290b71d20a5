"""What of an article is not spoken, counted: by reason, in words, beside what is said."""

from collections.abc import Iterable

from msgspec import Struct

from chaptercast.common.unicode_text import word_count
from chaptercast.document.model import Omission, Reason
from chaptercast.script.model import Script

SEEN = frozenset(
    {
        Reason.BOILERPLATE,
        Reason.CREDIT,
        Reason.DAMAGED,
        Reason.ENVELOPE,
        Reason.FIGURES,
        Reason.NO_SOUND,
        Reason.NOTICE,
        Reason.PAGE,
        Reason.PAGE_NUMBER,
        Reason.SETTING,
        Reason.UNREAD,
        Reason.UNSPEAKABLE,
    }
)
"""Reasons for leaving out what a reader of the source sees, and does not hear elsewhere."""
MUCH = 0.25
"""The share of what is seen from which on it is told that so much is left out."""


class Loss(Struct, frozen=True):
    """All that is not spoken for one reason."""

    reason: Reason
    texts: tuple[str, ...]
    """In the article's order."""
    words: int

    @property
    def is_seen(self) -> bool:
        """Whether a reader of the source sees it."""
        return self.reason in SEEN


class Losses(Struct, frozen=True):
    """What is said, and what is not."""

    said_words: int
    losses: tuple[Loss, ...]
    """By their words, most first."""

    @property
    def lost_words(self) -> int:
        """Words that a reader sees and a listener does not hear."""
        return sum(loss.words for loss in self.losses if loss.is_seen)

    @property
    def seen_words(self) -> int:
        """Words that a reader of the source sees."""
        return self.said_words + self.lost_words

    @property
    def lost_share(self) -> float:
        """Share of what is seen that is not heard; 0 where nothing is seen."""
        return self.lost_words / self.seen_words if self.seen_words else 0.0

    @property
    def are_many(self) -> bool:
        """Whether so much is left out that somebody should look."""
        return self.lost_share > MUCH


def losses_of(said_words: int, left_out: Iterable[Omission]) -> Losses:
    """What is left out by reason, beside `said_words`, the words of the article that are said."""
    texts: dict[Reason, list[str]] = {}
    for omission in left_out:
        texts.setdefault(omission.reason, []).append(omission.text)
    losses = [Loss(reason, tuple(found), sum(map(word_count, found))) for reason, found in texts.items()]
    return Losses(said_words, tuple(sorted(losses, key=lambda loss: (-loss.words, loss.reason))))


def losses_in(script: Script) -> Losses:
    """What of a script's article is not spoken; all of it is narrated for that."""
    return losses_of(sum(word_count(say.written) for say in script.utterances()), script.left_out)
