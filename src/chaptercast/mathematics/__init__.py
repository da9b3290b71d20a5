"""Formulas: every way of writing them becomes one tree (`tree`). A leaf: readers of documents make trees, the narrator says them."""
