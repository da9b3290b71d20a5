"""HTML source into a tree: what hostile pages must not cost."""

import pytest

from chaptercast.document.formats.html.parse import parse


@pytest.mark.parametrize(
    "head",
    [
        "<!-- a -->\n" * 3000,
        '<?xml version="1.0"?>' + "<!---->" * 5000,
        "<p><script></script>" * 20_000,
        "<![CDATA[" * 20_000,
    ],
    ids=["comments", "empty comments", "scripts", "sections"],
)
def test_what_stands_before_a_page_is_looked_at_once(head: str) -> None:
    page = f'{head}<!-- <![CDATA[ --><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Here.</p></body></html>'
    root = parse(page, xhtml=True)
    assert root is not None
    assert "Here." in "".join(root.itertext())
