"""OpenDocument texts (ODT, flat ODF), which LibreOffice and OpenOffice write, into blocks by way of HTML.

`names` -> `styles` and `lists` say how text looks, `text` what each element becomes, `reader` brings the parts of a file together.
"""
