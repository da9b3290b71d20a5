"""The joining stage: joins clips and silences into one chaptered MP3.

Frames are copied one by one, without decoding. All times are counted in frames, never estimated.
"""
