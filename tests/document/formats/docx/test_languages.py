"""Languages that runs say they are in, as far as they are borne out."""

import pytest
from tests.document.books import paragraph as p
from tests.document.formats.docx.reading import document, lines

ENGLISH = "The keeper walked along the wall with a lamp in his hand, counting the boats."
FRENCH = "Le gardien marchait le long du mur, une lampe à la main, et comptait les bateaux."
CHINESE = "守港人提着灯沿着墙走，数着停在港口里的船只，直到天亮才回家。"


def lang(tag: str, kind: str = "val") -> str:
    return f'<w:lang w:{kind}="{tag}"/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a passage in another language
        (2 * p(ENGLISH) + p(FRENCH, run=lang("fr-FR")), [*2 * ["P " + ENGLISH], f"P <fr-FR> {FRENCH}"]),
        # the keyboard's language, not the text's
        (p(ENGLISH) + p(ENGLISH, run=lang("fr-FR")), ["P " + ENGLISH] * 2),
        (p(ENGLISH) + p("report", run=lang("de-DE")), ["P " + ENGLISH, "P report"]),
        # another spelling of the same
        (p(ENGLISH) + p(ENGLISH, run=lang("en-GB")), ["P " + ENGLISH] * 2),
        # the language of ideographs says nothing of letters
        (p(ENGLISH, run=lang("zh-CN", "eastAsia")), ["P " + ENGLISH]),
        (p(ENGLISH) + p(CHINESE[:15], run=lang("zh-CN", "eastAsia")), ["P " + ENGLISH, f"P <zh-CN> {CHINESE[:15]}"]),
        # a word of Latin letters amid ideographs
        (p(CHINESE) + p("OK now", run=lang("en-US")), ["P " + CHINESE, "P OK now"]),
        (p(ENGLISH, run=lang("x-none")), ["P " + ENGLISH]),
    ],
)
def test_languages_of_runs(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_the_language_of_most_runs_is_that_of_the_document() -> None:
    found = document(p(FRENCH, run=lang("fr-CA")) + p("Oui.", run=lang("fr-CA")))
    assert (found.metadata.language, found.language) == ("fr-CA", "fr-CA")
    assert lines(p(FRENCH, run=lang("fr-CA"))) == ["P " + FRENCH]


def test_the_language_of_the_template_is_not_believed() -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"/></w:rPr></w:rPrDefault></w:docDefaults>'
    found = document(p(FRENCH), styles=styles)
    assert (found.metadata.language, found.language) == (None, "fr")
