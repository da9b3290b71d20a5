"""ONNX Runtime: models opened, and its errors as ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Any

from chaptercast.common.devices import Device
from chaptercast.errors import EngineError, UsageError

REMEDY = "Install what runs them: pip install 'chaptercast[neural]'"
_PROVIDERS: Mapping[Device, str] = MappingProxyType(
    {
        Device.CPU: "CPUExecutionProvider",
        Device.CUDA: "CUDAExecutionProvider",
        Device.DIRECTML: "DmlExecutionProvider",
        Device.COREML: "CoreMLExecutionProvider",
    }
)
"""What the runtime calls each device."""
_FATAL_ONLY = 4
"""What it logs by itself: its errors come as exceptions, and only the command line prints."""
_WHEELS = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml")
"""The names under which the runtime is published, for one kind of devices each."""


@cache
def release() -> str:
    """Name and version of the runtime that is installed; empty where none is."""
    for wheel in _WHEELS:
        try:
            return f"{wheel} {version(wheel)}"
        except PackageNotFoundError:
            continue
    return ""


def check_device(device: Device) -> None:
    """Raise `UsageError` where the runtime that is installed cannot use `device`. The device itself is not touched."""
    if device is not Device.CPU and _PROVIDERS[device] not in _onnxruntime().get_available_providers():
        raise UsageError(
            f"The ONNX Runtime that is installed ({release()}) cannot use the device “{device}”.",
            "Install the one for it (onnxruntime-gpu for cuda, onnxruntime-directml for directml), or leave --device out.",
        )


def opened(model: bytes, device: Device = Device.CPU) -> Any:
    """A session of `model` in one thread: workers are processes, and more threads in each would only wait for each other.

    Memory is not laid out ahead for each length of text: that would be kept for all of them. Raises `EngineError`.
    """
    onnxruntime = _onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = _FATAL_ONLY
    providers = list(dict.fromkeys((_PROVIDERS[device], _PROVIDERS[Device.CPU])))
    with failures("The model cannot be loaded"):
        session = onnxruntime.InferenceSession(model, options, providers=providers)
    session.disable_fallback()
    session._model_bytes = None  # noqa: SLF001 -- kept for a fallback only: a hundred megabytes for each worker
    return session


@contextmanager
def failures(what: str) -> Iterator[None]:
    """Errors of the runtime, which has no class of its own for all of them, as `EngineError` that begins with `what`."""
    try:
        yield
    except Exception as error:
        (reason, *_) = str(error).strip().splitlines() or [type(error).__name__]
        raise EngineError(f"{what}: {reason[:200]}", "Is the voice whole? chaptercast voices --verify") from error


@cache
def _onnxruntime() -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise EngineError(f"The ONNX Runtime cannot be loaded: {error}.", REMEDY) from error
    onnxruntime.set_default_logger_severity(_FATAL_ONLY)
    return onnxruntime
