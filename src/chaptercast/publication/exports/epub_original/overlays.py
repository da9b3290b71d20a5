"""Makes the overlays of an EPUB that keeps its own pages: which page is heard from which part of the recording."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import Milliseconds
from chaptercast.publication.exports.book import Book, Chapterful, Clip
from chaptercast.publication.exports.book_markup import Sounding
from chaptercast.publication.exports.chapter_cuts import Stretch
from chaptercast.publication.exports.epub.pages import HEAD, clock
from chaptercast.publication.exports.epub.sound_files import SoundFile, chapter_sound
from chaptercast.publication.exports.epub_original.alignment import Found
from chaptercast.publication.exports.epub_original.insertion import Named, Page, Wanted, attribute
from chaptercast.publication.exports.epub_original.markup_map import MarkupMap


class Par(Struct, frozen=True):
    """A place in a page, and what is heard there."""

    page: int
    name: str
    file: str
    clip: Clip


class Overlaid(Struct, frozen=True):
    """The pages with their overlays."""

    pages: tuple[Page, ...]
    pars: Mapping[int, Sequence[Par]]
    """By the number of the page, in the order of its text. A page without sound has none."""
    files: tuple[SoundFile, ...]


class _Heard(Struct, frozen=True):
    page: int
    name: str
    chapter: int
    clip: Clip


def overlaid(book: Book, maps: Sequence[MarkupMap], found: Sequence[Found]) -> Overlaid:
    """Returns the pages with ids at the sentences that were found, and the parts of the recording that are heard there."""
    pages = tuple(Page(each) for each in maps)
    offsets = [0, *accumulate(len(each.letters) for each in maps)]
    heard: list[_Heard] = []
    for number, page in enumerate(pages):
        begin, end = offsets[number], offsets[number + 1]
        wanted = [
            Wanted(key, one.begin - begin, min(one.end, end) - begin, one.spoken.text)
            for key, one in enumerate(found)
            if begin <= one.begin < end
        ]
        parts: defaultdict[int, list[Named]] = defaultdict(list)
        for named in page.name(wanted):
            parts[named.key].append(named)
        for key, own in sorted(parts.items(), key=lambda item: found[item[0]].begin):
            heard += _divided(number, own, found[key])
    return _sounding(book, pages, heard)


def _divided(page: int, parts: Sequence[Named], found: Found) -> Iterator[_Heard]:
    """Yields the parts of a sentence that goes through several paragraphs, each with its share of the time."""
    clip, begin = found.spoken.clip, float(found.spoken.clip.begin)
    total = sum(part.share for part in parts)
    for part in parts:
        end = begin + (clip.end - clip.begin) * part.share / total
        yield _Heard(page, part.name, found.spoken.chapter, Clip(Milliseconds(round(begin)), Milliseconds(round(end))))
        begin = end


def _sounding(book: Book, pages: tuple[Page, ...], heard: Sequence[_Heard]) -> Overlaid:
    files: list[SoundFile] = []
    pars: defaultdict[int, list[Par]] = defaultdict(list)
    placed: dict[tuple[int, str], Par] = {}
    for chapter, numbers in _stretches(book, {one.chapter for one in heard}):
        shift = {number: round(_begin(book, number) - _begin(book, chapter.number)) for number in numbers}
        own = [one for one in heard if one.chapter in shift]
        moved = [(one, one.clip.begin + shift[one.chapter]) for one in own]
        begins = sorted({begin for _, begin in moved})
        following = dict(zip(begins, [*begins[1:], chapter.duration], strict=True))
        sounding = [
            Sounding(f"{one.page}#{one.name}", Clip(Milliseconds(begin), Milliseconds(following[begin])))
            for one, begin in moved
        ]
        sound = chapter_sound(book, chapter, sounding)
        files += sound.files
        for one in own:
            at = sound.placed[f"{one.page}#{one.name}"]
            placed[one.page, one.name] = Par(one.page, one.name, at.file, at.clip)
    for one in heard:
        pars[one.page].append(placed[one.page, one.name])
    return Overlaid(pages, pars, tuple(files))


def _stretches(book: Book, heard: set[int]) -> Iterator[tuple[Chapterful, list[int]]]:
    """Yields the chapters that are heard in the pages; one that is not, such as a title that no page has, joins one beside it."""
    groups: list[list[int]] = []
    for chapter in book.chapters:
        if groups and (chapter.number not in heard or not heard & set(groups[-1])):
            groups[-1].append(chapter.number)
        else:
            groups.append([chapter.number])
    for numbers in groups:
        chapters = [book.chapters[number] for number in numbers]
        first, last = chapters[0].stretch, chapters[-1].stretch
        whole = Stretch(first.first, last.first + last.count - first.first, first.begin, last.end)
        length = Milliseconds(int(book.frames.milliseconds(whole.count)))
        if heard & set(numbers):
            yield replace(chapters[0], stretch=whole, duration=length), numbers


def _begin(book: Book, number: int) -> float:
    return book.frames.milliseconds(book.chapters[number].stretch.first)


def smil(page: str, pars: Sequence[Par], folder: str) -> str:
    """Returns the overlay of a page. `page` is its address from the overlay, `folder` that of the audio files."""
    pieces = [
        f'{HEAD}<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">\n<body>\n'
    ]
    for number, par in enumerate(pars, 1):
        times = f'clipBegin="{clock(par.clip.begin)}" clipEnd="{clock(par.clip.end)}"'
        pieces.append(
            f'<par id="p{number}"><text src="{attribute(page)}#{attribute(par.name)}"/>'
            f'<audio src="{folder}{par.file}" {times}/></par>\n'
        )
    pieces.append("</body>\n</smil>\n")
    return "".join(pieces)
