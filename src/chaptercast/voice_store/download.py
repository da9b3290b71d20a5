"""Files from the makers' places: resumed where they broke off, never longer than they must be, and held against their checksum.

What has come lies in `NAME.part`, and the version it is of (the server's ETag) in `NAME.etag`. The addresses of a file are tried in
order; since a file is what its checksum says, one place can go on with what another began.
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
"""An attempt that brings so many bytes, or this part of the file, was not for nothing."""
_MEGABYTE = 1_000_000


class Wrong(Exception):  # noqa: N818 -- a verdict on what a place sends
    """What the place sends is not the file."""

    def __init__(self, reason: str, *, taken: bool = True) -> None:
        """`taken` tells whether some of it may be among what has come."""
        super().__init__(reason)
        self.taken = taken


class UnavailableError(ServiceError):
    """All places answer, and none gives the file."""


class Downloader:
    """Fetches files into one folder."""

    def __init__(self, folder: Path, tell: Tell, patience: RetryPolicy, proxy: str = "") -> None:
        """`tell` is told each failed attempt, and what is done about it."""
        self._folder = folder
        self._tell = tell
        self._patience = patience
        self._proxy = proxy
        self._silent: dict[str, str] = {}

    def fetch(self, file: PackFile, advance: Callable[[int], None]) -> PackFile:
        """Fetch `file`; gives it with its SHA-256. `advance` is told how many bytes are there more, or fewer.

        Raises `ServiceError` where the network or a server is in the way: what has come is kept. Raises `EngineError` where all places
        have something else, `OutputError`.
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
                self._tell(f"{file.name}: {reasons[-1]}; another place is asked.")
        told = "; ".join(dict.fromkeys(reasons)) or "no place is known that has it"
        if kinds == {Wrong}:
            raise EngineError(
                f"{file.name} is not what the catalogue says: {told}.",
                "It was changed or damaged on the way: try later, or get the files elsewhere, and add: --from PATH",
            )
        raise (ServiceError if Torn in kinds else UnavailableError)(
            f"{file.name} could not be fetched: {told}.",
            "What has come is kept: run the same command again to go on. Or bring the files, and add: --from PATH",
        )

    def _from(self, address: str, host: str, part: "_Part") -> PackFile:
        """The file, from one place. Raises `Wrong`, `Gone`, and `Torn` where too many attempts in a row brought next to nothing.

        Then its host is not asked again: nobody wants to wait for it once more with each file.
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
                part.restart()  # what one transfer began and another ended may be wrong where both were right
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
        self._tell(f"{host}: {torn}; {there}, and it is asked again in {pause:.0f} s.")
        self._patience.sleep(pause)

    def _transfer(self, address: str, part: "_Part") -> None:
        """Bring the rest of the file, as far as it comes. Raises `Torn` where that is not all, `Gone`, `Wrong`."""
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
        """What comes, while it comes at a pace that leads to an end. Raises `Torn`."""
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
    """The first byte of a part of a file (`Content-Range: bytes 5-9/10`; RFC 9110, 14.4); -1 where it is not told."""
    unit, _, told = headers.get("Content-Range", "").partition(" ")
    first = told.partition("-")[0].strip()
    return int(first) if unit == "bytes" and first.isdecimal() else -1


def _require_length(status: int, headers: Message, size: int, start: int) -> None:
    """Raises `Wrong` where another length is announced than the catalogue knows: nothing of it is read."""
    announced = headers.get("Content-Length", "")
    total = headers.get("Content-Range", "").rpartition("/")[2] if status == 206 else ""
    if total.isdecimal() and int(total) != size:
        raise Wrong(f"it announces {total} bytes instead of {size}", taken=False)
    if start >= 0 and announced.isdecimal() and int(announced) != size - start:
        raise Wrong(f"it announces {announced} bytes instead of {size - start}", taken=False)


class _Part:
    """What has come of a file, and its checksums."""

    def __init__(self, folder: Path, file: PackFile, advance: Callable[[int], None]) -> None:
        self.file = file
        self.size = 0
        self.is_mixed = False
        """Whether it came by more than one transfer."""
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
        """Go on with what an earlier run left."""
        with disk_errors(self._path):
            left = self._path.stat().st_size if self._path.exists() else 0
        if not 0 < left <= self.file.size:
            return
        for data in read_piece(Piece(self._path, left)):
            self._sums.add(data)
        self.size, self._transfers, self.is_mixed = left, 1, True
        self._advance(left)

    def headers(self, address: str) -> dict[str, str]:
        """What to ask for: the rest, and of another version all (RFC 9110, 13.1.5 and 14.2)."""
        if not self.size:
            return {}
        known = _noted(self._note)
        etag = known.get("etag", "") if known.get("address") == address else ""
        return {"Range": f"bytes={self.size}-"} | ({"If-Range": etag} if etag.startswith('"') else {})

    def begin(self, address: str, etag: str) -> None:
        """A transfer begins: that of a version of the file at `address`."""
        self._transfers += 1
        self.is_mixed = self._transfers > 1
        with disk_errors(self._note):
            self._note.write_text(json.dumps({"address": address, "etag": etag}), encoding="utf-8")

    def fill(self, pieces: Iterator[bytes]) -> None:
        """Write what comes, as long as it is not too much. Raises `Wrong` where it is, and what `pieces` raises."""
        with disk_errors(self._path), self._path.open("ab" if self.size else "wb") as stream:
            for data in pieces:
                if self.size + len(data) > self.file.size:
                    raise Wrong(f"it sends more than the {self.file.size} bytes that it should")
                stream.write(data)
                self._sums.add(data)
                self.size += len(data)
                self._advance(len(data))

    def restart(self) -> None:
        """Forget what has come."""
        if self.size:
            self._advance(-self.size)
        self.size, self._transfers, self.is_mixed, self._sums = 0, 0, False, Sums()

    def discard(self) -> None:
        """Forget it, and remove it."""
        self.restart()
        for path in (self._path, self._note):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def finished(self) -> PackFile | None:
        """The file, durable and under its name, if it is what it must be."""
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
