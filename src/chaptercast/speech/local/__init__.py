"""Engines that work on this machine: a pool of worker processes."""
