"""HTML into blocks: one iterative walk over a parsed tree, for files, fragments, Markdown, and documents made into HTML."""
