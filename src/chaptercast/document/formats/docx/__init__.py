"""Word documents: Office Open XML (ECMA-376, ISO/IEC 29500), both editions, read with lxml.

`package` finds the parts, `story` reads their paragraphs and tables with `text` and `properties`, `assemble` makes blocks of them.
"""
