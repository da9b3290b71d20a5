"""Whether a book is locked, and by which scheme. Fonts that are only obfuscated are no lock (EPUB 3.3, 4.2.6)."""

from chaptercast.document.formats.epub.package import Package, resolved
from chaptercast.document.sources.zip_container import Archive
from chaptercast.errors import InputError

ENCRYPTION = "META-INF/encryption.xml"
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_SCHEMES = (
    ("META-INF/license.lcpl", "Readium LCP"),
    ("META-INF/sinf.xml", "Apple FairPlay"),
    ("META-INF/rights.xml", "Adobe ADEPT or the like"),
)
"""Files by which schemes of protection are told."""


def refuse_protected(archive: Archive, package: Package) -> None:
    """Raise `InputError` where files of the spine are encrypted."""
    if ENCRYPTION not in archive:
        return
    encryption = archive.xml(ENCRYPTION)
    locked = set()
    for encrypted in encryption.iter("EncryptedData"):
        if not all(method.get("Algorithm", "") in _FONT_ALGORITHMS for method in encrypted.iter("EncryptionMethod")):
            references = encrypted.iter("CipherReference")
            locked |= {resolved("", reference.get("URI", "")).casefold() for reference in references}
    if not any(item.path.casefold() in locked for item in package.spine):
        return
    scheme = next((f" by {name}" for member, name in _SCHEMES if member in archive), "")
    raise InputError(f"{archive.name} is copy-protected{scheme} and cannot be read", "Give a copy without protection.")
