"""Reads EPUB 2 and 3: the package, the files of the spine as one page, and the headings that the table of contents names.

<<<<<<< 0c32e334a2fbe9e6abef673d38778e42c771b1ce
`package` -> `spine` (`svg`, `drm`) -> `table_of_contents` -> `headings`; `reader` brings them together.
=======
`package` -> `spine` (`svg`, `drm`) -> `table_of_contents` -> `headings`. `reader` combines them.
>>>>>>> c4a43bf1486d14311df58aa933f8409e9fce4119
"""
