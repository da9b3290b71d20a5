"""Reads EPUB 2 and 3: the package, the files of the spine as one page, and the headings that the table of contents names.

`package` -> `spine` (`svg`, `drm`) -> `table_of_contents` -> `headings`. `reader` combines them.
"""
