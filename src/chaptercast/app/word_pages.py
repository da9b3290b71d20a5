"""The pages about the pronunciation of words: the lexicon that all commands use, one page for each language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from anyio.to_thread import run_sync
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from chaptercast.app import forms
from chaptercast.app.episodes import language_of
from chaptercast.app.model import Job
from chaptercast.app.pages import FOR_ALL, ROOT, page
from chaptercast.app.pronunciation import Word, lexicon_path, put_word, remove_word, words_of_language
from chaptercast.app.request_values import Faults, frame, small_form, to, words_of
from chaptercast.app.samples import MOST_TEXT, Samples, Spoken
from chaptercast.app.supervisor import Supervisor
from chaptercast.app.views import trouble_text
from chaptercast.app.voice_choices import chosen, labelled_languages
from chaptercast.app.words import AppWords
from chaptercast.common.language_tags import normalised
from chaptercast.common.units import LanguageTag, primary
from chaptercast.errors import ChaptercastError
from chaptercast.script.lexicons.files import LONGEST_SPOKEN, LONGEST_WRITTEN

WORDS = f"{ROOT}words"
_MESSAGES = frozenset({"said_word_kept", "said_word_removed", "said_late"})


class WordPages(Struct, frozen=True):
    """The routes about the pronunciation of words."""

    supervisor: Supervisor
    samples: Samples
    site: Path

    def all(self) -> list[Route]:
        """Returns the routes for Starlette."""
        one = f"{WORDS}/{{language:str}}"
        return [
            Route(WORDS, self.choose),
            Route(one, self.words_page),
            Route(one, self.put, methods=["POST"]),
            Route(f"{one}/remove", self.remove, methods=["POST"]),
        ]

    async def choose(self, request: Request) -> Response:
        """Answers with the languages, or leads to the one that is asked for, or to that of a job's episode."""
        words, job = words_of(request), await self._job(request)
        language = normalised(request.query_params.get("language", "")[:40])
        if language is None and job is not None:
            language = job.order.language or await run_sync(language_of, self.site, job.episode)
        query = f"?job={job.id}" if job is not None else ""
        if language is not None and primary(language) in _languages(words):
            return RedirectResponse(f"{WORDS}/{primary(language)}{query}", 303, FOR_ALL)
        values: dict[str, Any] = {"languages": _languages(words).items(), "job": job}
        return page("words.html", words, title=words("words"), **frame(self.site), **values)

    async def words_page(self, request: Request) -> Response:
        """Answers with the words of a language."""
        message = request.query_params.get("said", "")
        return await self._page(request, {}, {}, message=message if message in _MESSAGES else "")

    async def put(self, request: Request) -> Response:
        """Adds a word, changes how it is said, or lets it be heard first."""
        given, words = (await small_form(request)).fields, words_of(request)
        language = self._language(request, words)
        if language is None:
            return await self._page(request, {}, {})
        written = forms.line(given.get("written", ""), LONGEST_WRITTEN + 1)
        spoken = forms.line(given.get("spoken", ""), LONGEST_SPOKEN + 1)
        if given.get("hear"):
            return await self._heard(request, given, language, spoken or written)
        faults = {
            name: words("fault_word" if not text else "fault_word_long")
            for name, text, most in (("written", written, LONGEST_WRITTEN), ("spoken", spoken, LONGEST_SPOKEN))
            if not 0 < len(text) <= most
        }
        if faults:
            return await self._page(request, given, faults, status=422)
        try:
            await run_sync(put_word, language, Word(written, spoken, bool(given.get("case"))))
        except ChaptercastError as error:
            return await self._page(request, given, {"written": f"{words('why_lexicon')} {error.message}"}, status=422)
        return to(_here(request), "said_word_kept")

    async def remove(self, request: Request) -> Response:
        """Takes a word out."""
        given, words = (await small_form(request)).fields, words_of(request)
        language = self._language(request, words)
        if language is None:
            return await self._page(request, {}, {})
        try:
            removed = await run_sync(remove_word, language, given.get("written", ""))
        except ChaptercastError as error:
            return await self._page(request, {}, {"written": f"{words('why_lexicon')} {error.message}"}, status=422)
        return to(_here(request), "said_word_removed" if removed else "said_late")

    async def _heard(self, request: Request, given: Mapping[str, str], language: LanguageTag, text: str) -> Response:
        words, job = words_of(request), await self._job(request)
        if not 0 < len(text) <= MOST_TEXT:
            fault = words("fault_word" if not text else "fault_word_long")
            return await self._page(request, given, {"spoken": fault}, status=422)
        voice = None
        if job is not None and job.order.voice:
            value = (
                f"{job.order.engine}:{job.order.voice}" if job.order.engine != "auto" else f"profile:{job.order.voice}"
            )
            voice = await run_sync(lambda: chosen(value, offline=self.supervisor.settings.offline))
        spoken = await self.samples.spoken(voice, language, text)
        return await self._page(request, given, {}, sample=spoken, status=200 if spoken.name else 503)

    async def _page(
        self,
        request: Request,
        given: Mapping[str, str],
        faults: Mapping[str, str],
        *,
        message: str = "",
        status: int = 200,
        sample: Spoken | None = None,
    ) -> Response:
        words, job = words_of(request), await self._job(request)
        language = self._language(request, words)
        if language is None:
            return page(
                "notice.html", words, 404, title=words("not_found"), text=words("not_found"), **frame(self.site)
            )
        entries: tuple[Word, ...] = ()
        wrong = ""
        try:
            entries = await run_sync(words_of_language, language)
        except ChaptercastError as error:
            wrong = f"{error.message} {error.remedy}"
        return page(
            "words_of.html",
            words,
            status,
            title=words("words_of", language=words.language_name(language)),
            **frame(self.site),
            message=message,
            language=language,
            entries=entries,
            wrong=wrong,
            file=lexicon_path(language).name,
            given={name: given.get(name, "") for name in ("written", "spoken", "case")},
            faults=Faults(faults),
            job=job,
            query=f"?job={job.id}" if job is not None else "",
            sample=sample.name if sample else "",
            sample_fault=trouble_text(sample.trouble, words) if sample and sample.trouble else "",
        )

    def _language(self, request: Request, words: AppWords) -> LanguageTag | None:
        wanted = str(request.path_params["language"])
        return next((tag for tag in _languages(words) if tag == wanted), None)

    async def _job(self, request: Request) -> Job | None:
        wanted = request.query_params.get("job", "")[:64]
        return await run_sync(self.supervisor.queue.job, wanted) if wanted else None


def _languages(words: AppWords) -> dict[LanguageTag, str]:
    """Returns the languages, without regions, and their names."""
    tags = dict.fromkeys(LanguageTag(primary(tag)) for tag, _ in labelled_languages(words.language))
    return dict(sorted(((tag, words.language_name(tag)) for tag in tags), key=lambda pair: pair[1]))


def _here(request: Request) -> str:
    """Returns the address of the page of words that a form stands on."""
    job = request.query_params.get("job", "")[:64]
    path = request.url.path.removesuffix("/remove")
    return f"{path}?job={quote(job)}" if job else path
