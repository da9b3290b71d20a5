"""The pages about the feeds that are followed: the list, one feed, and the forms that change `follow.toml`."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from anyio.to_thread import run_sync
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chaptercast.app import forms
from chaptercast.app.bodies import Sent, form
from chaptercast.app.errands import Answer, Discover, Errands
from chaptercast.app.feed_round import FeedReport, Report, load_report
from chaptercast.app.pages import ROOT, page
from chaptercast.app.request_values import Faults, frame, small_form, to, words_of
from chaptercast.app.supervisor import Supervisor
from chaptercast.app.voice_choices import chosen, labelled_voices
from chaptercast.app.words import AppWords
from chaptercast.errors import ChaptercastError, InputError
from chaptercast.following import subscriptions
from chaptercast.following.subscriptions import Subscription

FEEDS = f"{ROOT}feeds"
_FIELDS = ("address", "name", "only", "back", "voice", "text")
_MESSAGES = frozenset({"said_followed", "said_followed_already", "said_looking", "said_removed", "said_kept"})
_TEXTS = {"auto": "text_auto", "page": "text_page", "feed": "text_feed"}
"""Where the text of an article comes from, and its name among the app's words."""
_COMMAS = re.compile("[,،，、]")
_SECONDS = 60.0
_LIST_BYTES = 5_000_000
_MOST_BACK = 1000
_MOST_FOLLOWED = 2000
_one_at_a_time = Lock()


class _Row(Struct, frozen=True):
    """A feed as a page shows it."""

    key: str
    feed: Subscription
    report: FeedReport
    asked: str
    """When it was asked, in words."""
    done: int
    waiting: int
    given_up: int


