"""What all tests share: an empty home, no network, the signals of a terminal, and the same examples every time."""

import os
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from tests.processes import default_signals, ended_processes, kept_signals
from tests.ready_command import end

from chaptercast.common.processes import START_METHOD

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("repeatable")  # `pytest --hypothesis-profile=explore` looks further


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a fixture, a browser, say, run in one worker: every other worker would make it again.

    Groups begin first, as `--dist loadgroup` has it, and single tests last, so that no worker waits for another at the end.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None and (place := _shared_place(item)):
            item.add_marker(pytest.mark.xdist_group(place))


def _shared_place(item: pytest.Item) -> str | None:
    """The file or folder whose tests share what is made for this one, too; the widest. Fixtures of all tests are no reason."""
    fixtures = (
        [named[-1] for named in item._fixtureinfo.name2fixturedefs.values()]
        if isinstance(item, pytest.Function)
        else []
    )
    wide = [f.baseid for f in fixtures if f.scope in {"session", "package"} and f.baseid not in {"", ".", "tests"}]
    own_file = [item.nodeid.partition("::")[0]] if any(f.scope in {"module", "class"} for f in fixtures) else []
    return min([*wide, *own_file], key=len, default=None)


@pytest.fixture(scope="session", autouse=True)
def _default_signals() -> Iterator[None]:
    with default_signals(), ended_processes():
        yield
        end()


@pytest.fixture(autouse=True)
def _ended_processes() -> Iterator[None]:
    with kept_signals(), ended_processes():
        yield


@pytest.fixture(scope="session", autouse=True)
def _clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty home, no settings, one time zone: for the tests and for the processes that they start.

    How processes are started is kept: the suite is run with each way.
    """
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        settings_here = [name for name in os.environ if name.startswith(("CHAPTERCAST_", "XDG_"))]
        for name in settings_here:
            if name != START_METHOD:
                patch.delenv(name)
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        patch.setenv("CHAPTERCAST_CACHE", str(tmp_path_factory.mktemp("clips")))
        patch.setenv("CHAPTERCAST_OFFLINE", "1")
        patch.setenv("TZ", "UTC")
        if hasattr(time, "tzset"):
            time.tzset()
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Whatever wants to leave this machine is told that there is no network; servers of the tests' own are reached."""
    look_up, connect = socket.getaddrinfo, socket.socket.connect
    here = {"127.0.0.1", "::1", "localhost", None}

    def look_up_here(host: Any, *args: Any, **options: Any) -> Any:
        if host not in here:
            raise socket.gaierror(socket.EAI_NONAME, "tests have no network")
        return look_up(host, *args, **options)

    def connect_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in here:
            raise ConnectionRefusedError("tests have no network")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", look_up_here)
        patch.setattr(socket.socket, "connect", connect_here)
        yield
