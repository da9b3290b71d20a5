"""What stands in paragraphs: each way of Word to show text, and to show none."""

import pytest
from tests.document.books import NAMESPACES
from tests.document.books import paragraph as p
from tests.document.formats.docx.reading import document, lines

from chaptercast.document.model import Paragraph


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def complex_field(code: str, result: str = "", form: str = "") -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def versions(newer: str, older: str) -> str:
    return f'<mc:AlternateContent><mc:Choice Requires="x">{newer}</mc:Choice><mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>'


CODE_WITHIN_CODE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
    + complex_field("MERGEFIELD sex", r("female"))
    + '<w:r><w:instrText>= "female"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    + r("Mrs")
    + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # fields
        (r("Figure ") + '<w:fldSimple w:instr=" SEQ Figure ">' + r("7") + "</w:fldSimple>" + r(" shows it."), "P Figure 7 shows it."),
        (r("Dear ") + complex_field("MERGEFIELD name", r("Rosa")) + r(","), "P Dear Rosa,"),
        (CODE_WITHIN_CODE + r(" Wren"), "P Mrs Wren\n- NOT_TEXT: female"),
        (complex_field('HYPERLINK "http://a.b/c"', r("there")), "P [there](link: http://a.b/c)"),
        (complex_field(r"SYMBOL 97 \f Symbol"), "P α"),
        (complex_field(r"EQ \* jc2 \o\ad(\s\up 9(とうきょう),東京)") + r("へ"), "P [東京](reading: とうきょう)へ"),
        (r("x ") + complex_field(r"EQ \f(1,2)"), r"P x" + "\n" + r"- UNSPEAKABLE: \f(1,2)"),
        (complex_field("FORMCHECKBOX", form="<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>") + r(" Yes"), "P ☒ Yes"),
        (
            complex_field(
                "FORMDROPDOWN",
                form='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="tea"/><w:listEntry w:val="milk"/></w:ddList></w:ffData>',
            ),
            "P milk",
        ),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("never ended"), "P never ended"),
        # styles of runs
        (r("seen") + r(" unseen", "<w:vanish/>") + r(" seen"), "P seen seen\n- HIDDEN: unseen"),
        (r("not ", '<w:vanish w:val="0"/>') + r("hidden"), "P not hidden"),
        (r("a", '<w:vertAlign w:val="superscript"/>') + r("b", "<w:b/><w:i/>") + r("c", "<w:dstrike/>"), "P ^a^/*b*/~c~"),
        (r("plain, not bold", '<w:b w:val="false"/>'), "P plain, not bold"),
        # tracked changes
        (
            r("It ") + f"<w:ins>{r('has ')}</w:ins><w:del><w:r><w:delText>had </w:delText></w:r></w:del>" + r("gone"),
            "P It has gone\n- DELETED: had",
        ),
        (f"<w:moveFrom>{r('moved')}</w:moveFrom>{r('here ')}<w:moveTo>{r('moved')}</w:moveTo>", "P here moved\n- DELETED: moved"),
        # signs
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + r(" go"), "P → go"),
        ('<w:r><w:sym w:font="Dingy" w:char="F0E0"/></w:r>' + r("go"), "P go\n- UNSPEAKABLE: Dingy F0E0"),
        (r("\uf061", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "P α"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known co</w:t><w:softHyphen/><w:t>op</w:t></w:r>", "P well-known coop"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "P a b⏎c"),
        ('<w:r><w:t>a</w:t><w:br w:type="page"/></w:r>', "P a"),
        ("<w:r><w:t>a</w:t><w:br/><w:br/><w:t>b</w:t></w:r>", "P a\nP b"),
        # phonetic guides
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "P [東京](reading: とうきょう)",
        ),
        # what stands around runs
        (f"<w:smartTag>{r('a')}</w:smartTag><w:dir w:val='rtl'>{r('b')}</w:dir><w:customXml>{r('c')}</w:customXml>", "P abc"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('chosen')}</w:sdtContent></w:sdt>", "P chosen"),
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>{r('Name')}",
            "P Name\n- NOT_TEXT: Click here",
        ),
        (f"<w:unheard><w:of>{r('kept')}</w:of></w:unheard>", "P kept"),
        (
            versions("<w:unheard/>", r("old")),
            "P old",
        ),
        (
            versions(r("new"), r("new and old")),
            "P new\n- HIDDEN: and old",
        ),
    ],
)  # fmt: skip
def test_text(content: str, expected: str) -> None:
    assert lines(f"<w:p>{content}</w:p>") == expected.split("\n")


