"""The app: a queue beside the served site, from a pasted address, text or file to an episode, without a terminal."""
