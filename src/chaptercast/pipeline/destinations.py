"""Where recordings go: a folder or a file, perhaps one that stands for an address, to which whole files are sent."""

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
    """Made by `opened_output`."""

    path: Path
    """A folder, or a file ending in `.mp3`."""
    mirror: "Mirror | None" = None

    @property
    def has_site(self) -> bool:
        """Whether there is anything over all recordings."""
        return self.path.suffix.lower() != AUDIO_SUFFIX

    def send(self, folder: Path | None = None) -> None:
        """Send what changed in `folder`, or anywhere, to the address that it stands for, if it does. Raises `OutputError`."""
        if self.mirror:
            self.mirror.send(folder)

    def shown(self, path: Path) -> str:
        """Where people find what was written to `path`."""
        return self.mirror.address(path) if self.mirror else str(path)


@contextmanager
def opened_output(given: Path | str, options: Options, *, fetch: bool) -> Iterator[tuple[Output, Options]]:
    """An output and the options that go with it. With `fetch` what is at an address is looked at.

    Raises `UsageError` and `OutputError` where an address cannot be used.
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
        # The folder here is another each time: an article is known by its path as seen from where the command runs.
        yield Output(mirror.folder / name, mirror), replace(options, articles_from=Path.cwd())
