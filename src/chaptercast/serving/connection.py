"""A server connection with a deadline for the request: a client that sends half a request cannot hold it for ever."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class Connection(H11Protocol):
    """A uvicorn connection with a deadline for the arrival of a request. uvicorn only has one between two requests."""

    seconds_to_ask = 20.0
    """From the connection, or from the first bytes of a later request, to the end of the request."""
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See asyncio."""
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        super().data_received(data)
        if self._is_incomplete():
            self._expect()
        else:
            self._forget()

    def on_response_complete(self) -> None:
        """See uvicorn: an answer has been sent, and the next request may have begun before."""
        super().on_response_complete()
        if self._is_incomplete() and self.conn.trailing_data[0]:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio."""
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
            self._expect()  # a request is being answered, whatever else arrives
        elif self._is_incomplete() and not self.transport.is_closing():
            self.transport.close()
