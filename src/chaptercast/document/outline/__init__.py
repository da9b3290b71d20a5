"""The outline: headings found in a document, with level, confidence and evidence.

`candidates` -> `features` -> `places` -> `rules` and `vetoes` -> `families` -> `levels`; `title` and `clean` decide on words; `override` lets
the reader decide.
"""

from chaptercast.document.outline.build import headings, outline
from chaptercast.document.outline.user_outline import marked_only, overridden, parse_outline, retitled

__all__ = ["headings", "marked_only", "outline", "overridden", "parse_outline", "retitled"]
