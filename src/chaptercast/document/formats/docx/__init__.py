"""Reads Word documents with lxml: Office Open XML (ECMA-376, ISO/IEC 29500), both editions (strict and transitional).

`package` finds the parts. `paragraphs` reads their paragraphs and tables, with `runs` and `run_properties`. `block_assembly` makes
blocks.
"""
