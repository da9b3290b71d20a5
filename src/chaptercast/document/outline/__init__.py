"""The outline: headings found in a document, with level, confidence and evidence.

`pieces` -> `features` -> `places` -> `rules` and `vetoes` -> `families` -> `levels`; `title` and `clean` decide on words.
"""

from chaptercast.document.outline.build import headings, outline

__all__ = ["headings", "outline"]
