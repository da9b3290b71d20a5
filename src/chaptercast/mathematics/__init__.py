"""Formulas: every notation becomes one kind of tree (`tree`). A leaf package: document readers make trees, the narrator says them."""
