"""Joins a typed text whose pages each have a `pre` of their own, as RFCs on the web do, into one text again."""

from chaptercast.document.formats.html.parse import Element

FEWEST = 3
"""This many `pre` in direct succession are the pages of one text; fewer are separate texts."""
_BETWEEN = "\n\n"


def join_leaves(root: Element) -> None:
    """Moves the content of several `pre` in direct succession into the first of them."""
    for first in list(root.iter("pre")):
        if first.getparent() is None or _follows(first.getprevious()):
            continue
        leaves = [first]
        while _follows(leaves[-1]) and (after := _next(leaves[-1])) is not None:
            leaves.append(after)
        if len(leaves) >= FEWEST:
            _join(leaves)


def _follows(element: Element | None) -> bool:
    """Returns whether an element is a `pre` with only white space between it and the next `pre`."""
    return (
        element is not None and element.tag == "pre" and not (element.tail or "").strip() and _next(element) is not None
    )


def _next(element: Element) -> Element | None:
    after = element.getnext()
    return after if after is not None and after.tag == "pre" else None


def _join(leaves: list[Element]) -> None:
    whole = leaves[0]
    for leaf in leaves[1:]:
        text = _BETWEEN + (leaf.text or "")
        if len(whole):
            whole[-1].tail = (whole[-1].tail or "") + text
        else:
            whole.text = (whole.text or "") + text
        whole.extend(list(leaf))
        whole.tail = leaf.tail
        leaf.getparent().remove(leaf)
