import pytest
from tests.document.books import NAMESPACES, PACKAGE, docx, packed, relationships
from tests.document.books import paragraph as p
from tests.document.dump import dump
from tests.document.formats.docx.reading import document, lines

from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError


def test_styles_sizes_and_notes() -> None:
    size = '<w:b/><w:sz w:val="{}"/>'.format
    body = [
        p("The title", "Title"),
        p("One", "heading1"),
        p("A subtitle in large type", run=size(40), properties='<w:jc w:val="center"/>'),
        p("Text, long enough to be the usual size of type.", run='<w:sz w:val="20"/>'),
        p("Bold and larger", run=size(30)),
        (
            '<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>this</w:t></w:r>'
            '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
        ),
        p("Said somebody", "Quote"),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
            "<w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
    ]
    more = {
        "word/footer1.xml": f"<w:ftr {NAMESPACES}>{p('Page 1')}</w:ftr>",
        "word/comments.xml": f'<w:comments {NAMESPACES}><w:comment w:id="0">{p("Is this so?")}</w:comment></w:comments>',
        "docProps/core.xml": "<c><title>Doc 1</title><creator>A. Finch; B. Wren</creator><created>2021-07-06T10:00:00Z</created></c>",
    }
    found = document("".join(body), more=more, relations=(("footer", "footer1.xml"), ("comments", "comments.xml")))
    assert (found.metadata.page_title, found.metadata.author) == ("Doc 1", "A. Finch, B. Wren")
    assert found.metadata.date.startswith("2021-07-06")
    assert dump(found.blocks, found.left_out).split("\n") == [
        "H1 The title | p .document-title",
        "H2 One | p",
        "P *A subtitle in large type* | p centred 200%",
        "P Text, long enough to be the usual size of type. | p",
        "P *Bold and larger* | p 150%",
        "P See /this/[^1^](note: footnote-1) | p",
        "QUOTE",
        "    P Said somebody | p",
        "TABLE",
        "  a | b",
        "  c | d",
        "NOTE footnote-1 (1)",
        "    P A note. | p",
        "- BOILERPLATE: Page 1",
        "- REMARK: Is this so?",
    ]


@pytest.mark.parametrize("main", ["word/document22.xml", "WORD/Document.xml", "text/body.xml", "document.xml"])
def test_the_text_is_found_by_its_relationship(main: str) -> None:
    assert lines(p("The ferry leaves at noon."), main=main) == ["P The ferry leaves at noon."]


@pytest.mark.parametrize(
    "lost",
    ["_rels/.rels", "[Content_Types].xml", "word/_rels/document.xml.rels", "word/styles.xml", "docProps/core.xml"],
)
def test_parts_that_are_missing_are_no_obstacle(lost: str) -> None:
    import io
    import zipfile

    whole = zipfile.ZipFile(io.BytesIO(docx(p("One", "heading1") + p("The ferry leaves at noon."))))
    found = read_bytes(packed({name: whole.read(name) for name in whole.namelist() if name != lost}), name="a.docx")
    assert "The ferry leaves at noon." in dump(found.blocks)


def test_both_editions_of_the_standard_are_read() -> None:
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:pPr>'
        '<w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Fares</w:t></w:r></w:p><w:p><w:r><w:t>A coin.</w:t></w:r></w:p></w:body></w:document>'
    )
    assert lines("", more={"word/document.xml": strict}) == ["H2 Fares", "P A coin."]


def test_a_document_in_utf_16_is_read() -> None:
    text = f"<?xml version='1.0' encoding='UTF-16'?><w:document {NAMESPACES}><w:body>{p('Größe')}</w:body></w:document>"
    assert lines("", more={"word/document.xml": text.encode("utf-16")}) == ["P Größe"]


@pytest.mark.parametrize("creator", ["python-docx", "Microsoft Office User", "admin", ".", "Майкрософт"])
def test_names_of_programs_are_no_authors(creator: str) -> None:
    core = f"<c><title>Microsoft Word - report.doc</title><creator>{creator}</creator></c>"
    found = document(p("Text."), more={"docProps/core.xml": core})
    assert (found.metadata.author, found.metadata.page_title) == ("", "")


