"""Reads Word documents with lxml: Office Open XML (ECMA-376, ISO/IEC 29500), both editions (strict and transitional).

<<<<<<< 0c32e334a2fbe9e6abef673d38778e42c771b1ce
`package` finds the parts. `paragraphs` and `runs` read them, with `styles` and `run_properties`.
`block_assembly` makes blocks of the result.
=======
`package` finds the parts. `paragraphs` reads their paragraphs and tables, with `runs` and `run_properties`. `block_assembly` makes
blocks.
>>>>>>> c4a43bf1486d14311df58aa933f8409e9fce4119
"""
