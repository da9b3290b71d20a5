"""Destinations of recordings: a folder or a file. A local folder can mirror a remote address, to which whole files are sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.pipeline.options import Options
from chaptercast.publication.file_names import AUDIO_SUFFIX

if TYPE_CHECKING:
    from chaptercast.publication.remote_mirror import Mirror


class Output(Struct, frozen=True):
    """The output of a run. Made by `opened_output`."""

    path: Path
    """A folder, or a file ending in `.mp3`."""
    mirror: "Mirror | None" = None

    @property
    def has_site(self) -> bool:
        """Whether the output has files for the whole site."""
        return self.path.suffix.lower() != AUDIO_SUFFIX

    def send(self, folder: Path | None = None) -> None:
        """Upload what changed in `folder`, or anywhere, if the output mirrors an address. Raises `OutputError`."""
        if self.mirror:
            self.mirror.send(folder)

    def shown(self, path: Path) -> str:
        """The place of a written file, as people find it."""
        return self.mirror.address(path) if self.mirror else str(path)


@contextmanager
def opened_output(given: Path | str, options: Options, *, fetch: bool) -> Iterator[tuple[Output, Options]]:
    """An output, and the options adapted to it. With `fetch`, a remote address is listed first.

    Raises `UsageError` and `OutputError` if an address cannot be used.
    """
    if isinstance(given, Path):
        yield Output(given), options
        return
    from chaptercast.publication.remote_mirror import mirrored

    is_file = given.lower().endswith(AUDIO_SUFFIX)
    folder, name = given.rsplit("/", 1) if is_file else (given, "")
    with mirrored(folder, offline=options.offline) as mirror:
        if fetch and not is_file:
            mirror.fetch()
        # The local mirror is a different folder each time. So an article is identified by its path relative to the
        # working directory.
        yield Output(mirror.folder / name, mirror), replace(options, articles_from=Path.cwd())
