"""The outline: headings found in a document, with level, confidence and evidence.

`candidates` -> `features` -> `candidate_context` -> `rules` and `vetoes` -> `heading_series` -> `levels`. `title` and `heading_text`
decide on the words. `user_outline` lets the reader decide.
"""

from chaptercast.document.outline.build import headings, outline
from chaptercast.document.outline.user_outline import marked_only, overridden, parse_outline, retitled

__all__ = ["headings", "marked_only", "outline", "overridden", "parse_outline", "retitled"]
