"""The devices that can run the networks of neural voices."""

from enum import StrEnum


class Device(StrEnum):
    """A CPU or a faster device. The installed ONNX Runtime knows which of them exist."""

    CPU = "cpu"
    CUDA = "cuda"
    DIRECTML = "directml"
    COREML = "coreml"
