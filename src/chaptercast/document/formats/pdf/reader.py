"""Reads a PDF into its blocks."""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.language_tags import normalised
from chaptercast.common.units import LanguageTag
from chaptercast.document.formats.pdf import ocr
from chaptercast.document.formats.pdf.block_assembly import assembled
from chaptercast.document.formats.pdf.doubtful_text import doubtful
from chaptercast.document.formats.pdf.page import Bad, Facts, Page
from chaptercast.document.formats.pdf.page_numbers import with_printed_numbers
from chaptercast.document.formats.pdf.page_report import source_page
from chaptercast.document.formats.pdf.worker_process import values
from chaptercast.document.formats.pdf.worker_protocol import Refusal, Request
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.formats.run_languages import with_languages
from chaptercast.document.metadata.merging import merged
from chaptercast.document.model import Metadata, Omission, Reason
from chaptercast.document.reading_options import AS_USUAL, Ocr, PdfOptions, ReadingOptions
from chaptercast.errors import InputError

_SHOWN = 3
"""Maximum number of words that look wrong that are shown."""
_TOLD = 5
"""Maximum number of pages that are named if several cannot be read."""


_WAYS = {
    "tags": "read by the structure that the file has",
    "layout": "read by where the text stands",
    "OCR": "recognised",
    "scan": "pictures",
    "empty": "without text",
}
_PASSWORD = Refusal("password")


class _File(Struct):
    """What was read from a file."""

    facts: Facts
    pages: list[Page]
    password: str = ""


def read_pdf(data: bytes, name: str, options: ReadingOptions = AS_USUAL) -> Reading:
    """Returns the text of a PDF. Raises `InputError` if it is damaged or protected, or if it only has pictures and no OCR is available."""
    chosen = options.pdf
    file = _opened(data, name, chosen)
    pages, notes = _with_pictures_read(data, file, name, chosen)
    pages = with_printed_numbers(pages)
    faults = [page for page in pages if page.fault]
    odd = doubtful(pages)
    told = tuple(source_page(page, len(odd.get(page.number, ()))) for page in pages)
    pages = [page for page in pages if not page.fault]
    if not pages and faults:
        raise InputError(f"{name}: none of its pages can be read: {faults[0].fault}", "Save it anew and give that.")
    result = assembled(pages, _within(file), max(chosen.first, 1))
    blocks, language = with_languages(result.blocks) if _has_marks(pages) else (tuple(result.blocks), None)
    left_out = [*result.left_out, *(Omission(f"page {page.number}", Reason.DAMAGED) for page in faults)]
    left_out += [Omission(attachment, Reason.ATTACHMENT) for attachment in file.facts.attachments]
    left_out += [
        Omission(f"page {page.number}, a picture", Reason.NO_ALT)
        for page in pages
        if page.way == "scan" and not page.leaves
    ]
    notes += list(_how_read(pages))
    notes += list(_unknown_signs(pages))
    notes += list(_doubtful(odd))
    notes += [f"page {page.number} cannot be read: {page.fault}." for page in faults[:_TOLD]]
    return Reading(blocks, tuple(left_out), _metadata(file.facts, language), tuple(notes), pages=told)


def _has_marks(pages: list[Page]) -> bool:
    """Returns whether pages give the language of some of their text, beside their structure."""
    return any(run.language for page in pages for line in page.lines for run in line.runs)


def _unknown_signs(pages: list[Page]) -> Iterator[str]:
    """Yields a message on pages whose text has gaps because the file does not say which letters some of its signs are."""
    counts = {page.number: sum(len(bad.text) for bad in page.bad if bad.why == "unknown") for page in pages}
    found = {number: count for number, count in counts.items() if count}
    if found:
        total = sum(found.values())
        signs = "1 sign is" if total == 1 else f"{total} signs are"
        yield f"{ocr.listed(list(found))}: {signs} left out, because the file does not say which letters they are; --ocr always may."


def _doubtful(found: Mapping[int, list[str]]) -> Iterator[str]:
    """Yields a message on words that look wrong, by the numbers of their pages."""
    if found:
        words = [word for each in found.values() for word in each]
        shown = ", ".join(words[:_SHOWN])
        told = f"{len(words)} words look wrong ({shown})"
        yield f"{ocr.listed(list(found))}: {told}: the file has other letters than the page shows; --ocr always reads what it shows."


def _within(file: _File) -> Facts:
    """Returns the facts of a file, with the chapters of the pages that were read."""
    numbers = {page.number for page in file.pages}
    return replace(file.facts, chapters=tuple(each for each in file.facts.chapters if each.page in numbers))


