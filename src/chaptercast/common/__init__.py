"""What any program needs, and nothing about articles or speech: languages, folders, processes, the frame grid of MPEG audio."""
