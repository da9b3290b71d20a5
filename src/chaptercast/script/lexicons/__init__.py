"""Pronunciation lexicons: their files, their selection for an article, and how they respell words."""
