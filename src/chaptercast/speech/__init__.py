"""Speaking: utterances become `Clip`s of speech on the frame grid. The one stage with engines, processes and, later, a network."""