def _how_read(pages: list[Page]) -> Iterator[str]:
    """Yields how each page was read, unless all were read in the same way."""
    ways = {way: [page.number for page in pages if page.way == way] for way in _WAYS}
    known = {way: numbers for way, numbers in ways.items() if numbers}
    if len(known) > 1:
        parts = (f"{ocr.listed(numbers)}: {_WAYS[way]}" for way, numbers in known.items())
        yield f"{'; '.join(parts)}."


def _with_pictures_read(data: bytes, file: _File, name: str, choices: PdfOptions) -> tuple[list[Page], list[str]]:
    """Returns the pages of a file, with recognised text where they are pictures, and the messages about this."""
    numbers = ocr.wanted(file.pages, choices.ocr)
    pictures = [page.number for page in file.pages if ocr.is_picture(page)]
    if numbers and (choices.ocr is Ocr.TESSERACT or ocr.is_installed()):
        found = {page.number: page for page in ocr.recognised(data, numbers, replace(choices, password=file.password))}
        pages = [_better(page, found.get(page.number)) for page in file.pages]
        if not any(page.has_words for page in pages):
            raise InputError(
                f"{name} has no text: {ocr.listed(numbers)}: a picture, and nothing can be recognised in it",
                "Is it the right file?",
            )
        return pages, list(ocr.notes_on(pages, file.facts.language))
    if numbers and choices.ocr is Ocr.ALWAYS:
        raise InputError(f"{name}: no text can be recognised here", ocr.INSTALL)
    if not pictures:
        return file.pages, []
    if not any(page.has_words for page in file.pages):
        remedy = "Leave --ocr never out." if choices.ocr is Ocr.NEVER else ocr.INSTALL
        raise InputError(f"{name} has no text that can be read: {_why_not(file.pages)}", remedy)
    told = f"{ocr.listed(pictures)}: only a picture, whose text is not read. {ocr.INSTALL}"
    return file.pages, [told]


def _why_not(pages: list[Page]) -> str:
    """Returns why no page has text, in words."""
    drawn = sum(page.way == "scan" for page in pages)
    coded = sum(page.way != "scan" and ocr.is_picture(page) for page in pages)
    if drawn >= coded:
        return "its only page is a picture" if len(pages) == 1 else f"{drawn} of its {len(pages)} pages are pictures"
    where = "on its only page" if len(pages) == 1 else f"on {coded} of its {len(pages)} pages"
    return f"the file does not say which letters the signs {where} are"


def _better(page: Page, found: Page | None) -> Page:
    """Returns a page with the text that was recognised on it, if there is any. It replaces the words that the structure gives for it."""
    if found is None or not found.lines:
        return page
    words = tuple(Bad(leaf.alt or leaf.actual, "replaced") for leaf in page.leaves if leaf.alt or leaf.actual)
    return replace(found, label=page.label, bad=words)


def _opened(data: bytes, name: str, choices: PdfOptions) -> _File:
    """Returns the facts of a file and the requested pages; uses the password if the file needs one."""
    request = Request(choices.password, choices.first, choices.last)
    found = _read(data, name, request)
    if found == _PASSWORD and not choices.password and choices.ask:
        password = choices.ask(name)
        found = _read(data, name, replace(request, password=password)) if password else found
        choices = replace(choices, password=password)
    if isinstance(found, Refusal):
        raise _refused(found, name, choices)
    return found


def _read(data: bytes, name: str, request: Request) -> _File | Refusal:
    file: _File | None = None
    for value in values(data, request):
        if isinstance(value, Refusal):
            return value
        if isinstance(value, Facts):
            if not value.pages:
                return Refusal("damaged")
            if request.first > value.pages:
                many = "1 page" if value.pages == 1 else f"{value.pages} pages"
                raise InputError(f"{name} has {many}: there is no page {request.first}", "Give others with --pages.")
            file = _File(value, [], request.password)
        elif file is not None:
            file.pages.append(value)
    return file or Refusal("damaged")


def _refused(refusal: Refusal, name: str, choices: PdfOptions) -> InputError:
    if refusal.kind == "password":
        if choices.password:
            return InputError(f"{name} is protected by a password, and this is not it", "Give the right one.")
        return InputError(f"{name} is protected by a password", "Give it in a file: --password-file FILE")
    return InputError(f"{name} is a PDF file that is damaged", "Open it, save it anew, and give that.")


def _metadata(facts: Facts, marked: LanguageTag | None) -> Metadata:
    """Returns what is known of a file. `marked` is the language that its pages give for most of their text."""
    language = marked or (normalised(facts.language) if facts.language else None)
    return merged((Metadata(page_title=facts.title, author=facts.author, date=facts.date, language=language),))
