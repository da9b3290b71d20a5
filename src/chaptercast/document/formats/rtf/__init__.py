"""Rich Text Format (RTF 1.9.1), which every word processor writes, into blocks by way of HTML.

`tokens` -> `reader` (groups, properties, what is no text) -> `body` (paragraphs, lists, tables, notes); `charsets` knows code pages.
"""
