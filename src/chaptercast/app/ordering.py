"""Puts an order into the queue. What is there already is not made twice: an address has one job, and so one episode."""

from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.app.model import Job, Kind, Order, State, Step
from chaptercast.app.queue import Queue

THERE, MADE_AGAIN = "said_there", "said_again"


class Placed(Struct, frozen=True):
    """What became of an order."""

    job: Job
    said: str = ""
    """The name of a message for the person, if the job was there already."""


def placed(queue: Queue, order: Order, content: bytes | BinaryIO = b"") -> Placed:
    """Adds an order, or finds the job of its address.

    If that job has ended, and failed or was made with other choices, it is made again with those of `order`. What `order` does not
    choose stays as it was. Raises `InputError` if too many jobs are waiting.
    """
    there = queue.of_address(order.source) if order.kind is Kind.ADDRESS else None
    if there is None:
        return Placed(queue.add(order, content))
    wanted = _merged(there, order)
    is_as_wanted = there.state is State.DONE and wanted == there.order
    if not is_as_wanted and queue.again(there.id, order=wanted):
        return Placed(there, MADE_AGAIN)
    return Placed(there, THERE)


def _merged(there: Job, order: Order) -> Order:
    """Returns the order of a job with what a new order chooses."""
    before = there.order
    has_voice = bool(order.voice) or order.engine != "auto"
    return replace(
        before,
        title=order.title or before.title,
        engine=order.engine if has_voice else before.engine,
        voice=order.voice if has_voice else before.voice,
        language=order.language or before.language,
        step=order.step if order.step is Step.OUTLINE and there.outline is None else before.step,
    )
