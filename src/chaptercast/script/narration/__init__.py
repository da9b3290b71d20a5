"""Narration: how each kind of block is said. One module for each family of blocks; `script.narrate` has the table of them all."""
