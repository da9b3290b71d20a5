"""Clips of speech on the frame grid: encoded once, cached between runs."""
