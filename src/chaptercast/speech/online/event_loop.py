"""An event loop that can be left at any moment."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, Self, TypeVar

from chaptercast.common.interrupts import interrupts_given_to
from chaptercast.speech.online.settings import ServiceSettings

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


class _Unawaited(ThreadPoolExecutor):
    """Threads that nobody waits for: a look-up of a name cannot be called off, and takes a minute where a network is half there."""

    def submit(
        self, fn: Callable[_Parameters, _Result], /, *args: _Parameters.args, **kwargs: _Parameters.kwargs
    ) -> Future[_Result]:
        future: Future[_Result] = Future()
        threading.Thread(target=_fulfil, args=(future, fn, args, kwargs), daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing to do: the threads end with what they do, or with the process."""


def _fulfil(future: Future[Any], function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = function(*args, **kwargs)
    except BaseException as error:  # noqa: BLE001 -- as every executor: who asked is told
        future.set_exception(error)
    else:
        future.set_result(result)


class Loop:
    """Runs coroutines one after another in one event loop; what is left under way when it closes is called off.

    An interrupt calls off the one that runs, and is raised when that has ended.
    """

    def __init__(self, settings: ServiceSettings) -> None:
        def loop() -> asyncio.AbstractEventLoop:
            made = settings.loop_factory() if settings.loop_factory else asyncio.new_event_loop()
            made.set_default_executor(_Unawaited())
            return made

        self._runner = asyncio.Runner(loop_factory=loop)

    def __enter__(self) -> Self:
        self._runner.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._runner.close()

    def run(self, coroutine: Coroutine[Any, Any, _Result]) -> _Result:
        """What `coroutine` gives, or the error that it raises."""
        loop = self._runner.get_loop()
        task = loop.create_task(coroutine)
        with interrupts_given_to(lambda: loop.call_soon_threadsafe(task.cancel)):
            return loop.run_until_complete(task)
