"""Writes the timing of DAISY 3 as SMIL 2.0: every sentence with its sound, and the lists, tables and notes that a listener can leave."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType

from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.publication.exports.book import Book, Chapterful
from chaptercast.publication.exports.book_markup import Group, Sounding, esc
from chaptercast.publication.exports.credits import identifier
from chaptercast.publication.exports.daisy.common import HEAD, clock
from chaptercast.publication.exports.daisy.silent_groups import with_plain_blocks
from chaptercast.publication.pages.markup import declared
from chaptercast.publication.pages.translations import words_for
from chaptercast.text_structure import Kind

SEQUENCES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.LIST: 'class="list"',
        Kind.TABLE: 'class="table"',
        Kind.NOTE: 'class="note" customTest="note"',
    }
)
"""Elements that have a sequence of their own in SMIL, as the standard demands, with its attributes. A listener can leave it."""
NOTES = 'id="note" defaultState="true" override="visible"'
"""The test by which players let listeners turn notes off. Else they are heard."""
_NAMES = re.compile(r'<seq id="([^"]*)"')
_PLACES = re.compile(r' smilref="([^"#]*)#(g-[^"]*)"')


def names_for_listeners(smils: Sequence[str], language: LanguageTag) -> str:
    """Returns the names by which players tell what a listener can leave or turn off; empty if there is nothing like it.

    They are in the language of the book; in English if the program has no words of that.
    """
    used = [
        kind.value for kind, attributes in SEQUENCES.items() if any(f'" {attributes} end="' in one for one in smils)
    ]
    if not used:
        return ""
    words = words_for(language)

    def named(name: str) -> str:
        return f'<resource xml:lang="{declared(words.language)}"><text>{esc(words(name))}</text></resource></nodeSet>\n'

    sets = [f'<nodeSet id="{name}" select="//seq[@class=\'{name}\']">{named(name)}' for name in used]
    scopes = f'<scope nsuri="http://www.w3.org/2001/SMIL20/">\n{"".join(sets)}</scope>\n'
    if "note" in used:
        scopes += (
            '<scope nsuri="http://www.daisy.org/z3986/2005/ncx/">\n'
            '<nodeSet id="notes" select="//smilCustomTest[@bookStruct=\'NOTE\']">'
            f"{named('notes')}</scope>\n"
        )
    return (
        f'{HEAD}<!DOCTYPE resources PUBLIC "-//NISO//DTD resource 2005-1//EN" "http://www.daisy.org/z3986/2005/resource-2005-1.dtd">\n'
        f'<resources xmlns="http://www.daisy.org/z3986/2005/resource/" version="2005-1">\n{scopes}</resources>\n'
    )


def leading_somewhere(text: str, smils: Sequence[str]) -> str:
    """Returns the text with lists, tables and notes in which nothing is spoken as plain blocks: they have no sequence to lead to."""
    names = {f"s{number}.smil": {*_NAMES.findall(one)} for number, one in enumerate(smils)}
    silent = {found[0] for found in _PLACES.finditer(text) if found[2] not in names[found[1]]}
    return with_plain_blocks(text, {place.split('"')[1] for place in silent}) if silent else text


def smil(book: Book, chapter: Chapterful, sounding: Sequence[Sounding | Group]) -> str:
    """Returns the timing of a chapter."""
    before = [0, *accumulate(each.duration for each in book.chapters)][chapter.number]
    metas = (
        ("dtb:uid", identifier(book.episode)),
        ("dtb:generator", book.episode.generator),
        ("dtb:totalElapsedTime", clock(Milliseconds(before))),
    )
    timed = "".join(_timed(sounding, chapter))
    tests = f"<customAttributes>\n<customTest {NOTES}/>\n</customAttributes>\n" if "customTest" in timed else ""
    return "".join(
        [
            f'{HEAD}<!DOCTYPE smil PUBLIC "-//NISO//DTD dtbsmil 2005-2//EN" "http://www.daisy.org/z3986/2005/dtbsmil-2005-2.dtd">\n',
            '<smil xmlns="http://www.w3.org/2001/SMIL20/">\n<head>\n',
            *(f'<meta name="{name}" content="{esc(text)}"/>\n' for name, text in metas),
            f'{tests}</head>\n<body>\n<seq id="q{chapter.number}" dur="{clock(chapter.duration)}" fill="remove">\n',
            timed,
            "</seq>\n</body>\n</smil>\n",
        ]
    )


def _timed(items: Iterable[Sounding | Group], chapter: Chapterful) -> Iterator[str]:
    """Yields what sounds. A group ends with its last item, or when the listener leaves it."""
    for item in items:
        if isinstance(item, Sounding):
            times = f'clipBegin="{clock(item.clip.begin)}" clipEnd="{clock(item.clip.end)}"'
            yield (
                f'<par id="p-{item.name}"><text id="t-{item.name}" src="book.xml#{item.name}"/>'
                f'<audio id="a-{item.name}" src="s{chapter.number}.mp3" {times}/></par>\n'
            )
        elif item.kind in SEQUENCES:
            last = _last(item)
            yield f'<seq id="g-{item.name}" {SEQUENCES[item.kind]} end="DTBuserEscape;{last}.end" fill="remove">\n'
            yield from _timed(item.items, chapter)
            yield "</seq>\n"
        else:
            yield from _timed(item.items, chapter)


def _last(group: Group) -> str:
    """Returns the id of the last item in a group's sequence."""
    item = group.items[-1]
    if isinstance(item, Sounding):
        return f"p-{item.name}"
    return f"g-{item.name}" if item.kind in SEQUENCES else _last(item)
