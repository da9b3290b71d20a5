"""From a PDF to its blocks."""

from msgspec import Struct

from chaptercast.document.choices import PdfChoices
from chaptercast.document.metadata import merged
from chaptercast.document.model import Metadata, Omission, Reason
from chaptercast.document.pdf.assemble import assembled
from chaptercast.document.pdf.page import Facts, Page
from chaptercast.document.pdf.process import values
from chaptercast.document.pdf.settings import Refusal, Request
from chaptercast.document.reading import Reading
from chaptercast.errors import InputError
from chaptercast.languages import normalised

_SCANNED = "It is a picture of text. Recognise its text (for example: ocrmypdf FILE new.pdf) and give the new file."


class _File(Struct):
    """What was read of a file."""

    facts: Facts
    pages: list[Page]


def read_pdf(data: bytes, name: str, choices: PdfChoices | None = None) -> Reading:
    """The text of a PDF. Raises `InputError` for what is damaged, protected, or only pictures."""
    chosen = choices or PdfChoices()
    file = _opened(data, name, chosen)
    pages = [page for page in file.pages if not page.fault]
    faults = [page for page in file.pages if page.fault]
    if not pages and faults:
        raise InputError(f"{name}: none of its pages can be read: {faults[0].fault}", "Save it anew and give that.")
    _refuse_scans(pages, name)
    result = assembled(pages, file.facts)
    left_out = [*result.left_out, *(Omission(f"page {page.number}", Reason.DAMAGED) for page in faults)]
    left_out += [Omission(attachment, Reason.ATTACHMENT) for attachment in file.facts.attachments]
    notes = [f"page {page.number} cannot be read: {page.fault}." for page in faults[:5]]
    return Reading(tuple(result.blocks), tuple(left_out), _metadata(file.facts), tuple(notes))


def _opened(data: bytes, name: str, choices: PdfChoices) -> _File:
    """The facts of a file and the pages that are wanted, with its password where it needs one."""
    request = Request(choices.password, choices.first, choices.last)
    file: _File | None = None
    for value in values(data, request):
        if isinstance(value, Refusal):
            raise _refused(value, name, choices)
        if isinstance(value, Facts):
            if choices.first > value.pages:
                raise InputError(
                    f"{name} has {value.pages} pages: there is no page {choices.first}", "Give others: --pages"
                )
            file = _File(value, [])
        elif file is not None:
            file.pages.append(value)
    if file is None:
        raise _refused(Refusal("damaged"), name, choices)
    return file


def _refused(refusal: Refusal, name: str, choices: PdfChoices) -> InputError:
    if refusal.kind == "password":
        if choices.password:
            return InputError(f"{name} is protected by a password, and it is another one", "Give the right one.")
        return InputError(f"{name} is protected by a password", "Give it in a file: --password-file FILE")
    return InputError(f"{name} is a PDF file that is damaged", "Open it, save it anew, and give that.")


def _refuse_scans(pages: list[Page], name: str) -> None:
    """Raise `InputError` for what has no text, only pictures of it."""
    if any(page.lines for page in pages):
        return
    pictured = sum(1 for page in pages if page.way == "scan")
    if pictured:
        what = "its only page is" if len(pages) == 1 else f"{pictured} of its {len(pages)} pages are"
        raise InputError(f"{name} has no text: {what} a picture", _SCANNED)


def _metadata(facts: Facts) -> Metadata:
    language = normalised(facts.language) if facts.language else None
    return merged((Metadata(page_title=facts.title, author=facts.author, date=facts.date, language=language),))
