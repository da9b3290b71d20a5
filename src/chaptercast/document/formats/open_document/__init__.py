"""Reads OpenDocument texts (ODT, flat ODF), as LibreOffice and OpenOffice write them, into blocks by way of HTML.

<<<<<<< 0c32e334a2fbe9e6abef673d38778e42c771b1ce
`styles` and `list_numbering` know how text looks, `elements` what each element becomes. `reader` brings the parts of a file together.
=======
`namespaces` -> `styles` and `list_numbering` give the look of text, `elements` converts each element, `reader` combines the parts of a
file.
>>>>>>> c4a43bf1486d14311df58aa933f8409e9fce4119
"""
