"""DAISY books: what libraries for the blind lend, and their players read from a card or a disc. DAISY 2.02 (2001), and 3 (Z39.86-2005)."""
