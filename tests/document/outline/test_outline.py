"""What becomes of a document: titles, headings of every kind, what is no heading, levels, splitting."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import (
    Document,
    Figure,
    Heading,
    ListBlock,
    Metadata,
    Origin,
    Paragraph,
    Quote,
    Reason,
    Span,
    plain,
)
from chaptercast.document.outline import headings, outline

PROSE = (
    "The ferry leaves at seven, and those who are late wait for the one at nine. Nobody has ever complained about it."
)
P = Origin("p")


def text(words: str, **origin) -> Paragraph:
    return Paragraph((Span(words),), origin=Origin(**{"tag": "p", **origin}))


def bold(words: str, **origin) -> Paragraph:
    return Paragraph((Span(words, strong=True),), origin=Origin(**{"tag": "p", **origin}))


def h(level: int, words: str, **origin) -> Heading:
    return Heading((Span(words),), level, origin=Origin(**{"tag": f"h{level}", **origin}))


def document(*blocks, title: str = "The title", page_title: str = "") -> Document:
    return Document(Metadata(title=title, page_title=page_title), blocks, LanguageTag("en"))


def found(*blocks, **metadata) -> list[tuple[int, str]]:
    return [(x.level, plain(x.inlines)) for x in headings(outline(document(*blocks, **metadata)))]


def sections(*lines) -> list:
    """Each line before a paragraph of prose, after a lead."""
    return [text(PROSE), *(block for line in lines for block in (line, text(PROSE)))]


class TestTitle:
    def test_h1_alone_is_the_title_and_no_block(self):
        made = outline(document(h(1, "On ferries"), text(PROSE), title=""))
        assert made.metadata.title == "On ferries"
        assert [type(b) for b in made.blocks] == [Paragraph]
        assert made.left_out == ()

    def test_h1_that_repeats_the_metadata_is_said_once(self):
        made = outline(document(h(1, "The Title!"), *sections(h(2, "One"))))
        assert made.metadata.title == "The title"
        assert [(o.text, o.reason) for o in made.left_out] == [("The Title!", Reason.REPEATED)]
        assert [(x.level, plain(x.inlines)) for x in headings(made)] == [(2, "One")]

    def test_any_first_heading_that_repeats_it_is_said_once(self):
        assert found(h(2, "The title"), *sections(h(2, "One"), h(2, "Two"))) == [(2, "One"), (2, "Two")]

    def test_h1_sections_under_a_title_are_level_2(self):
        blocks = sections(h(1, "One"), h(2, "Part"), h(1, "Two"))
        assert found(*blocks) == [(2, "One"), (3, "Part"), (2, "Two")]

    def test_page_title_names_the_heading_that_is_the_title(self):
        blocks = [h(1, "The Gazette", classes=("logo",)), h(2, "On ferries"), *sections(h(3, "One"))]
        made = outline(document(*blocks, title="", page_title="On ferries | The Gazette"))
        assert made.metadata.title == "On ferries"
        assert [plain(x.inlines) for x in headings(made)] == ["One"]
        assert [o.reason for o in made.left_out] == [Reason.BOILERPLATE]

    def test_name_of_the_site_is_taken_off_a_page_title(self):
        assert outline(document(text(PROSE), title="", page_title="On ferries | The Gazette")).title == "On ferries"

    def test_largest_type_before_the_text(self):
        blocks = [
            text("On ferries", font_percent=200),
            *sections(bold("One", font_percent=140), bold("Two", font_percent=140)),
        ]
        made = outline(document(*blocks, title="", page_title="Document 3"))
        assert made.metadata.title == "On ferries"
        assert len(headings(made)) == 2

    def test_first_line_of_plain_text(self):
        blocks = [text("On ferries\nA leaflet", tag=""), text(PROSE, tag=""), text(PROSE, tag="")]
        made = outline(document(*blocks, title=""))
        assert made.metadata.title == "On ferries"
        assert plain(made.blocks[0].inlines) == "A leaflet"

    def test_plain_text_without_a_title(self):
        assert (
            outline(document(text("Dear all,", tag=""), text(PROSE, tag=""), text(PROSE, tag=""), title="")).title == ""
        )

    def test_underscores_of_a_file_name_are_quotation_marks(self):
        assert outline(document(text(PROSE), title="城市的_深夜实验_")).title == "城市的“深夜实验”"
        assert outline(document(text(PROSE), title="my_file_name")).title == "my_file_name"

    def test_another_wording_beside_the_title_is_text(self):
        made = outline(document(h(1, "All about ferries"), *sections(h(2, "One"), h(2, "Two"))))
        assert [x.level for x in headings(made)] == [2, 2]
        assert isinstance(made.blocks[0], Paragraph)


class TestLooks:
    @pytest.mark.parametrize(
        "lines",
        [
            (bold("Getting on"), bold("Getting off")),
            (bold("Getting on:"), bold("Getting off:")),
            (bold("◆ Getting on"), bold("◆ Getting off")),
            (bold("【Getting on】"), bold("【Getting off】")),
            (text("Getting on", classes=("zk_h3",)), text("Getting off", classes=("zk_h3",))),
            (text("Getting on", font_percent=130), text("Getting off", font_percent=130)),
            (text("Getting on", underline="-"), text("Getting off", underline="-")),
            (text("Getting on", tag="summary"), text("Getting off", tag="summary")),
            (text("Getting on", classes=("section-subtitle",)), text("Getting off", classes=("section-subtitle",))),
        ],
    )
    def test_marks_go_and_words_stay(self, lines):
        assert found(*sections(*lines)) == [(2, "Getting on"), (2, "Getting off")]

    def test_numbering_and_questions_stay(self):
        lines = (bold("1. Getting on"), bold("2. Getting off?"), bold("3. Mind the gap!"))
        assert [t for _, t in found(*sections(*lines))] == ["1. Getting on", "2. Getting off?", "3. Mind the gap!"]

    def test_capitals(self):
        assert found(*sections(text("GETTING ON"), text("GETTING OFF"))) == [(2, "GETTING ON"), (2, "GETTING OFF")]

    def test_full_stop_outside_the_bold_of_a_series(self):
        lines = [
            Paragraph((Span("■ "), Span(w, strong=True), Span("。")), origin=P) for w in ("灯光要分区", "值守要有人")
        ]
        assert [t for _, t in found(*sections(*lines))] == ["灯光要分区", "值守要有人"]

    def test_bold_line_before_a_break_heads_its_paragraph(self):
        lines = [Paragraph((Span(w, strong=True), Span("\n" + PROSE)), origin=P) for w in ("At the stop", "On board")]
        made = outline(document(*lines))
        assert [type(b) for b in made.blocks] == [Heading, Paragraph, Heading, Paragraph]
        assert plain(made.blocks[1].inlines) == PROSE

    def test_number_alone_and_the_line_below_are_one(self):
        blocks = [text(PROSE), h(2, "01"), bold("At the stop"), text(PROSE), h(2, "02"), text("On board"), text(PROSE)]
        assert found(*blocks) == [(2, "01 At the stop"), (2, "02 On board")]

    def test_number_alone_before_text_stays_alone(self):
        assert found(h(2, "1"), text(PROSE), h(2, "2"), text(PROSE)) == [(2, "1"), (2, "2")]

    def test_claims_with_parallel_answers(self):
        pairs = [
            b for w in ("Bread molds faster in boxes", "Rice must be rinsed") for b in (text(w), text("Fact: " + PROSE))
        ]
        assert found(text(PROSE), *pairs) == [(2, "Bread molds faster in boxes"), (2, "Rice must be rinsed")]

    def test_plain_lines_that_open_series(self):
        lines = [text("Before the ferry"), bold("◆ One"), text(PROSE), bold("◆ Two"), text(PROSE)]
        more = [text("After the ferry"), bold("◆ Three"), text(PROSE), bold("◆ Four"), text(PROSE)]
        assert [level for level, _ in found(text(PROSE), *lines, *more)] == [2, 3, 3, 2, 3, 3]

    def test_short_lines_between_plain_paragraphs_when_nothing_else_is_a_heading(self):
        lines = [text(w, tag="") for w in ("Getting on", "Getting off", "Getting home")]
        assert len(found(*sections(*lines))) == 3
        assert found(*sections(*lines[:2])) == []

    def test_list_of_one_item_between_paragraphs(self):
        lines = [ListBlock(((bold(w),),), ordered=True, start=n) for n, w in ((1, "Getting on"), (2, "Getting off"))]
        assert found(*sections(*lines)) == [(2, "1. Getting on"), (2, "2. Getting off")]

    def test_list_whose_items_begin_with_headings(self):
        items = ((h(3, "Getting on"), text(PROSE)), (h(3, "Getting off"), text(PROSE)))
        assert found(ListBlock(items, ordered=True)) == [(2, "1. Getting on"), (2, "2. Getting off")]

    def test_what_is_usual_is_no_sign(self):
        assert found(*[bold(PROSE), bold("A short line"), bold(PROSE), bold("Another one"), bold(PROSE)]) == []


HEADINGS = (bold("Getting on"), bold("Getting off"), bold("Getting home"))


class TestTraps:
    @pytest.mark.parametrize(
        "line",
        [
            bold("Never stand at the edge."),
            Paragraph((Span("Nobody complains", strong=True), Span(".")), origin=P),
            bold("Hold on tight!"),
            bold("By Ann Other"),
            bold("Photographs: the author"),
            bold("采访整理：季秋白"),
            bold("“We only ever wait for the fog”"),
            bold("Note: the gate closes early"),
            bold("2 April 2022"),
            bold("Tags: ferries, fog"),
            bold("(first printed in the Gazette)"),
            bold("Contents"),
            Paragraph((Span("Book a ticket", strong=True, link="/book"),), origin=P),
            bold("The Marigold in fog", classes=("img-caption",)),
            bold("A walk through the fog", classes=("standfirst",)),
            bold("The fog lifts", context=("blockquote",)),
            bold("Foghorn", tag="dt"),
            text("The Marigold in fog", after_image=True),
            text("And then?"),
            text("三月的最后一个晚上，灯亮了，"),
            Paragraph((Span("Getting on", strong=True), Span(" is easy")), origin=P),
        ],
    )
    def test_what_is_no_heading_among_headings(self, line):
        blocks = sections(*HEADINGS[:2], line, HEADINGS[2])
        assert found(*blocks) == [(2, "Getting on"), (2, "Getting off"), (2, "Getting home")]

    def test_bold_line_alone_in_an_article_is_emphasis(self):
        assert found(text(PROSE), text(PROSE), bold("Nobody came"), text(PROSE)) == []

    def test_lines_in_a_row_are_a_list(self):
        assert found(text(PROSE), bold("Torch"), bold("Whistle"), bold("Biscuits"), text(PROSE)) == []

    def test_list_of_contents(self):
        lines = ["1 Getting on", "2 Getting off", "3 Getting home"]
        made = found(*[text(w) for w in lines], *sections(*[text(w) for w in lines]))
        assert [w for _, w in made] == lines

    def test_what_heads_nothing(self):
        assert found(*sections(*HEADINGS), bold("Ann Other, chair")) == found(*sections(*HEADINGS))
        assert found(*sections(*HEADINGS), text("LONG ACRE SOCIETY"), text("Secretary")) == found(*sections(*HEADINGS))

    def test_deck_before_a_byline(self):
        blocks = [bold("All about the fog"), bold("By Ann Other"), *sections(*HEADINGS)]
        assert found(*blocks) == found(*sections(*HEADINGS))

    def test_poem_in_bold(self):
        lines = Paragraph((Span("A gull\nA rope\nA wave", strong=True),), origin=P)
        assert found(text(PROSE), lines, text(PROSE), lines, text(PROSE)) == []

    def test_deck_and_one_bold_line_are_no_series(self):
        assert found(bold("All about the fog"), text(PROSE), text(PROSE), bold("Nobody came"), text(PROSE)) == []

    def test_turns_of_an_interview(self):
        turns = []
        for question in ("how long?", "why here?"):
            turns.append(Paragraph((Span("Reporter: " + question, strong=True),), origin=P))
            turns.append(Paragraph((Span("Ann:", strong=True), Span(" " + PROSE)), origin=P))
        turns.append(Paragraph((Span("Reporter:", strong=True), Span(" And now?")), origin=P))
        assert found(text(PROSE), *turns, text(PROSE)) == []

    def test_lines_that_only_are_bold_beside_a_series_that_is_more(self):
        series = [bold("◆ Getting on"), bold("◆ Getting off")]
        assert [w for _, w in found(*sections(*series, bold("Nobody ever complains")))] == ["Getting on", "Getting off"]


class TestMarkedBySource:
    @pytest.mark.parametrize(
        "line",
        [
            h(4, "Text: Ann Other"),
            h(5, "By Ann Other"),
            h(3, "The Marigold in fog", context=("figure",)),
            h(3, "“We only ever wait.”"),
            h(3, "Tags: fog, ferries"),
            h(3, "2 April 2022"),
            h(2, "Contents"),
            h(4, "Photo: the Marigold"),
            h(2, PROSE + " " + PROSE),
        ],
    )
    def test_heading_tags_for_something_else_become_text(self, line):
        blocks = sections(h(2, "Getting on"), line, h(2, "Getting off"))
        made = outline(document(*blocks))
        assert [plain(x.inlines) for x in headings(made)] == ["Getting on", "Getting off"]
        assert any(isinstance(b, Paragraph) and b.inlines == line.inlines for b in made.blocks)

    @pytest.mark.parametrize("name", ["Related articles", "About the author", "Newsletter", "Contact us"])
    def test_a_heading_that_has_text_is_one_whatever_it_says(self, name):
        made = outline(document(*sections(h(2, "Getting on"), h(2, name), h(2, "Getting off"))))
        assert [plain(x.inlines) for x in headings(made)] == ["Getting on", name, "Getting off"]
        empty = outline(document(*sections(h(2, "Getting on")), h(2, name), h(2, "Getting off"), text(PROSE)))
        assert [plain(x.inlines) for x in headings(empty)] == ["Getting on", "Getting off"]

    def test_a_section_is_one_though_it_is_called_like_the_whole(self):
        blocks = sections(h(1, "Part one"), h(1, "The bridge"), h(1, "Part three"))
        made = outline(document(*blocks, title="The bridge"))
        assert [plain(x.inlines) for x in headings(made)] == ["Part one", "The bridge", "Part three"]
        assert made.title == "The bridge"

    def test_the_title_of_front_matter_stays_whole(self):
        made = outline(document(*sections(h(2, "Overview"), h(2, "Water")), title="Cooking rice - Overview"))
        assert made.title == "Cooking rice - Overview"
        assert [plain(x.inlines) for x in headings(made)] == ["Overview", "Water"]

    def test_empty_tags_are_dropped(self):
        assert found(h(2, " "), *sections(h(2, "Getting on"))) == [(2, "Getting on")]

    def test_levels_close_up(self):
        blocks = sections(h(2, "A"), h(4, "a"), h(4, "b"), h(2, "B"), h(5, "c"), h(3, "d"))
        assert [level for level, _ in found(*blocks)] == [2, 3, 3, 2, 3, 3]

    def test_first_heading_is_level_2_whatever_its_tag(self):
        assert found(*sections(h(4, "A"), h(4, "B"))) == [(2, "A"), (2, "B")]

    def test_confidence_is_full(self):
        made = headings(outline(document(*sections(h(2, "A")))))
        assert (made[0].confidence, made[0].evidence) == (1.0, ("marked by the source",))


class TestLevels:
    def levels(self, *lines) -> list[int]:
        return [level for level, _ in found(*sections(*lines))]

    def test_families_of_numbering(self):
        lines = [bold(w) for w in ("一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "（二）己")]
        assert self.levels(*lines) == [2, 3, 3, 2, 3, 3]

    def test_a_family_that_counts_on_over_another_holds_it(self):
        lines = [bold(w) for w in ("1. A", "I. a", "II. b", "2. B", "I. c", "3. C")]
        assert self.levels(*lines) == [2, 3, 3, 2, 3, 2]

    def test_decimal_numbers(self):
        lines = [text(w) for w in ("1 A", "1.1 a", "1.2 b", "2 B", "2.1 c", "2.2 d")]
        assert self.levels(*lines) == [2, 3, 3, 2, 3, 3]

    def test_sizes(self):
        sizes = (150, 120, 120, 150)
        assert self.levels(*[bold(f"Line {n}", font_percent=s) for n, s in zip("abcd", sizes, strict=True)]) == [
            2,
            3,
            3,
            2,
        ]

    def test_opening_and_conclusion_are_sisters_of_a_numbered_series(self):
        lines = [bold(w) for w in ("What you need", "Step 1: Boil", "Step 2: Stir", "In the end")]
        assert self.levels(*lines) == [2, 2, 2, 2]

    def test_bold_lines_below_headings_of_the_source(self):
        assert self.levels(h(2, "A"), bold("One"), bold("Two"), bold("Three"), h(2, "B")) == [2, 3, 3, 3, 2]

    def test_questions_below_their_group(self):
        lines = (h(2, "A"), text("Why?", tag="dt"), text("How?", tag="summary"), h(2, "B"))
        assert self.levels(*lines) == [2, 3, 3, 2]


def test_evidence_names_rules_with_their_weights():
    heading = headings(outline(document(*sections(*HEADINGS))))[0]
    assert "bold +2.4" in heading.evidence
    assert 0.5 < heading.confidence < 1


def test_documents_without_any_text():
    assert outline(document(title="")).blocks == ()
    assert headings(outline(document(Figure("A boat"), Quote((text(PROSE),)), title=""))) == ()


def test_a_marked_heading_right_below_its_sections_heading_stays_one():
    blocks = (h(1, "T"), h(2, "Part one"), h(3, "Light"), text(PROSE), h(3, "Dark"), text(PROSE))
    assert [(b.level, plain(b.inlines)) for b in headings(outline(document(*blocks, title="")))] == [
        (2, "Part one"),
        (3, "Light"),
        (3, "Dark"),
    ]


def test_centred_lines_of_a_text_that_is_centred_are_no_headings():
    lines = [text(f"Mist lies over the {place}", centred=True) for place in ("camp", "river", "hill", "road")]
    maples = "The leaves of the maples came down with the rain, and we went on between them to the other bank of the"
    verses = [
        block for line in lines for block in (line, text(f"{maples} {plain(line.inlines)}, as before,", centred=True))
    ]
    assert found(text(PROSE), *verses) == []
    assert len(found(*sections(*lines))) == 4


@pytest.mark.parametrize(("language", "sentence"), [("ko", "모두 잤다."), ("ar", "كلهم نام."), ("he", "כולם ישנו.")])
def test_a_short_sentence_in_a_script_without_capitals_is_no_name(language: str, sentence: str) -> None:
    """As a name it would make its heading a line about the author."""
    blocks = (h(2, "The night"), text(sentence), h(2, "The morning"), text(PROSE))
    kept = headings(outline(Document(Metadata(title="The title"), blocks, LanguageTag(language))))
    assert [plain(heading.inlines) for heading in kept] == ["The night", "The morning"]
