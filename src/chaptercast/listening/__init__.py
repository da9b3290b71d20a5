"""Checks recordings: a recogniser on this machine transcribes them, and the result is compared with the script (docs/listening.md)."""
