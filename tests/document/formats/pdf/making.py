"""Small PDF files, written by hand: text at places, in the fonts that every reader has."""

import zlib
from collections.abc import Mapping, Sequence

FONTS = {
    "Times": "Times-Roman",
    "TimesI": "Times-Italic",
    "TimesB": "Times-Bold",
    "Sans": "Helvetica",
    "SansB": "Helvetica-Bold",
}
WIDTH, HEIGHT = 400, 560


class Sheet:
    """One page; y is counted from the top."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT, rotate: int = 0) -> None:
        self.width, self.height, self.rotate = width, height, rotate
        self.operators: list[str] = []
        self.annotations: list[str] = []
        self.image: bytes = b""
        self.marked = 0

    def text(
        self, x: float, y: float, text: str, size: float = 11, font: str = "Times", tag: str = "", mode: int = 0
    ) -> int:
        """Write a text; gives the number of its marked content if it has a tag."""
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        escaped = "".join(c if ord(c) < 128 else f"\\{ord(c.encode('cp1252')):03o}" for c in escaped)
        shown = f"BT /{font} {size} Tf {mode} Tr 1 0 0 1 {x} {self.height - y} Tm ({escaped}) Tj ET"
        if tag == "Artifact":
            shown = f"/Artifact BMC {shown} EMC"
        elif tag:
            shown = f"/{tag} <</MCID {self.marked}>> BDC {shown} EMC"
            self.marked += 1
        self.operators.append(shown)
        return self.marked - 1

    def lines(
        self, x: float, y: float, lines: Sequence[str], size: float = 11, lead: float = 14, font: str = "Times"
    ) -> None:
        """Write lines below one another; an empty one leaves its place free."""
        for number, line in enumerate(lines):
            if line:
                self.text(x, y + number * lead, line, size, font)

    def turned(self, lines: Sequence[str], size: float = 12, lead: float = 16) -> None:
        """Write lines that run upwards."""
        for number, line in enumerate(lines):
            self.operators.append(f"BT /Times {size} Tf 0 1 -1 0 {100 + number * lead} 100 Tm ({line}) Tj ET")

    def rule(self, x0: float, y: float, x1: float) -> None:
        """Draw a line across."""
        self.operators.append(f"{x0} {self.height - y} m {x1} {self.height - y} l S")

    def picture(self) -> None:
        """Fill the page with a grey picture."""
        self.image = zlib.compress(bytes([128]) * 64)
        self.operators.append(f"q {self.width} 0 0 {self.height} 0 0 cm /Im Do Q")


def pdf(
    sheets: Sequence[Sheet],
    *,
    outline: Sequence[tuple[str, int]] = (),
    title: str = "",
    tree: "Tag | None" = None,
    catalog: str = "",
    more: Sequence[str] = (),
    further_fonts: Mapping[str, str] | None = None,
) -> bytes:
    """A file of some sheets. `outline` has titles with the indexes of their pages; `tree` is the structure of its first page."""
    objects: list[bytes] = [b"", b"", b""]  # catalog, pages, facts

    def add(body: str | bytes) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    fonts = " ".join(
        f"/{name} {add(f'<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding>>')} 0 R"
        for name, base in FONTS.items()
    )
    fonts += "".join(f"/{name} {add(body)} 0 R" for name, body in (further_fonts or {}).items())
    pages = []
    for number, sheet in enumerate(sheets):
        content = "\n".join(sheet.operators).encode("latin-1")
        stream = add(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        images = ""
        if sheet.image:
            head = (
                "<</Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray"
                f"/Filter/FlateDecode/Length {len(sheet.image)}>>"
            )
            images = f"/XObject<</Im {add(head.encode() + b'stream' + bytes([10]) + sheet.image + bytes([10]) + b'endstream')} 0 R>>"
        annotations = "".join(f"{add(each)} 0 R " for each in sheet.annotations)
        catalog = catalog.replace("ANNOTATIONS", annotations)
        pages.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width} {sheet.height}]/Rotate {sheet.rotate}"
                f"/StructParents {number}/Resources<</Font<<{fonts}>>{images}>>/Contents {stream} 0 R/Annots[{annotations}]>>"
            )
        )
    parts = ["/Type/Catalog/Pages 2 0 R", catalog]
    if outline:
        parts.append(f"/Outlines {_outline(add, outline, pages)} 0 R")
    if tree:
        parts.append(f"/MarkInfo<</Marked true>>/StructTreeRoot {_tree(objects, tree, pages[0])} 0 R")
    for body in more:
        add(body)
    kids = " ".join(f"{page} 0 R" for page in pages)
    objects[0] = f"<<{''.join(parts)}>>".encode("latin-1")
    objects[1] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode()
    objects[2] = f"<</Title({title})>>".encode("latin-1")
    return _written(objects)


class Tag:
    """An element of a structure tree: others, and numbers of marked content, are in it."""

    def __init__(self, kind: str, *kids: "Tag | int", more: str = "") -> None:
        self.kind, self.kids, self.more = kind, kids, more


def _tree(objects: list[bytes], tree: Tag, page: int) -> int:
    root = len(objects) + 1
    objects.append(b"")
    owners: dict[int, int] = {}

    def write(tag: Tag, parent: int) -> int:
        objects.append(b"")
        own = len(objects)
        kids = []
        for kid in tag.kids:
            if isinstance(kid, int):
                owners[kid] = own
                kids.append(str(kid))
            else:
                kids.append(f"{write(kid, own)} 0 R")
        body = f"<</Type/StructElem/S/{tag.kind}/P {parent} 0 R/Pg {page} 0 R{tag.more}/K[{' '.join(kids)}]>>"
        objects[own - 1] = body.encode("latin-1")
        return own

    top = write(tree, root)
    known = " ".join(f"{owners[number]} 0 R" if number in owners else "null" for number in range(max(owners) + 1))
    objects[root - 1] = f"<</Type/StructTreeRoot/K {top} 0 R/ParentTree<</Nums[0[{known}]]>>>>".encode()
    return root


def _outline(add, outline: Sequence[tuple[str, int]], pages: Sequence[int]) -> int:
    root = add("")
    first = root + 1
    for number, (title, page) in enumerate(outline):
        following = f"/Next {first + number + 1} 0 R" if number + 1 < len(outline) else ""
        add(f"<</Title({title})/Parent {root} 0 R/Dest[{pages[page]} 0 R/Fit]{following}>>")
    last = root + len(outline)
    add(f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {len(outline)}>>")
    return last + 1


def _written(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body or b"null")
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer<</Size %d/Root 1 0 R/Info 3 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
