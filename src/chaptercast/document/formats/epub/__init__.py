"""EPUB 2 and 3: what is in the package, the files of the spine as one page, and the headings that the list of contents names.

`package` -> `spine` (`svg`, `drm`) -> `table_of_contents` -> `headings`; `reader` brings them together.
"""
