"""The server: its own socket, uvicorn on it, and a quiet shutdown."""

import errno
import os
import socket
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from chaptercast.errors import UsageError
from chaptercast.serving.host_names import reachable_address, url

if TYPE_CHECKING:
    from starlette.types import ASGIApp

USUAL_PORT = 8000
_TRIES = 20
_SECONDS_TO_FINISH = 1
"""How long open answers may take at shutdown."""
_BACKLOG = 256


_LIBRARIES = ("starlette", "uvicorn", "segno")


def require_libraries(*more: str) -> None:
    """Raise `UsageError` if the libraries for serving, or `more`, are not installed. Most recordings are made without them."""
    missing = [name for name in (*_LIBRARIES, *more) if find_spec(name) is None]
    if missing:
        raise UsageError(f"`serve` needs {' and '.join(missing)}.", "Install them: pip install 'chaptercast[serve]'")


class Tls(Struct, frozen=True):
    """What a server proves itself with."""

    certificate: Path
    """In PEM, with those of its issuers behind it."""
    key: Path | None
    """In PEM; nothing where it is in the certificate's file."""


class Listener:
    """A bound socket. From here on the address is known, and requests wait until `serve` answers them."""

    def __init__(self, host: str, port: int | None, tls: Tls | None = None) -> None:
        """Bind to `host` and `port`. 0 means any free port; `None` means the usual one, or the first free one after it.

        Raises `UsageError` if binding fails, or if the certificate cannot be used.
        """
        if tls is not None:
            _try_certificate(tls)
        self._tls = tls
        ports = range(USUAL_PORT, USUAL_PORT + _TRIES) if port is None else (port,)
        self._socket = _bound(host, ports)
        bound = self._socket.getsockname()
        self.port = int(bound[1])
        self.moved = port is None and self.port != USUAL_PORT
        """Whether another program uses the usual port."""
        self.url = url(reachable_address(str(bound[0])), self.port, "https" if tls else "http")
        """The site's address for other machines, with a slash at its end."""
        self.is_secure = tls is not None
        self.is_open = not str(bound[0]).startswith("127.") and bound[0] != "::1"
        """Whether other machines can reach it."""

    def __enter__(self) -> Self:
        """The listener. It is closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the socket."""
        self._socket.close()

    def serve(self, folder: Path, *, debug: bool = False, application: "ASGIApp | None" = None) -> None:
        """Serve the site in `folder` until a signal ends it, then raise the signal again: SIGINT becomes `KeyboardInterrupt`.

        `application` answers in place of the bare site, if it is given.
        """
        import uvicorn

        from chaptercast.serving.connection import Connection
        from chaptercast.serving.site import Site

        config = uvicorn.Config(
            application or Site(folder),
            loop="asyncio",
            http=Connection,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error" if debug else "critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
            ssl_certfile=self._tls.certificate if self._tls else None,
            ssl_keyfile=self._tls.key if self._tls else None,
        )
        uvicorn.Server(config).run(sockets=[self._socket])


def _try_certificate(tls: Tls) -> None:
    """Raises `UsageError` where the server could not use it."""
    import ssl

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tls.certificate, tls.key, password="")
    except (OSError, ValueError) as error:
        raise UsageError(
            f"The certificate {tls.certificate} cannot be used: {error}.",
            "Give --certificate and --certificate-key in PEM, without a password.",
        ) from error


def _bound(host: str, ports: range | tuple[int, ...]) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, ports[0], type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{host} is no address of this machine.", "Use 127.0.0.1, or 0.0.0.0 for all.") from error
    for port in ports:
        listener = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":  # on other systems it would let two programs share one port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address[0], port, *address[2:]))
            listener.listen(_BACKLOG)
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE:
                raise UsageError(
                    f"{host}, port {port} cannot be served at: {error.strerror}.", "Choose another --host or --port."
                ) from error
        else:
            return listener
    tried = f"port {ports[0]} is" if len(ports) == 1 else f"ports {ports[0]} to {ports[-1]} are"
    raise UsageError(f"{host}: {tried} in use.", "Choose another with --port, or --port 0 for any that is free.")
