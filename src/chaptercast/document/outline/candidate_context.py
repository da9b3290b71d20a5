"""The context of each heading candidate: what follows it, how many candidates look like it, which sequence its number belongs to.

Each pass is linear in the number of candidates.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from chaptercast.document.outline import line_shape as shape
from chaptercast.document.outline.features import PROSE, Features, Kind
from chaptercast.document.outline.numbering import COUNTED, PARTS
from chaptercast.document.outline.word_lists import is_person

_LIST_ROW = 3
"""So many candidates of one kind in a row are a list."""
_WEAK_ROW = 4
"""So many short unpunctuated lines in a row are text (a poem, an address). Fewer may be a signature."""

_DISPLAY, _SERIES = 150, 3
"""Bold type of this size, in percent of the usual, is that of headings if so many lines have it: then they may have sentences."""

Key = tuple[str, ...]


def is_candidate(f: Features) -> bool:
    """Whether anything besides its short length distinguishes a line."""
    return f.kind is Kind.LINE and bool(
        f.level or f.bold or f.size >= 112 or f.capitals or f.headline or f.underline or f.wrapped or f.number or f.bullet or f.outdented
        or f.role in ("heading", "subtitle") or f.tag in ("dt", "summary") or (f.centred and not f.after_image)
    )  # fmt: skip


def is_statement(f: Features) -> bool:
    """Whether a line states something instead of naming it, and nothing marks it as part of a series."""
    if f.level or f.bullet or f.wrapped or f.underline or f.tag in ("dt", "summary"):
        return False
    if (f.number and f.bold) or heads_part(f) or (f.bold and f.size >= _DISPLAY and f.members >= _SERIES):
        return False
    return f.ending in ("stop", "comma", "semicolon") or f.sentences > 0


def heads_part(f: Features) -> bool:
    """Whether a line names the part that it heads, and at most its title: "CHAPTER I.", "Chapter 2. The Quay."."""
    if f.number is None or f.sentences:
        return False
    name = f.text[f.number.length :].lstrip(" \"'“‘«„")
    return f.number_alone or (f.number.family in PARTS and name[:1].isupper())


def is_furniture(f: Features) -> bool:
    """Whether a line is neither a heading nor text that a heading can open: a credit, a link, a caption."""
    if f.depth or (f.words == "furniture" and f.level):  # a section, if it has text of its own
        return False
    if f.words == "call":
        return f.linked >= 0.6
    return f.words in ("credit", "credit at end", "byline", "tags", "date", "furniture") or (
        f.after_image and f.width < PROSE and not is_candidate(f)
    )


def placed(features: Sequence[Features]) -> list[Features]:
    """The features with their context added."""
    result = list(features)
    _mark_repeated(result)
    _mark_crowded(result)
    _mark_sequences(result)
    _mark_opening(result)
    _mark_lead(result)
    return result


def _update(features: list[Features], indexes: Iterable[int], **changes: bool) -> None:
    for i in indexes:
        features[i] = replace(features[i], **changes)


def _mark_repeated(features: list[Features]) -> None:
    """Mark lines whose words occur again later, three or more together: a table of contents."""
    later: set[str] = set()
    repeated = set()
    for i in range(len(features) - 1, -1, -1):
        f = features[i]
        if f.kind is not Kind.LINE or f.level:
            if f.level:
                later.add(shape.key(f.text))
            continue
        key = shape.key(f.text)
        prose = f.width >= PROSE and f.ending in ("stop", "question", "exclamation")
        if key in later and not prose and not f.headline:
            repeated.add(i)
        later.add(key)
    together = [i for i in repeated if (i - 1 in repeated) or (i + 1 in repeated)]
    if len(together) >= _LIST_ROW:
        _update(features, together, repeated=True)


def _raw(f: Features) -> Key:
    return (*f.style, f.number.family if f.number else "")


def _mark_crowded(features: list[Features]) -> None:
    """Mark adjacent candidates that look alike: the lines of a list, a poem, a signature.

    Headings in another type of print, such as the last ones before text, do not belong to them.
    """
    row: list[int] = []
    for i, f in enumerate([*features, Features(Kind.BODY)]):
        if is_candidate(f) and not f.level and not f.repeated and not is_statement(f):
            row.append(i)
            continue
        if len(row) >= _LIST_ROW:
            counts = Counter(_raw(features[j]) for j in row).most_common(2)
            if counts[0][1] >= _LIST_ROW or (len(counts) > 1 and counts[1][1] >= 2):
                looks = {j: (_raw(features[j]), features[j].headline) for j in row}
                types = Counter(looks.values())
                _update(features, (j for j in row if not looks[j][1] or types[looks[j]] >= _LIST_ROW), crowded=True)
        row = []


def _mark_sequences(features: list[Features]) -> None:
    """Mark consecutive numbers of one style and family. A family with a sequence may start again."""
    rows: defaultdict[Key, list[int]] = defaultdict(list)
    for i, f in enumerate(features):
        if f.number and f.kind is Kind.LINE and not (f.crowded or f.repeated) and (f.bold or not is_statement(f)):
            rows[_raw(f)].append(i)
    counted = False
    for row in sorted(rows.values(), key=lambda row: _is_bare(features[row[0]])):
        if counted and _is_bare(features[row[0]]):
            continue  # among numbered sections, a number alone is a value
        values = [n.value if (n := features[i].number) else 0 for i in row]
        follows = [0 < b - a <= 2 for a, b in pairwise(values)]
        if any(follows):
            number = features[row[0]].number
            counted = counted or (number is not None and number.family in COUNTED)
            linked = zip(row, values, [False, *follows], [*follows, False], strict=True)
            _update(
                features, (i for i, value, before, after in linked if before or after or value == 1), in_sequence=True
            )


def _is_bare(f: Features) -> bool:
    return f.number is not None and f.number.family == "bare-decimal"


def counted(features: Sequence[Features], standing: Callable[[Features], bool]) -> list[Features]:
    """The features with the number of similar candidates, and with what outranks them.

    Only `standing` candidates count, and of these not the ones before all text: a deck does not make a series.
    """
    counting = [f for f in features if is_candidate(f) and not _says(f) and standing(f)]
    members = Counter(f.style for f in counting if not _may_be_deck(f))
    marked = sum(1 for f in features if f.level)
    named = sum(1 for f in features if f.depth)
    stronger = Counter(f.style for f in counting if _more_than_bold(f))
    names = Counter(f.style for f in counting if is_person(f.text))
    outdone = any(count >= 2 for count in stronger.values())
    top = min((f.level for f in features if f.level), default=0)
    first = next((i for i, f in enumerate(features) if f.level == top), 0)

    def count(i: int, f: Features) -> Features:
        alone = f.name and 2 * names[f.style] <= members[f.style]  # among headings in title case, a name is not a sign
        less = outdone and f.bold and not _more_than_bold(f)
        return replace(
            f,
            members=max(1, members[f.style]),
            marked=marked,
            named=named,
            outdone=less,
            name=alone,
            low=f.lead and f.level > top and i < first,  # below a section's heading, it is one of its own
        )

    return [count(i, f) if is_candidate(f) else f for i, f in enumerate(features)]


def _says(f: Features) -> bool:
    """Whether a candidate's form is that of a statement, a caption or a poem, so that it is not a model of a heading."""
    caption = f.bare and f.after_image and not f.bullet
    return is_statement(f) or (f.ending == "exclamation" and not f.number) or caption or f.lines >= 3


