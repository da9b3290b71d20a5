"""Requests one utterance until it has arrived and is proved complete: retries, then splits it, then gives up with a reason."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import FrameCount, Samples
from chaptercast.errors import ServiceError
from chaptercast.speech.model import AsyncSpeaker, Clip, EncodedSpeech, Speech, Utterance
from chaptercast.speech.online.completeness import is_speakable, shortcoming, untold_shortcoming
from chaptercast.speech.online.duration_bounds import Paces
from chaptercast.speech.online.mp3_to_clip import Measured, clip_of, measured
from chaptercast.speech.online.rate_limiter import RateLimiter
from chaptercast.speech.online.request_errors import Kind, ServiceFault
from chaptercast.speech.online.retry_budget import RetryBudget
from chaptercast.speech.online.settings import ServiceSettings
from chaptercast.speech.online.utterance_splitting import joined, split

_TIMES: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.BUSY: 12,
        Kind.UNREACHABLE: 12,
        Kind.REFUSED: 4,
        Kind.INCOMPLETE: 5,
        Kind.NO_SOUND: 4,
        Kind.TOO_LONG: 1,
        Kind.HOPELESS: 1,
    }
)
"""How often a text may fail in each way. If five in six answers are good, five bad ones in a row occur by chance once in 8,000."""
_TIMES_IN_ALL = 15
_OF_THE_SERVICE = frozenset({Kind.BUSY, Kind.UNREACHABLE, Kind.REFUSED})
"""Failures that do not depend on the text."""
_OF_THE_TEXT = frozenset({Kind.INCOMPLETE, Kind.NO_SOUND, Kind.TOO_LONG})
"""Failures that splitting the text may cure."""
_DEPTH = 2
"""How often unspoken text is split further: into sentences, then each sentence in two."""
_EXCERPT = 60
_RESUME = "Finished speech is kept: run the same command again to continue."


class RetryingRequest:
    """Requests utterances from a service, with retries. Belongs to one event loop."""

    def __init__(self, speaker: AsyncSpeaker, name: str, grid: Grid, settings: ServiceSettings) -> None:
        """`name` is the engine's name for people. Must be made within the loop."""
        self._speaker = speaker
        self._name = name
        self._grid = grid
        self._backoff = settings.backoff
        self._limiter = RateLimiter(settings)
        self._patience = RetryBudget(settings)
        self._heard: set[str] = set()
        """The voices that have spoken."""
        self._paces = Paces()

    async def clip(self, utterance: Utterance, order: int, depth: int = 0) -> Clip:
        """The clip of `utterance`, proved complete. Lower values of `order` are requested first. Raises `ServiceError`.

        If the text contains nothing to speak, the clip is silent and has no length.
        """
        if not is_speakable(utterance.text):
            return Clip(self._grid, b"", FrameCount(0), Samples(0), Samples(0), silent=True)
        try:
            return await self._persistently(utterance, order)
        except ServiceFault as fault:
            pieces = split(utterance) if depth < _DEPTH and self._may_lie_in_the_text(fault, utterance) else ()
            if len(pieces) < 2:
                raise self._error(fault, utterance) from fault
            deeper = depth if fault.kind is Kind.TOO_LONG else depth + 1
        clips = [await self.clip(piece, order, deeper) for piece in pieces]
        return joined(pieces, tuple(clips), self._grid)

    async def finish(self, seconds: float) -> None:
        """Start no new request, and give the open ones `seconds` to end."""
        await self._limiter.close(seconds)

    def _may_lie_in_the_text(self, fault: ServiceFault, utterance: Utterance) -> bool:
        """Whether splitting the text may help. It does not if a voice that has never spoken is silent."""
        return fault.kind in _OF_THE_TEXT and (fault.kind is not Kind.NO_SOUND or utterance.voice in self._heard)

    async def _persistently(self, utterance: Utterance, order: int) -> Clip:
        failures: Counter[Kind] = Counter()
        while True:
            try:
                return await self._once(utterance, order)
            except ServiceFault as fault:
                failures[fault.kind] += 1
                if self._is_given_up(fault):
                    raise ServiceFault(Kind.UNREACHABLE, fault.cause, fault.remedy) from fault
                if failures[fault.kind] >= _TIMES[fault.kind] or failures.total() >= _TIMES_IN_ALL:
                    raise
            await asyncio.sleep(self._backoff.seconds(failures.total()))  # the rate limiter keeps to Retry-After

    def _is_given_up(self, fault: ServiceFault) -> bool:
        """Whether nothing complete has come for so long that the cause is not a single text."""
        may_be_the_service = fault.kind in _OF_THE_SERVICE or fault.kind is Kind.INCOMPLETE
        return may_be_the_service and self._patience.ends(asyncio.get_running_loop().time(), fault.retry_after)

    async def _once(self, utterance: Utterance, order: int) -> Clip:
        """Make one request, prove the answer complete, and report the result to the rate limiter."""
        async with self._limiter.slot(order) as began:
            try:
                found = self._proved(utterance, await self._speaker.speak(utterance))
            except ServiceFault as fault:
                if fault.kind is Kind.BUSY:
                    self._limiter.busy(began, fault.retry_after)
                elif fault.kind is not Kind.TOO_LONG:
                    self._limiter.failed(began)
                raise
            self._limiter.succeeded()
        self._patience.succeeded()
        self._heard.add(utterance.voice)
        self._paces.heard(utterance, found.seconds)
        return clip_of(found, utterance, self._grid)

    def _proved(self, utterance: Utterance, speech: Speech | EncodedSpeech) -> Measured:
        """Measure `speech`, and prove that it speaks all of `utterance`. Raises `ServiceFault`."""
        try:
            found = measured(speech)
        except ValueError as error:
            raise ServiceFault(Kind.INCOMPLETE, f"the service sends {error}") from error
        if self._speaker.tells:
            missing = shortcoming(utterance, found)
        else:
            missing = untold_shortcoming(utterance, found, self._paces.usual(utterance))
        if missing:
            raise ServiceFault(Kind.INCOMPLETE, missing)
        return found

    def _error(self, fault: ServiceFault, utterance: Utterance) -> ServiceError:
        text = " ".join(utterance.text.split())
        excerpt = text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
        remedy = f"{fault.remedy} {_RESUME}" if fault.remedy else _RESUME
        return ServiceError(f"The engine “{self._name}” failed: {fault.cause}, at: “{excerpt}”.", remedy)
