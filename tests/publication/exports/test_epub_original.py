"""An EPUB that keeps its own pages: what is inserted, and where, held against the words that were spoken."""

import html
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from tests.publication.exports.conftest import ignore
from tests.publication.exports.epubs import SMIL

from chaptercast.errors import InputError
from chaptercast.pipeline import Options, convert
from chaptercast.publication.exports import Choices
from chaptercast.publication.exports.epub_original.insertion import Page, Wanted
from chaptercast.publication.exports.epub_original.markup_map import letters_of, markup_map
from chaptercast.publication.exports.output_files import export
from chaptercast.verify import verify

CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="i">urn:x:1</dc:identifier><dc:title>Lamps</dc:title><dc:language>en</dc:language>
    <meta property="dcterms:modified">2020-01-01T00:00:00Z</meta>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="c1" href="text/one.xhtml" media-type="application/xhtml+xml"/>
    <item id="c2" href="text/notes.xhtml" media-type="application/xhtml+xml"/>
    <item id="css" href="book.css" media-type="text/css"/>
  </manifest>
  <spine><itemref idref="c1"/><itemref idref="c2"/></spine>
</package>
"""
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"'
    ' xmlns:epub="http://www.idpf.org/2007/ops" lang="en">'
)
NAV = (
    f'{HEAD}<head><title>c</title></head><body><nav epub:type="toc"><ol><li><a href="text/one.xhtml">The lamp</a></li>'
    '<li><a href="text/notes.xhtml">Notes</a></li></ol></nav></body></html>'
)
ONE = f"""{HEAD}<head><title>One</title><link rel="stylesheet" href="../book.css"/></head>
<body><section class="x">
<h1 class='big'>The lamp</h1>
<p class="first"><span class="drop">T</span>he lamp <i class="k">burns. It</i> is &#x201C;old&#8221; &amp; warm.
 <!-- a remark --><span epub:type="pagebreak" role="doc-pagebreak" id="p7" aria-label="7"></span>Who lit it?
