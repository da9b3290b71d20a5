"""Web pages: one for each episode beside its MP3, and one for the whole library. Only their own script runs; no request leaves the site."""

from chaptercast.publication.pages.episode import episode_page
from chaptercast.publication.pages.library import PAGE, library_page

__all__ = ["PAGE", "episode_page", "library_page"]
