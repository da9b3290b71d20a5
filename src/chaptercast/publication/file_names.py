"""File names that other parts of the program look for."""

MANIFEST = "episode.json"
AUDIO_SUFFIX = ".mp3"
"""The suffix of every recording."""
