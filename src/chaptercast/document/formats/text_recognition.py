"""Recognises a text as HTML, Markdown, a notebook... by its content, and by its name if the content is not decisive.

Each test gets the beginning of the text, without front matter, and the suffix of its name in lower case, such as `.md`.
"""

import re

from chaptercast.document.formats.plain_text import gutenberg

_DOCTYPE = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*+)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG_FIRST = re.compile(r"\s*+(?><!--.*?-->\s*)*+</?[a-zA-Z][\w:-]*(?:\s[^<>]{0,2000})?>", re.DOTALL)
_CODE = re.compile(r"<(/?)(?:pre|script|style|textarea)\b[^<>]*>", re.IGNORECASE)
_MARKDOWN_BLOCK = re.compile(
    r"(?:^|\n\n) {0,3}(?:#{1,6} +\S|```|~~~|[-*+] +\S|\d{1,9}[.)] +\S|> ?\S|\*\*\S|!\[|\[\^?[^\]\n]{1,300}\](?::|\())"
)
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"})

SIGNS: tuple["re.Pattern[str]", ...] = (
    re.compile(r"^ {0,3}#{1,6} +\S", re.MULTILINE),
    re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE),
    re.compile(r"!?\[[^\]\[\n]{0,300}\]\([^()\s]{1,300}(?: [^)\n]{0,100})?\)"),
    re.compile(r"(?<!\*)\*\*[^\s*][^*\n]{0,300}\*\*|(?<![_\w])__[^\s_][^_\n]{0,300}__(?!\w)"),
    re.compile(r"^ {0,3}\|?[ :]*-{3,}[ :]*\|[-| :]*$", re.MULTILINE),
    re.compile(r"^\[[^\]\n]{1,300}\]:\s{0,9}\S", re.MULTILINE),
    re.compile(r"\[\^[^\]\s]{1,100}\]"),
    re.compile(r"^> ?\S", re.MULTILINE),
    re.compile(r"(?<!`)`[^`\n]{1,300}`(?!`)"),
    re.compile(
        r"</?(?:p|div|br|span|strong|em|b|i|a|img|h[1-6]|table|ul|ol|sup|sub|details|ruby)\b[^<>]*>", re.IGNORECASE
    ),
)
"""Marks that only Markdown has: headings, fences, links, bold, tables, references, notes, quotations, code, HTML."""
WEAK_SIGNS: tuple["re.Pattern[str]", ...] = (
    re.compile(r"^(?=.*\S).*\n {0,3}(?:=+|-+) *$", re.MULTILINE),
    re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)]) +\S", re.MULTILINE),
    re.compile(r"(?<![*\w])\*[^\s*][^*\n]{0,300}\*(?![*\w])|(?<![_\w])_[^\s_][^_\n]{0,300}_(?!\w)"),
    re.compile(r"\S\n\n?: {1,3}\S", re.MULTILINE),
    re.compile(r"\\[!-/:-@\[-`{-~]|&(?:[a-zA-Z]{2,8}|#\d{2,6});"),
    re.compile(
        r"\[\[|%%|==\S|\{[{%:#.<+=>~-]|^:::|^[!?=]{3}\+? |:\w+:|\$\S|</?[A-Z]\w*|<https?:|~\S+~|\w\^\S+\^", re.MULTILINE
    ),
    re.compile(r"^(?:import .* from |export (?:const|default) |% \S|\*\[|\| \S|\+[-=:]+\+)", re.MULTILINE),
)
"""Marks that plain text can also have. The last two are of dialects."""


def _without_code(text: str) -> str:
    """The text outside elements with significant line breaks."""
    kept: list[str] = []
    end = 0
    inside = False
    for match in _CODE.finditer(text):
        if not inside:
            kept.append(text[end : match.start()])
        inside, end = not match[1], match.end()
    return "".join(kept) if inside else "".join([*kept, text[end:]])


def is_html(text: str, suffix: str) -> bool:
    """Whether a text is a page or begins with an element. `suffix` decides where Markdown could begin so, too."""
    if _DOCTYPE.match(text):
        return True
    if not _TAG_FIRST.match(text):
        return False
    return suffix in HTML_SUFFIXES or not _MARKDOWN_BLOCK.search(_without_code(text))


def is_book(text: str, suffix: str) -> bool:
    """Whether a text is an old book. These contain stars, all kinds of quotation marks, and rules, which are not Markdown."""
    return suffix not in MARKDOWN_SUFFIXES and gutenberg.is_book(text)


def is_markdown(text: str, suffix: str) -> bool:
    """Whether a text has marks that only Markdown has. A Markdown file name lowers the required number."""
    strong = sum(1 for sign in SIGNS if sign.search(text))
    if suffix in MARKDOWN_SUFFIXES:
        return strong > 0 or any(sign.search(text) for sign in WEAK_SIGNS)
    headings = len(SIGNS[0].findall(text))
    return strong >= (2 if suffix == ".txt" and headings < 2 else 1)


_NOTEBOOK = re.compile(r"\s*\{\s*\"(?:cells|metadata|nbformat|nbformat_minor|worksheets)\"\s*:")


def is_notebook(text: str, suffix: str) -> bool:
    """Whether a text is the JSON of a Jupyter notebook."""
    return _NOTEBOOK.match(text) is not None and (suffix == ".ipynb" or '"cell_type"' in text)


_RESTRUCTURED = re.compile(r"^\.\. (?:[A-Za-z][\w:-]*::|_[^:\n]{1,100}:|\|[^|\n]{1,100}\| \w+::)", re.MULTILINE)
_LINE_BELOW = re.compile(r"^\S.*\n([=~^\"'`#*+-])\1{2,} *$", re.MULTILINE)
"""A heading of reStructuredText."""


def is_restructured(text: str, suffix: str) -> bool:
    """Whether a text has directives and underlined headings of reStructuredText, or a file name that shows it."""
    if suffix in (".rst", ".rest"):
        return True
    return suffix not in MARKDOWN_SUFFIXES and bool(_RESTRUCTURED.search(text) and _LINE_BELOW.search(text))
