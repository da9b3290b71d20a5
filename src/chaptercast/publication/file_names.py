"""Names of files that other parts look for."""

MANIFEST = "episode.json"
AUDIO_SUFFIX = ".mp3"
"""Of every recording."""
