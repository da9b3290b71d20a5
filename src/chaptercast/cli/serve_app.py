"""`chaptercast serve --app`: the site, and beside it the queue."""

import sys
import threading
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import click

from chaptercast.cli.main import printable
from chaptercast.cli.serve import show_qr_code
from chaptercast.errors import InputError
from chaptercast.serving.server import Listener, Tls, require_libraries


def serve_app(
    folder: Path, host: str, port: int | None, tls: Tls | None, *, jobs: int, offline: bool, private: bool
) -> None:
    """Serve the site in `folder` and the app over its queue until Ctrl-C."""
    from chaptercast.app.access import Access, kept_token
    from chaptercast.app.application import Application
    from chaptercast.app.connections import sign_in_link
    from chaptercast.app.delivery import Delivery
    from chaptercast.app.settings import Settings
    from chaptercast.app.supervisor import Supervisor
    from chaptercast.app.voice_choices import voice_groups

    require_libraries("python_multipart", "tomlkit")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is no folder.", "Give a folder for the recordings.")
    folder = folder.resolve()
    settings = Settings(jobs=jobs, offline=offline, private_addresses=private)
    try:
        with (
            Listener(host, port, tls) as listener,
            Supervisor(folder, settings, _say) as supervisor,
            nullcontext() if offline else Delivery(folder, _say),
        ):
            token = kept_token(supervisor.queue.folder) if listener.is_open else ""
            access = Access(token, listener.port, listener.is_secure)
            application = Application(folder, supervisor, access, listener.url)
            _introduce(folder, listener, sign_in_link(access, listener.url))
            warm = partial(voice_groups, offline=offline)
            threading.Thread(target=warm, daemon=True).start()  # so that the first page does not wait for the engines
            listener.serve(folder, debug=click.get_current_context().find_root().obj, application=application)
    except KeyboardInterrupt:
        _say("Stopped. What is in the queue waits for the next start.")


def _introduce(folder: Path, listener: Listener, link: str) -> None:
    """Who can reach what, on stderr; the address of the app on stdout."""
    if listener.is_open:
        _say(f"The recordings in {folder} and the queue, for all in the networks of this machine who have this link.")
        _say(f"It holds the key: give it to nobody else.{'' if listener.is_secure else ' Nothing is encrypted.'}")
    else:
        _say(f"The recordings in {folder} and the queue, for this machine only:")
    click.echo(link)
    sys.stdout.flush()
    if listener.is_open:
        show_qr_code(link)
    else:
        _say("To use it from a phone in the same network, serve it with --host 0.0.0.0.")
    _say("Ctrl-C ends it.")


def _say(text: str) -> None:
    click.echo(printable(text), err=True)
