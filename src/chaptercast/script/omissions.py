"""Counts the parts of an article that are not spoken, by reason, with the number of spoken words for comparison."""

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
"""Reasons for omitting text that a reader of the source sees, and that is not spoken elsewhere."""
MUCH = 0.25
"""From this share of the visible text on, the large omission is reported."""


class Loss(Struct, frozen=True):
    """All text that is omitted for one reason."""

    reason: Reason
    texts: tuple[str, ...]
    """In the article's order."""
    words: int

    @property
    def is_seen(self) -> bool:
        """Whether a reader of the source sees it."""
        return self.reason in SEEN


class Losses(Struct, frozen=True):
    """What is spoken, and what is not."""

    said_words: int
    losses: tuple[Loss, ...]
    """Sorted by number of words, most first."""

    @property
    def lost_words(self) -> int:
        """The number of words that a reader sees and a listener does not hear."""
        return sum(loss.words for loss in self.losses if loss.is_seen)

    @property
    def seen_words(self) -> int:
        """The number of words that a reader of the source sees."""
        return self.said_words + self.lost_words

    @property
    def lost_share(self) -> float:
        """The share of visible words that is not heard; 0 if nothing is visible."""
        return self.lost_words / self.seen_words if self.seen_words else 0.0

    @property
    def are_many(self) -> bool:
        """Whether so much is omitted that somebody should check it."""
        return self.lost_share > MUCH


def losses_of(said_words: int, left_out: Iterable[Omission]) -> Losses:
    """The omissions by reason. `said_words` is the number of spoken words of the article."""
    texts: dict[Reason, list[str]] = {}
    for omission in left_out:
        texts.setdefault(omission.reason, []).append(omission.text)
    losses = [Loss(reason, tuple(found), sum(map(word_count, found))) for reason, found in texts.items()]
    return Losses(said_words, tuple(sorted(losses, key=lambda loss: (-loss.words, loss.reason))))


def losses_in(script: Script) -> Losses:
    """The omissions of a script's article. Narrates all of it."""
    return losses_of(sum(word_count(say.written) for say in script.utterances()), script.left_out)
