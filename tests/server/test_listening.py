"""A podcast client, from another house, against the command that serves."""

from pathlib import Path

from tests.judges.gpodder import subscribe_and_download
from tests.server.conftest import command
from tests.verify.sites import SLUGS, write_site


def test_a_client_subscribes_lists_and_downloads_every_episode(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    with command(site, "--port", 0) as running:
        listened = subscribe_and_download(running.feed, tmp_path / "gpodder")
    assert sorted(listened.titles) == sorted(SLUGS)
    assert sorted(listened.files) == sorted((site / slug / f"{slug}.mp3").read_bytes() for slug in SLUGS)
