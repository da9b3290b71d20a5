"""General helpers that know nothing of articles or speech: languages, folders, processes, the MPEG frame grid."""
