"""Arranges the chapters of a book as a tree, by their levels: for tables of contents and nested books."""

from collections.abc import Sequence

from msgspec import Struct, field

from chaptercast.publication.exports.book import Chapterful


class Branch(Struct):
    """A chapter, and the chapters below it."""

    chapter: Chapterful
    below: "list[Branch]" = field(default_factory=list)


def tree(chapters: Sequence[Chapterful]) -> list[Branch]:
    """Returns the outermost chapters. The first one, the title with its text, has no chapters below it if others are beside it."""
    roots: list[Branch] = []
    path: list[Branch] = []
    for chapter in chapters:
        while path and (path[-1].chapter.level >= chapter.level):
            path.pop()
        branch = Branch(chapter)
        (path[-1].below if path else roots).append(branch)
        path.append(branch)
    return roots
