"""A text as it is told: its passages in the languages they are in, each in as many utterances as it takes.

The same text is told in the same way, so what it became can be remembered from run to run: that is most of the work of narrating.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chaptercast.script.model import Respelling, Sentence
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.narration.passages import passages
from chaptercast.script.narration.phrasing import Phrase, phrased
from chaptercast.script.narration.settings import Settings
from chaptercast.units import LanguageTag


@dataclass(frozen=True, slots=True)
class Told:
    """A passage in words."""

    language: LanguageTag
    ends_a_sentence: bool
    phrases: tuple[Phrase, ...]


def told(pieces: Sequence[Piece], language: LanguageTag, settings: Settings, *, declared: bool) -> tuple[Told, ...]:
    """The passages of a text in `language`, which its author has `declared` or which is that of the document."""
    return _remembered("text" if not declared else "declared text", pieces, language, settings)


def announced(pieces: Sequence[Piece], language: LanguageTag, settings: Settings) -> tuple[Phrase, ...]:
    """The utterances of what the narrator says, all of it in `language`."""
    (passage,) = _remembered("announcement", pieces, language, settings)
    return passage.phrases


def _remembered(kind: str, pieces: Sequence[Piece], language: LanguageTag, settings: Settings) -> tuple[Told, ...]:
    memory = settings.memory
    if memory is None:
        return _new(kind, pieces, language, settings)
    key = repr((kind, language, [(p.written, p.said, p.language, p.note) for p in pieces]))
    known = memory.recall(key)
    if known is not None:
        return _decoded(known)
    found = _new(kind, pieces, language, settings)
    memory.note(key, _encoded(found))
    return found


def _new(kind: str, pieces: Sequence[Piece], language: LanguageTag, settings: Settings) -> tuple[Told, ...]:
    if kind == "announcement":
        return (Told(language, True, tuple(phrased(pieces, settings.wording(language)))),)
    return tuple(
        Told(
            passage.language,
            passage.ends_a_sentence,
            tuple(phrased(passage.pieces, settings.wording(passage.language))),
        )
        for passage in passages(pieces, language, declared=kind == "declared text")
    )


def _encoded(found: tuple[Told, ...]) -> list[Any]:
    """As values that JSON knows."""
    return [
        (
            passage.language,
            passage.ends_a_sentence,
            [
                ([(s.written, s.spoken, [_flat(r) for r in s.respellings]) for s in phrase.sentences], phrase.notes)
                for phrase in passage.phrases
            ],
        )
        for passage in found
    ]


def _flat(respelling: Respelling) -> tuple[str, str, str]:
    return respelling.written, respelling.spoken, respelling.lexicon


def _decoded(known: list[Any]) -> tuple[Told, ...]:
    return tuple(
        Told(
            LanguageTag(language),
            ends_a_sentence,
            tuple(
                Phrase(
                    tuple(Sentence(w, s, tuple(Respelling(*r) for r in respelled)) for w, s, respelled in sentences),
                    tuple(notes),
                )
                for sentences, notes in phrases
            ),
        )
        for language, ends_a_sentence, phrases in known
    )
