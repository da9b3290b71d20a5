"""Downloads files from their publishers: resumed after a break, never longer than expected, verified by checksum.

Received data lies in `NAME.part`, and its version (the server's ETag) in `NAME.etag`. The addresses of a file are tried in order. The
checksum identifies a file, so one server can continue what another began.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

from chaptercast.errors import EngineError, ServiceError
from chaptercast.voice_store.disk import Piece, Sums, disk_errors, read_piece, synchronise
from chaptercast.voice_store.http_request import Gone, RetryPolicy, Torn, network_errors, responded
from chaptercast.voice_store.model import PackFile, Tell

_STEP = 1 << 16
_ENOUGH = 1 << 16
_PART = 100
"""An attempt that brings so many bytes, or this fraction of the file, counts as progress."""
_MEGABYTE = 1_000_000


class Wrong(Exception):  # noqa: N818 -- a verdict on what a place sends
    """The server sends something other than the file."""

    def __init__(self, reason: str, *, taken: bool = True) -> None:
        """`taken` tells whether wrong data may be among the data received so far."""
        super().__init__(reason)
        self.taken = taken


class UnavailableError(ServiceError):
    """All servers answer, and none has the file."""


class Downloader:
    """Downloads files into one folder."""

    def __init__(self, folder: Path, tell: Tell, patience: RetryPolicy, proxy: str = "") -> None:
        """`tell` is called with each failed attempt, and with the next step."""
        self._folder = folder
        self._tell = tell
        self._patience = patience
        self._proxy = proxy
        self._silent: dict[str, str] = {}

    def fetch(self, file: PackFile, advance: Callable[[int], None]) -> PackFile:
        """Download `file`. Returns it with its SHA-256. `advance` is called with the number of bytes gained, or lost.

        Raises `ServiceError` if the network or a server fails: received data is kept. Raises `EngineError` if all servers have other
        content, `OutputError`.
        """
        reasons: list[str] = []
        kinds: set[type[Exception]] = set()
        part = _Part(self._folder, file, advance)
        for address in file.sources:
            host = urlsplit(address).hostname or address
            try:
                return self._from(address, host, part)
            except (Wrong, Gone, Torn) as error:
                if isinstance(error, Wrong) and error.taken:
                    part.discard()
                reasons.append(f"{host}: {error}")
                kinds.add(type(error))
            if address != file.sources[-1]:
                self._tell(f"{file.name}: {reasons[-1]}; another server is tried.")
        told = "; ".join(dict.fromkeys(reasons)) or "no known server has it"
        if kinds == {Wrong}:
            raise EngineError(
                f"{file.name} is not what the catalogue says: {told}.",
                "It was changed or damaged on the way: try later, or get the files elsewhere, and add: --from PATH",
            )
        raise (ServiceError if Torn in kinds else UnavailableError)(
            f"{file.name} could not be fetched: {told}.",
            "The received data is kept: run the same command again to continue. Or bring the files, and add: --from PATH",
        )

    def _from(self, address: str, host: str, part: "_Part") -> PackFile:
        """Download the file from one server. Raises `Wrong`, `Gone`, and `Torn` if too many attempts in a row brought almost nothing.

        After that, its host is not tried again: nobody wants to wait for it with every file.
        """
        if host in self._silent:
            raise Torn(self._silent[host])
        failures, is_anew = 0, False
        for attempt in range(1, self._patience.most_attempts + 1):
            before = part.size
            try:
                if not part.is_full:
                    self._transfer(address, part)
                if found := part.finished():
                    return found
                if is_anew or not part.is_mixed:
                    raise Wrong("its checksum is wrong")
                part.restart()  # the parts of two transfers may be wrong together, although each was right
                is_anew = True
            except Torn as torn:
                failures = 1 if part.size - before >= min(_ENOUGH, part.file.size // _PART + 1) else failures + 1
                if failures >= self._patience.attempts or attempt == self._patience.most_attempts:
                    self._silent[host] = str(torn)
                    raise
                self._wait(host, part, torn, failures)
        raise Torn("it was asked too often")

    def _wait(self, host: str, part: "_Part", torn: Torn, failures: int) -> None:
        pause = min(self._patience.pause_s * 2 ** (failures - 1), self._patience.longest_pause_s)
        pause = max(pause, torn.wait_s)
        there = f"{part.size / _MEGABYTE:.1f} of {part.file.size / _MEGABYTE:.1f} MB are there"
        self._tell(f"{host}: {torn}; {there}, and the next attempt is in {pause:.0f} s.")
        self._patience.sleep(pause)

    def _transfer(self, address: str, part: "_Part") -> None:
        """Transfer the rest of the file, as far as it arrives. Raises `Torn` if it is incomplete, `Gone`, `Wrong`."""
        with responded(address, part.headers(address), self._patience, self._proxy) as response:
            if response.status == 416:
                part.restart()
                raise Torn("it has no such part of the file")
            start = _start(response.headers) if response.status == 206 else 0
            _require_length(response.status, response.headers, part.file.size, start)
            if start != part.size:
                part.restart()
            if start not in (0, part.size):
                raise Torn("it sent another part of the file than was asked for")
            part.begin(address, response.headers.get("ETag", ""))
            part.fill(self._paced(response.read1))
        if not part.is_full:
            raise Torn("the transfer broke off")

    def _paced(self, read: Callable[[int], bytes]) -> Iterator[bytes]:
        """The data, as long as it arrives at a pace that leads to an end. Raises `Torn`."""
        clock, patience = self._patience.clock, self._patience
        since, came = clock(), 0
        while data := _read(read):
            yield data
            came += len(data)
            if (passed := clock() - since) >= patience.silence_s:
                if came < patience.least_bytes_s * passed:
                    raise Torn("it is too slow")
                since, came = clock(), 0


def _read(read: Callable[[int], bytes]) -> bytes:
    with network_errors():
        return read(_STEP)


def _start(headers: Message) -> int:
    """The first byte of a partial response (`Content-Range: bytes 5-9/10`; RFC 9110, 14.4); -1 if it is not given."""
    unit, _, told = headers.get("Content-Range", "").partition(" ")
    first = told.partition("-")[0].strip()
    return int(first) if unit == "bytes" and first.isdecimal() else -1


def _require_length(status: int, headers: Message, size: int, start: int) -> None:
    """Raise `Wrong` if the announced length differs from the catalogue's. Nothing of it is read."""
    announced = headers.get("Content-Length", "")
    total = headers.get("Content-Range", "").rpartition("/")[2] if status == 206 else ""
    if total.isdecimal() and int(total) != size:
        raise Wrong(f"it announces {total} bytes instead of {size}", taken=False)
    if start >= 0 and announced.isdecimal() and int(announced) != size - start:
        raise Wrong(f"it announces {announced} bytes instead of {size - start}", taken=False)


