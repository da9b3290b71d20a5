"""Reads PDF: from the glyphs on pages to blocks of text.

`worker` reads pages in a process of its own. There, `page_extraction` applies `glyphs` -> `page_rotation` -> `fragments` -> `columns`
-> `lines` to each page. The worker sends `page.Page` values. From these, `block_assembly` makes the document, with `running_heads`,
`blocks`, `notes`, `headings`, `captions` and `tables`.
"""
