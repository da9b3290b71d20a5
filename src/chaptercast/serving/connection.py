"""A server connection with a deadline for the request: a client that sends half a request cannot hold it for ever."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class Connection(H11Protocol):
    """uvicorn's, with a limit to the time that a request may take to arrive: uvicorn has one only between two requests."""

    seconds_to_ask = 20.0
    """From the connection, or from the first bytes of a later request, to the end of a request."""
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As asyncio has it."""
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """As asyncio has it."""
        super().data_received(data)
        if self._is_incomplete():
            self._expect()
        else:
            self._forget()

    def on_response_complete(self) -> None:
        """As uvicorn has it: an answer is sent, and the next request may have begun before."""
        super().on_response_complete()
        if self._is_incomplete() and self.conn.trailing_data[0]:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """As asyncio has it."""
        self._forget()
        super().connection_lost(exc)

    def _is_incomplete(self) -> bool:
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def _expect(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.seconds_to_ask, self._give_up)

    def _forget(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self.cycle is not None and not self.cycle.response_complete:
            self._expect()  # it is being answered, whatever else was to come
        elif self._is_incomplete() and not self.transport.is_closing():
            self.transport.close()
