"""The process of one errand: `python -m chaptercast.app.errand_process SITE SETTINGS`, with an `Errand` in JSON on stdin.

It writes an `Answer` in JSON to stdout, and nothing else: no log may contain the text of an article.
"""

import sys
from pathlib import Path

import msgspec

from chaptercast.app.errands import Answer, Discover, Errand, FoundFeed, Look, Sample
from chaptercast.app.model import Trouble
from chaptercast.app.settings import Settings
from chaptercast.app.worker import be_limited
from chaptercast.common.language_tags import normalised
from chaptercast.common.units import LanguageTag
from chaptercast.common.user_folders import cache_folder
from chaptercast.errors import ChaptercastError
from chaptercast.pipeline.options import Options, untold

_ENGLISH = LanguageTag("en")


def answered(errand: Errand, site: Path, settings: Settings) -> Answer:
    """Returns what came of an errand."""
    try:
        match errand:
            case Discover():
                return Answer(_discovered(errand, settings))
            case Sample():
                _speak(errand, settings)
            case Look():
                from chaptercast.app.feed_round import look

                look(site, settings, errand.interval_s)
    except ChaptercastError as error:
        return Answer(trouble=Trouble(type(error).__name__, error.message, error.remedy))
    except Exception as error:  # noqa: BLE001 -- a bug fails one errand
        return Answer(trouble=Trouble("bug", type(error).__name__))
    return Answer()


def _discovered(errand: Discover, settings: Settings) -> tuple[FoundFeed, ...]:
    from chaptercast.following.discovery import subscription_list
    from chaptercast.following.feed_reading import require_libraries
    from chaptercast.following.finding import feeds_at

    require_libraries()
    found = (
        subscription_list(errand.listed, "the list")
        if errand.listed
        else feeds_at(errand.address, untold, private=settings.private_addresses).feeds
    )
    return tuple(FoundFeed(each.address, each.title) for each in found)


def _speak(errand: Sample, settings: Settings) -> None:
    from chaptercast.document.model import Metadata
    from chaptercast.document.sources.source import Source
    from chaptercast.pipeline import prepare, record_preview
    from chaptercast.pipeline.previews import sample
    from chaptercast.speech.voice_levels import known_sentence

    language = normalised(errand.language) if errand.language else None
    text = errand.text or known_sentence(language or _ENGLISH)
    options = Options(
        engine=errand.engine,
        voice=errand.voice,
        language=language,
        offline=settings.offline,
        jobs=1,
        cache=cache_folder(),
    )
    source = Source("sample.txt", "sample", data=text.encode(), metadata=Metadata(language=language))
    record_preview(sample(prepare(source, options)), Path(errand.file), options, lambda _part, _section: None)


def main(site: Path, settings: Settings) -> None:
    """Does the errand on stdin, and writes the answer."""
    be_limited(settings)
    errand: Errand = msgspec.json.decode(sys.stdin.buffer.read(), type=Errand)
    sys.stdout.buffer.write(msgspec.json.encode(answered(errand, site, settings)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), msgspec.json.decode(sys.argv[2], type=Settings))
