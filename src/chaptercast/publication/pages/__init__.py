"""Pages for browsers: one for each episode beside its MP3, and one over all episodes. No script but their own, no foreign request."""

from chaptercast.publication.pages.episode import episode_page
from chaptercast.publication.pages.library import PAGE, library_page

__all__ = ["PAGE", "episode_page", "library_page"]
