"""What a user may ask for, and who is told what of a run."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from chaptercast.common.devices import Device
from chaptercast.common.units import LanguageTag
from chaptercast.common.user_folders import cache_folder
from chaptercast.document.reading_options import Ocr, PageScope, PdfChoices
from chaptercast.script.narration.options import Code, Notes, Verbosity

if TYPE_CHECKING:
    from chaptercast.speech.cluster.address import Cluster
    from chaptercast.speech.online.settings import ServiceSettings


class Options(Struct, frozen=True):
    """What a user may ask for."""

    engine: str = "auto"
    voice: str = ""
    rate: float = 1.0
    device: Device = Device.CPU
    """What neural voices run on."""
    language: LanguageTag | None = None
    title: str = ""
    headings: str = "all"
    """`all`, `marked` (only those that the source marks), or the path of an outline file."""
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
    offline: bool = False
    proxy: str = ""
    """On the way to a speech service; where empty, the environment's variables are followed."""
    private_addresses: bool = False
    """Whether articles may be fetched from this machine and from private networks."""
    jobs: int = 0
    """Worker processes; 0 for as many as there are cores."""
    cache: Path | str | None = None
    """Where clips are kept from run to run, a folder or an address; nowhere if not given."""
    articles_from: Path | None = None
    """What an article's own path is counted from, to know it again, where that is not the output folder."""
    dry: bool = False
    """Whether nothing may be written, not even what a service told of itself."""
    cluster: "Cluster | None" = None
    """Who speaks in place of worker processes."""

    @property
    def local_cache(self) -> Path | None:
        """Where on this machine is kept what is no clip; nowhere if nothing is kept."""
        return cache_folder() if isinstance(self.cache, str) else self.cache

    @property
    def pdf(self) -> PdfChoices:
        """How PDF files are read."""
        return PdfChoices(*self.pages, self.password, self.ask_password, self.ocr)

    @property
    def service(self) -> "ServiceSettings":
        """How a speech service is asked."""
        from chaptercast.speech.online.settings import ServiceSettings

        return ServiceSettings(proxy=self.proxy, keeps_list=not self.dry)


Tell = Callable[[str], None]
"""Told what people want to know as it happens, a line at a time."""

Progress = Callable[[float, str], None]
"""Told at each utterance: what part of the article is done, from 0 to 1, and the title of the section."""


def untold(_line: str) -> None:
    """Nobody listens."""
