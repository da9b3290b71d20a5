"""Joining: clips and silences become one chaptered MP3, copied frame by frame, its times counted and never estimated."""
