"""An article with everything in it, as a page: to a screen reader, to a browser that reads along, to the checkers of HTML."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.judges import Browser, chromium, html_validate_faults, require, w3c_faults
from tests.publication.pages.samples import EPISODE

from chaptercast.pipeline import Options, convert
from chaptercast.publication.pages import library_page

ARTICLE = """---
title: The lock keeper
lang: en
---

At the lock they say <span lang="de">Guten Abend</span> and <i lang="fr">bonsoir</i>, and once 欢迎来到运河 was heard.

## Tools

- A windlass
- Ropes, see [the *list* of ropes](https://example.org/ropes)
  - a long one
  - a short one

3. Open
4. Close, and `wait`

| Lock | Rise | |
|------|------|---|
| Upper | 2 m | Old. And **narrow**. |
| – | | |

![A gate half open](gate.jpg)

```
open gate
    slowly
```

> No boat waits.
>
> None.

The water rises.[^rise] Then it is still.

[^rise]: As [Rolt](https://example.org/rolt) says.
"""
SPOKEN = Path(__file__).with_name("lock-keeper-spoken.txt")
"""What a screen reader says of its text, a phrase a line."""
AUDIO = "document.querySelector('audio')"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lock")
    article = folder / "lock.md"
    article.write_text(ARTICLE, encoding="utf-8")
    published = convert(article, folder / "out", Options(engine="espeak", offline=True, jobs=1), nothing, nothing)
    return published.audio.with_name("index.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def nothing(*_: object) -> None:
    """Nobody watches."""


def test_a_screen_reader_is_told_what_the_article_is_built_of(browser: Browser, page: Path) -> None:
    require("virtual-screen-reader")
    [said] = browser.visit(page.as_uri(), ("read", "article")).results
    assert said == SPOKEN.read_text(encoding="utf-8").splitlines()


def test_axe_finds_nothing_in_it(browser: Browser, page: Path) -> None:
    for width in (320, 1280):
        visit = browser.visit(
            page.as_uri(), ("axe",), ("evaluate", "document.documentElement.scrollWidth"), width=width
        )
        assert visit.results == [[], width]


def test_the_word_that_is_heard_is_marked_within_a_link_and_across_elements(browser: Browser, page: Path) -> None:
    """Each word of the sentence about ropes, at its own time, is the word of the text at that place."""
    span = "[...document.querySelectorAll('[data-b]')].find(s => s.textContent.startsWith('Ropes'))"
    words = f"""(() => {{ const numbers = {span}.dataset.w.split(' ').map(Number); let time = Number({span}.dataset.b);
        return numbers.filter((_, i) => i % 3 === 2).map(later => time += later); }})()"""
    marked = "[...CSS.highlights.get('word')].map(r => { const x = new Range();"
    marked += " x.setStart(r.startContainer, r.startOffset); x.setEnd(r.endContainer, r.endOffset); return x.toString() }).join()"
    [times] = browser.visit(page.as_uri(), ("evaluate", words)).results
    steps: list[tuple[str, ...]] = [("wait", f"{AUDIO}.readyState > 2"), ("click", ".here"), ("click", "#page-play")]
    for time in times:
        steps += [
            ("evaluate", f"{AUDIO}.currentTime = {time / 1000 + 0.02}"),
            ("wait", f"!{AUDIO}.seeking"),
            ("evaluate", marked),
        ]
    assert browser.visit(page.as_uri(), *steps).results[5::3] == ["Ropes", "see", "the", "list", "of", "ropes"]


def test_links_lead_where_the_article_says_and_do_not_play(browser: Browser, page: Path) -> None:
    stay = "document.querySelector('article a[rel]').addEventListener('click', event => event.preventDefault())"
    links = "[...document.querySelectorAll('article a')].map(a => a.getAttribute('href'))"
    followed = "[location.hash, document.querySelector(':target').textContent.trim().replace(/\\s+/g, ' ')]"
    steps = (
        ("evaluate", stay),
        ("click", "article a[rel]"),
        ("evaluate", f"{AUDIO}.paused"),
        ("evaluate", links),
        ("click", "[role=doc-noteref]"),
        ("evaluate", followed),
        ("click", "[role=doc-backlink]"),
        ("evaluate", followed),
    )
    results = browser.visit(page.as_uri(), *steps).results
    assert results[2:4] == [
        True,
        ["https://example.org/ropes", "#page-note-1", "#page-ref-1", "https://example.org/rolt"],
    ]
    assert results[5] == ["#page-note-1", "1 As Rolt says."]
    assert results[7][0] == "#page-ref-1"


@pytest.fixture(scope="module")
def checked(page: Path) -> list[Path]:
    """The page of an episode, one over all, and one with faults."""
    library, spoilt = page.with_name("all.html"), page.with_name("spoilt.html")
    library.write_text("".join(library_page("All", "en", [EPISODE], feed="feed.xml")), encoding="utf-8")
    faults = '<main><p id="page-play"><ul><li></ul></p><img src="x">'
    spoilt.write_text(page.read_text(encoding="utf-8").replace("<main>", faults, 1), encoding="utf-8")
    return [page, library, spoilt]


@pytest.mark.parametrize("judged", [w3c_faults, html_validate_faults])
def test_the_checkers_find_faults_only_where_there_are(
    checked: list[Path], judged: Callable[[Sequence[Path]], list[str]]
) -> None:
    faults = judged(checked)
    assert len(faults) >= 2
    assert [fault for fault in faults if not fault.startswith("spoilt.html: ")] == []
