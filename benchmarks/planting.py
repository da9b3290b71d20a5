"""Faults planted in speech, as engines and services make them: words left out, said twice or said otherwise, silence, cut ends.

What is planted is decided by texts alone, at random from a seed; who speaks it is the caller's business.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag, primary
from chaptercast.script.utterances import Verbalizer

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DIGITS = re.compile(r"\d+")
_PHRASE = (3, 6)
"""Words of a phrase, at least and at most."""
_LEAST_LETTERS = 3
_LEAST_FOREIGN = 12
_CUTS = (0.15, 0.25, 0.4)
_LEAST_CUT = 4
"""Parts of the whole that a cut end takes, and how many letters these are at least: nobody misses the last tenth of a second."""
_GAP_S = (2.2, 4.0)
"""Silence that is put into the middle of a passage lasts so long, at least and at most."""


class Unit(Struct, frozen=True):
    """What is said in one go: its sentences as they are written and as they are said."""

    written: tuple[str, ...]
    said: tuple[str, ...]
    language: LanguageTag


class Planted(Struct, frozen=True):
    """A unit as it is spoken with a fault."""

    kind: str
    said: tuple[str, ...]
    """Its sentences as they are spoken; none where nothing is."""
    language: LanguageTag
    """That of who speaks."""
    what: str
    """Where the fault is, for people."""
    keep: tuple[float, float] = (0.0, 1.0)
    """Which part of the sound is kept; the rest is silence."""
    cut: float = 0.0
    """Which part of the end is gone."""
    gap_at: float = 0.0
    gap_s: float = 0.0
    """Silence that is put in there, as a part of the whole, and how much."""
    taken: tuple[int, int, int] | None = None
    """What is cut out of the sound: the number of the sentence, and the first and the last character but one."""


class Material(Struct, frozen=True):
    """What faults are made of."""

    others: Sequence[Unit]
    """Other passages in the same language."""
    foreign: Sequence[Unit]
    wording: Verbalizer


Plant = Callable[[Unit, Material, Random], Planted | None]
"""Nothing where the unit has no place for it."""


def planted(kind: str, unit: Unit, material: Material, random: Random) -> Planted | None:
    """`unit` with a fault of a kind (of `KINDS`), if there is a place for it."""
    return KINDS[kind](unit, material, random)


def _missing_sentence(unit: Unit, _material: Material, random: Random) -> Planted | None:
    if len(unit.said) < 2:
        return None
    at = random.randrange(len(unit.said))
    return _as("missing sentence", unit, unit.said[:at] + unit.said[at + 1 :], unit.said[at])


def _repeated_sentence(unit: Unit, _material: Material, random: Random) -> Planted | None:
    at = random.randrange(len(unit.said))
    return _as("repeated sentence", unit, unit.said[: at + 1] + unit.said[at:], unit.said[at])


def _other_sentence(unit: Unit, material: Material, random: Random) -> Planted | None:
    at = random.randrange(len(unit.said))
    other = random.choice([one for one in material.others if not set(one.said) & set(unit.said)])
    said = random.choice(other.said)
    return _as("other sentence", unit, (*unit.said[:at], said, *unit.said[at + 1 :]), f"{said} for {unit.said[at]}")


def _silence(unit: Unit, _material: Material, random: Random) -> Planted | None:
    keep = random.choice(((0.0, 0.0), (0.0, 0.5), (0.5, 1.0)))
    return replace(_as("silence", unit, unit.said, f"kept {keep}"), keep=keep)


def _silence_within(unit: Unit, _material: Material, random: Random) -> Planted | None:
    at, seconds = random.uniform(0.25, 0.75), random.uniform(*_GAP_S)
    return replace(_as("silence within", unit, unit.said, f"{seconds:.1f} s at {at:.2f}"), gap_at=at, gap_s=seconds)


def _other_language(_unit: Unit, material: Material, random: Random) -> Planted | None:
    foreign = random.choice([one for one in material.foreign if len(one.said[0]) > _LEAST_FOREIGN])
    return Planted("other language", foreign.said[:2], foreign.language, foreign.said[0])


def _cut_end(unit: Unit, _material: Material, random: Random) -> Planted | None:
    letters = sum(map(str.isalnum, "".join(unit.said))) * (3 if primary(unit.language) == "zh" else 1)
    cuts = [cut for cut in _CUTS if cut * letters >= _LEAST_CUT]
    if not cuts:
        return None
    cut = random.choice(cuts)
    return replace(_as("cut end", unit, unit.said, f"{cut:.0%}"), cut=cut)


def _phrase_missing(unit: Unit, _material: Material, random: Random) -> Planted | None:
    def without(words: list[str], begin: int, count: int) -> list[str]:
        return words[:begin] + words[begin + count :]

    return _phrase("phrase missing", unit, without, random)


def _phrase_repeated(unit: Unit, _material: Material, random: Random) -> Planted | None:
    def twice(words: list[str], begin: int, count: int) -> list[str]:
        return words[: begin + count] + words[begin:]

    return _phrase("phrase repeated", unit, twice, random)


def _phrase_other(unit: Unit, material: Material, random: Random) -> Planted | None:
    pool = [word for one in material.others for said in one.said for word in _words(said, unit.language)]
    start = random.randrange(max(1, len(pool) - 8))

    def otherwise(words: list[str], begin: int, count: int) -> list[str]:
        return words[:begin] + pool[start : start + count] + words[begin + count :]

    return _phrase("phrase other", unit, otherwise, random)


def _phrase(
    kind: str, unit: Unit, change: Callable[[list[str], int, int], list[str]], random: Random
) -> Planted | None:
    places = [at for at, said in enumerate(unit.said) if len(_words(said, unit.language)) >= 2 * _PHRASE[0]]
    if not places:
        return None
    at = random.choice(places)
    words = _words(unit.said[at], unit.language)
    count = random.randint(_PHRASE[0], min(_PHRASE[1], len(words) // 2))
    begin = random.randrange(len(words) - count + 1)
    changed = _joined(change(words, begin, count), unit.language)
    what = _joined(words[begin : begin + count], unit.language)
    return _as(kind, unit, (*unit.said[:at], changed, *unit.said[at + 1 :]), what)


def _phrase_cut_out(unit: Unit, _material: Material, random: Random) -> Planted | None:
    """As where a service loses packets: words are gone from the sound, and the rest is as it was."""
    at = random.randrange(len(unit.said))
    words = list(_WORD.finditer(unit.said[at]))
    if primary(unit.language) == "zh" or len(words) < 2 * _PHRASE[0]:
        return None
    count = random.randint(_PHRASE[0], min(_PHRASE[1], len(words) // 2))
    first = random.randrange(1, len(words) - count)
    begin, end = words[first].start(), words[first + count].start()
    return replace(_as("phrase cut out", unit, unit.said, unit.said[at][begin:end]), taken=(at, begin, end))


def _word_cut_out(unit: Unit, _material: Material, random: Random) -> Planted | None:
    at = random.randrange(len(unit.said))
    words = list(_WORD.finditer(unit.said[at]))
    places = [n for n, word in enumerate(words[:-1]) if len(word[0]) > _LEAST_LETTERS]
    if primary(unit.language) == "zh" or len(places) < 3:
        return None
    place = random.choice(places)
    begin, end = words[place].start(), words[place + 1].start()
    return replace(_as("word cut out", unit, unit.said, words[place][0]), taken=(at, begin, end))


def _word_missing(unit: Unit, _material: Material, random: Random) -> Planted | None:
    at = random.randrange(len(unit.said))
    words = _words(unit.said[at], unit.language)
    least = 1 if primary(unit.language) == "zh" else _LEAST_LETTERS
    places = [n for n, word in enumerate(words) if _WORD.search(word) and len(_WORD.search(word)[0]) >= least]  # type: ignore[index]
    if len(places) < 4:
        return None
    place = random.choice(places)
    changed = _joined(words[:place] + words[place + 1 :], unit.language)
    return _as("word missing", unit, (*unit.said[:at], changed, *unit.said[at + 1 :]), words[place])


def _number(unit: Unit, material: Material, random: Random) -> Planted | None:
    """Another digit in a number that is written in digits."""
    places = [at for at, written in enumerate(unit.written) if _DIGITS.search(written)]
    random.shuffle(places)
    for at in places:
        found = random.choice(list(_DIGITS.finditer(unit.written[at])))
        number = found[0]
        place = random.randrange(len(number))
        digit = random.choice([d for d in "123456789" if d != number[place]])
        written = unit.written[at]
        changed = written[: found.start()] + number[:place] + digit + number[place + 1 :] + written[found.end() :]
        said = " ".join(sentence.spoken for sentence in material.wording.sentences(changed))
        if said != unit.said[at]:
            what = f"{number[:place] + digit + number[place + 1 :]} for {number}"
            return _as("number", unit, (*unit.said[:at], said, *unit.said[at + 1 :]), what)
    return None


def _as(kind: str, unit: Unit, said: tuple[str, ...], what: str) -> Planted:
    return Planted(kind, said, unit.language, what)


KINDS: Mapping[str, Plant] = MappingProxyType(
    {
        "missing sentence": _missing_sentence,
        "repeated sentence": _repeated_sentence,
        "other sentence": _other_sentence,
        "silence": _silence,
        "silence within": _silence_within,
        "other language": _other_language,
        "cut end": _cut_end,
        "phrase missing": _phrase_missing,
        "phrase cut out": _phrase_cut_out,
        "phrase repeated": _phrase_repeated,
        "phrase other": _phrase_other,
        "number": _number,
        "word missing": _word_missing,
        "word cut out": _word_cut_out,
    }
)
SENTENCES = frozenset(
    (
        "missing sentence",
        "repeated sentence",
        "other sentence",
        "silence",
        "silence within",
        "other language",
        "cut end",
    )
)
"""Kinds of which all must be found."""


def plan(units: Sequence[Unit], material: Material, random: Random, each: int) -> Iterator[tuple[int, Planted]]:
    """Up to `each` faults of every kind, in units of their own: the number of the unit, and how it is spoken."""
    free = list(range(len(units)))
    for kind in sorted(KINDS, key=lambda kind: kind not in ("number", "missing sentence")):  # the most particular first
        random.shuffle(free)
        done = 0
        for number in list(free):
            if done == each:
                break
            others = [unit for at, unit in enumerate(material.others) if unit.said != units[number].said]
            fault = planted(kind, units[number], replace(material, others=others), random)
            if fault is not None:
                free.remove(number)
                done += 1
                yield number, fault


def _words(said: str, language: LanguageTag) -> list[str]:
    """Words with the marks after them; of Chinese those of a dictionary."""
    if primary(language) != "zh":
        return said.split()
    import rjieba

    words: list[str] = []
    for word in rjieba.cut(said):
        if words and not _WORD.search(word):
            words[-1] += word
        else:
            words.append(word)
    return words


def _joined(words: Sequence[str], language: LanguageTag) -> str:
    return ("" if primary(language) == "zh" else " ").join(words)
