"""Narration: how each kind of block is spoken. One module per family of blocks; `script.narration.narrate` holds the table of all."""
