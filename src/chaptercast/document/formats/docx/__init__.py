"""Word documents: Office Open XML (ECMA-376, ISO/IEC 29500), both editions, read with lxml.

`package` finds the parts. `paragraphs` and `runs` read them, with `styles` and `run_properties`.
`block_assembly` makes blocks of the result.
"""
