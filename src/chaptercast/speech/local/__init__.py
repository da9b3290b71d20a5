"""Runs engines on this machine, in a pool of worker processes."""
