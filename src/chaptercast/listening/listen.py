"""Checks recordings one after the other with one recogniser."""

from collections.abc import Callable, Iterator
from pathlib import Path

from chaptercast.common.user_folders import cache_folder
from chaptercast.listening import verdict_cache
from chaptercast.listening.finished_recordings import Finished, finished, folders_at, soundings
from chaptercast.listening.model import Judged
from chaptercast.listening.page import LISTENING_PAGE, listening_page
from chaptercast.listening.recogniser import Recogniser, chosen, opened
from chaptercast.listening.recognition_passes import Listener
from chaptercast.listening.report import Report, refused, report_of
from chaptercast.listening.verdict_cache import Kept
from chaptercast.publication import atomic_files

Heed = Callable[[float, str], None]
"""Called after each passage, with the share of the recording that is done, and the recording's title."""


def listen(path: Path, model: str, threads: int, heed: Heed, *, write_page: bool) -> Iterator[Report]:
    """Checks the recordings at `path`: an MP3, a recording's folder, or a site. `model` is the recogniser's id, or empty.

    Earlier results are cached, so an interrupted run continues where it was. Raises `InputError` if there is no recording,
    `EngineError` if there is no recogniser, `OutputError` if the page beside a recording cannot be written.
    """
    pack = chosen(model)
    recogniser: Recogniser | None = None
    for folder in folders_at(path):
        recording = finished(folder)
        if recording.refusal:
            yield refused(str(recording.audio), recording.refusal)
            continue
        recogniser = recogniser or opened(pack, threads)
        kept = Kept(cache_folder() / verdict_cache.FOLDER, recogniser.identity)
        listener = Listener(recogniser)
        listener.learn(soundings(recording))
        judged = verdict_cache.judged(soundings(recording), listener, kept)
        report = report_of(str(recording.audio), pack.id, _heeded(judged, recording, heed), recording.untimed)
        if write_page:
            _write_page(recording, report)
        yield report


def _write_page(recording: Finished, report: Report) -> None:
    page = "".join(listening_page(recording, report)).encode("utf-8", "replace")
    atomic_files.write_changed(recording.folder / LISTENING_PAGE, page)


def _heeded(judged: Iterator[Judged], recording: Finished, heed: Heed) -> Iterator[Judged]:
    for one in judged:
        heed(one.passage.end / max(1, recording.episode.audio.duration), recording.episode.title)
        yield one
