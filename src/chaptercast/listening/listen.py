"""Checks recordings one after the other with one recogniser."""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.common.user_folders import cache_folder
from chaptercast.listening import verdict_cache
from chaptercast.listening.edits import Edit, edits_in, followed
from chaptercast.listening.finished_recordings import MARGIN_MS, Finished, finished, folders_at, length_of, soundings
from chaptercast.listening.model import Judged, Passage
from chaptercast.listening.page import LISTENING_PAGE, listening_page
from chaptercast.listening.recogniser import Recogniser, chosen, opened
from chaptercast.listening.recognition_passes import Listener
from chaptercast.listening.report import Report, refused, report_of
from chaptercast.listening.seeking import sought
from chaptercast.listening.verdict_cache import Kept
from chaptercast.listening.word_alignment import share
from chaptercast.listening.words import can_compare, spoken, tokens
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
        recording, edits = _as_heard(recording, recogniser)
        listener.learn(soundings(recording))
        judged = verdict_cache.judged(soundings(recording), listener, kept)
        report = report_of(str(recording.audio), pack.id, _heeded(judged, recording, heed), recording.untimed, edits)
        if write_page:
            _write_page(recording, report)
        yield report


def _as_heard(recording: Finished, ears: Recogniser) -> tuple[Finished, tuple[Edit, ...]]:
    """Returns the recording with its passages at the times at which they are heard, if it was cut or lengthened after it was made."""

    def is_unknown(language: LanguageTag) -> bool:
        return bool(can_compare(language)) or not ears.knows(language)

    def fits(passage: Passage) -> float:
        (one,) = soundings(replace(recording, passages=(passage,)))
        language = passage.language
        if not len(one.samples) or is_unknown(language):
            return 0.0
        heard = spoken(ears.encoded(one.samples).heard(language).text, language)
        return share(tokens(spoken(passage.spoken, language), language), tokens(heard, language))

    def seeks(passage: Passage) -> Milliseconds | None:
        (one,) = soundings(replace(recording, passages=(passage,)))
        if not len(one.samples) or is_unknown(passage.language):
            return None
        at = sought(ears, one.samples, passage.spoken, passage.language)
        return None if at is None else Milliseconds(round(max(0, passage.start - MARGIN_MS) + at * 1000))

    edits = edits_in(recording.passages, recording.episode.audio.duration, length_of(recording), fits, seeks)
    return (replace(recording, passages=followed(recording.passages, edits)) if edits else recording), edits


def _write_page(recording: Finished, report: Report) -> None:
    page = "".join(listening_page(recording, report)).encode("utf-8", "replace")
    atomic_files.write_changed(recording.folder / LISTENING_PAGE, page)


def _heeded(judged: Iterator[Judged], recording: Finished, heed: Heed) -> Iterator[Judged]:
    for one in judged:
        heed(one.passage.end / max(1, recording.episode.audio.duration), recording.episode.title)
        yield one
