"""A site: a folder in which every episode has its own, and what belongs to all of them stands beside these."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from stat import S_ISREG

from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.errors import UsageError
from chaptercast.publication import atomic_files
from chaptercast.publication.feed.cover import write_cover
from chaptercast.publication.feed.show import SHOW_FILE, Show, load_show
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import read_episode
from chaptercast.publication.model import SiteEpisode

Tell = Callable[[str], None]
"""Told what is wrong and passed over, a line at a time."""

_STARTER = Path(__file__).parent / "feed" / "starter.toml"
_LANGUAGE = "@LANGUAGE@"
_GENERATOR = b'<meta name="generator" content="chaptercast">'
"""By which a page of ours is known, in its first bytes."""
_HEAD_BYTES = 1024

_NOON = time(12, tzinfo=UTC)
"""A date without a time is the same day almost everywhere at this hour."""


def episodes_in(folder: Path, tell: Tell) -> tuple[SiteEpisode, ...]:
    """The episodes of the site in `folder`, newest first. What cannot be read of it is told and passed over."""
    found: list[SiteEpisode] = []
    for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
        try:
            found.append(_read(manifest))
        except OSError as error:
            tell(f"{error.filename or manifest} cannot be read, the episode is passed over: {error.strerror}.")
        except (ValueError, OverflowError) as error:
            tell(f"{manifest} is passed over: {error}.")
    newest = sorted(found, key=lambda listed: listed.published, reverse=True)
    return _unique(newest, tell)


def update_site(folder: Path, tell: Tell) -> tuple[Path, ...]:
    """Write what belongs to all episodes of the site in `folder`, of that only what changed; the files that were written.

    The page over all episodes is written in any case, the feed where there is a `show.toml`. Of several runs at once the one that writes
    last sees what the others made: it looks again when it has written, until nothing has changed meanwhile. Raises `UsageError` where
    `show.toml` is wrong, `OutputError`.
    """
    told: set[str] = set()

    def tell_once(line: str) -> None:
        if line not in told:
            told.add(line)
            tell(line)

    written: dict[Path, None] = {}
    seen = None
    while seen != (seen := _manifests(folder)):
        written |= dict.fromkeys(_written(folder, tell_once))
    return tuple(written)


def _manifests(folder: Path) -> list[tuple[str, int]]:
    """The manifests there are, each with its time."""
    found = []
    for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
        with suppress(OSError):
            found.append((str(manifest), manifest.stat().st_mtime_ns))
    return found


def _written(folder: Path, tell: Tell) -> tuple[Path, ...]:
    show, wrong = _show(folder)
    episodes = episodes_in(folder, tell)
    written = _write_library(folder, show, episodes, tell)
    if wrong:
        raise wrong
    return written + (_write_feed(folder, show, episodes) if show else ())


def start_show(folder: Path) -> Path:
    """Write a `show.toml` to be filled in, for the site in `folder`; its path. Raises `UsageError` where there is one, `OutputError`."""
    path = folder / SHOW_FILE
    if path.exists():
        raise UsageError(f"{path} is there already; it is left as it is.", "Edit it, or move it away.")
    language = _usual_language(episodes_in(folder, lambda _line: None))
    atomic_files.write(path, _STARTER.read_text(encoding="utf-8").replace(_LANGUAGE, language).encode())
    return path


def _show(folder: Path) -> tuple[Show | None, UsageError | None]:
    """The show, if there is one, or what is wrong with it."""
    if not (folder / SHOW_FILE).exists():
        return None, None
    try:
        return load_show(folder), None
    except UsageError as error:
        return None, error


def _usual_language(episodes: Sequence[SiteEpisode]) -> LanguageTag:
    """That of most episodes."""
    languages = Counter(listed.episode.language for listed in episodes)
    return max(languages, key=languages.__getitem__, default=LanguageTag("en"))


def _write_library(folder: Path, show: Show | None, episodes: tuple[SiteEpisode, ...], tell: Tell) -> tuple[Path, ...]:
    """Write the page over all episodes that have pages, unless one is there that somebody else made."""
    from chaptercast.publication.feed.rss import FEED_FILE
    from chaptercast.publication.pages import PAGE, library_page
    from chaptercast.publication.pages.page_frame import interface

    path = folder / PAGE
    if _is_foreign(path):
        tell(
            f"{path} was not made by chaptercast and is left as it is. Move it away to have a page over all episodes there."
        )
        return ()
    listed = [replace(one.episode, slug=one.folder.name) for one in episodes if (one.folder / PAGE).exists()]
    if not listed and not path.exists():
        return ()
    language = show.language if show else _usual_language(episodes)
    title = show.title if show else interface(language).words("library")
    page = "".join(library_page(title, language, listed, feed=FEED_FILE if show else ""))
    return (path,) if atomic_files.write_changed(path, page.encode("utf-8", "replace")) else ()


def _is_foreign(page: Path) -> bool:
    try:
        with page.open("rb") as stream:
            return _GENERATOR not in stream.read(_HEAD_BYTES)
    except OSError:
        return False  # there is none, or what is wrong is told when it is written


def _write_feed(folder: Path, show: Show, episodes: tuple[SiteEpisode, ...]) -> tuple[Path, ...]:
    from chaptercast.publication.feed.rss import FEED_FILE, feed_of, show_guid

    cover = write_cover(folder, show.image, show.title)
    path = folder / FEED_FILE
    written = atomic_files.write_changed(path, feed_of(show, show_guid(show, path), cover, episodes))
    return (path,) if written else ()


def _read(manifest: Path) -> SiteEpisode:
    episode = read_episode(manifest)
    if not episode.guid.strip():
        raise ValueError("it has no guid")
    facts = (manifest.parent / episode.audio.file).stat()
    if not S_ISREG(facts.st_mode):
        raise ValueError(f"its recording “{episode.audio.file}” is no file")
    recorded = min(datetime.fromtimestamp(int(facts.st_mtime), UTC), datetime.now(UTC).replace(microsecond=0))
    # No later than the recording: what is clamped to the present would be another time at each rebuild.
    published = min(_moment(episode.date) or recorded, recorded)
    return SiteEpisode(manifest.parent, episode, facts.st_size, published)


def _moment(iso: str) -> datetime | None:
    """The time of an article's date; one without an offset is taken for UTC."""
    try:
        if "T" not in iso:
            return datetime.combine(date.fromisoformat(iso), _NOON)
        written = datetime.fromisoformat(iso).replace(microsecond=0)
        return written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _unique(listed: list[SiteEpisode], tell: Tell) -> tuple[SiteEpisode, ...]:
    """Without those whose guid a newer one has, which to every player is the same episode."""
    known: dict[str, SiteEpisode] = {}
    for one in listed:
        other = known.setdefault(one.episode.guid, one)
        if other is not one:
            tell(f"{one.folder} is passed over: {other.folder} has the same guid. Remove one, or convert it anew.")
    return tuple(known.values())
