"""Articles of any length, always the same: common English words in sentences, paragraphs and sections."""

import random
from collections.abc import Iterator

WORDS_AN_HOUR = 13_670
"""What eSpeak NG says in an hour at its normal speed, pauses included."""
_WORDS_A_SECTION = 512
_WORDS = """
the of a to in is that it was for on are as with his they at be this from have or by one had not but what all were
when we there can an your which their said if do will each about how up out them then she many some so these would
other into has more her two like him see time could no make than first been its who now people my made over did down
only way find use may water long little very after words called just where most know
""".split()


def article(hours: float = 0, *, words: int = 0, seed: int = 7) -> str:
    """A Markdown article that takes about `hours` to say, or has so many `words`; about 25 sections an hour."""
    chance = random.Random(seed)
    words = words or round(WORDS_AN_HOUR * hours)
    sections = max(1, round(words / _WORDS_A_SECTION))
    return f"# A long article about many things, number {seed}\n\n" + "\n\n".join(
        f"## Part {number} of the story\n\n{section}"
        for number, section in enumerate(_sections(chance, sections, words), 1)
    )


def _sections(chance: random.Random, count: int, words: int) -> Iterator[str]:
    for _ in range(count):
        paragraphs, left = [], words // count
        while left > 0:
            length = min(left, chance.randint(30, 90))
            paragraphs.append(_paragraph(chance, length))
            left -= length
        yield "\n\n".join(paragraphs)


def _paragraph(chance: random.Random, words: int) -> str:
    sentences = []
    while words > 0:
        length = min(words, chance.randint(6, 18))
        sentences.append(" ".join(chance.choices(_WORDS, k=length)).capitalize() + chance.choice(".....?"))
        words -= length
    return " ".join(sentences)
