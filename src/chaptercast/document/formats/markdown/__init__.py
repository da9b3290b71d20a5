"""Markdown, as it is written for many programs: each has its own signs beside those of CommonMark."""

from chaptercast.document.formats.markdown.reader import read_markdown, to_html

__all__ = ["read_markdown", "to_html"]
