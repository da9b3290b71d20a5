"""Neural voices on this machine, run by ONNX Runtime: shared by the engines `kokoro` and `piper`.

text ──grapheme_to_phoneme──> Spelling ──splitting──> model ──> Sound ──trim, join──> Speech
     phonemes/, kokoro/, piper/            model.py       synthesis.py
"""
