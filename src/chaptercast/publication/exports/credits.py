"""What books say of who wrote and who speaks them."""

from uuid import UUID

from chaptercast.publication.model import Episode


def identifier(episode: Episode) -> str:
    """What a book is known by: that of its recording."""
    try:
        return f"urn:uuid:{UUID(episode.guid)}"
    except ValueError:
        return episode.guid or f"urn:chaptercast:{episode.slug}"


def narrator(episode: Episode) -> str:
    """Who speaks: nobody shall take a synthetic voice for a person."""
    voices = ", ".join(episode.spoken.voices)
    return (
        f"{voices} ({episode.spoken.engine}, synthetic voice)"
        if voices
        else f"{episode.spoken.engine} (synthetic voice)"
    )
