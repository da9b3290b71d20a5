"""Clips of speech on the frame grid: encoded once, kept from run to run."""
