"""`chaptercast serve`: serves a finished site over HTTP, to this machine or to a phone in the same network."""

import io
import sys
from pathlib import Path

import click

from chaptercast.cli.main import printable
from chaptercast.cli.progress import is_plain
from chaptercast.errors import InputError, UsageError
from chaptercast.serving.server import Listener, Tls, require_libraries

_FEED = "feed.xml"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 opens it to your network."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="0 means any free port.  [default: 8000, or the next free one]",
)
@click.option(
    "--certificate",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Serve over HTTPS with this certificate (PEM).",
)
@click.option(
    "--certificate-key", type=click.Path(path_type=Path), metavar="FILE", help="Its key, if that is in another file."
)
@click.option("--app", is_flag=True, help="Add the app: a queue that makes episodes of addresses, texts and files.")
@click.option(
    "--app-jobs",
    type=click.IntRange(0, 64),
    default=1,
    show_default=True,
    help="How many articles the app speaks at once; 0 leaves them to `chaptercast worker`.",
)
@click.option("--offline", is_flag=True, envvar="CHAPTERCAST_OFFLINE", help="The app's jobs never use the network.")
@click.option(
    "--allow-private-address",
    "private",
    is_flag=True,
    help="The app also fetches from this machine and private networks.",
)
def serve(
    folder: Path,
    host: str,
    port: int | None,
    certificate: Path | None,
    certificate_key: Path | None,
    app: bool,
    app_jobs: int,
    offline: bool,
    private: bool,
) -> None:
    """Serve the recordings, pages and feed in DIR until Ctrl-C.

    Prints the addresses of the site and of its feed to stdout; with --app, that of the app.
    """
    if certificate_key and not certificate:
        raise UsageError("--certificate-key goes with --certificate.", "Give both, or neither.")
    given = click.get_current_context().get_parameter_source("app_jobs")
    if not app and given is click.core.ParameterSource.COMMANDLINE:
        raise UsageError("--app-jobs goes with --app.", "Give both, or neither.")
    tls = Tls(certificate, certificate_key) if certificate else None
    if app:
        from chaptercast.cli.serve_app import serve_app

        serve_app(folder, host, port, tls, jobs=app_jobs, offline=offline, private=private)
        return
    require_libraries()
    _require_site(folder)
    try:
        with Listener(host, port, tls) as listener:
            _introduce(folder, listener)
            listener.serve(folder, debug=click.get_current_context().find_root().obj)
    except KeyboardInterrupt:
        _say("Stopped.")


def _require_site(folder: Path) -> None:
    """Raise `InputError` if `convert` did not write to `folder`, so that nobody serves their home folder by mistake."""
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder.", "Give the folder that `chaptercast convert -o` wrote to.")
    if not any(next(folder.glob(pattern), None) for pattern in (_FEED, "episode.json", "*/episode.json")):
        raise InputError(f"{folder} holds no recording.", "Give the folder that `chaptercast convert -o` wrote to.")


def _introduce(folder: Path, listener: Listener) -> None:
    """Print who can reach what on stderr, and the addresses on stdout, each on its own line."""
    has_feed = (folder / _FEED).is_file()
    if listener.moved:
        _say(f"Another program has the usual port; this is port {listener.port}. Subscriptions made here depend on it.")
    if listener.is_open:
        _say(f"Everyone in the networks of this machine can now read all that is published in {folder.resolve()}:")
        _say("there is no password." if listener.is_secure else "there is no password, and nothing is encrypted.")
    else:
        _say(f"Serving {folder.resolve()}, to this machine only.")
    _say("The site and its feed:" if has_feed else f"The site, which has no {_FEED} (`chaptercast feed --init`):")
    click.echo(listener.url)
    if has_feed:
        click.echo(f"{listener.url}{_FEED}")
    sys.stdout.flush()
    if not listener.is_open:
        _say("To listen on a phone in the same network, serve it with --host 0.0.0.0.")
    elif has_feed:
        _say("To subscribe on a phone in the same network, give the address of the feed to its podcast app.")
        show_qr_code(f"{listener.url}{_FEED}")
    _say("Ctrl-C ends it.")


def show_qr_code(text: str) -> None:
    """An address as a QR code on stderr, where that is a terminal for eyes."""
    if not is_plain():
        click.echo(_qr_code(text), nl=False, err=True)


def _qr_code(text: str) -> str:
    """White and black in any terminal colours. A line of text is two rows of the code."""
    import segno

    drawn = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(drawn, compact=True)
    return "".join(f"\x1b[97;40m{line}\x1b[0m\n" for line in drawn.getvalue().splitlines())


def _say(text: str) -> None:
    click.echo(printable(text), err=True)
