"""Reads OpenDocument texts (ODT, flat ODF), as LibreOffice and OpenOffice write them, into blocks by way of HTML.

`namespaces` -> `styles` and `list_numbering` give the look of text, `elements` converts each element, `reader` combines the parts of a
file.
"""