BOMB = '<?xml version="1.0"{}?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document {}><w:body><w:p/></w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (docx("<w:p><w:r>"), "damaged"),
        (docx(""), "nothing to speak"),
        (docx("<!ENTITY a 'b'>"), "entities"),
        (docx("", more={"word/document.xml": BOMB.format("", NAMESPACES)}), "entities"),
        (
            docx("", more={"word/document.xml": BOMB.format(" encoding='UTF-16'", NAMESPACES).encode("utf-16")}),
            "entities",
        ),
        (docx("", more={"word/footnotes.xml": BOMB.format("", NAMESPACES)}), "entities"),
        (docx("", more={"word/document.xml": "no XML"}), "damaged"),
        (docx("", more={"word/document.xml": b"\xff\xfe\x00\x01"}), "damaged"),
        (docx(p("x") * 3)[:400], "damaged"),
        (docx("<w:p>" * 5000), "deeper than any text"),
        (docx("<w:tbl><w:tr><w:tc>" * 400 + p("x") + "</w:tc></w:tr></w:tbl>" * 400), "deeper than any text"),
        (docx("<w:p><w:r><w:t>" + " " * 5_000_000 + "</w:t></w:r></w:p>"), "unpacks to far more"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_bytes(data, name="a.docx")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:customXml>", "</w:customXml>"),
        (
            "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>",
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
        ),
    ],
)
def test_depth_that_can_be_read_is(opening: str, closing: str) -> None:
    times = 240 // opening.count("<")
    found = dump(document(p("before") + opening * times + p("deep") + closing * times + p("after")).blocks)
    assert [word for word in ("before", "deep", "after") if word in found] == ["before", "deep", "after"]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:ins>", "</w:ins>"),
        ("<w:hyperlink>", "</w:hyperlink>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<m:oMath>", "</m:oMath>"),
    ],
)
def test_depth_within_a_paragraph_that_can_be_read_is(opening: str, closing: str) -> None:
    times = 230 // opening.count("<")
    found = document(f"<w:p>{opening * times}<w:r><w:t>deep</w:t></w:r>{closing * times}</w:p>{p('after')}")
    assert "deep" in dump(found.blocks, found.left_out)


def test_deep_formulas_are_read_or_named() -> None:
    fractions = "<m:f><m:num>" * 110 + "<m:r><m:t>q</m:t></m:r>" + "</m:num></m:f>" * 110
    found = document(f"<w:p><m:oMath>{fractions}</m:oMath></w:p>{p('after')}")
    assert dump(found.blocks, found.left_out) == "P after | p\n- UNSPEAKABLE: q"


@pytest.mark.parametrize(
    "unit", ["<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "<w:bookmarkStart/>", "<w:r><w:br/></w:r>"]
)
def test_repetition_takes_time_in_proportion(unit: str) -> None:
    assert "word" in dump(document(f"<w:p>{unit * 15_000}<w:r><w:t>word</w:t></w:r></w:p>").blocks)


def test_styles_and_lists_that_lead_in_circles_end() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="numbering" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="N"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    body = p("one", "A") + p("two", properties=listed)
    found = lines(
        body, styles=styles, more={"word/numbering.xml": numbering}, relations=(("numbering", "numbering.xml"),)
    )
    assert found == ["P one", "LIST", "  -", "    P two"]


def test_documents_within_documents_end() -> None:
    inner = b""
    for _ in range(6):
        inner = docx(
            p("level") + '<w:altChunk r:id="r3"/>',
            more={"word/c.docx": inner or b"PK"},
            relations=(("aFChunk", "c.docx"),),
        )
    found = read_bytes(inner, name="a.docx")
    assert dump(found.blocks, found.left_out).split("\n") == ["P level | p"] * 4 + ["- NOT_TEXT: word/c.docx ()"]


def test_a_presentation_is_no_word_document() -> None:
    data = packed(
        {"_rels/.rels": relationships(("officeDocument", "ppt/presentation.xml")), "ppt/presentation.xml": "<p/>"}
    )
    with pytest.raises(InputError, match="PowerPoint presentation"):
        read_bytes(data, name="a.pptx")


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        ("EncryptedPackage", "protected by a password"),
        ("WordDocument", "Word 97-2003 document"),
        ("Workbook", "Excel 97-2003 workbook"),
        ("Contents", "an old Office file"),
    ],
)
def test_compound_files_are_called_what_they_are(stream: str, words: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + stream.encode("utf-16-le") + bytes(64)
    with pytest.raises(InputError, match=words):
        read_bytes(data, name="a.docx")


@pytest.mark.parametrize("kind", ["macroEnabled.main+xml", "template.main+xml"])
def test_templates_and_documents_with_macros_are_read(kind: str) -> None:
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" '
        f'ContentType="application/vnd.ms-word.document.{kind}"/></Types>'
    )
    more = {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 a macro"}
    assert lines(p("The ferry leaves at noon."), more=more) == ["P The ferry leaves at noon."]
