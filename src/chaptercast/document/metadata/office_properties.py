"""What a word processor's file says of its title and its authors, without what programs and machines write there."""

import re

_NO_AUTHOR = re.compile(
    r"(?:.*(?:microsoft|майкрософт|微软|微軟).*|windows(?: user| 用户)?|office|user\d*|admin\w*|author|owner|unknown|un-named|unnamed"
    r"|python-docx|apache poi|openoffice|libreoffice|docx4j|pandoc|root|hp|dell|lenovo|acer|asus|pc|\W*)",
    re.IGNORECASE,
)
"""What programs and machines write where an author should be."""
_NO_TITLE = re.compile(
    r"(?:word document|document ?\d*|untitled|microsoft word - .*|.*\.(?:docx?|dotx?|rtf|odt)|\W*)", re.IGNORECASE
)
_PARTED = re.compile(r"\s*[;；]\s*")


def title_of(title: str) -> str:
    """The title; empty where a program gave it."""
    return "" if _NO_TITLE.fullmatch(title) else title


def authors_of(names: str) -> str:
    """The authors, each once."""
    return ", ".join(dict.fromkeys(name for name in _PARTED.split(names) if not _NO_AUTHOR.fullmatch(name)))
