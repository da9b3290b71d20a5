"""Where an article comes from: files, archives, standard input, the web."""
