"""The app: a queue beside the served site that makes an episode of a pasted address, text or file, without a terminal."""
