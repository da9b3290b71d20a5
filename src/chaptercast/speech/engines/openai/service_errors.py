"""What a server answers instead of sound, sorted by what is to be done about it. Servers word their errors in many ways."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from msgspec import Struct

from chaptercast.speech.engines.openai.key import Key
from chaptercast.speech.engines.openai.server import KEY, MODEL, Server
from chaptercast.speech.online.request_errors import Kind, ServiceFault
from chaptercast.speech.online.transport_errors import of_proxy, retry_after

_EXCERPT = 200
_TOO_LONG = re.compile(
    r"too[ _]long|max(?:imum)?[ _]?(?:input[ _])?length|at most \d+ characters|above_max|context.length"
    r"|exceed\w* .{0,40}(?:length|limit|characters|tokens)|(?:longer|more) than .{0,30}(?:characters|tokens)",
    re.IGNORECASE,
)
_ABOUT_THE_FORMAT = re.compile(
    r"response_format|(?:audio|output|unsupported|invalid)[ _]format|format.{0,30}support", re.IGNORECASE
)
_ABOUT_THE_SPEED = re.compile(r"\bspeed\b", re.IGNORECASE)
_SPENT = re.compile(
    r"insufficient_quota|quota_exceeded|exceeded your current quota|credit_balance|billing_hard_limit|insufficient_(?:funds|credits)",
    re.IGNORECASE,
)
_HTML = re.compile(rb"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPENT_REMEDY = "Look at your account there: the key is accepted, and nothing is left to spend."
_ADDRESS_REMEDY = (
    "Is it the address of the server's API, and not of its pages? It usually ends in /v1 (docs/openai.md)."
)


class Answer(Struct, frozen=True):
    """An answer that is no sound."""

    status: int
    headers: Mapping[str, str]
    """Their names are compared without regard to case."""
    body: bytes
    """Its beginning."""

    @property
    def is_about_format(self) -> bool:
        """Whether the format that was asked for is what is refused."""
        return self.status in {400, 406, 415, 422} and bool(_ABOUT_THE_FORMAT.search(_words(self.body)))

    @property
    def is_about_speed(self) -> bool:
        """Whether the speed that was asked for is what is refused."""
        return self.status in {400, 422} and bool(_ABOUT_THE_SPEED.search(_words(self.body)))


def fault_of(answer: Answer, server: Server, key: Key) -> ServiceFault:
    """What an answer asks for."""
    words = _words(answer.body)
    message = key.kept_out_of(_message(answer.body))
    says = f": {message}" if message else ""
    status = answer.status
    if _SPENT.search(words) and status in {200, 400, 401, 402, 403, 429}:
        return ServiceFault(
            Kind.HOPELESS, f"the account at {server.destination} is spent ({status}){says}", _SPENT_REMEDY
        )
    if status < 300:
        return _of_success(answer, server, key, says)
    if status == 413 or (status in {400, 422} and _TOO_LONG.search(words)):
        return ServiceFault(Kind.TOO_LONG, f"the text is longer than the service takes ({status}){says}")
    if status == 407:
        return of_proxy(status)
    if status in {401, 403}:
        return _of_refusal(status, key, says)
    return _of_trouble(answer, says) or ServiceFault(
        Kind.HOPELESS,
        f"the service refuses the request ({status}){says}",
        f"It was asked at {server.url} for the model “{server.model}”: look at {server.variable}, {MODEL} and --voice.",
    )


def _of_refusal(status: int, key: Key, says: str) -> ServiceFault:
    """Of a key: what a server says of one that is wrong is not told, since it may quote it."""
    if not key:
        remedy = f"Give the key in {KEY}, or to the system's keyring (docs/openai.md)."
        return ServiceFault(Kind.HOPELESS, f"the service wants a key ({status})", remedy)
    if status == 401:
        return ServiceFault(
            Kind.HOPELESS, f"the service refuses the key from {key.origin} (401)", "Is it the right one?"
        )
    remedy = f"The key came from {key.origin}: may it be used for this?"
    return ServiceFault(Kind.HOPELESS, f"the service refuses requests (403){says}", remedy)


def _of_trouble(answer: Answer, says: str) -> ServiceFault | None:
    """What may pass."""
    status = answer.status
    wait = _wait(answer.headers)
    if status in {429, 503, 529}:
        asked = f" and asks to wait {wait:.0f} seconds" if wait else ""
        return ServiceFault(Kind.BUSY, f"the service is busy ({status}){asked}{says}", retry_after=wait)
    if status == 500:  # it may lie in the text, which some servers stumble over
        return ServiceFault(Kind.INCOMPLETE, f"the service fails (500){says}")
    if status == 408 or (status > 500 and status != 501):
        return ServiceFault(Kind.UNREACHABLE, f"the service answers {status}{says}", retry_after=wait)
    return None


def _of_success(answer: Answer, server: Server, key: Key, says: str) -> ServiceFault:
    """Of a status that promises sound."""
    if _HTML.match(answer.body):
        remedy = f"{_ADDRESS_REMEDY} Now it is {server.url}."
        return ServiceFault(Kind.REFUSED, "the service answers with a web page instead of sound", remedy)
    code = _code(answer.body)
    if code is not None:
        return fault_of(Answer(code, answer.headers, answer.body), server, key)
    return ServiceFault(Kind.INCOMPLETE, f"the service answers with text instead of sound{says}")


def _wait(headers: Mapping[str, str]) -> float:
    """How many seconds the service asks to wait; OpenAI tells it in milliseconds, too."""
    with suppress(ValueError):
        return max(0.0, float(headers.get("retry-after-ms", "")) / 1000)
    return retry_after(headers.get("Retry-After", ""))


def is_text(body: bytes) -> bool:
    """Whether an answer is text, by its first bytes: an object or a list in JSON, or marks of HTML."""
    beginning = body[:64].lstrip()
    return bool(_HTML.match(body)) or (beginning[:1] in {b"{", b"["} and not _NO_TEXT.search(beginning))


def _parsed(body: bytes) -> Any:
    with suppress(ValueError, RecursionError):
        return json.loads(body)
    return None


def _words(body: bytes) -> str:
    """What a server says, and the names that it has for that: what errors are known by. Not what it quotes of the request."""
    error = _error(_parsed(body))
    names = (error.get(name) for name in ("code", "type", "error", "status"))
    return " ".join((_text(body), *(name for name in names if isinstance(name, str))))


def _code(body: bytes) -> int | None:
    """The status that an error in JSON names: servers behind a gateway send it with the status 200."""
    error = _error(_parsed(body))
    found = (str(error.get(name)) for name in ("code", "status", "status_code"))
    return next((int(code) for code in found if re.fullmatch("[45][0-9]{2}", code)), None)


def _error(parsed: Any) -> Mapping[str, Any]:
    """The object that describes an error: by itself, or in another."""
    inner = [parsed.get(name) for name in ("error", "detail")] if isinstance(parsed, dict) else []
    return next((one for one in (*inner, parsed) if isinstance(one, dict)), {})


def _message(body: bytes) -> str:
    """What a server says, in one line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in _text(body)).split()).rstrip(".")
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT - 1]}…"


def _text(body: bytes) -> str:
    """What a server says: in JSON, or as text; nothing where it is a page."""
    parsed = _parsed(body)
    if parsed is not None:
        return _said(parsed)
    return "" if _HTML.match(body) else body.decode("utf-8", "replace")


def _said(parsed: Any) -> str:
    """The message in an error: OpenAI's `{"error": {"message": ...}}`, FastAPI's `detail`, and what is near to them.

    What a request is quoted by is left out.
    """
    match parsed:
        case str():
            return parsed
        case list():
            return "; ".join(filter(None, map(_said, parsed)))
        case {"msg": str(said)}:
            where = parsed.get("loc")
            return f"{where[-1]}: {said}" if isinstance(where, list) and where else said
        case dict():
            inner = (_said(parsed.get(name)) for name in ("message", "details", "detail", "error", "title"))
            return next(filter(None, inner), "")
    return ""
