"""Turns text into a model's input: phonemes in its own letters, punctuation, and the position of each word."""
