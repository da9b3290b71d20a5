"""Pronunciation lexicons: their files, which of them an article uses, and how they respell its words."""
