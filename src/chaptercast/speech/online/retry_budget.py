"""How long a service that fails is asked again."""

from chaptercast.speech.online.settings import ServiceSettings


class RetryBudget:
    """Counts the time since the service last answered well, without the waiting that it asked for itself."""

    def __init__(self, settings: ServiceSettings) -> None:
        """For one run."""
        self._settings = settings
        self._answered = False
        self._failing_since: float | None = None
        self._waiting_until = 0.0
        self._asked = 0.0

    def succeeded(self) -> None:
        """It answered."""
        self._answered = True
        self._failing_since = None
        self._asked = 0.0

    def ends(self, now: float, retry_after: float) -> bool:
        """Whether a failure at `now`, that asks to wait `retry_after` seconds, is one too many."""
        if self._failing_since is None:
            self._failing_since = now
        if retry_after:
            until = now + retry_after
            self._asked += max(0.0, until - max(now, self._waiting_until))
            self._waiting_until = max(self._waiting_until, until)
        limit = self._settings.patience if self._answered else self._settings.patience_at_start
        return self._asked > self._settings.longest_wait or now - self._failing_since - self._asked > limit
