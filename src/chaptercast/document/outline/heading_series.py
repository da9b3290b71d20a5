"""Headings that only a family shows: a number and the line below it, claims with parallel answers, plain lines that open a series.

Each function takes the placed features of all candidates and gives the indexes that it speaks for, with a name and a weight as evidence.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from chaptercast.document.outline import line_shape as shape
from chaptercast.document.outline.candidate_context import is_candidate, is_furniture
from chaptercast.document.outline.features import PROSE, Features, Kind
from chaptercast.document.outline.numbering import COUNTED, PARTS, ROMAN
from chaptercast.document.outline.word_lists import words

LINE = 88
"""Columns of the longest plain line that a family makes a heading."""
TITLE_ECHO, SISTER_ECHO = 0.15, 0.25
"""Shares of a line that the title and a sister line must have in common with it."""
_ISOLATED = 3
_TITLE = 400
"""Characters of a title that are compared."""
_MOSTLY = 0.6
_MARKS_OF_NO_HEADING = frozenset({"stop", "comma", "semicolon", "colon", "exclamation", "ellipsis"})


def numbers_with_lines(features: Sequence[Features]) -> dict[int, int]:
    """Numbers that stand alone, with the index of the line below that completes each: labelling rule "one heading".

    A number that the source marks as a heading needs only its line; others must be at least two.
    """
    found: dict[int, int] = {}
    stopped = _named_with_stops(features)
    for i, f in enumerate(features):
        if f.kind is Kind.LINE and f.number_alone and not f.label:
            j = _next(features, i)
            if j is not None and _completes(features, f, j, stopped=stopped):
                found[i] = j
    weak = [i for i in found if not features[i].level]
    if len(weak) < 2:
        for i in weak:
            del found[i]
    return found


def _next(features: Sequence[Features], i: int) -> int | None:
    """The piece after `i`, images and breaks aside; at most two of them."""
    for j in range(i + 1, min(i + 4, len(features))):
        if features[j].kind is not Kind.GAP:
            return j
    return None


def _heads_part_of_text(f: Features) -> bool:
    """Whether a line of a plain text is nothing but the number of a part: "CHAPTER I."."""
    return f.number_alone and not f.tag and not f.level and f.number is not None and f.number.family in PARTS | ROMAN


def _named_with_stops(features: Sequence[Features]) -> bool:
    """Whether the names below the numbers of a plain text's parts end with full stops: most of them are short, and do."""
    named = ended = 0
    for i, f in enumerate(features):
        if f.kind is Kind.LINE and _heads_part_of_text(f):
            j = _next(features, i)
            line = features[j] if j is not None else Features(Kind.BODY)
            named += 1
            ended += _is_name_with_stop(line)
    return ended >= 2 and ended >= _MOSTLY * named


def _is_verse(f: Features) -> bool:
    """Whether a line is one of several, or a section that has a number of its own."""
    return f.lines > 1 or f.heads_lines or f.in_lines or (f.number is not None and f.number.family in COUNTED)


def _is_name_with_stop(f: Features) -> bool:
    short = f.width <= (LINE if f.capitals else PROSE)
    return f.kind is Kind.LINE and f.ending == "stop" and short and f.sentences == 0


def _completes(features: Sequence[Features], number: Features, j: int, *, stopped: bool) -> bool:
    line = features[j]
    if line.kind is not Kind.LINE or line.number_alone or line.width > LINE or line.words or line.after_image:
        return False
    if line.level and (not number.level or line.level < number.level):
        return False
    part = _heads_part_of_text(number)
    if not (part or number.level or number.bold or number.size >= 112 or number.centred or number.role == "heading"):
        return False
    follower = _next(features, j)
    if follower is None or features[follower].number_alone:
        return False
    if part and (_is_verse(line) or (stopped and _is_name_with_stop(line))):
        return not _is_verse(line)
    return bool(line.level) or (line.ending not in _MARKS_OF_NO_HEADING and line.sentences == 0 and line.quoted < 0.6)


