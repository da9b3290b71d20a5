"""From text to what a model was trained on: phonemes in its own letters, punctuation marks, and where each word stands."""
