"""Reads Markdown in the dialects of many programs, each with its own marks beside those of CommonMark."""

from chaptercast.document.formats.markdown.reader import read_markdown, to_html

__all__ = ["read_markdown", "to_html"]
