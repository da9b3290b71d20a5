"""Kinds of markup that are easily read wrong: what is hidden, drawn, preformatted, noted, or named by a machine."""

from chaptercast.document.block_text import words_of
from chaptercast.document.model import CodeBlock, Document, Heading, Note, Reason, plain
from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes

ONE = (
    "The ferry left before dawn, with nine passengers and a crate of hens, and the captain said that the fog would lift by noon. "
    "It did not, and so the whole day was spent at anchor, listening to bells."
)
TWO = (
    "In the evening somebody found a fiddle, and those who had quarrelled over the last of the soup danced together on the deck, "
    "while the mate kept watch and counted the strokes of a bell that nobody could place."
)


def read(body: str, name: str = "x.html") -> Document:
    source = f"<!DOCTYPE html><html lang=en><head><title>A day at anchor</title></head><body><article>{body}</article></body></html>"
    return outline(read_bytes(source.encode(), name=name))


def chapters(document: Document) -> list[str]:
    return [plain(block.inlines) for block in document.blocks if isinstance(block, Heading)]


def left_out(document: Document, reason: Reason) -> str:
    return " ".join(each.text for each in document.left_out if each.reason is reason)


def test_class_names_of_well_known_style_sheets_hide() -> None:
    document = read(
        f'<h1>A day at anchor</h1><p>{ONE}</p><div class="hide hidden"><p>Log in to see more</p></div><p>{TWO}</p>'
    )
    assert "Log in" not in words_of(document.blocks)
    assert "Log in" in left_out(document, Reason.HIDDEN)


def test_a_drawing_in_two_sizes_is_read_once() -> None:
    style = "@media (max-width: 599px){#wide{display:none}} @media (min-width: 600px){#small{display:none}}"
    labels = "<p>WINTERS</p><p>90</p>"
    drawing = f'<div><style>{style}</style><div id="small">{labels}</div><div id="wide">{labels}</div></div>'
    document = read(f"<h1>A day at anchor</h1><p>{ONE}</p>{drawing}<p>{TWO}</p>")
    assert words_of(document.blocks).count("WINTERS") == 1
    assert chapters(document) == []


def test_what_a_drawing_program_called_a_part_is_no_name() -> None:
    document = read(f"<p>{ONE}</p><figure><svg><title>Fill 1</title><path d='M0 0'/></svg></figure><p>{TWO}</p>")
    assert "Fill" not in words_of(document.blocks)


def test_headings_in_the_items_of_a_list_after_an_image() -> None:
    items = "".join(
        f"<li><a href=v><img src=a.jpg alt=Screen></a><h2>{name}</h2><p>{TWO}</p></li>" for name in ("Fiddle", "Bell")
    )
    assert chapters(read(f"<h1>A day at anchor</h1><p>{ONE}</p><ul>{items}</ul>")) == ["Fiddle", "Bell"]


def test_class_names_made_by_a_machine_say_nothing() -> None:
    lines = ("The captain had a plan:", "The mate had none:", "The hens had theirs:")
    body = "".join(
        f'<p class="hb hc bo hd b he">{line}</p><blockquote><p class="hb">{TWO}</p></blockquote>' for line in lines
    )
    assert chapters(read(f"<h1>A day at anchor</h1><p>{ONE}</p>{body}")) == []


def test_a_terminal_in_a_box_is_no_prose() -> None:
    transcript = (
        "$ tide list harbour\nhigh water at six in the morning\nlow water at noon and nothing else to tell of today\n"
    )
    document = read(
        f'<p>{ONE}</p><div class="highlight-console"><div class="highlight"><pre>{transcript}</pre></div></div><p>{TWO}</p>'
    )
    assert [block.text for block in document.blocks if isinstance(block, CodeBlock)] == [transcript.rstrip("\n")]


def test_a_page_that_is_one_pre_is_text() -> None:
    lines = "\n".join(f"   {n}.  {ONE[:60]}\n   {ONE[60:120]}\n" for n in range(20))
    source = f"<html><head><title>Rules of the ferry</title></head><body><pre>Rules of the ferry\n\n{lines}</pre></body></html>"
    document = read_bytes(source.encode(), name="x.html")
    assert "nine passengers" in words_of(document.blocks)


def test_a_link_to_a_source_is_no_way_back() -> None:
    document = read(
        f'<h1>A day at anchor</h1><p>{ONE}<sup id="cite_ref-a_1-0" class="reference"><a href="#cite_note-a-1">[1]</a></sup></p><p>{TWO}</p>'
        '<ol class="references"><li id="cite_note-a-1"><span class="mw-cite-backlink"><a href="#cite_ref-a_1-0">^</a></span> '
        '<span><a href="#CITEREFOther1999">Other 1999</a>, p. 7.</span></li></ol>'
        '<ul><li id="CITEREFOther1999">Other, Otto. Bells.</li></ul>'
    )
    (note,) = (block for block in document.blocks if isinstance(block, Note))
    assert words_of(note.blocks).strip() == "Other 1999, p. 7."


def test_text_for_readers_without_scripts() -> None:
    shown = read(f"<div><noscript><p>{ONE}</p><p>{TWO}</p></noscript><div class=app></div></div>")
    assert TWO in words_of(shown.blocks)
    told = read(
        f"<p>{ONE}</p><noscript><p>{'Please enable JavaScript to see this page. ' * 8}</p></noscript><p>{TWO}</p>"
    )
    assert "JavaScript" not in words_of(told.blocks)
