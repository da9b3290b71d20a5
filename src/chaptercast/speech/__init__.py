"""The speaking stage: turns utterances into `Clip`s of speech on the frame grid. The one stage with engines, processes and a network."""
