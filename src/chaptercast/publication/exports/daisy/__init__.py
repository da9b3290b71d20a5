"""Exports DAISY books, which libraries for the blind lend, for players with a card or a disc.

The formats are DAISY 2.02 (2001) and DAISY 3 (Z39.86-2005).
"""
