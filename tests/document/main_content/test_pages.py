"""Which parts of a page are its article: one small page of each kind that is easily read wrong."""

import pytest

from chaptercast.document.block_text import words_of
from chaptercast.document.formats.html.reader import NO_ARTICLE
from chaptercast.document.model import Document, Heading, Reason, plain
from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes
from chaptercast.document.reading_options import PageScope

ONE = (
    "The ferry left before dawn, with nine passengers and a crate of hens, and the captain said that the fog would lift by noon. "
    "It did not, and so the whole day was spent at anchor, listening to bells."
)
TWO = (
    "In the evening somebody found a fiddle, and those who had quarrelled over the last of the soup danced together on the deck, "
    "while the mate kept watch and counted the strokes of a bell that nobody could place."
)
THREE = (
    "Next morning the shore stood so near that the hens were heard answering the cocks of a farm, and the passengers were ashamed "
    "of what they had said about the captain, who went on mending his gloves."
)
TEASER = "A short look at how the pilots of the river learned their trade, told by one of them."
OTHER = "Twelve boats were pulled out of the mud on Sunday by a crowd of volunteers."


def read(body: str, head: str = "", scope: PageScope = PageScope.ARTICLE) -> Document:
    source = f"<!DOCTYPE html><html lang=en><head><title>A day at anchor</title>{head}</head><body>{body}</body></html>"
    return outline(read_bytes(source.encode(), name="x.html", scope=scope))


def said(document: Document) -> str:
    return " ".join([document.title, words_of(document.blocks)])


def chapters(document: Document) -> list[str]:
    return [plain(block.inlines) for block in document.blocks if isinstance(block, Heading)]


RELATED = (
    f'<div class="{{name}}"><h3>{{heading}}</h3><div><h4><a href="/1">Pilots of the river</a></h4><p>{TEASER}</p></div>'
    f'<div><h4><a href="/2">Boats in the mud</a></h4><p>{OTHER}</p></div></div>'
)
NOT_THE_ARTICLE = {
    "related articles with excerpts": RELATED.format(name="jp-relatedposts", heading="Related"),
    "teasers under a heading that announces them": RELATED.format(name="box", heading="Read next"),
    "the same in German": RELATED.format(name="box", heading="Das könnte Sie auch interessieren"),
    "a newsletter": f'<div class="signup-box"><h3>Our newsletter</h3><p>{OTHER} Subscribe now.</p><form><input name="m"></form></div>',
    "comments": f'<div id="comments"><h3>2 comments</h3><p>{TEASER}</p><p>{OTHER}</p></div>',
    "lines of a wiki": f'<div class="printfooter">Retrieved from "<a href="/w">{OTHER}</a>"</div>'
    '<div id="catlinks"><a href="/c">Categories</a>: <ul><li><a href="/k">Ferries</a></li></ul></div>',
}


@pytest.mark.parametrize("around", NOT_THE_ARTICLE.values(), ids=NOT_THE_ARTICLE)
def test_what_stands_after_the_article(around: str) -> None:
    document = read(
        f"<article><h1>A day at anchor</h1><p>{ONE}</p><h2>Night</h2><p>{TWO}</p><p>{THREE}</p>{around}</article>"
    )
    assert chapters(document) == ["Night"]
    assert all(text in said(document) for text in (ONE, TWO, THREE))
    assert OTHER not in said(document)
    assert TEASER not in said(document)
    left_out = " ".join(each.text for each in document.left_out if each.reason is Reason.BOILERPLATE)
    assert OTHER in left_out


def test_a_sidebar_that_is_longer_than_the_article() -> None:
    ticker = "".join(
        f"<li><span>1{n}:40</span><h4>News {n}</h4><p>{text}</p></li>" for n, text in enumerate((TWO, THREE, TWO))
    )
    document = read(
        f'<article><h1>A day at anchor</h1><p>{ONE}</p></article><aside id="sidebar"><h3>Live</h3><ul>{ticker}</ul></aside>'
    )
    assert ONE in said(document)
    assert TWO not in said(document)


def test_a_footer_by_its_name() -> None:
    foot = (
        f'<div id="footer"><p>The Island Post is made by five people. {OTHER}</p><p><a href="/i">Imprint</a></p></div>'
    )
    document = read(f"<div class=page><h1>A day at anchor</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div>{foot}")
    assert THREE in said(document)
    assert OTHER not in said(document)


KEPT = {
    "Blogger's widget with a form": '<div class="widget Blog"><div class="post">{}</div><form><input name=c></form></div>',
    "page builder": '<div class="elementor-widget elementor-widget-text-editor"><div>{}</div></div>',
    "hidden until a script runs": '<style>.box {{ display: none }}</style><div class="box">{}</div>',
    "invisible until a script runs": '<div style="visibility: hidden; opacity: 0">{}</div>',
    "columns without gaps": '<div style="font-size: 0"><div style="font-size: 16px">{}</div></div>',
    "named as a newsletter": '<div class="newsletter">{}</div>',
    "a form around all": "<form>{}</form>",
}


@pytest.mark.parametrize("around", KEPT.values(), ids=KEPT)
def test_what_holds_most_of_the_text_is_the_article(around: str) -> None:
    document = read("<h1>A day at anchor</h1>" + around.format(f"<p>{ONE}</p><p>{TWO}</p><h2>Night</h2><p>{THREE}</p>"))
    assert all(text in said(document) for text in (ONE, TWO, THREE))
    assert chapters(document) == ["Night"]


@pytest.mark.parametrize("announced", ["Read more:", "See also:", "Lesetipp:", "Vea también:", "Lea más:"])
def test_a_line_amid_the_text_that_leads_to_another_article_is_left_out(announced: str) -> None:
    link = f'<p>{announced} <a href="/boats">Boats pulled out of the mud by a crowd</a></p>'
    document = read(f"<article><h1>A day at anchor</h1><p>{ONE}</p>{link}<p>{TWO}</p><p>{THREE}</p></article>")
    assert "Boats" not in said(document)
    assert all(text in said(document) for text in (ONE, TWO, THREE))


def test_all_of_a_page() -> None:
    article = f"<article><h1>A day at anchor</h1><p>{ONE}</p><p>{TWO}</p></article>"
    body = f"<nav><a href=/>Home</a></nav>{article}<footer><p>{OTHER}</p></footer>"
    assert OTHER not in said(read(body))
    assert all(text in said(read(body, scope=PageScope.ALL)) for text in ("Home", ONE, TWO, OTHER))


def test_a_page_that_is_no_article_is_said_to_be_none() -> None:
    items = "".join(
        f'<li><h2><a href="/{n}">Story number {n}</a></h2><p>{OTHER}</p><a href="/{n}">Read more</a></li>'
        for n in range(12)
    )
    index = read(f"<h1>Latest</h1><ul>{items}</ul>")
    assert index.notes == (NO_ARTICLE,)
    assert OTHER in said(index)
    assert read(f"<article><h1>A day at anchor</h1><p>{ONE}</p></article>").notes == ()


def test_signs_in_headings_are_no_words() -> None:
    document = read(
        f'<article><h1>A day at anchor<a class="headerlink" href="#a">¶</a></h1><p>{ONE}</p>'
        f'<h2 id="n">Night <a href="#n">#</a></h2><p>{TWO}</p>'
        f'<h2>Morning<span class="mw-editsection">[<a href="/e">edit</a>]</span></h2><p>{THREE}</p></article>'
    )
    assert (document.title, chapters(document)) == ("A day at anchor", ["Night", "Morning"])
