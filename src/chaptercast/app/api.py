"""The queue's interface for other programs: orders and jobs in JSON, described by an OpenAPI document."""

from typing import Any

import msgspec
from anyio.to_thread import run_sync
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chaptercast import __version__
from chaptercast.app import forms
from chaptercast.app.bodies import TooLargeError, json_body
from chaptercast.app.model import NO_LANGUAGE, Job, Kind, Order
from chaptercast.app.ordering import placed
from chaptercast.app.pages import FOR_ALL
from chaptercast.app.supervisor import Supervisor
from chaptercast.app.voice_choices import voice_groups
from chaptercast.common.language_tags import normalised
from chaptercast.common.unicode_text import well_formed
from chaptercast.errors import InputError
from chaptercast.publication.pages.library import PAGE
from chaptercast.publication.pages.markup import file_link
from chaptercast.speech import engine_registry

EPISODES = "/api/episodes"
_MOST_NAME = 200
_JSON = "application/json"


class _Body(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request: an address or a text, and options."""

    address: str = ""
    text: str = ""
    title: str = ""
    engine: str = "auto"
    voice: str = ""
    language: str = ""


def api_routes(supervisor: Supervisor) -> list[Route]:
    """Returns the routes `POST /api/episodes`, `GET /api/episodes/{id}`, and the OpenAPI document."""

    async def add(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
            return _error(415, "Send application/json.")
        try:
            body = msgspec.json.decode(await json_body(request, supervisor.settings.upload), type=_Body)
            order = await run_sync(_order, body)
            done = await run_sync(placed, supervisor.queue, order, well_formed(body.text).encode())
        except TooLargeError:
            return _error(413, f"More than {supervisor.settings.upload} bytes.")
        except (msgspec.MsgspecError, UnicodeError, ValueError) as error:
            return _error(422, str(error))
        except InputError as error:
            return _error(503, error.message)
        supervisor.wake()
        job = await run_sync(supervisor.queue.job, done.job.id) or done.job
        where = {"Location": f"{EPISODES}/{job.id}"}
        return JSONResponse(described(job), 200 if done.said else 201, {**FOR_ALL, **where})

    async def show(request: Request) -> Response:
        job = supervisor.listing.now().by_id.get(str(request.path_params["job"]))
        return JSONResponse(described(job), headers=FOR_ALL) if job else _error(404, "There is no such job.")

    async def document(_request: Request) -> Response:
        return JSONResponse(openapi(), headers=FOR_ALL)

    return [
        Route(EPISODES, add, methods=["POST"]),
        Route(f"{EPISODES}/{{job:str}}", show),
        Route("/api/openapi.json", document),
    ]


def described(job: Job) -> dict[str, Any]:
    """Returns a job as JSON for a program."""
    is_there = bool(job.episode) and not job.state.is_active
    trouble = job.trouble
    return {
        "id": job.id,
        "state": job.state.value,
        "part": job.part,
        "title": job.name,
        "episode": f"/{file_link(job.episode, PAGE).removeprefix('./')}" if is_there else None,
        "error": {"kind": trouble.kind, "message": trouble.message, "remedy": trouble.remedy} if trouble else None,
    }


def _order(body: _Body) -> Order:
    """Returns the order in a body. Raises `ValueError` with what is wrong."""
    address, text = forms.line(body.address, forms.MOST_ADDRESS + 1), body.text.strip()
    if bool(address) == bool(text):
        raise ValueError("Give an address or a text, and not both.")
    if address and not forms.is_address(address):
        raise ValueError("The address is no address in the web.")
    language = normalised(body.language) if body.language else NO_LANGUAGE
    if language is None:
        raise ValueError("The language is no language tag.")
    engines = {group.engine for group in voice_groups(offline=False)} | {"auto", "silence"}
    if body.engine not in engines and body.engine not in {r.name for r in engine_registry.registrations()}:
        raise ValueError("There is no such engine.")
    voice, title = forms.line(body.voice, _MOST_NAME), forms.line(body.title, forms.MOST_TITLE)
    kind, source = (Kind.ADDRESS, address) if address else (Kind.TEXT, forms.text_name(well_formed(text)))
    return Order(kind, source, title, body.engine, voice, language)


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": message}, status, FOR_ALL)


def openapi() -> dict[str, Any]:
    """Returns the description of the interface in OpenAPI 3.1."""
    text = {"type": "string"}
    error = _answer("What is wrong.", {"type": "object", "required": ["error"], "properties": {"error": text}})
    job = _answer("The job.", {"$ref": "#/components/schemas/Job"})
    created = {**job, "headers": {"Location": {"description": "Where to ask for it.", "schema": text}}}
    there = {**created, "description": "The job that the address has already."}
    refused = {"401": error, "403": error, "421": {"description": "The request names another server."}}
    wanted = {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}
    faults = dict.fromkeys(("413", "415", "422", "503"), error)
    number = {"name": "id", "in": "path", "required": True, "schema": text}
    return {
        "openapi": "3.1.0",
        "info": {"title": "chaptercast", "version": __version__, "description": "Articles into talking recordings."},
        "paths": {
            EPISODES: {
                "post": {
                    "operationId": "addEpisode",
                    "summary": "Put an article into the queue.",
                    "requestBody": {"required": True, "content": wanted},
                    "responses": {"200": there, "201": created, **faults, **refused},
                }
            },
            f"{EPISODES}/{{id}}": {
                "get": {
                    "operationId": "getEpisode",
                    "summary": "Tell what became of it.",
                    "parameters": [number],
                    "responses": {"200": job, "404": error, **refused},
                }
            },
        },
        "security": [{}, {"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Order": _order_schema(), "Job": _job_schema()},
        },
    }


def _answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _order_schema() -> dict[str, Any]:
    engines = ["auto", *(registered.name for registered in engine_registry.registrations())]
    told = {
        "address": {
            "type": "string",
            "format": "uri",
            "maxLength": forms.MOST_ADDRESS,
            "description": "Of a web page.",
        },
        "text": {"type": "string", "pattern": r"\S", "description": "The article itself."},
        "title": {"type": "string", "description": "Other than the article's own."},
        "engine": {"enum": engines, "description": "What speaks; `auto` for the best that works."},
        "voice": {"type": "string", "description": "A voice profile, or a voice of the engine."},
        "language": {"type": "string", "examples": ["en", "zh-CN"], "description": "A language tag (BCP 47)."},
    }
    either = [
        {"type": "object", "required": [one], "additionalProperties": False, "properties": _without(told, other)}
        for one, other in (("address", "text"), ("text", "address"))
    ]
    return {"oneOf": either}


def _without(properties: dict[str, Any], name: str) -> dict[str, Any]:
    return {other: schema for other, schema in properties.items() if other != name}


def _job_schema() -> dict[str, Any]:
    text = {"type": "string"}
    trouble = {
        "type": ["object", "null"],
        "required": ["kind", "message", "remedy"],
        "properties": {"kind": text, "message": text, "remedy": text},
    }
    properties = {
        "id": text,
        "state": {"enum": ["waiting", "running", "done", "failed", "cancelled"]},
        "part": {"type": "number", "minimum": 0, "maximum": 1},
        "title": text,
        "episode": {"type": ["string", "null"], "description": "The path of its page, once there is one."},
        "error": trouble,
    }
    return {"type": "object", "required": list(properties), "properties": properties}
