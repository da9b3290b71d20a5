"""`chaptercast worker`: works through the queue that `chaptercast serve --app` fills, in a process of its own."""

import time
from pathlib import Path

import click

from chaptercast.cli.main import printable
from chaptercast.errors import ExitCode, InputError

_LOOK_S = 0.3
_NO_LIMIT = 1_000_000


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many articles this worker speaks at once.",
)
@click.option("--once", is_flag=True, help="End when nothing waits any more.")
@click.option("--offline", is_flag=True, envvar="CHAPTERCAST_OFFLINE", help="Never use the network.")
@click.option(
    "--allow-private-address",
    "private",
    is_flag=True,
    help="Also fetch articles from this machine and from private networks.",
)
@click.option(
    "--cluster", default="", metavar="ADDRESS", help="A Dask cluster that speaks: tcp://host:port or local:N."
)
def worker(folder: Path, jobs: int, once: bool, offline: bool, private: bool, cluster: str) -> ExitCode:
    """Speak the articles that wait in the queue of DIR, until Ctrl-C. Several workers may share a queue, on one machine."""
    from chaptercast.app.settings import Settings
    from chaptercast.app.supervisor import Supervisor

    if cluster:
        from chaptercast.speech.cluster.address import cluster as parsed

        parsed(cluster, offline=offline)
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder.", "Give the folder that `chaptercast serve --app` serves.")
    settings = Settings(jobs=jobs, most=_NO_LIMIT, offline=offline, private_addresses=private, cluster=cluster)
    try:
        with Supervisor(folder.resolve(), settings, _say) as supervisor:
            if not once:
                _say(f"Working through the queue of {folder}. Ctrl-C ends it.")
            while not (once and supervisor.is_idle):
                time.sleep(_LOOK_S)
    except KeyboardInterrupt:
        _say("Stopped. What is in the queue waits for the next start.")
    return ExitCode.DONE


def _say(text: str) -> None:
    click.echo(printable(text), err=True)
