"""The app's pages and forms: which request gets which answer. Access was checked before (`application`)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from anyio.to_thread import run_sync
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from chaptercast.app import forms, installable
from chaptercast.app.access import Access
from chaptercast.app.bodies import Sent, TooLargeError, form
from chaptercast.app.connections import connections
from chaptercast.app.episodes import remove_episode
from chaptercast.app.errands import Errands
from chaptercast.app.events import Events
from chaptercast.app.feed_pages import FeedPages
from chaptercast.app.live_audio import LiveAudio
from chaptercast.app.model import Job, State
from chaptercast.app.ordering import placed
from chaptercast.app.pages import FOR_ALL, ROOT, page, part, service_worker
from chaptercast.app.request_values import Faults, origin_of, small_form, words_of
from chaptercast.app.samples import Samples, Spoken
from chaptercast.app.supervisor import Supervisor
from chaptercast.app.views import trouble_text, view_of
from chaptercast.app.voice_choices import chosen, labelled_languages, labelled_voices
from chaptercast.app.word_pages import WordPages
from chaptercast.common.language_tags import normalised
from chaptercast.errors import InputError
from chaptercast.pipeline.inputs import SUFFIXES
from chaptercast.publication.pages.library import PAGE

_MESSAGES = frozenset({"said_again", "said_deleted", "said_late", "said_there"})
_MOST_SHOWN = 200
"""Maximum number of jobs on the page. Older ones stay in the queue."""
_Faults: TypeAlias = dict[str, str]


class Routes(Struct, frozen=True):
    """The app's routes."""

    supervisor: Supervisor
    access: Access
    site: Path
    address: str
    """The server's address for others, with a slash at its end."""

    def all(self) -> list[Route]:
        """Returns the routes for Starlette. The order matters."""
        events = Events(lambda: self.supervisor.jobs)
        errands = Errands(self.site, self.supervisor.settings)
        samples = Samples(self.site, errands)

        async def stream(request: Request) -> Response:
            return events.response(request, words_of(request))

        async def sample(request: Request) -> Response:
            return await self.sample(request, samples)

        async def sound(request: Request) -> Response:
            path = await run_sync(samples.file, str(request.path_params["name"]))
            return FileResponse(path, headers=FOR_ALL, media_type="audio/mpeg") if path else self._missing(request)

        live = LiveAudio()

        async def so_far(request: Request) -> Response:
            return await self.so_far(request, live)

        job = f"{ROOT}jobs/{{job:str}}"
        return [
            *FeedPages(self.supervisor, errands, self.site).all(),
            *WordPages(self.supervisor, samples, self.site).all(),
            Route(f"{ROOT}sample", sample, methods=["POST"]),
            Route(f"{ROOT}samples/{{name:str}}.mp3", sound),
            Route(ROOT, self.queue_page),
            Route(f"{ROOT}events", stream),
            Route(f"{ROOT}connect", self.connect_page),
            Route(f"{ROOT}jobs", self.add, methods=["POST"]),
            Route(job, self.job_page),
            Route(f"{job}/entry", self.entry),
            Route(f"{job}/so-far.mp3", so_far),
            Route(f"{job}/cancel", self._deed(lambda job: self.supervisor.queue.cancel(job.id)), methods=["POST"]),
            Route(f"{job}/again", self._deed(lambda job: self.supervisor.queue.again(job.id)), methods=["POST"]),
            Route(f"{job}/rename", self.rename, methods=["POST"]),
            Route(f"{job}/headings", self.headings, methods=["GET", "POST"]),
            Route(f"{job}/delete", self.delete, methods=["GET", "POST"]),
            *_files(),
        ]

    async def queue_page(self, request: Request) -> Response:
        """Answers with the form and the queue. Fills in what was shared with the app or sent by the bookmarklet."""
        given = {name: request.query_params.get(name, "")[: forms.MOST_ADDRESS] for name in forms.FIELDS}
        return await self._queue(request, _shared(given), {}, message=request.query_params.get("said", ""))

    async def add(self, request: Request) -> Response:
        """Adds an article to the queue."""
        settings, words = self.supervisor.settings, words_of(request)
        try:
            sent = await form(request, settings.upload)
        except TooLargeError:
            size = words.pages.size(settings.upload)
            return await self._queue(request, {}, {"upload": words("fault_size", size=size)}, status=413)
        except InputError:
            return await self._queue(request, {}, {"address": words("fault_nothing")}, status=400)
        try:
            return await self._added(request, sent)
        finally:
            await sent.close()

    async def sample(self, request: Request, samples: Samples) -> Response:
        """Lets a voice say a sentence, and answers with the form as it was filled in. A file cannot be filled in again."""
        settings, words = self.supervisor.settings, words_of(request)
        try:
            sent = await form(request, settings.upload)
        except InputError:
            return await self._queue(request, {}, {}, status=400)
        await sent.close()
        value = sent.fields.get("voice", "")
        voice = await run_sync(lambda: chosen(value, offline=settings.offline)) if value else None
        if value and voice is None:
            return await self._queue(request, sent.fields, {"voice": words("fault_voice")}, status=422)
        language = normalised(sent.fields.get("language", "")[:40]) or words.language
        spoken = await samples.spoken(voice, language)
        return await self._queue(request, sent.fields, {}, status=200 if spoken.name else 503, sample=spoken)

    async def so_far(self, request: Request, live: LiveAudio) -> Response:
        """Answers with what is spoken of a job so far, and with more as it is spoken."""
        job = await self._job(request)
        if job is None or job.state is not State.RUNNING:
            return self._missing(request)

        def is_running() -> bool:
            now = next((one for one in self.supervisor.jobs if one.id == job.id), None)
            return now is not None and (now.run < job.run or (now.run == job.run and now.state is State.RUNNING))

        return await live.response(request, self.supervisor.queue.growing(job.id), is_running)

    async def job_page(self, request: Request) -> Response:
        """Answers with the page of one job and all its actions."""
        job, words = await self._job(request), words_of(request)
        if job is None:
            return self._missing(request)
        message = _message(request.query_params.get("said", ""))
        values: dict[str, Any] = {
            "title": job.name,
            "view": view_of(job, words, self.site),
            "live": True,
            "message": message,
        }
        return page("job.html", words, has_library=self._has_library(), **values)

    async def entry(self, request: Request) -> Response:
        """Answers with a job as shown in the queue's page."""
        job, words = await self._job(request), words_of(request)
        return part("entry.html", words, {"view": view_of(job, words, self.site)}) if job else self._missing(request)

    async def rename(self, request: Request) -> Response:
        """Changes a job's title. An ended job is made again with the new title, from the clips that were spoken."""
        job, queue = await self._job(request), self.supervisor.queue
        if job is None:
            return self._missing(request)
        title = forms.line((await small_form(request)).fields.get("title", ""), forms.MOST_TITLE)
        if not title:
            return _back(job)
        renamed = await run_sync(lambda: queue.rename(job.id, title) or queue.again(job.id, title=title))
        return self._done(job, happened=renamed)

    async def headings(self, request: Request) -> Response:
        """Answers with the headings of a job. Submitted headings become its chapters."""
        job, words = await self._job(request), words_of(request)
        if job is None or job.outline is None or job.state.is_active:
            return self._missing(request)
        outline = job.outline
        if request.method == "POST":
            edited = forms.edited(outline, (await small_form(request)).fields)
            again = await run_sync(lambda: self.supervisor.queue.again(job.id, title=edited.title, outline=edited))
            return self._done(job, happened=again)
        rows = [(number, heading) for number, heading in enumerate(outline.headings) if heading.level != 1]
        title = words("headings_of", title=job.name)
        values: dict[str, Any] = {"title": title, "job": job, "outline": outline, "rows": rows}
        return page("headings.html", words, has_library=self._has_library(), **values)

    async def delete(self, request: Request) -> Response:
        """Asks for confirmation, then deletes a job and its episode."""
        job, words = await self._job(request), words_of(request)
        if job is None:
            return self._missing(request)
        if request.method == "POST":
            deleted = await run_sync(self.supervisor.queue.delete, job.id)
            if deleted is None:
                return self._done(job, happened=False)
            await run_sync(remove_episode, self.site, deleted)
            self.supervisor.wake()
            return RedirectResponse(f"{ROOT}?said=said_deleted", 303, FOR_ALL)
        title = words("delete_question", title=job.name)
        return page("delete.html", words, title=title, job=job, has_library=self._has_library())

    async def connect_page(self, request: Request) -> Response:
        """Answers with the page about access from other devices."""
        words = words_of(request)
        values = await run_sync(connections, self.site, self.access, self.address, origin_of(request))
        return page("connect.html", words, title=words("connect"), has_library=self._has_library(), **values)

    async def _added(self, request: Request, sent: Sent) -> Response:
        settings, words = self.supervisor.settings, words_of(request)
        wanted = await run_sync(lambda: forms.wanted(sent.fields, sent.upload_name, offline=settings.offline))
        order = wanted.order
        if order is None:
            faults = {name: words(text) for name, text in wanted.faults.items()}
            return await self._queue(request, sent.fields, faults, status=422)
        content = sent.upload.file if sent.upload else wanted.content
        try:
            done = await run_sync(placed, self.supervisor.queue, order, content)
        except InputError:
            return await self._queue(request, sent.fields, {"address": words("fault_full")}, status=503)
        self.supervisor.wake()
        return _back(done.job, f"?said={done.said}" if done.said else "")

    async def _queue(
        self,
        request: Request,
        given: Any,
        faults: _Faults,
        *,
        status: int = 200,
        message: str = "",
        sample: Spoken | None = None,
    ) -> HTMLResponse:
        words, settings = words_of(request), self.supervisor.settings
        jobs = self.supervisor.listing.now().jobs[:_MOST_SHOWN]
        voices = await run_sync(labelled_voices, words.language, settings.offline)
        languages = await run_sync(labelled_languages, words.language)
        return page(
            "queue.html",
            words,
            status,
            title=words("app"),
            live=True,
            message=_message(message),
            given={name: given.get(name, "") for name in forms.FIELDS},
            faults=Faults(faults),
            sample=sample.name if sample else "",
            sample_fault=trouble_text(sample.trouble, words) if sample and sample.trouble else "",
            jobs=[view_of(job, words, self.site) for job in jobs],
            is_active=any(job.state.is_active for job in jobs),
            voices=voices,
            languages=languages,
            accept=",".join(sorted(SUFFIXES)),
            size=words.pages.size(settings.upload),
            has_library=self._has_library(),
        )

    def _deed(self, deed: Callable[[Job], bool]) -> Callable[[Request], Any]:
        """Returns the handler for a button with one action."""

        async def answer(request: Request) -> Response:
            job = await self._job(request)
            if job is None:
                return self._missing(request)
            return self._done(job, happened=await run_sync(deed, job))

        return answer

    def _done(self, job: Job, *, happened: bool) -> Response:
        self.supervisor.wake()
        return _back(job, "" if happened else "?said=said_late")

    async def _job(self, request: Request) -> Job | None:
        return self.supervisor.listing.now().by_id.get(str(request.path_params["job"]))

    def _has_library(self) -> bool:
        return (self.site / PAGE).is_file()

    def _missing(self, request: Request) -> Response:
        words = words_of(request)
        title = words("not_found")
        return page("notice.html", words, 404, title=title, text=title, has_library=self._has_library())


