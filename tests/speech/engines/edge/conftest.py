"""The stand-in for the service, and settings that lose patience in milliseconds."""

from collections.abc import Iterator

import pytest
from tests.standin.patching import patched
from tests.standin.server import Service, running

from chaptercast.speech.online.settings import Backoff, Deadlines, ServiceSettings

QUICK = ServiceSettings(
    deadlines=Deadlines(connect=1, first=0.8, between=0.5, whole=1.0),
    backoff=Backoff(base=0.01, cap=0.05),
    patience_at_start=0.8,
    patience=2.0,
    probe_seconds=0.5,
)


@pytest.fixture
def service() -> Iterator[Service]:
    """A stand-in without faults, to which the library's requests go."""
    with running() as service, patched(service.url, service.voices_url):
        yield service
