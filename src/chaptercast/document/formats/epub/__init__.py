"""EPUB 2 and 3: what is in the package, the files of the spine as one page, and the headings that the list of contents names.

`package` -> `pages` (`drawings`, `protection`) -> `contents` -> `headings`; `reader` brings them together.
"""
