"""Reads Rich Text Format (RTF 1.9.1), which every word processor writes, into blocks by way of HTML.

<<<<<<< 0c32e334a2fbe9e6abef673d38778e42c771b1ce
`tokens` -> `parser` (groups, properties, what is no text) -> `body` (paragraphs, lists, tables, notes); `charsets` knows code pages.
=======
`tokens` -> `parser` (groups, properties, ignored text) -> `body` (paragraphs, lists, tables, notes). `charsets` knows code pages.
>>>>>>> c4a43bf1486d14311df58aa933f8409e9fce4119
"""
