"""The library sent to the stand-in instead of the service."""

from collections.abc import Iterator
from contextlib import contextmanager

import edge_tts.communicate
import edge_tts.voices
import pytest
from edge_tts.drm import DRM
from tests.standin.hurry import hurried_seconds

from chaptercast.speech.online.settings import Backoff


@contextmanager
def impatient() -> Iterator[None]:
    """While this lasts, what failed is asked for again within milliseconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Backoff, "seconds", hurried_seconds)
        yield


@contextmanager
def patched(url: str, voices_url: str = "") -> Iterator[pytest.MonkeyPatch]:
    """While this lasts, requests go to these addresses, and the clock is right at the beginning and at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edge_tts.communicate, "WSS_URL", url)
        if voices_url:
            patch.setattr(edge_tts.voices, "VOICE_LIST", voices_url)
        patch.setattr(DRM, "clock_skew_seconds", 0.0)
        yield patch