class FeedPages(Struct, frozen=True):
    """The routes about feeds."""

    supervisor: Supervisor
    errands: Errands
    site: Path

    def all(self) -> list[Route]:
        """Returns the routes for Starlette. The order matters."""
        one = f"{FEEDS}/{{feed:str}}"
        return [
            Route(FEEDS, self.list_page),
            Route(FEEDS, self.add, methods=["POST"]),
            Route(f"{FEEDS}/look", self.look, methods=["POST"]),
            Route(one, self.feed_page, methods=["GET", "POST"]),
            Route(f"{one}/pause", self.pause, methods=["POST"]),
            Route(f"{one}/remove", self.remove, methods=["GET", "POST"]),
        ]

    async def list_page(self, request: Request) -> Response:
        """Answers with the list of feeds, and the form for a new one."""
        given = {name: request.query_params.get(name, "")[: forms.MOST_ADDRESS] for name in _FIELDS}
        return await self._list(request, given, {}, message=request.query_params.get("said", ""))

    async def add(self, request: Request) -> Response:
        """Follows the feed at an address, or the feeds in a list."""
        words = words_of(request)
        try:
            sent = await form(request, _LIST_BYTES)
        except InputError:
            size = words.pages.size(_LIST_BYTES)
            return await self._list(request, {}, {"list": words("fault_size", size=size)}, status=413)
        try:
            return await self._added(request, words, sent)
        finally:
            await sent.close()

    async def _added(self, request: Request, words: AppWords, sent: Sent) -> Response:
        listed = await sent.upload.read() if sent.upload else b""
        address = forms.line(sent.fields.get("address", ""), forms.MOST_ADDRESS + 1)
        wanted, faults = await run_sync(lambda: _wanted(sent.fields, offline=self.supervisor.settings.offline))
        if bool(address) == bool(listed):
            faults["address"] = "fault_feed_several" if address else "fault_feed_nothing"
        elif address and not forms.is_address(forms.with_scheme(address)):
            faults["address"] = "fault_address"
        elif not listed and not self.supervisor.feeds.is_allowed:
            faults["address"] = "feeds_offline"
        if faults:
            return await self._list(
                request, sent.fields, {name: words(text) for name, text in faults.items()}, status=422
            )
        answer = await self.errands.run(Discover(forms.with_scheme(address) if address else "", listed), _SECONDS)
        field = "list" if listed else "address"
        if answer.trouble is not None or not answer.feeds:
            return await self._list(request, sent.fields, {field: _why(answer, words)}, status=422)
        new = [replace(wanted, address=found.address, name=wanted.name or found.title) for found in answer.feeds]
        try:
            added = await run_sync(self._add, new)
        except ChaptercastError as error:
            return await self._list(request, sent.fields, {field: f"{words('why_list')} {error.message}"}, status=422)
        if added:
            self.supervisor.feeds.look_at_new()
            self.supervisor.wake()
        return to(FEEDS, "said_followed" if added else "said_followed_already")

    def _add(self, new: list[Subscription]) -> int:
        with _one_at_a_time:
            room = max(0, _MOST_FOLLOWED - len(subscriptions.load(self.site)))
            return len(subscriptions.add(self.site, new[:room]))

    async def look(self, _request: Request) -> Response:
        """Asks all feeds now."""
        self.supervisor.feeds.look_now()
        self.supervisor.wake()
        return to(FEEDS, "said_looking")

    async def feed_page(self, request: Request) -> Response:
        """Answers with the settings of a feed, or changes them."""
        words, row = words_of(request), await self._row(request)
        if row is None:
            return self._missing(words)
        given: Mapping[str, str] = _as_given(row.feed)
        faults: dict[str, str] = {}
        if request.method == "POST":
            given = (await small_form(request)).fields
            wanted, faults = await run_sync(lambda: _wanted(given, offline=self.supervisor.settings.offline))
            if not faults:
                kept = {"address": row.feed.address, "paused": row.feed.paused}
                if given.get("voice") == _OTHER_VOICE:
                    kept |= {"voice": row.feed.voice, "engine": row.feed.engine, "profile": row.feed.profile}
                return await self._changed(request, row.feed, replace(wanted, **kept), "said_kept")
        shown = Faults({name: words(text) for name, text in faults.items()})
        values = await self._form_values(words, given, shown)
        title = words("feed_of", title=row.feed.shown)
        return page("feed.html", words, 422 if faults else 200, title=title, row=row, **frame(self.site), **values)

    async def pause(self, request: Request) -> Response:
        """Leaves a feed alone, or takes it up again."""
        row, given = await self._row(request), (await small_form(request)).fields
        if row is None:
            return self._missing(words_of(request))
        return await self._changed(request, row.feed, replace(row.feed, paused=given.get("paused") == "1"), "said_kept")

    async def remove(self, request: Request) -> Response:
        """Asks for confirmation, then takes a feed out of the list. Its episodes stay."""
        words, row = words_of(request), await self._row(request)
        if row is None:
            return self._missing(words)
        if request.method == "POST":
            return await self._changed(request, row.feed, None, "said_removed")
        title = words("remove_question", title=row.feed.shown)
        return page("feed_remove.html", words, title=title, row=row, **frame(self.site))

    async def _changed(self, request: Request, feed: Subscription, changed: Subscription | None, said: str) -> Response:
        def change() -> None:
            with _one_at_a_time:
                subscriptions.change(self.site, feed.address, changed)

        try:
            await run_sync(change)
        except ChaptercastError as error:
            fault = f"{words_of(request)('why_list')} {error.message}".replace(f"{self.site}/", "")
            return await self._list(request, {}, {"address": fault}, status=422)
        return to(FEEDS, said)

    async def _row(self, request: Request) -> _Row | None:
        wanted, words = str(request.path_params["feed"]), words_of(request)
        rows, _ = await run_sync(self._rows, words)
        return next((row for row in rows if row.key == wanted), None)

    def _rows(self, words: AppWords) -> tuple[list[_Row], str]:
        """Returns what is followed, and what is wrong with the list."""
        try:
            followed = subscriptions.load(self.site)
        except ChaptercastError as error:
            return [], f"{error.message} {error.remedy}".replace(f"{self.site}/", "")
        report = load_report(self.site)
        return [_row(feed, report, words) for feed in followed], ""

    async def _list(
        self,
        request: Request,
        given: Mapping[str, str],
        faults: dict[str, str],
        *,
        status: int = 200,
        message: str = "",
    ) -> Response:
        words = words_of(request)
        rows, wrong = await run_sync(self._rows, words)
        report = await run_sync(load_report, self.site)
        looked = words("looked", time=words.time(report.looked_at), count=report.new) if report.looked_at else ""
        return page(
            "feeds.html",
            words,
            status,
            title=words("feeds"),
            **frame(self.site),
            message=message if message in _MESSAGES else "",
            rows=rows,
            wrong=wrong,
            looked=looked,
            lines=report.lines,
            is_looking=self.supervisor.feeds.is_looking,
            is_allowed=self.supervisor.feeds.is_allowed,
            **await self._form_values(words, given, Faults(faults)),
        )

    async def _form_values(self, words: AppWords, given: Mapping[str, str], faults: Faults) -> dict[str, Any]:
        voices = await run_sync(labelled_voices, words.language, self.supervisor.settings.offline)
        filled = {name: given.get(name, "") for name in _FIELDS}
        return {"given": filled, "faults": faults, "voices": voices, "texts": _TEXTS}

    def _missing(self, words: AppWords) -> Response:
        return page("notice.html", words, 404, title=words("not_found"), text=words("not_found"), **frame(self.site))


