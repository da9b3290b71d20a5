"""Names of files that other parts look for."""

MANIFEST = "episode.json"
