"""What the pages are to people in a browser: with and without a script, by keyboard, to assistive technology, on small screens."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.judges import Browser, chromium
from tests.publication.pages.samples import EPISODE, passage
from tests.serving import serving

from chaptercast.common.packaged_files import shipped
from chaptercast.pipeline import Options, convert
from chaptercast.publication.pages import episode_page, library_page
from chaptercast.publication.pages.translations import languages
from chaptercast.voice_profiles import Role

ARABIC = """---
title: مكتبة الميناء
author: ليلى
lang: ar
date: 2024-05-01
---

كانت المكتبة قرب الميناء مفتوحة حتى وقت متأخر من الليل. يأتي إليها الصيادون بعد العمل.

## القراء

يقرأ الناس هنا بأصوات مسموعة. قالت أمينة المكتبة: The harbour never sleeps at all, not even in winter. ثم ضحكت.

> من يسمع الكتاب يقرأه مرتين.

### الأطفال

يأتي الأطفال كل يوم جمعة عند الساعة الرابعة.

## الليل

تغلق الأبواب عند منتصف الليل.
"""
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en", "ar"])
AUDIO = "document.querySelector('audio')"
READY = ("wait", f"{AUDIO}.readyState > 2")
PLAYS = ("wait", f"!{AUDIO}.paused && {AUDIO}.currentTime > 0 && document.querySelector('.spoken')")
TIME = ("evaluate", f"{AUDIO}.currentTime")
STATUS = ("evaluate", "document.getElementById('page-status').textContent")
PAUSED = ("evaluate", f"{AUDIO}.paused")
INTERACTIVE = "a[href], button, select, input, summary, audio"
VISIBLE = f"[...document.querySelectorAll('{INTERACTIVE}')].filter(e => e.checkVisibility())"


def chapter(number: int) -> str:
    return f"#page-chapters li:nth-child({number + 1}) a"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("site")
    arabic = folder / "maktaba.md"
    arabic.write_text(ARABIC, encoding="utf-8")
    articles = {
        "zh": shipped("examples") / "harbour-library-zh.txt",
        "en": shipped("examples") / "night-ferry-en.md",
        "ar": arabic,
    }
    return {tag: recorded(article, folder / "output") for tag, article in articles.items()}


def recorded(article: Path, output: Path) -> Path:
    published = convert(article, output, Options(offline=True), lambda *_: None, lambda *_: None)
    return published.audio.with_name("index.html")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_of(300, tmp_path_factory.mktemp("library"))


def library_of(count: int, folder: Path) -> Path:
    towns = ("Łódź", "港口", "Zürich", "مكتبة", "Bergen")
    many = [replace(EPISODE, slug=f"e{n}", title=f"{towns[n % 5]} {n}") for n in range(count)]
    page = folder / "index.html"
    page.write_text("".join(library_page("Harbour talks", "en", many, feed="feed.xml")), encoding="utf-8")
    return page


def manifest(page: Path) -> dict[str, Any]:
    return json.loads(page.with_name("episode.json").read_text(encoding="utf-8"))


def starts(page: Path) -> list[float]:
    return [entry["start_ms"] / 1000 for entry in manifest(page)["chapters"]]


@LANGUAGES
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_before_and_while_it_plays(
    browser: Browser, pages: dict[str, Path], language: str, scheme: str, width: int
) -> None:
    steps = (("axe",), ("click", chapter(2)), PLAYS, ("axe",), ("evaluate", "document.documentElement.scrollWidth"))
    visit = browser.visit(pages[language].as_uri(), *steps, width=width, height=640, colorScheme=scheme)
    before, _, _, during, needed = visit.results
    assert (before, during, visit.trouble) == ([], [], [])
    assert needed == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_library_page(browser: Browser, library: Path, scheme: str, width: int) -> None:
    steps = (("axe",), ("evaluate", "document.documentElement.scrollWidth"))
    visit = browser.visit(library.as_uri(), *steps, width=width, colorScheme=scheme)
    assert (visit.results, visit.trouble) == ([[], width], [])


def test_axe_would_find_a_fault(browser: Browser, pages: dict[str, Path]) -> None:
    spoil = ("evaluate", "document.querySelector('main').append(document.createElement('button'))")
    visit = browser.visit(pages["en"].as_uri(), spoil, ("axe",))
    assert any(fault.startswith("button-name") for fault in visit.results[1])


@LANGUAGES
def test_the_headings_that_assistive_technology_is_told_are_the_outline(
    browser: Browser, pages: dict[str, Path], language: str
) -> None:
    [tree] = browser.visit(pages[language].as_uri(), ("accessibility",)).results
    told = [(node["level"], node["name"]) for node in tree if node["role"] == "heading"]
    assert told == [(entry["level"], entry["title"]) for entry in manifest(pages[language])["chapters"]]


def test_the_drawing_has_a_name_and_says_what_it_shows(browser: Browser, pages: dict[str, Path]) -> None:
    [tree] = browser.visit(pages["en"].as_uri(), ("accessibility",)).results
    [drawing] = [node for node in tree if node["role"] == "image"]
    assert drawing["name"] == "Loudness over the length of the recording"
    assert re.fullmatch(r".* seconds, 6 chapters", drawing["description"])


@LANGUAGES
def test_a_chapter_plays_from_its_beginning(browser: Browser, pages: dict[str, Path], language: str) -> None:
    note = f"globalThis.heard = []; {AUDIO}.addEventListener('seeking', () => heard.push({AUDIO}.currentTime))"  # when it has not gone on
    expected = starts(pages[language])
    steps: list[tuple[str, ...]] = [READY, ("evaluate", note)]
    for number in (*range(1, len(expected)), 0):
        begins = expected[number]
        inside = f"{AUDIO}.currentTime > {begins} + 0.3 && {AUDIO}.currentTime < {begins} + 5"
        steps += [("click", chapter(number)), ("wait", f"!{AUDIO}.paused && {inside}")]
    *_, heard = browser.visit(pages[language].as_uri(), *steps, ("evaluate", "heard")).results
    assert heard == pytest.approx([*expected[1:], expected[0]], abs=0.1)


def test_the_keyboard_reaches_everything_and_nothing_is_hidden_behind_the_player(
    browser: Browser, pages: dict[str, Path]
) -> None:
    focused = f"""(() => {{
        const focus = document.activeElement, {{ top }} = focus.getBoundingClientRect();
        const player = document.querySelector('.player');
        const behind = !player.contains(focus) && getComputedStyle(player).position === 'sticky'
            && !focus.closest('header, .skip') && top < player.getBoundingClientRect().bottom - 1;
        return [{VISIBLE}.indexOf(focus), behind];
    }})()"""
    count = ("evaluate", f"{VISIBLE}.length")
    tabs = [step for _ in range(60) for step in (("press", "Tab"), ("evaluate", focused))]
    total, *rest = browser.visit(pages["en"].as_uri(), count, *tabs, height=640).results
    reached = [tuple(place) for place in rest[1::2]]
    assert {number for number, _ in reached} - {-1} == set(range(total))
    assert not [number for number, behind in reached if behind and number >= 0]
    order = [number for number, _ in reached[: len({*reached}) + 8] if number >= 0]
    first_round = order[: order.index(max(order)) + 1]
    assert first_round == sorted(first_round)


def test_the_keyboard_operates_the_player(browser: Browser, pages: dict[str, Path]) -> None:
    second = starts(pages["en"])[2]
    steps = (
        READY,
        ("tabTo", "#page-play"), ("press", "Enter"), PLAYS, ("press", "Enter"), PAUSED,
        ("tabTo", "#page-next"), ("press", " "), ("press", " "), TIME, STATUS,
        ("tabTo", "#page-speed"), ("press", "ArrowDown"), ("evaluate", f"{AUDIO}.playbackRate"), STATUS,
        ("tabTo", "#page-follow"), ("press", " "), ("evaluate", "document.getElementById('page-follow').checked"),
        ("tabTo", chapter(4)), ("press", "Enter"), PLAYS, STATUS,
        ("tabTo", ".here"),
    )  # fmt: skip
    results = browser.visit(pages["en"].as_uri(), *steps).results
    assert results[5] is True
    assert results[9] == pytest.approx(second, abs=0.1)
    assert results[10] == "Chapter: The crossing"
    assert results[13:15] == [1.25, "Speed 1.25×"]
    assert results[17] is False
    assert results[21] == "Chapter: What the sea says"
    assert results[22] is True


def test_single_letters_do_nothing(browser: Browser, pages: dict[str, Path]) -> None:
    keys = [("press", key) for key in "abcdefghijklmnopqrstuvwxyz0123456789"]
    results = browser.visit(pages["en"].as_uri(), READY, *keys, TIME, PAUSED, STATUS).results
    assert results[-3:] == [0, True, ""]


@LANGUAGES
def test_it_reads_along(browser: Browser, pages: dict[str, Path], language: str) -> None:
    second = (
        "evaluate",
        "(() => { const s = document.querySelector('article p [data-b]'); return s.dataset.b / 1000 })()",
    )
    start = browser.visit(pages[language].as_uri(), second).results[0]
    marked = ("evaluate", "[document.querySelectorAll('.spoken').length, CSS.highlights.get('word').size]")
    inside = (
        "evaluate",
        f"""(() => {{ const {{ b, e }} = document.querySelector('.spoken').dataset;
        return {AUDIO}.currentTime * 1000 >= b - 50 && {AUDIO}.currentTime * 1000 <= Number(e) + 300; }})()""",
    )
    steps = (
        READY,
        ("click", "article p [data-b]"),
        ("wait", f"{AUDIO}.currentTime > {start} + 0.3"),
        marked,
        inside,
        STATUS,
    )
    visit = browser.visit(pages[language].as_uri(), *steps)
    assert visit.results[3:] == [[1, 1], True, ""]


def test_a_click_on_a_word_plays_from_it(browser: Browser, pages: dict[str, Path]) -> None:
    sentence = "document.querySelectorAll('article p [data-b]')[1]"
    place = f"""(() => {{ const span = {sentence}; span.scrollIntoView({{ block: 'center' }});
        const at = span.textContent.indexOf(' most ') + 1, range = new Range();
        range.setStart(span.firstChild, at); range.setEnd(span.firstChild, at + 4);
        const box = range.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"""
    facts = ("evaluate", f"[{sentence}.textContent, {sentence}.dataset.b, {sentence}.dataset.w]")
    note = ("evaluate", f"{AUDIO}.addEventListener('seeking', () => {{ globalThis.to ??= {AUDIO}.currentTime }})")
    steps = (READY, facts, note, ("clickAt", place), ("wait", "globalThis.to"), ("evaluate", "to"))
    _, (text, begins, words), *_, to = browser.visit(pages["en"].as_uri(), *steps).results
    later = [int(number) for number in words.split()][2::3]
    number = text.split().index("most")
    assert to == pytest.approx((int(begins) + sum(later[: number + 1])) / 1000, abs=0.05)


def test_position_speed_colours_and_size_are_remembered(browser: Browser, pages: dict[str, Path]) -> None:
    start = starts(pages["en"])[3]
    look = (
        "evaluate",
        "[document.documentElement.dataset.theme, document.documentElement.style.getPropertyValue('--scale')]",
    )
    steps = (
        READY, ("click", chapter(3)), ("wait", f"{AUDIO}.currentTime > {start} + 0.7"), ("click", "#page-play"),
        ("evaluate", "document.querySelector('.settings').open = true"),
        ("tabTo", "[data-setting=theme]"), ("press", "End"),
        ("click", "[data-size-step='10']"), STATUS,
        ("tabTo", "#page-speed"), ("press", "End"),
        TIME, ("reload",), READY, TIME, look, ("evaluate", f"{AUDIO}.playbackRate"), STATUS, PAUSED,
    )  # fmt: skip
    results = browser.visit(pages["en"].as_uri(), *steps).results
    left, found = results[11], results[14]
    assert found == pytest.approx(left, abs=0.05)
    assert left > start + 0.7
    assert results[8] == "Text size 110 percent"
    assert results[15:] == [["dark", "1.1"], 3, "", True]


def test_a_browser_that_keeps_nothing_still_plays(browser: Browser, pages: dict[str, Path]) -> None:
    before = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    visit = browser.visit(pages["en"].as_uri(), ("click", chapter(1)), PLAYS, before=before)
    assert visit.trouble == []


@pytest.mark.parametrize(
    ("mark", "begins"), [("#t=30", 30), ("#t=0:40.5", 40.5), ("#s3", None), ("#t=x", 0), ("#nowhere", 0)]
)
def test_an_address_may_name_a_time_or_a_chapter(
    browser: Browser, pages: dict[str, Path], mark: str, begins: float | None
) -> None:
    results = browser.visit(pages["en"].as_uri() + mark, READY, TIME, PAUSED).results
    expected = starts(pages["en"])[3] if begins is None else begins
    assert results[1:] == [pytest.approx(expected, abs=0.05), True]


@pytest.mark.parametrize(("motion", "follows"), [("reduce", False), ("no-preference", True)])
def test_the_page_scrolls_along_only_for_those_who_bear_motion(
    browser: Browser, pages: dict[str, Path], motion: str, follows: bool
) -> None:
    far = ("evaluate", f"{AUDIO}.currentTime = {starts(pages['en'])[5]}")
    scrolled = ("evaluate", "scrollY > 0")
    waiting = [("wait", "scrollY > 0")] if follows else []
    steps = (READY, ("click", "#page-play"), far, ("wait", f"{AUDIO}.currentTime > {starts(pages['en'])[5]} + 0.5"))
    results = browser.visit(pages["en"].as_uri(), *steps, *waiting, scrolled, reducedMotion=motion).results
    assert results[-1] is follows


@LANGUAGES
def test_without_a_script_the_page_still_serves(browser: Browser, pages: dict[str, Path], language: str) -> None:
    page = pages[language]
    visit = browser.visit(
        page.as_uri(),
        ("evaluate", f"[{AUDIO}.controls, {AUDIO}.checkVisibility()]"),
        ("evaluate", "[...document.querySelectorAll('.scripted')].filter(e => e.checkVisibility()).length"),
        ("click", chapter(3)),
        ("evaluate", "document.querySelector(':target').textContent"),
        ("evaluate", "document.querySelector('article').innerText.length"),
        ("evaluate", f"{AUDIO}.play().then(() => true)"),
        javascript=False,
    )
    shown, scripted, _, heading, letters, plays = visit.results
    assert (shown, scripted, plays) == ([True, True], 0, True)
    assert heading == manifest(page)["chapters"][3]["title"]
    assert letters > 200
    assert visit.trouble == []


@LANGUAGES
def test_with_wide_spacing_on_a_narrow_screen_nothing_sticks_out(
    browser: Browser, pages: dict[str, Path], language: str
) -> None:
    """WCAG 1.4.10 and 1.4.12; at twice the size of text, too."""
    widen = """for (const e of document.querySelectorAll('body, body *')) {
        e.style.lineHeight = 1.5; e.style.letterSpacing = '0.12em'; e.style.wordSpacing = '0.16em';
        if (e.tagName === 'P') e.style.marginBottom = '2em'; }
        document.documentElement.style.fontSize = '200%'"""
    cut = (
        f"{VISIBLE}.filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== 'visible').length"
    )
    steps = (("evaluate", widen), ("evaluate", "document.documentElement.scrollWidth"), ("evaluate", cut))
    assert browser.visit(pages[language].as_uri(), *steps, width=320, height=256).results[1:] == [320, 0]


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large(browser: Browser, pages: dict[str, Path], library: Path, width: int) -> None:
    small = f"""{VISIBLE}.map(e => e.closest('label') ?? e).filter(e => !e.closest('.skip'))
        .filter(e => e.getBoundingClientRect().height < 43.5 || e.getBoundingClientRect().width < 43.5).map(e => e.outerHTML)"""
    for page in (pages["en"], library):
        assert browser.visit(page.as_uri(), ("evaluate", small), width=width).results == [[]]


def ranged(content: bytes) -> Any:
    """An answer by a server that knows ranges, as players need."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", handler.headers.get("Range", "bytes=0-"))
        assert asked
        first, last = int(asked[1]), int(asked[2] or len(content) - 1)
        handler.send_response(206)
        handler.send_header("Content-Type", "audio/mpeg")
        handler.send_header("Accept-Ranges", "bytes")
        handler.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        handler.send_header("Content-Length", str(last - first + 1))
        handler.end_headers()
        handler.wfile.write(content[first : last + 1])

    return answer


BAR = """(() => { const bar = document.querySelector('.transport'), spans = [...bar.querySelectorAll('span')];
    const rows = new Set([...bar.children].map(e => Math.round(e.getBoundingClientRect().top)));
    const labelled = spans.filter(e => e.getBoundingClientRect().width > 2);
    return [rows.size, labelled.length, labelled.every(e => e.getClientRects().length === 1)
        && [...bar.children].every(e => e.scrollWidth <= e.clientWidth + 1)]; })()"""


@pytest.mark.parametrize("tag", list(languages()))
def test_the_labels_of_the_buttons_stand_in_one_line_or_not_at_all(browser: Browser, tmp_path: Path, tag: str) -> None:
    """At 200 % of text alone, and between 320 and 1,280 pixels."""
    page = tmp_path / "index.html"
    episode = replace(EPISODE, language=tag)
    page.write_text("".join(episode_page(episode, [passage(0, Role.BODY, "x")], [])), encoding="utf-8")
    looks = [(width, size) for width in (320, 834, 1000, 1280) for size in (100, 150, 200)]
    steps = [
        step
        for width, size in looks
        for step in (
            ("resize", width),
            ("evaluate", f"document.documentElement.style.fontSize = '{size}%'"),
            ("evaluate", BAR),
        )
    ]
    found = dict(zip(looks, browser.visit(page.as_uri(), *steps).results[2::3], strict=True))
    assert all(whole for _, _, whole in found.values())
    assert all(rows == 1 for (width, _), (rows, _, _) in found.items() if width > 320)
    assert {labels for _, labels, _ in found.values()} == {0, 5}
    assert found[1280, 100][1] == 5


def test_there_is_one_player_and_the_browsers_own_where_the_recording_is_missing(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    shown = ("evaluate", f"[{AUDIO}.controls, {AUDIO}.checkVisibility()]")
    assert browser.visit(pages["en"].as_uri(), READY, shown).results[1] == [False, False]
    alone = tmp_path / "index.html"
    alone.write_bytes(pages["en"].read_bytes())
    assert browser.visit(alone.as_uri(), ("wait", f"{AUDIO}.error"), shown).results[1] == [True, True]


def test_the_slider_tells_and_sets_the_position(browser: Browser, pages: dict[str, Path]) -> None:
    told = (
        "evaluate",
        "[document.getElementById('page-position').ariaValueText, document.getElementById('page-time').textContent]",
    )
    steps = (
        READY, told,
        ("tabTo", "#page-position"), ("press", "ArrowRight"), TIME, told,
        ("press", "PageUp"), TIME, told,
        ("press", "Home"), TIME, told, ("press", "ArrowLeft"), TIME, PAUSED, STATUS,
    )  # fmt: skip
    results = browser.visit(pages["en"].as_uri(), *steps).results
    assert [results[n] for n in (4, 7, 10, 13)] == [5, 65, 0, 0]
    assert [results[n][0].partition(" of ")[0] for n in (1, 5, 8, 11)] == ["0:00", "0:05", "1:05", "0:00"]
    assert all(results[n][0] == results[n][1] for n in (1, 5, 8, 11))
    assert results[14:] == [True, ""]


CONTRAST = """(() => {
    const parts = c => c.match(/[\\d.]+/g).slice(0, 3).map(Number);
    const light = c => parts(c).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ratio = (a, b) => { const [low, high] = [light(a), light(b)].sort((x, y) => x - y); return (high + 0.05) / (low + 0.05); };
    const span = document.querySelector('.spoken'), word = getComputedStyle(span, '::highlight(word)');
    const { textDecorationColor: line, backgroundColor: tint, color } = getComputedStyle(span);
    return [ratio(line, tint), ratio(line, getComputedStyle(document.body).backgroundColor), ratio(color, tint),
        ratio(word.textDecorationColor, word.backgroundColor), ratio(word.color, word.backgroundColor)];
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_heard_is_marked_so_that_it_is_seen(browser: Browser, pages: dict[str, Path], scheme: str) -> None:
    """WCAG 1.4.11 and 1.4.3: the underline at 3 to 1 on both sides, the text at 4.5 to 1."""
    steps = (READY, ("click", chapter(2)), PLAYS, ("evaluate", CONTRAST))
    *_, (inner, outer, text, word_line, word_text) = browser.visit(
        pages["en"].as_uri(), *steps, colorScheme=scheme
    ).results
    assert min(inner, outer, word_line) >= 3
    assert min(text, word_text) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_prints_dark_on_white_whatever_the_theme(browser: Browser, pages: dict[str, Path], theme: str) -> None:
    """WCAG 1.4.3 on paper: 4.5 to 1 on white is a luminance of 0.183 at most."""
    choose = ("evaluate", f"document.documentElement.dataset.theme = '{theme}'")
    colours = (
        "evaluate",
        """[...document.querySelectorAll('body *')].filter(e => e.checkVisibility()
        && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => getComputedStyle(e).color)""",
    )
    for look in ({}, {"colorScheme": theme}):
        results = browser.visit(pages["en"].as_uri(), choose, ("print",), colours, **look).results
        rgb = [[int(number) / 255 for number in re.findall(r"\d+", colour)[:3]] for colour in results[2]]
        linear = [[v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colour] for colour in rgb]
        assert max(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in linear) <= 0.183


def test_larger_text_is_larger_everywhere(browser: Browser, pages: dict[str, Path]) -> None:
    sizes = (
        "evaluate",
        "['h1', '.headed h2', 'article p', '#page-chapters a'].map(s => parseFloat(getComputedStyle(document.querySelector(s)).fontSize))",
    )
    grow = ("evaluate", "document.documentElement.style.setProperty('--scale', 2)")
    before, _, after = browser.visit(pages["en"].as_uri(), sizes, grow, sizes).results
    assert after == pytest.approx([2 * size for size in before])


@LANGUAGES
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_nothing_foreign_is_asked_for_and_the_policy_is_kept(
    browser: Browser, pages: dict[str, Path], language: str, scheme: str
) -> None:
    page = pages[language]
    audio = page.with_name(manifest(page)["audio"]["file"])
    names = {name: path.as_uri().rpartition("/")[2] for name, path in (("page", page), ("audio", audio))}
    steps = (READY, ("click", chapter(2)), PLAYS, TIME)
    if scheme == "file":
        visit, base = browser.visit(page.as_uri(), *steps), page.parent.as_uri()
    else:
        answers = {f"/{names['page']}": page.read_bytes(), f"/{names['audio']}": ranged(audio.read_bytes())}
        with serving(answers) as served:
            base = served.url("")
            visit = browser.visit(served.url(f"/{names['page']}"), *steps)
    assert visit.trouble == []
    assert {address.removeprefix(f"{base}/") for address in visit.requests} == set(names.values())
    assert visit.results[-1] >= starts(page)[2] - 0.1


def test_a_planted_script_does_not_run_and_is_reported(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    text = pages["en"].read_text(encoding="utf-8")
    spoilt = tmp_path / "index.html"
    spoilt.write_text(text.replace("<main>", "<main><script>globalThis.ran = 1</script>", 1), encoding="utf-8")
    visit = browser.visit(spoilt.as_uri(), ("evaluate", "globalThis.ran"))
    assert visit.results == [None]
    assert any("Content Security Policy" in message for message in visit.trouble)


def test_search_works_by_keyboard_and_tells_how_much_is_left(browser: Browser, library: Path) -> None:
    left = ("evaluate", "document.querySelectorAll('.episodes > li:not([hidden])').length")
    told = ("wait", "document.getElementById('page-status').textContent")
    steps = (
        STATUS,
        ("tabTo", "#page-search"), ("type", "zurich"), left, told, STATUS,
        ("type", " 257"), left, ("wait", "document.getElementById('page-status').textContent.startsWith('1 ')"), STATUS,
        ("tabTo", ".episodes a"), ("evaluate", "document.activeElement.textContent"),
    )  # fmt: skip
    results = browser.visit(library.as_uri(), *steps).results
    assert (results[0], results[3], results[5]) == ("", 60, "60 episodes found")
    assert (results[7], results[9], results[11]) == (1, "1 episode found", "Zürich 257")


def test_search_is_quick_among_thousands(browser: Browser, tmp_path: Path) -> None:
    """Steps have a limit of time, which the first Tab took thrice when the items had `content-visibility: auto`."""
    laid_out = "document.querySelector('.episodes').offsetHeight > 0"
    shown = ("evaluate", f"{laid_out} && document.querySelectorAll('.episodes > li:not([hidden])').length")
    steps = [(("tabTo", "#page-search"), ("type", text), shown) for text in ("bergen", " 4999")]
    results = browser.visit(library_of(5000, tmp_path).as_uri(), *steps[0], *steps[1][1:]).results
    assert (results[2], results[4]) == (1000, 1)


def test_without_a_script_the_library_lists_everything(browser: Browser, library: Path) -> None:
    shown = "[...document.querySelectorAll('.episodes a, .scripted')].map(e => e.checkVisibility())"
    [visible] = browser.visit(library.as_uri(), ("evaluate", shown), javascript=False).results
    assert (visible.count(True), visible.count(False)) == (300, 2)