class _Part:
    """The received data of a file, and its checksums."""

    def __init__(self, folder: Path, file: PackFile, advance: Callable[[int], None]) -> None:
        self.file = file
        self.size = 0
        self.is_mixed = False
        """Whether it came in more than one transfer."""
        self._final = folder / file.name
        self._path = folder / f"{file.name}.part"
        self._note = folder / f"{file.name}.etag"
        self._advance = advance
        self._sums = Sums()
        self._transfers = 0
        self._take_up()

    @property
    def is_full(self) -> bool:
        return self.size == self.file.size

    def _take_up(self) -> None:
        """Continue with the data of an earlier run."""
        with disk_errors(self._path):
            left = self._path.stat().st_size if self._path.exists() else 0
        if not 0 < left <= self.file.size:
            return
        for data in read_piece(Piece(self._path, left)):
            self._sums.add(data)
        self.size, self._transfers, self.is_mixed = left, 1, True
        self._advance(left)

    def headers(self, address: str) -> dict[str, str]:
        """The request headers: ask for the rest, or for the whole file if its version has changed (RFC 9110, 13.1.5 and 14.2)."""
        if not self.size:
            return {}
        known = _noted(self._note)
        etag = known.get("etag", "") if known.get("address") == address else ""
        return {"Range": f"bytes={self.size}-"} | ({"If-Range": etag} if etag.startswith('"') else {})

    def begin(self, address: str, etag: str) -> None:
        """Begin a transfer of a version of the file at `address`."""
        self._transfers += 1
        self.is_mixed = self._transfers > 1
        with disk_errors(self._note):
            self._note.write_text(json.dumps({"address": address, "etag": etag}), encoding="utf-8")

    def fill(self, pieces: Iterator[bytes]) -> None:
        """Write the data, as long as it is not too much. Raises `Wrong` if it is, and what `pieces` raises."""
        with disk_errors(self._path), self._path.open("ab" if self.size else "wb") as stream:
            for data in pieces:
                if self.size + len(data) > self.file.size:
                    raise Wrong(f"it sends more than the {self.file.size} bytes that it should")
                stream.write(data)
                self._sums.add(data)
                self.size += len(data)
                self._advance(len(data))

    def restart(self) -> None:
        """Discard the received data."""
        if self.size:
            self._advance(-self.size)
        self.size, self._transfers, self.is_mixed, self._sums = 0, 0, False, Sums()

    def discard(self) -> None:
        """Discard the data, and remove its files."""
        self.restart()
        for path in (self._path, self._note):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def finished(self) -> PackFile | None:
        """The file, durable and under its final name, if its content is right."""
        found = self._sums.found(self.file)
        if found is None:
            return None
        with disk_errors(self._final):
            with self._path.open("r+b") as stream:
                synchronise(stream)
            self._path.replace(self._final)
            self._note.unlink(missing_ok=True)
        return found


def _noted(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and all(isinstance(value, str) for value in found.values()) else {}
