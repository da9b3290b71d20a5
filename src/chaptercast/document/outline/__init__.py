"""The outline: headings found in a document, with level, confidence and evidence.

<<<<<<< 0c32e334a2fbe9e6abef673d38778e42c771b1ce
`candidates` -> `features` -> `candidate_context` -> `rules` and `vetoes` -> `heading_series` -> `levels`. `title` finds the title,
`heading_text` cleans the words of a heading, `user_outline` lets the reader decide, `build` runs them all.
=======
`candidates` -> `features` -> `candidate_context` -> `rules` and `vetoes` -> `heading_series` -> `levels`. `title` and `heading_text`
decide on the words. `user_outline` lets the reader decide.
>>>>>>> c4a43bf1486d14311df58aa933f8409e9fce4119
"""

from chaptercast.document.outline.build import headings, outline
from chaptercast.document.outline.user_outline import marked_only, overridden, parse_outline, retitled

__all__ = ["headings", "marked_only", "outline", "overridden", "parse_outline", "retitled"]
