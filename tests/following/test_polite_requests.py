"""How servers are asked."""

import threading
from email.utils import formatdate

import pytest
from tests.following.feeds import NOW, Time
from tests.serving import serving

from chaptercast.document.sources import http_request
from chaptercast.document.sources.fetch import Limits
from chaptercast.errors import InputError, UsageError
from chaptercast.following import polite_requests
from chaptercast.following.polite_requests import Asker, ForbiddenError, TooEarlyError, backoff, retry_after
from chaptercast.following.state import HostState

HERE = Limits(seconds=5, private=True)


def asker(time: Time, hosts: dict[str, HostState] | None = None, limits: Limits = HERE) -> Asker:
    return Asker({} if hosts is None else hosts, limits, lambda _line: None, time.clock)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 1),
        ("99999999999", 7 * 86_400),
        (formatdate(NOW + 300, usegmt=True), 300),
        (formatdate(NOW - 300, usegmt=True), 1),
        ("", 900),
        ("-5", 900),
        ("soon", 900),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == pytest.approx(seconds)


def test_waits_grow_and_end() -> None:
    waits = [backoff(failures, Time().clock) for failures in range(1, 60)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (900, 86_400)


def test_a_pause_between_two_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polite_requests, "_is_here", lambda _host: False)
    time = Time()
    with serving({"/a": b"1", "/b": b"2", "/robots.txt": b"User-agent: *\nCrawl-delay: 7\n"}) as site:
        one = asker(time)
        one.ask(site.url("/a"), size=100, robots=False)
        one.ask(site.url("/b"), size=100, robots=False)
        assert time.slept == [1.0]
        one.ask(site.url("/b"), size=100, robots=True)  # robots.txt is a request, too
        assert time.slept == [1.0, 1.0, 7.0]


def test_one_connection_to_a_server_at_a_time() -> None:
    at_once, most, guard = 0, 0, threading.Lock()

    def answer(handler) -> None:
        nonlocal at_once, most
        with guard:
            at_once += 1
            most = max(most, at_once)
        handler.send_response(200)
        handler.end_headers()
        with guard:
            at_once -= 1
        handler.wfile.write(b"x")

    with serving({"/a": answer}) as site:
        one = asker(Time())
        threads = [
            threading.Thread(target=one.ask, args=(site.url("/a"),), kwargs={"size": 100, "robots": False})
            for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (most, len(site.requests)) == (1, 12)


def test_what_a_server_asked_for_is_remembered() -> None:
    hosts: dict[str, HostState] = {}
    time = Time()
    with serving({"/a": (429, {"Retry-After": "60"}, b""), "/b": b"x"}) as site:
        with pytest.raises(TooEarlyError):
            asker(time, hosts).ask(site.url("/a"), size=100, robots=False)
        with pytest.raises(TooEarlyError):
            asker(time, hosts).ask(site.url("/b"), size=100, robots=False)
        assert len(site.requests) == 1
        time.at += 61
        assert asker(time, hosts).ask(site.url("/b"), size=100, robots=False).data == b"x"


ROBOTS = "User-agent: *\nDisallow: /\n\nUser-agent: Chaptercast\nDisallow: /private/\nDisallow: /*.pdf$\nAllow: /private/open\n"


def test_robots_txt() -> None:
    time = Time()
    paths = ("/a", "/private/x", "/private/open", "/x.pdf", "/x.pdf?y")
    with serving(dict.fromkeys(paths, b"x") | {"/robots.txt": ROBOTS.encode()}) as site:
        one = asker(time)
        allowed = []
        for path in paths:
            try:
                one.ask(site.url(path), size=100, robots=True)
                allowed.append(path)
            except ForbiddenError:
                pass
        assert allowed == ["/a", "/private/open", "/x.pdf?y"]
        assert [path for path, _ in site.requests].count("/robots.txt") == 1
        time.at += 86_401
        one.ask(site.url("/a"), size=100, robots=True)
        assert [path for path, _ in site.requests].count("/robots.txt") == 2


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_without_robots_txt(status: int, allowed: bool) -> None:
    with serving({"/a": b"x", "/robots.txt": (status, {}, b"")}) as site:
        if allowed:
            assert asker(Time()).ask(site.url("/a"), size=100, robots=True).data == b"x"
        else:
            with pytest.raises(InputError, match="answered 500"):
                asker(Time()).ask(site.url("/a"), size=100, robots=True)
            assert "/a" not in [path for path, _ in site.requests]


def test_a_redirect_leads_past_no_robots_txt_and_into_no_private_network(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/secret": b"x", "/robots.txt": b"User-agent: *\nDisallow: /secret"}) as closed, serving({}) as site:
        site.answers["/a"] = (302, {"Location": closed.url("/secret")}, b"")
        with pytest.raises(ForbiddenError):
            asker(Time()).ask(site.url("/a"), size=100, robots=True)
        monkeypatch.setattr(http_request, "is_private", lambda _address: True)
        with pytest.raises(UsageError, match="private network"):
            asker(Time(), limits=Limits()).ask(site.url("/a"), size=100, robots=True)
        assert "/secret" not in [path for path, _ in closed.requests]
