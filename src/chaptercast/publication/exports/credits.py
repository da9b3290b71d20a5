"""Credits in books: the identifier, and who speaks."""

from uuid import UUID

from chaptercast.publication.model import Episode


def identifier(episode: Episode) -> str:
    """Returns the identifier of a book: that of its recording."""
    try:
        return f"urn:uuid:{UUID(episode.guid)}"
    except ValueError:
        return episode.guid or f"urn:chaptercast:{episode.slug}"


def narrator(episode: Episode) -> str:
    """Returns the narrator. It says that the voice is synthetic, so that nobody takes it for a person."""
    voices = ", ".join(episode.spoken.voices)
    return (
        f"{voices} ({episode.spoken.engine}, synthetic voice)"
        if voices
        else f"{episode.spoken.engine} (synthetic voice)"
    )