def parallel_answers(features: Sequence[Features]) -> set[int]:
    """Plain lines that are each followed by a paragraph with the same label: `解答：`, `Fact:`.

    Turns of an interview are labelled on both sides, or their labels are names of speakers: they are not such lines.
    """
    answers = frozenset(w.casefold() for w in words("answer"))
    speakers = frozenset(w.casefold() for w in words("speaker"))
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for i, f in enumerate(features):
        if f.label and i and (f.label in answers or f.label not in speakers) and _may_ask(features[i - 1]):
            lines[f.label].append(i - 1)
    asked = Counter(features[i].label for found in lines.values() for i in found)
    result: set[int] = set()
    for label, found in lines.items():
        known = label in answers
        claims = [i for i in found if known or (not features[i].label and features[i].ending == "question")]
        claims = [
            i for i in claims if features[i].label not in speakers and (asked[features[i].label] <= len(found) or known)
        ]
        if len(claims) >= (2 if known else 3):
            result.update(claims)
    return result


def _may_ask(f: Features) -> bool:
    return (
        f.kind is Kind.LINE and not f.level and not f.demoted and not f.after_image and not f.in_lines and f.width <= LINE
        and f.sentences == 0 and f.ending not in ("comma", "semicolon", "colon") and not is_furniture(f)
    )  # fmt: skip


def series_openers(features: Sequence[Features], accepted: Mapping[int, object], title: str) -> set[int]:
    """Plain lines directly before a series of headings, when at least two of them do so.

    After an image such a line is a caption, unless it echoes both the title and a sister line.
    """
    before: list[int] = []
    lengths: list[int] = []
    for i, f in enumerate(features):
        if i in accepted:
            if lengths and not f.level:
                lengths[-1] += 1
        elif _plain_line(f) and (j := _next(features, i)) in accepted and j is not None and not features[j].level:
            before.append(i)
            lengths.append(0)
    openers = [i for i, length in zip(before, lengths, strict=True) if length >= 2]
    sure = {i for i in openers if not features[i].after_image or _echoes(features, i, openers, title)}
    return sure if len(sure) >= 2 else set()


def _echoes(features: Sequence[Features], i: int, openers: Sequence[int], title: str) -> bool:
    text = features[i].text
    sisters = [features[j].text for j in openers[:20] if j != i]
    return shape.echo(text, title[:_TITLE]) >= TITLE_ECHO and any(
        shape.echo(text, sister) >= SISTER_ECHO for sister in sisters
    )


def isolated_lines(features: Sequence[Features]) -> set[int]:
    """Short plain lines without final punctuation, each between running text, at least three: the headings of bare text."""
    found = []
    for i, f in enumerate(features):
        if not _plain_line(f) or f.after_image or f.width > PROSE or f.indent >= 16 or f.ending == "question":
            continue
        j = _next(features, i)
        if j is None or not _prose(features[j]) or features[j].width < 2 * f.width:
            continue
        if i == 0 or _prose(features[i - 1]) or features[i - 1].kind is Kind.BLOCK:
            found.append(i)
    return set(found) if len(found) >= _ISOLATED else set()


def _prose(f: Features) -> bool:
    return f.kind is Kind.BODY or (
        f.kind is Kind.LINE
        and not is_candidate(f)
        and f.width >= PROSE
        and f.ending in ("stop", "question", "exclamation")
    )


def _plain_line(f: Features) -> bool:
    return (
        f.kind is Kind.LINE and not is_candidate(f) and not f.partly_bold and f.width <= LINE and not f.words
        and f.ending not in _MARKS_OF_NO_HEADING and f.sentences == 0 and f.quoted < 0.6 and not f.linked
        and not f.role and not f.label and not f.context and not f.list_item
        and not f.demoted and not f.in_lines and not f.heads_lines and not f.bracketed
    )  # fmt: skip
