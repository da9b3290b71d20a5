"""Weighs what a recogniser found in a passage of a few sounds: it hears too little there to be believed alone. Pure.

Of the five false alarms in nine clean recordings four were titles and sentences of two words or syllables. What is certain there is what
loudness shows, or what a window of its own and the duration confirm.
"""

from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.listening.endings import is_sudden
from chaptercast.listening.energy import Loudness
from chaptercast.listening.model import DOUBTFUL, SURE, Finding, Judgement, Kind, Verdict
from chaptercast.listening.pace import Span
from chaptercast.listening.words import is_unspaced

BRIEF_S = 0.9
"""A passage that should last less than this is brief."""
_LETTER_S, _SYLLABLE_S, _LEAST_S = 0.07, 0.22, 0.15
"""Duration of a letter and of an ideograph, and what every passage takes besides, as long as the pace of a voice is not known."""
_UNLIKELY = -7.0
"""Change of the log probability by the written text, below which it was certainly not said."""
_MUCH_MORE = 1.5
_REASON = "too short to be sure"


def estimated_s(letters: int, language: LanguageTag) -> float:
    """Returns about how long a passage lasts, whoever speaks."""
    return _LEAST_S + letters * (_SYLLABLE_S if is_unspaced(language) else _LETTER_S)


def is_doubtful(judgement: Judgement, level: Loudness, span: Span, usual_s: float) -> bool:
    """Returns whether a passage is called wrong only by what a recogniser made of a few sounds."""
    certain = [finding for finding in judgement.findings if finding.sure >= SURE]
    return bool(certain) and usual_s < BRIEF_S and not any(_is_by_loudness(one, level, span) for one in certain)


def _is_by_loudness(finding: Finding, level: Loudness, span: Span) -> bool:
    """Returns whether loudness or the duration shows a fault, too."""
    if finding.kind is Kind.CUT_OFF:
        return is_sudden(level) or span is Span.TORN
    if finding.kind is Kind.REPEATED:
        return span is Span.DOUBLE and not finding.expected  # it is heard twice, and lasts so long
    return finding.kind is Kind.SILENCE


def is_confirmed(words: int, heard: int, errors: int, change: float) -> bool:
    """Returns whether a brief passage of unusual duration is wrong if it is heard by itself, too.

    `words`, `heard`, `errors`: how many words are expected, heard, and heard otherwise then. `change`: of the log probability, by the
    written text. It is not asked for where far more words are heard: long texts are less likely than short ones.
    """
    return errors > 0 and (heard > _MUCH_MORE * words or change < _UNLIKELY)


def doubted(judgement: Judgement) -> Judgement:
    """Returns the judgement with nothing certain in it."""
    findings = tuple(replace(one, sure=min(one.sure, DOUBTFUL)) for one in judgement.findings)
    return replace(judgement, verdict=Verdict.UNJUDGED, findings=findings, reason=_REASON)
