"""A web server of the tests' own, on this machine, that answers as it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from msgspec import Struct, field


class Site(Struct):
    """What is served: by path, an answer, or a function that writes one to the handler itself."""

    answers: dict[str, "bytes | tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]"]
    host: str = ""
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Each path that was asked for, with the headers."""
    bodies: list[bytes] = field(default_factory=list)
    """What was sent along, in order."""
    over: threading.Event = field(default_factory=threading.Event)
    """Set when the test is over: what an answer that never ends can wait for."""

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"


@contextmanager
def serving(answers: dict) -> Iterator[Site]:
    """Serve on a free port until the end."""
    site = Site(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            answer = site.answers.get(self.path, (404, {}, b"nothing here"))
            if callable(answer):
                answer(self)
                return
            status, headers, body = (
                (200, {"Content-Type": "text/html"}, answer) if isinstance(answer, bytes) else answer
            )
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            site.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
