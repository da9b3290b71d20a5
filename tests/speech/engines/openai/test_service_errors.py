"""The ways in which servers word their errors, as far as they are known, and what is done about each."""

import json

import pytest

from chaptercast.speech.engines.openai.key import Key
from chaptercast.speech.engines.openai.server import Server
from chaptercast.speech.engines.openai.service_errors import Answer, fault_of, is_text
from chaptercast.speech.online.request_errors import Kind, ServiceFault

SERVER = Server("https://tts.example.org/v1")
KEY = Key("sk-proj-Zq7Xw2Lm9Kd4Rt6Yb1Nc8Vf3", "OPENAI_API_KEY")


def fault(status: int, body: object, **headers: str) -> ServiceFault:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return fault_of(
        Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, content), SERVER, KEY
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"message": "No such voice.", "type": "invalid_request_error", "param": "voice"}}, "No such voice"),
        ({"detail": {"error": "validation_error", "message": "No such voice", "type": "x"}}, "No such voice"),
        (
            {"detail": [{"loc": ["body", "voice"], "msg": "Field required", "input": {"input": "secret"}}]},
            "voice: Field required",
        ),
        ({"detail": "No such voice"}, "No such voice"),
        ({"message": "No such voice", "code": 400, "type": "BadRequestError", "param": None}, "No such voice"),
        ({"error": "No such voice"}, "No such voice"),
        ({"error": "An internal error", "details": "phonemes: no such voice"}, "phonemes: no such voice"),
        (b"No such\n\x1b[31m voice", "No such [31m voice"),
        (b"", ""),
        (b"<html><body>Bad", ""),
        ([{"msg": "one"}, {"msg": "two"}], "one; two"),
        ({"error": {"message": "x" * 500}}, "x" * 199 + "…"),
        (b"[" * 100_000, "[" * 199 + "…"),
        (b"\xff\xfe", "��"),
    ],
)
def test_the_servers_own_words_are_told(body: object, message: str) -> None:
    found = fault(400, body)
    assert (found.kind, found.cause) == (
        Kind.HOPELESS,
        "the service refuses the request (400)" + (f": {message}" if message else ""),
    )


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (413, b""),
        (
            400,
            {
                "error": {
                    "message": "[{'type': 'string_too_long', 'msg': 'String should have at most 4096 characters'}]"
                }
            },
        ),
        (400, {"error": {"message": "Bad input", "code": "string_above_max_length"}}),
        (422, {"detail": [{"loc": ["body", "input"], "msg": "String should have at most 500 characters"}]}),
        (400, {"error": "Input exceeds the maximum length of 2000 tokens"}),
        (400, {"error": {"message": "Text is too long"}}),
    ],
)
def test_too_long(status: int, body: object) -> None:
    assert fault(status, body).kind is Kind.TOO_LONG


def test_what_is_quoted_of_the_request_is_not_taken_for_the_error() -> None:
    quoted = {
        "loc": ["body", "voice"],
        "msg": "Field required",
        "input": "It was too long, insufficient_quota, speed, audio format",
    }
    answer = Answer(422, {}, json.dumps({"detail": [quoted]}).encode())
    assert fault_of(answer, SERVER, KEY).kind is Kind.HOPELESS
    assert "refuses the request" in fault_of(answer, SERVER, KEY).cause
    assert (answer.is_about_format, answer.is_about_speed) == (False, False)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, {"error": {"message": "You exceeded your current quota", "type": "insufficient_quota", "code": "x"}}),
        (429, {"error": {"message": "No credits", "type": "insufficient_quota", "code": "credit_balance_exhausted"}}),
        (401, {"detail": {"status": "quota_exceeded", "message": "This request exceeds your quota of 10000"}}),
        (402, {"error": {"message": "Hard limit", "code": "billing_hard_limit_reached"}}),
    ],
)
def test_an_account_that_is_spent_is_hopeless(status: int, body: object) -> None:
    found = fault(status, body)
    assert (found.kind, "is spent" in found.cause) == (Kind.HOPELESS, True)
    assert "nothing is left" in found.remedy


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, Kind.HOPELESS), (402, Kind.HOPELESS), (404, Kind.HOPELESS), (405, Kind.HOPELESS), (501, Kind.HOPELESS),
        (408, Kind.UNREACHABLE), (502, Kind.UNREACHABLE), (504, Kind.UNREACHABLE), (520, Kind.UNREACHABLE),
        (429, Kind.BUSY), (503, Kind.BUSY), (529, Kind.BUSY), (500, Kind.INCOMPLETE), (407, Kind.HOPELESS),
    ],
)  # fmt: skip
def test_every_status_has_a_kind(status: int, kind: Kind) -> None:
    assert fault(status, b"").kind is kind


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "20"}, 20),
        ({"retry_after_ms": "1500"}, 1.5),
        ({"retry_after_ms": "1500", "Retry-After": "20"}, 1.5),
        ({"retry_after_ms": "soon", "Retry-After": "20"}, 20),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "nan"}, 0),
        ({}, 0),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert fault(429, b"", **headers).retry_after == seconds


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"error": {"message": "Slow down", "code": 429}}, Kind.BUSY),
        ({"error": {"message": "No", "code": "401"}}, Kind.HOPELESS),
        ({"error": {"message": "No", "code": "insufficient_quota"}}, Kind.HOPELESS),
        ({"error": {"message": "No"}}, Kind.INCOMPLETE),
        ({"audio": "UklGRg=="}, Kind.INCOMPLETE),
        (b"<!DOCTYPE html><html>", Kind.REFUSED),
    ],
)
def test_errors_that_are_called_a_success(body: object, kind: Kind) -> None:
    assert fault(200, body).kind is kind


def test_a_refused_key_is_not_quoted_and_a_part_of_it_neither() -> None:
    said = {"error": {"message": "Incorrect API key provided: sk-proj-Zq7*****8Vf3."}}
    for status in (400, 401, 403, 404, 429, 500, 502):
        assert "Zq7" not in fault(status, said).cause + fault(status, said).remedy


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"error": 1}', True),
        (b"\n [1]", True),
        (b"<!doctype html>", True),
        (b"  <HTML>", True),
        ('{"error": "语音不存在"}'.encode(), True),
        (b"", False),
        (b"RIFF\0\0\0\0WAVE", False),
        (b"ID3\4", False),
        (b"{\0{\0\1\0\2\0", False),  # samples
        (b"\x5b\x00\x5c\x00" * 40, False),
    ],
)
def test_text_is_told_from_sound(body: bytes, expected: bool) -> None:
    assert is_text(body) is expected
