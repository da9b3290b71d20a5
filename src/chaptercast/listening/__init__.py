"""The listener: recordings heard by a recogniser on this machine, and held against what should be heard (docs/listening.md)."""
