"""Reads HTML into blocks with one iterative walk over a parsed tree: files, fragments, Markdown, and documents converted to HTML."""