_OTHER_VOICE = "other"
"""Stands for a voice that somebody wrote into `follow.toml`, and that is not among those to choose from."""


def _wanted(given: Mapping[str, str], *, offline: bool) -> tuple[Subscription, dict[str, str]]:
    """Returns the settings in a form, and its faults by field, as names of the app's words."""
    faults: dict[str, str] = {}
    back = given.get("back", "").strip() or str(subscriptions.USUAL_BACK)
    if not (back.isascii() and back.isdigit() and len(back) < 5 and int(back) <= _MOST_BACK):
        faults["back"] = "fault_back"
    choice = given.get("voice", "")
    voice = chosen(choice, offline=offline) if choice not in ("", _OTHER_VOICE) else None
    if choice not in ("", _OTHER_VOICE) and voice is None:
        faults["voice"] = "fault_voice"
    text = given.get("text") or "auto"
    if text not in _TEXTS:
        faults["text"] = "fault_text"
    if faults:
        return Subscription(""), faults
    name = forms.line(given.get("name", ""), forms.MOST_TITLE)
    only = tuple(word for part in _COMMAS.split(given.get("only", "")) if (word := forms.line(part, forms.MOST_TITLE)))
    found = Subscription("", name, only, int(back), text=text)
    if voice is None:
        return found, faults
    if choice.startswith("profile:"):
        return replace(found, profile=voice.voice), faults
    return replace(found, voice=voice.voice, engine=voice.engine), faults


def _as_given(feed: Subscription) -> dict[str, str]:
    """Returns a feed's settings as the values of a form."""
    voice = ""
    if feed.profile:
        voice = f"profile:{feed.profile}"
    elif feed.voice and feed.engine:
        voice = f"{feed.engine}:{feed.voice}"
    elif feed.voice or feed.engine:
        voice = _OTHER_VOICE
    return {
        "name": feed.name,
        "only": ", ".join(feed.title),
        "back": str(feed.back),
        "voice": voice,
        "text": feed.text,
    }


def _row(feed: Subscription, report: Report, words: AppWords) -> _Row:
    known = report.feeds.get(feed.address, FeedReport())
    asked = words("asked", time=words.time(known.asked_at)) if known.asked_at else words("not_asked")
    counts = (known.counts.get(state, 0) for state in ("done", "waiting", "given up"))
    return _Row(hashlib.sha256(feed.address.encode()).hexdigest()[:16], feed, known, asked, *counts)


def _why(answer: Answer, words: AppWords) -> str:
    trouble = answer.trouble
    if trouble is None or trouble.kind in {"bug", "process", "memory"}:
        return words("why_no_feed")
    if trouble.kind in {"busy", "time"}:
        return words("why_busy")
    return f"{words('why_no_feed')} {trouble.message}"