<a epub:type="noteref" href="notes.xhtml#n1">1</a></p>
<ul><li>One item only</li><li>Two. Sentences.</li></ul>
<table><tr><th>Name</th><th>Height</th></tr><tr><td>Tower</td><td>31</td></tr></table>
<p>Nobody knows.</p>
</section></body></html>
"""
NOTES = f"""{HEAD}<head><title>Notes</title></head><body><h1>Notes</h1>
<aside id="n1" epub:type="footnote"><p>A note about the lighter. He was old.</p></aside></body></html>
"""


def epub(folder: Path, **changed: str) -> Path:
    files = {
        "META-INF/container.xml": CONTAINER,
        "OPS/b.opf": PACKAGE,
        "OPS/nav.xhtml": NAV,
        "OPS/book.css": "p { margin: 0 }",
    }
    files |= {"OPS/text/one.xhtml": ONE, "OPS/text/notes.xhtml": NOTES}
    path = folder / "lamps.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, text in files.items():
            archive.writestr(name, changed.get(name.rpartition("/")[2].partition(".")[0], text))
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return epub(tmp_path_factory.mktemp("original"))


def with_sound(original: Path) -> Path:
    """The folder of its recording, in which it is with its sound."""
    options = Options(engine="silence", offline=True, exports=("epub-original",))
    return convert(original, original.parent / "out", options, ignore, ignore).audio.parent


@pytest.fixture(scope="module")
def recorded(original: Path) -> Path:
    return with_sound(original)


@pytest.fixture(scope="module")
def book(recorded: Path) -> Path:
    (path,) = recorded.glob("*-original.epub")
    return path


def read(book: Path, name: str) -> str:
    with zipfile.ZipFile(book) as archive:
        return archive.read(name).decode()


def test_check_finds_nothing(book: Path) -> None:
    assert verify(book) == (1, ())


@pytest.mark.parametrize("name", ["OPS/text/one.xhtml", "OPS/text/notes.xhtml"])
def test_a_page_without_what_was_inserted_is_the_publishers(book: Path, original: Path, name: str) -> None:
    text = re.sub(r'<link rel="stylesheet" type="text/css" href="[^"]*said.css"/>| id="said-\d+"', "", read(book, name))
    text = text.replace('</i></span> <span><i class="k">', " ")
    assert text.replace('</i></span><i class="k"> </i><span><i class="k">', " ").replace("<span>", "").replace(
        "</span>", ""
    ) == read(original, name).replace("</span>", "").replace("<span>", "")


def test_all_other_files_are_the_publishers(book: Path, original: Path) -> None:
    for name in ("mimetype", "OPS/nav.xhtml", "OPS/book.css", "META-INF/container.xml"):
        assert read(book, name) == read(original, name)


def test_what_is_marked_is_what_is_said(book: Path) -> None:
    heard = []
    with zipfile.ZipFile(book) as archive:
        for overlay in sorted(name for name in archive.namelist() if name.endswith(".smil")):
            for text in etree.fromstring(archive.read(overlay)).iter(f"{SMIL}text"):
                file, _, anchor = text.get("src").partition("#")
                page = etree.fromstring(archive.read(f"OPS/text/{Path(file).name}"))
                (element,) = page.xpath(f"//*[@id='{anchor}']")
                heard.append(" ".join("".join(element.itertext()).split()))
    assert heard == [
        "The lamp",
        "The lamp burns.",
        "It is “old” & warm.",
        "Who lit it? 1",
        "One item only",
        "Two.",
        "Sentences.",
        "Name",
        "Height",
        "Tower",
        "31",
        "Nobody knows.",
        "Notes",
        "A note about the lighter.",
        "He was old.",
    ]


def test_another_book_is_refused(recorded: Path, tmp_path: Path) -> None:
    other = epub(tmp_path, one=NOTES.replace("lighter", "ladder"))
    with pytest.raises(InputError, match="not the book"):
        export(recorded, ["epub-original"], tmp_path, Choices(original=other))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace('version="3.0"', 'version="2.0"'), "EPUB 2"),
        (lambda text: text.replace('id="c2"', 'id="c2" media-overlay="m"'), "sound of its own"),
        (lambda _: "<x", "cannot be used"),
    ],
)
def test_a_book_that_cannot_take_sound_is_refused(
    recorded: Path, tmp_path: Path, change: Callable[[str], str], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        export(recorded, ["epub-original"], tmp_path, Choices(original=epub(tmp_path, b=change(PACKAGE))))


def test_what_cannot_take_sound_is_refused_before_it_is_spoken(tmp_path: Path) -> None:
    old = epub(tmp_path, b=PACKAGE.replace('version="3.0"', 'version="2.0"'))
    article = tmp_path / "article.md"
    article.write_text("Words.\n", encoding="utf-8")
    options = Options(engine="silence", jobs=1, exports=("epub-original",))
    for given, told in ((old, "EPUB 2"), (article, "cannot have sound")):
        with pytest.raises(InputError, match=told):
            convert(given, tmp_path / "out", options, ignore, ignore)
    assert not list(tmp_path.glob("out/*/*.mp3"))


def test_the_file_must_be_named(recorded: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not known"):
        export(recorded, ["epub-original"], tmp_path)


def named(markup: str, *sentences: str) -> str:
    """Markup with each sentence named."""
    page = Page(markup_map(markup.encode()))
    letters, wanted, at = "".join(page.map.letters), [], 0
    for key, sentence in enumerate(sentences):
        own = letters_of(sentence)
        begin = letters.index(own, at)
        at = begin + len(own)
        wanted.append(Wanted(key, begin, at, sentence))
    assert len({one.key for one in page.name(wanted)}) == len(sentences)
    return html.unescape(page.content.decode()).replace("said-", "")


@pytest.mark.parametrize(
    ("markup", "sentences", "result"),
    [
        ("<p>One.</p>", ["One."], '<p id="1">One.</p>'),
        ("<p id='x'> “One.” </p>", ["“One.”"], "<p id='x'> “One.” </p>"),
        ("<p>一。二！</p>", ["一。", "二！"], '<p><span id="1">一。</span><span id="2">二！</span></p>'),
        ("<p>(A.) <b>B</b>.</p>", ["(A.)", "B."], '<p><span id="1">(A.)</span> <span id="2"><b>B</b>.</span></p>'),
        (
            '<p>A <a id="n" href="x">b. C</a> d.</p>',
            ["A b.", "C d."],
            '<p><span id="1">A <a id="n" href="x">b.</a></span><a href="x"> </a><span id="2"><a href="x">C</a> d.</span></p>',
        ),
        ("<div><p>A</p><p>b.</p></div>", ["A b."], '<div><p id="1">A</p><p id="2">b.</p></div>'),
        (
            "<p>A <![CDATA[b < c]]>. D.</p>",
            ["A b < c.", "D."],
            '<p><span id="1">A <![CDATA[b < c]]>.</span> <span id="2">D.</span></p>',
        ),
        ("<p>E&#x301;t&eacute;.</p>", ["Été."], '<p id="1">Eʼté.</p>'.replace("Eʼ", "E\u0301")),
        ('<p>A <img alt="b"/></p>', ["A", "b"], '<p><span id="1">A</span> <img id="2" alt="b"/></p>'),
        (
            "<p><math><mi>x</mi></math>. Y.</p>",
            ["x.", "Y."],
            '<p><span id="1"><math><mi>x</mi></math>.</span> <span id="2">Y.</span></p>',
        ),
    ],
)
def test_sentences_get_ids_and_nothing_else_changes(markup: str, sentences: list[str], result: str) -> None:
    assert named(markup, *sentences) == result


def test_a_page_that_is_no_xml_is_put_right_first() -> None:
    assert "One." in named("<p>One.<br></p>", "One.")
