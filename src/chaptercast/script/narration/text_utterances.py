"""A text as it is told: its passages in the languages they are in, each in as many utterances as it takes.

The same text is told in the same way, so what it became can be remembered from run to run: that is most of the work of narrating.
"""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.narration.language_spans import passages
from chaptercast.script.narration.phrasing import Phrase, phrased
from chaptercast.script.narration.settings import Settings
from chaptercast.script.narration.utterance_cache import UtteranceCache


class PassageUtterances(Struct, frozen=True):
    """A passage in words."""

    language: LanguageTag
    ends_a_sentence: bool
    phrases: tuple[Phrase, ...]


_ENCODER, _DECODER = msgspec.json.Encoder(), msgspec.json.Decoder(tuple[PassageUtterances, ...])


def passage_utterances(
    pieces: Sequence[Piece], language: LanguageTag, settings: Settings, *, declared: bool
) -> tuple[PassageUtterances, ...]:
    """The passages of a text in `language`, which its author has `declared` or which is that of the document."""

    def found() -> tuple[PassageUtterances, ...]:
        return tuple(
            PassageUtterances(p.language, p.ends_a_sentence, _phrases(p.pieces, p.language, settings))
            for p in passages(pieces, language, declared=declared)
        )

    return _remembered("declared text" if declared else "text", pieces, language, settings.memory, found)


def announcement_utterances(pieces: Sequence[Piece], language: LanguageTag, settings: Settings) -> tuple[Phrase, ...]:
    """The utterances of what the narrator says, all of it in `language`."""

    def found() -> tuple[PassageUtterances, ...]:
        return (PassageUtterances(language, True, _phrases(pieces, language, settings)),)

    (passage,) = _remembered("announcement", pieces, language, settings.memory, found)
    return passage.phrases


def _phrases(pieces: Sequence[Piece], language: LanguageTag, settings: Settings) -> tuple[Phrase, ...]:
    return tuple(phrased(pieces, settings.verbalizer(language)))


def _remembered(
    kind: str,
    pieces: Sequence[Piece],
    language: LanguageTag,
    memory: UtteranceCache | None,
    new: Callable[[], tuple[PassageUtterances, ...]],
) -> tuple[PassageUtterances, ...]:
    """What the memory has of the same text, else what is `new`."""
    if memory is None:
        return new()
    key = repr((kind, language, [(p.written, p.said, p.language, p.note) for p in pieces]))
    known = memory.recall(key, _DECODER.decode)
    if known is not None:
        return known
    found = new()
    memory.note(key, _ENCODER.encode(found))
    return found