def test_links_lead_where_their_relationship_says() -> None:
    out, within = (
        f'<w:hyperlink r:id="r3" w:anchor="x">{r("out")}</w:hyperlink>',
        f'<w:hyperlink w:anchor="x">{r("in")}</w:hyperlink>',
    )
    body = f"<w:p>{out}{r(' and ')}{within}</w:p>"
    found = lines(body, relations=(("hyperlink", "https://example.org/a"),))
    assert found == ["P [out](link: https://example.org/a#x) and in"]


STYLES = (
    '<w:style w:type="character" w:styleId="Loud"><w:name w:val="Loud"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Louder"><w:name w:val="Louder"/><w:basedOn w:val="Loud"/></w:style>'
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="HTMLCode"><w:name w:val="HTML Code"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Aside"><w:name w:val="Aside"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Notes"><w:name w:val="Notes"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("a", run='<w:rStyle w:val="Louder"/>'), "P *a*"),
        (p("a", "Aside"), "P *a*"),
        (p("a", "Aside", '<w:rStyle w:val="Louder"/>'), "P a"),  # toggled
        (p("seen") + p("unseen", "Notes"), "P seen\n- HIDDEN: unseen"),
        (p("seen") + p("unseen", run='<w:rStyle w:val="Secret"/>'), "P seen\n- HIDDEN: unseen"),
        (p("seen", "Notes", '<w:rStyle w:val="Secret"/>'), "P seen"),
        (p("x=1", run='<w:rStyle w:val="HTMLCode"/>'), "P `x=1`"),
    ],
)
def test_styles_of_runs_and_of_paragraphs(body: str, expected: str) -> None:
    assert lines(body, styles=STYLES) == expected.split("\n")


def test_paragraphs_that_are_one_to_a_reader() -> None:
    body = (
        p("O", properties='<w:framePr w:dropCap="drop"/>')
        + p("nce upon a time.")
        + p("Two", properties="<w:rPr><w:del/></w:rPr>")
        + p("in one.")
        + p("The end", properties="<w:rPr><w:del/></w:rPr>")
    )
    assert lines(body) == ["P Once upon a time.", "P Two in one.", "P The end"]


NOTES = (
    f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="7">{p("First.")}</w:footnote><w:footnote w:id="5">{p("Starred.")}</w:footnote>'
    f'<w:footnote w:id="3">{p("Second.")}{p("In two parts.")}</w:footnote><w:footnote w:id="9">{p("Orphan.")}</w:footnote></w:footnotes>'
)


def test_notes_are_numbered_as_they_are_referred_to() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'.format
    starred = '<w:r><w:footnoteReference w:id="5" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    body = f"<w:p>{r('One')}{reference(7)}{r(', star')}{starred}{r(', two')}{reference(3)}{r(', none')}{reference(44)}</w:p>"
    found = lines(
        body + "<w:p><w:del><w:r><w:footnoteReference w:id='9'/></w:r></w:del></w:p>",
        more={"word/footnotes.xml": NOTES},
    )
    assert found == [
        "P One[^1^](note: footnote-7), star[^*^](note: footnote-5), two[^2^](note: footnote-3), none[^3^](note: footnote-44)",
        "NOTE footnote-7 (1)",
        "    P First.",
        "NOTE footnote-5 (*)",
        "    P Starred.",
        "NOTE footnote-3 (2)",
        "    P Second.",
        "    P In two parts.",
        "- HIDDEN: Orphan.",
    ]


def test_endnotes_have_roman_numerals_unless_the_settings_say_otherwise() -> None:
    body = '<w:p><w:r><w:t>a</w:t><w:endnoteReference w:id="1"/></w:r></w:p>'
    notes = f'<w:endnotes {NAMESPACES}><w:endnote w:id="1">{p("At the end.")}</w:endnote></w:endnotes>'
    settings = f'<w:settings {NAMESPACES}><w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr></w:settings>'
    relations = (("endnotes", "endnotes.xml"), ("settings", "settings.xml"))
    first = lines(body, more={"word/endnotes.xml": notes}, relations=relations)
    second = lines(body, more={"word/endnotes.xml": notes, "word/settings.xml": settings}, relations=relations)
    assert (first[1], second[1]) == ("NOTE endnote-1 (i)", "NOTE endnote-1 (1)")


