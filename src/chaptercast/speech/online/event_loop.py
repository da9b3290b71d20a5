"""An event loop that can be left at any moment."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, Self, TypeVar

from chaptercast.common.interrupts import interrupts_given_to
from chaptercast.speech.online.settings import ServiceSettings

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


class _Unawaited(ThreadPoolExecutor):
    """Threads that nobody waits for: a name look-up cannot be cancelled, and takes a minute if the network is half down."""

    def submit(
        self, fn: Callable[_Parameters, _Result], /, *args: _Parameters.args, **kwargs: _Parameters.kwargs
    ) -> Future[_Result]:
        future: Future[_Result] = Future()
        threading.Thread(target=_fulfil, args=(future, fn, args, kwargs), daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Do nothing: the threads end with their task, or with the process."""


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
    """Runs coroutines one after another in one event loop. Tasks that are pending when it closes are cancelled.

    Its clock stands still between them: who does something else for a minute, as who listens to a clip, uses up no service's time.
    An interrupt cancels the running coroutine, and is raised when that has ended.
    """

    def __init__(self, settings: ServiceSettings) -> None:
        def loop() -> asyncio.AbstractEventLoop:
            made = settings.loop_factory() if settings.loop_factory else asyncio.new_event_loop()
            made.set_default_executor(_Unawaited())
            self._clock = made.time
            made.time = lambda: self._clock() - self._stood  # type: ignore[method-assign]
            return made

        self._clock = time.monotonic
        self._stood = 0.0
        self._left: float | None = None
        self._runner = asyncio.Runner(loop_factory=loop)

    def __enter__(self) -> Self:
        self._runner.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._runner.close()

    def run(self, coroutine: Coroutine[Any, Any, _Result]) -> _Result:
        """Run `coroutine`. Returns its result, or raises its error."""
        loop = self._runner.get_loop()
        if self._left is not None:
            self._stood += self._clock() - self._left
        task = loop.create_task(coroutine)
        try:
            with interrupts_given_to(lambda: loop.call_soon_threadsafe(task.cancel)):
                return loop.run_until_complete(task)
        finally:
            task.cancel()  # it has not begun if an earlier interrupt is raised
            self._left = self._clock()
