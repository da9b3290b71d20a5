"""PDF: from glyphs on pages to blocks of text.

`worker` reads pages in a process of its own: `glyphs` -> `turning` -> `rows` -> `columns` -> `lines`. What it sends are `page.Page` values;
from them `furniture`, `blocks`, `notes`, `roles` and `assemble` make the document.
"""
