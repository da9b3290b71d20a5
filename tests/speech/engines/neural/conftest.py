"""What all tests of neural engines share: the tiny voices, and eSpeak NG's library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chaptercast.speech.engines.espeak import installation
from chaptercast.speech.engines.neural.phonemes.espeak import Phonemes, phonemes


@pytest.fixture(autouse=True)
def _voices(neural_voices: Path) -> None:
    """Each test has the store."""


@pytest.fixture
def library() -> Iterator[Phonemes]:
    """What eSpeak NG would say. Its library is one for the process: a test that has it must not speak."""
    with phonemes(*installation.paths()) as found:
        yield found
