"""A typed text on the web with each of its pages in a `pre` of its own, as RFCs are shown: put together, it is one text again."""

from chaptercast.document.formats.html.parse import Element

FEWEST = 3
"""So many `pre` one right after the other are the pages of a text; fewer are two texts."""
_BETWEEN = "\n\n"


def join_leaves(root: Element) -> None:
    """Put what stands in several `pre`, one right after the other, into the first of them."""
    for first in list(root.iter("pre")):
        if first.getparent() is None or _follows(first.getprevious()):
            continue
        leaves = [first]
        while _follows(leaves[-1]) and (after := _next(leaves[-1])) is not None:
            leaves.append(after)
        if len(leaves) >= FEWEST:
            _join(leaves)


def _follows(element: Element | None) -> bool:
    """Whether an element is a `pre` with nothing but white space and the next `pre` after it."""
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