def _may_be_deck(f: Features) -> bool:
    """Whether a candidate stands before all text and is only bold or large."""
    return f.lead and not (f.number or f.bullet or f.wrapped or f.underline or f.heads_lines or f.role == "heading")


def _more_than_bold(f: Features) -> bool:
    apart = f.bold or f.size >= 112
    return apart and bool(f.bullet or f.wrapped or f.size >= 112 or f.in_sequence or f.role == "heading")


def _mark_opening(features: list[Features]) -> None:
    """Mark, from the end backwards, whether each candidate is followed by text of its own.

    Short lines without punctuation at the very end are a signature. Elsewhere they are text, a poem or an address. So are items.
    """
    weak = 0
    seen_text = reaches_text = False
    following: Features | None = None
    for i in range(len(features) - 1, -1, -1):
        f = features[i]
        if f.kind is Kind.GAP or is_furniture(f) or f.repeated:
            continue
        if is_candidate(f) and not is_statement(f) and not (f.tag == "p" and f.context == ("li",)):
            alike = following is not None and following.signature == f.signature and not _differ_in_type(f, following)
            real = following is not None and following.level > 0
            empty = f.level > 0 and (following.level <= f.level if following and real else not reaches_text)
            opens = reaches_text and not alike and not (real and not f.level)
            features[i] = following = replace(f, opens=opens, empty=empty)
            reaches_text, weak = opens or (reaches_text and bool(f.level)), 0
        elif seen_text or _is_text(f) or weak + 1 >= _WEAK_ROW:
            following, weak = None, 0
            seen_text = reaches_text = True
        else:
            weak += 1


def _differ_in_type(first: Features, second: Features) -> bool:
    """Whether two lines are headings of a printed document in two types, such as a chapter and its first section."""
    return bool(first.headline and second.headline and first.headline != second.headline)


def _mark_lead(features: list[Features]) -> None:
    """Mark everything before the running text: titles, decks, bylines, names."""
    previous: int | None = None
    for i, f in enumerate(features):
        if f.kind in (Kind.BODY, Kind.BLOCK):
            break
        name = f.kind is Kind.LINE and is_person(f.text)
        credit = f.words in ("credit", "credit at end", "byline", "date") or f.role == "byline" or name
        if f.kind is Kind.LINE and not is_candidate(f) and not credit and _is_text(f):
            break
        if credit and previous is not None:
            features[previous] = replace(features[previous], before_credit=True)
        previous = None
        if is_candidate(f):
            features[i] = replace(f, lead=True, name=name)
            previous = None if credit else i


def _is_text(f: Features) -> bool:
    """Whether a candidate is running text, or a block that a heading can open."""
    return (
        f.kind in (Kind.BODY, Kind.BLOCK)
        or f.width >= PROSE
        or f.ending in ("stop", "question", "exclamation", "colon")
        or f.heads_lines
    )
