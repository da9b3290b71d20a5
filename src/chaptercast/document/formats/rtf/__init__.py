"""Reads Rich Text Format (RTF 1.9.1), which every word processor writes, into blocks by way of HTML.

`tokens` -> `parser` (groups, properties, ignored text) -> `body` (paragraphs, lists, tables, notes). `charsets` knows code pages.
"""
