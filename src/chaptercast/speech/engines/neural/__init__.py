"""Neural voices on this machine, run by ONNX Runtime: what is shared by the engines `kokoro` and `piper`.

```
text ──spell──> Spelling ──pieces──> model ──> Sound ──trim, join──> Speech
     phonemes/, kokoro/, piper/            model.py       speaking.py
```
"""