def _shared(given: dict[str, str]) -> dict[str, str]:
    """Returns what a phone shared, as form values. Many apps put the address into the text."""
    text = given["text"].strip()
    if not given["address"] and text.split() and forms.is_address(text.split()[-1]):
        return {**given, "address": text.split()[-1], "text": ""}
    return {**given, "text": ""} if given["address"] else given


def _message(name: str) -> str:
    return name if name in _MESSAGES else ""


def _back(job: Job, query: str = "") -> Response:
    return RedirectResponse(f"{ROOT}jobs/{job.id}{query}", 303, FOR_ALL)


def _files() -> list[Route]:
    """Returns the routes for the files of the installed app."""

    async def manifest(request: Request) -> Response:
        return JSONResponse(
            installable.manifest(words_of(request)), headers=FOR_ALL, media_type=installable.MANIFEST_TYPE
        )

    async def icon(_request: Request) -> Response:
        return Response(installable.icon_svg(), headers=FOR_ALL, media_type="image/svg+xml")

    async def picture(request: Request) -> Response:
        size = int(request.path_params["size"])
        if size not in installable.SIZES:
            return Response(status_code=404, headers=FOR_ALL)
        return Response(await run_sync(installable.icon_png, size), headers=FOR_ALL, media_type="image/png")

    async def worker(_request: Request) -> Response:
        return Response(
            service_worker(), headers={**FOR_ALL, "Service-Worker-Allowed": "/"}, media_type="text/javascript"
        )

    async def offline(request: Request) -> Response:
        words = words_of(request)
        return page("notice.html", words, title=words("offline_title"), text=words("offline_text"), shows_kept=True)

    async def kept(request: Request) -> Response:
        words = words_of(request)
        return page("kept.html", words, title=words("kept"))

    return [
        Route(f"{ROOT}manifest.webmanifest", manifest),
        Route(f"{ROOT}icon.svg", icon),
        Route(f"{ROOT}icon-{{size:int}}.png", picture),
        Route(f"{ROOT}service-worker.js", worker),
        Route(f"{ROOT}offline", offline),
        Route(f"{ROOT}kept", kept),
    ]
