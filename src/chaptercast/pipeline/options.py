"""The options of a run, and the observer to whom its progress is reported."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from chaptercast.common.devices import Device
from chaptercast.common.units import LanguageTag
from chaptercast.common.user_folders import cache_folder
from chaptercast.document.reading_options import Ocr, PageScope, PdfOptions, ReadingOptions
from chaptercast.script.narration.options import Code, Notes, Verbosity

if TYPE_CHECKING:
    from chaptercast.speech.cluster.address import Cluster
    from chaptercast.speech.online.settings import ServiceSettings


class Options(Struct, frozen=True):
    """The options that a user may set."""

    engine: str = "auto"
    voice: str = ""
    rate: float = 1.0
    loudness: str = "podcast"
    """A preset, a number of LUFS, or `none`."""
    device: Device = Device.CPU
    """The device that runs neural voices."""
    language: LanguageTag | None = None
    title: str = ""
    headings: str = "all"
    """`all`, `marked` (only headings that the source marks), or the path of an outline file."""
    page: PageScope = PageScope.ARTICLE
    pages: tuple[int, int] = (1, 0)
    """The first and the last page of a PDF that are read; 0 for the last that there is."""
    password: str = ""
    """Of protected PDF files."""
    ask_password: Callable[[str], str] | None = None
    """Asks somebody for that of a file, given its name."""
    ocr: Ocr = Ocr.AUTO
    verbosity: Verbosity = Verbosity.BRIEF
    code: Code = Code.SHORT
    notes: Notes = Notes.NEAR
    link_addresses: bool = False
    listen: bool = False
    """Whether what is spoken is listened to, and spoken again where it is not said as it is written."""
    offline: bool = False
    proxy: str = ""
    """The proxy for speech services. If empty, the environment's variables are followed."""
    private_addresses: bool = False
    """Whether articles may be fetched from this machine and from private networks."""
    jobs: int = 0
    """The number of worker processes; 0 for one per core."""
    cache: Path | str | None = None
    """The clip cache: a folder or an address. No cache if not given."""
    articles_from: Path | None = None
    """The base of an article's path, which identifies the article, if that is not the output folder."""
    dry: bool = False
    """Whether nothing may be written, not even a service's data about itself."""
    growing: Path | None = None
    """The file that the sound is also written to, frame by frame, so that it can be heard before the recording is finished."""
    exports: tuple[str, ...] = ()
    """The names of exporters: what else is made of each recording."""
    cluster: "Cluster | None" = None
    """The cluster that speaks instead of worker processes."""

    @property
    def local_cache(self) -> Path | None:
        """The local folder for cached data other than clips; `None` if nothing is cached."""
        return cache_folder() if isinstance(self.cache, str) else self.cache

    @property
    def reading(self) -> ReadingOptions:
        """How an article is read."""
        return ReadingOptions(self.page, PdfOptions(*self.pages, self.password, self.ask_password, self.ocr))

    @property
    def service(self) -> "ServiceSettings":
        """The settings of requests to a speech service."""
        from chaptercast.speech.online.settings import ServiceSettings

        return ServiceSettings(proxy=self.proxy, keeps_list=not self.dry)


Tell = Callable[[str], None]
"""Called with one line of news for people, as it happens."""

Progress = Callable[[float, str], None]
"""Called after each utterance with the finished share of the article, from 0 to 1, and the title of the section."""


def untold(_line: str) -> None:
    """Ignore the call."""
