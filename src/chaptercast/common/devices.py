"""What the networks of neural voices can run on."""

from enum import StrEnum


class Device(StrEnum):
    """A processor, or something quicker beside it; whether there is one, the ONNX Runtime that is installed knows."""

    CPU = "cpu"
    CUDA = "cuda"
    DIRECTML = "directml"
    COREML = "coreml"
