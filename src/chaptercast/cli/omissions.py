"""What is not spoken, as the command line shows it."""

from chaptercast.cli import stdout
from chaptercast.script.omissions import Losses

_SHOWN = 300
"""Characters of a text that are shown; all of it is in the JSON."""


def show_losses(losses: Losses, *, as_json: bool) -> None:
    """Print what is not spoken, by reason."""
    if as_json:
        listed = [
            {"reason": loss.reason, "words": loss.words, "seen": loss.is_seen, "texts": list(loss.texts)}
            for loss in losses.losses
        ]
        described = {"said_words": losses.said_words, "lost_words": losses.lost_words, "left_out": listed}
        stdout.as_json(described)
        return
    stdout.line(f"Spoken: {losses.said_words:,} words.")
    for loss in losses.losses:
        elsewhere = "" if loss.is_seen else ", not seen by readers either, or heard elsewhere"
        stdout.line(f"\nNot spoken, {loss.reason}: {len(loss.texts)} × with {loss.words:,} words{elsewhere}.")
        for text in loss.texts:
            folded = " ".join(text.split())
            stdout.line(f"    {folded if len(folded) <= _SHOWN else folded[:_SHOWN] + '…'}")
    if not losses.losses:
        stdout.line("Nothing is left out.")
    if losses.are_many:
        stdout.line(f"\n{_share(losses)}")


def too_much(losses: Losses) -> str:
    """A line that says how much of an article is left out, and where to look."""
    return f"{_share(losses)} What they are: chaptercast outline FILE --report"


def _share(losses: Losses) -> str:
    return f"Look here: {losses.lost_words:,} of {losses.seen_words:,} words that readers see are not spoken ({losses.lost_share:.0%})."
