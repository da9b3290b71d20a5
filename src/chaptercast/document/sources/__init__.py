"""Sources of articles: files, archives, standard input, the web."""
