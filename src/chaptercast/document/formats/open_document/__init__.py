"""OpenDocument texts (ODT, flat ODF), which LibreOffice and OpenOffice write, into blocks by way of HTML.

`styles` and `list_numbering` know how text looks, `elements` what each element becomes. `reader` brings the parts of a file together.
"""
