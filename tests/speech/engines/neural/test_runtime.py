"""ONNX Runtime: how models are opened, and its errors as ours."""

import logging
import sys
from importlib.metadata import PackageNotFoundError
from typing import Any

import numpy as np
import onnxruntime
import pytest
from tests.speech.engines.neural.models import EMPTY, kokoro_model

from chaptercast.errors import EngineError, UsageError
from chaptercast.speech.engines.neural import runtime
from chaptercast.speech.engines.neural.onnx_model import FLOAT, OnnxModel, Port, node
from chaptercast.speech.engines.neural.piper import ENGINE
from chaptercast.speech.engines.neural.runtime import check_device, failures, opened, release


@pytest.fixture
def _asked_anew() -> None:
    release.cache_clear()
    runtime._onnxruntime.cache_clear()


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    yield
    release.cache_clear()
    runtime._onnxruntime.cache_clear()


def test_a_session_has_one_thread_and_plans_no_memory() -> None:
    session = opened(kokoro_model())
    options = session.get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)
    assert not options.enable_mem_pattern
    assert session.get_providers() == ["CPUExecutionProvider"]


@pytest.mark.parametrize("content", [b"", b"no model", kokoro_model()[:-30], EMPTY])
def test_what_is_no_model_is_one_clear_error(content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(EngineError, match=r"^The model cannot be loaded: ") as caught:
        opened(content)
    assert "voices --verify" in caught.value.remedy
    assert len(caught.value.message) < 300
    assert "\n" not in caught.value.message
    assert capfd.readouterr() == ("", "")


def test_a_model_that_fails_is_one_clear_error(capfd: pytest.CaptureFixture[str]) -> None:
    content = OnnxModel(EMPTY).edited(
        [node("Reshape", ("x", "five"), "y")],
        {"five": np.array([5], "<i8")},
        [Port("x", FLOAT, 1)],
        [Port("y", FLOAT, 1)],
    )
    session = opened(content)
    with pytest.raises(EngineError, match=r"^The model failed: "), failures("The model failed"):
        session.run(None, {"x": np.zeros(3, "f4")})
    assert session.run(None, {"x": np.zeros(5, "f4")})[0].shape == (5,)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("first\nsecond"), "What: first"),
        (KeyError(), "What: KeyError"),
        (ValueError("\n\n  "), "What: ValueError"),
        (RuntimeError("x" * 1000), "What: " + "x" * 200),
    ],
)
def test_an_error_is_one_line(error: Exception, told: str) -> None:
    with pytest.raises(EngineError) as caught, failures("What"):
        raise error
    assert caught.value.message == told
    assert caught.value.__cause__ is error


def test_an_interrupt_is_no_failure_of_the_model() -> None:
    with pytest.raises(KeyboardInterrupt), failures("What"):
        raise KeyboardInterrupt


@pytest.mark.usefixtures("_asked_anew")
def test_the_release_is_that_of_whichever_wheel_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert release() == f"onnxruntime {onnxruntime.__version__}"
    there = {"onnxruntime-gpu": "1.23.0"}

    def version(name: str) -> str:
        if name not in there:
            raise PackageNotFoundError(name)
        return there[name]

    monkeypatch.setattr(runtime, "version", version)
    release.cache_clear()
    assert release() == "onnxruntime-gpu 1.23.0"
    there.clear()
    release.cache_clear()
    assert release() == ""


@pytest.mark.usefixtures("_asked_anew")
def test_without_the_runtime_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    for ask in (lambda: opened(kokoro_model()), lambda: check_device("cuda")):
        with pytest.raises(EngineError, match="The ONNX Runtime cannot be loaded") as caught:
            ask()
        assert caught.value.remedy == "Install what runs them: pip install 'chaptercast[neural]'"


def test_the_processor_is_there_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # nothing is asked for it
    check_device(ENGINE.device)


PROVIDERS = {"cuda": "CUDAExecutionProvider", "directml": "DmlExecutionProvider", "coreml": "CoreMLExecutionProvider"}


@pytest.mark.parametrize("device", PROVIDERS)
def test_other_devices_are_for_those_whose_runtime_has_them(device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    there = ["CPUExecutionProvider"]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: there)
    with pytest.raises(UsageError, match=f"cannot use the device “{device}”") as caught:
        check_device(device)
    assert "leave --device out" in caught.value.remedy
    there.append(PROVIDERS[device])
    check_device(device)


@pytest.mark.parametrize("device", PROVIDERS)
def test_a_device_is_asked_for_before_the_processor(device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def session(model: bytes, options: Any, providers: list[str]) -> Any:
        asked.append(providers)
        return made(model, options, providers=["CPUExecutionProvider"])

    made = onnxruntime.InferenceSession
    monkeypatch.setattr(onnxruntime, "InferenceSession", session)
    opened(kokoro_model(), device)
    opened(kokoro_model())
    assert asked == [[PROVIDERS[device], "CPUExecutionProvider"], ["CPUExecutionProvider"]]


def test_a_session_does_not_hold_on_to_the_models_bytes() -> None:
    model = bytes(bytearray(kokoro_model()))
    held = sys.getrefcount(model)
    session = opened(model)
    assert session.get_inputs()
    assert sys.getrefcount(model) == held


def test_the_runtime_says_nothing_of_its_own(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    unused = OnnxModel(EMPTY).edited(
        [node("Neg", ("x",), "y")], {"unused": np.zeros(3, "<f4")}, [Port("x", FLOAT, 1)], [Port("y", FLOAT, 1)]
    )
    with caplog.at_level(logging.DEBUG):
        opened(unused).run(None, {"x": np.zeros(3, "f4")})
    assert (capfd.readouterr(), caplog.records) == (("", ""), [])