CONTENTS = [
    # a field over several paragraphs
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Fares\t1") + "</w:p>"
    + f"<w:p>{r('Hours')}<w:r><w:tab/></w:r>{complex_field('PAGEREF _1', r('2'))}</w:p>"
    + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    # paragraphs in the styles of a list of contents
    p("Fares 1", "TOC1") + p("Hours 2", "Verzeichnis2"),
    # a content control
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    + p("Fares 1") + p("Hours 2") + "</w:sdtContent></w:sdt>",
]  # fmt: skip


@pytest.mark.parametrize("contents", CONTENTS)
@pytest.mark.parametrize("head", ["", "heading1"])
def test_lists_of_contents_are_navigation(contents: str, head: str) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Verzeichnis2"><w:name w:val="toc 2"/></w:style>'
    )
    body = p("Contents", head) + contents + p("Fares", "heading1") + p("A coin for the keeper.")
    assert lines(body, styles=styles) == [
        "H2 Fares",
        "P A coin for the keeper.",
        "- BOILERPLATE: Contents",
        "Fares 1",
        "Hours 2",
    ]


def test_a_list_of_contents_that_never_ends_does_not_swallow_the_text() -> None:
    begin = CONTENTS[0].replace('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>', "")
    text = "The keeper walked along the wall with a lamp in his hand, counting the boats. " * 3
    found = lines(begin + p("Fares", "heading1") + p("Short.") + p(text))
    assert found == ["H2 Fares", "P Short.", f"P {text.strip()}", "- BOILERPLATE: Fares 1", "Hours 2"]


def test_text_between_paragraphs_is_read() -> None:
    body = (
        f"{p('one')}<w:r><w:t>loose</w:t></w:r><w:ins>{p('two')}</w:ins><w:del>{p('gone')}</w:del>"
        f"{versions(p('three'), p('three or so'))}<w:bookmarkStart/>"
    )
    assert lines(body) == ["P one", "P loose", "P two", "P three", "- DELETED: gone", "- HIDDEN: or so"]


def test_what_waits_for_the_next_paragraph_stays_in_its_cell() -> None:
    cells = "".join(
        f"<w:tc>{each}</w:tc>" for each in (p("Contents"), p("O", properties='<w:framePr w:dropCap="drop"/>'))
    )
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    assert lines(table + p("end")) == ["TABLE", "  Contents | O", "  Contents | O", "P end"]


@pytest.mark.parametrize(
    ("name", "content", "kind", "expected"),
    [
        ("c.html", "<h2>Inner</h2><p>From a page.</p>", "text/html", ["H2 Inner | h2", "P From a page."]),
        ("c.txt", "From a text.", "text/plain", ["P From a text."]),
        (
            "c.mht",
            "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>From a mail.</p>\n--b--\n",
            "message/rfc822",
            ["P From a mail."],
        ),
        ("c.rtf", "{\\rtf1 unread}", "application/rtf", ["- NOT_TEXT: word/c.rtf (application/rtf)"]),
    ],
)
def test_files_within_the_file_are_read_or_named(name: str, content: str, kind: str, expected: list[str]) -> None:
    types = (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/{name}" ContentType="{kind}"/></Types>'
    )
    more = {f"word/{name}": content, "[Content_Types].xml": types}
    found = lines(p("before") + '<w:altChunk r:id="r3"/>' + p("after"), more=more, relations=(("aFChunk", name),))
    left = [line for line in expected if line.startswith("- ")]
    assert found == ["P before", *(line for line in expected if line not in left), "P after", *left]


def test_white_space_of_program_text_is_kept() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="HTML Preformatted"/></w:style>'
    found = lines(p("def f():", "Code") + p("    return 1", "Code") + p("Text."), styles=styles)
    assert found == ["CODE", "  def f():", "      return 1", "P Text."]


def test_sizes_are_told_against_the_usual_one() -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
    found = document(p("Large", run='<w:sz w:val="36"/>') + p("Usual."), styles=styles).blocks
    assert [block.origin.font_percent for block in found if isinstance(block, Paragraph)] == [150, 100]
