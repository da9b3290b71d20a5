"""What Markdown has in the programs that people write it for: heard as its author meant it, and what is no text is named."""

import pytest
from tests.document.dump import dump
from tests.document.listening import chapters, heard, named

from chaptercast.document.read import read_bytes


def said(source: str) -> str:
    return " ".join(heard(source.encode(), "x.md"))


def left_out(source: str) -> list[tuple[str, str]]:
    return named(source.encode(), "x.md")


def document(source: str) -> str:
    return dump(read_bytes(source.encode(), name="x.md").blocks)


class TestObsidian:
    NOTE = """# Notes

The tide is ==never late==, says [[Harbour book|the old book]], and so does [[Timetable]]. %%ask Finch%%

![[pier.png]]

![[Another note#Part]]

> [!tip] Look twice
> Bring a lamp.

> [!warning]-
> Mind the steps.

The clock is right again. ^clock-1
"""

    def test_marks_links_and_callouts_are_read(self):
        assert said(self.NOTE) == (
            "Notes The tide is never late, says the old book, and so does Timetable. "
            "Tip. Look twice. Bring a lamp. Warning. Mind the steps. The clock is right again."
        )

    def test_remarks_embeds_and_names_of_blocks_are_named(self):
        assert left_out(self.NOTE) == [
            ("%%ask Finch%%", "REMARK"),
            ("![[pier.png]]", "NO_ALT"),
            ("![[Another note#Part]]", "EMBED"),
            ("^clock-1", "DIRECTIVE"),
        ]

    def test_a_link_without_other_words_says_the_page_and_the_part(self):
        assert said("See [[Boats/Ferry#At night]] and [[#Fares]].") == "See Ferry, At night and Fares."

    def test_an_image_with_words_has_them(self):
        assert "FIGURE A hill at dusk" in document("![[hill.png|A hill at dusk]]\n\ntext ![[b.png|200]]")

    def test_a_remark_may_be_several_paragraphs(self):
        source = "One.\n\n%%\nfirst\n\nsecond\n%%\n\nTwo."
        assert said(source) == "One. Two."
        assert left_out(source) == [("%% first second %%", "REMARK")]

    def test_a_link_in_a_table_has_its_bar_escaped(self):
        assert "the ferry" in document("| a |\n|---|\n| [[Boats\\|the ferry]] |")
        assert "Boats" not in document("| a |\n|---|\n| [[Boats\\|the ferry]] |")

    @pytest.mark.parametrize("source", ["`[[a|b]]` and `==x==`", "x[[1]] is the first", "[[1]](http://a.example)"])
    def test_what_only_looks_like_it_stays(self, source: str):
        assert left_out(source) == []
        assert "b" in said(source) or "1" in document(source)


class TestAttributes:
    def test_of_headings_are_no_text(self):
        source = "# Lamp\n\n## Use {#use}\n\nText one.\n\n## Care ## {.unnumbered #care}\n\nText two.\n\n## Rest {-}\n\nText three."
        assert chapters(source.encode(), "x.md") == [(2, "Use"), (2, "Care"), (2, "Rest")]
        assert [text for text, _ in left_out(source)] == ["{#use}", "{.unnumbered #care}", "{-}"]

    def test_of_spans_images_and_paragraphs(self):
        source = 'A [small]{.smallcaps} boat, `code`{.r}, ![a pier](p.png){width=50% fig-alt="the pier"}.\n{: .lead}\n'
        assert "A small boat" in said(source)
        assert [text for text, _ in left_out(source)] == [
            "{.smallcaps}",
            "{.r}",
            '{width=50% fig-alt="the pier"}',
            "{: .lead}",
        ]

    def test_other_braces_are_the_authors(self):
        assert "{name}" in document("Write {name} here, and {a, b}.")


class TestTemplates:
    def test_of_jekyll(self):
        source = (
            "---\ntitle: Tides\n---\n{% include toc.html %}\n\nText one.\n{: .note}\n\nSee [two]({{ site.url }}/x).\n"
        )
        assert said(source) == "Tides Text one. See two."
        assert left_out(source) == [("{% include toc.html %}", "DIRECTIVE"), ("{: .note}", "DIRECTIVE")]

    def test_of_hugo(self):
        source = 'One.\n\n{{< youtube id="x" >}}\n\n{{% notice tip %}}\nTwo.\n{{% /notice %}}\n\n[three]({{< ref "a b" >}})\n'
        assert said(source) == "One. Two. three"
        assert [text for text, _ in left_out(source)] == [
            '{{< youtube id="x" >}}',
            "{{% notice tip %}}",
            "{{% /notice %}}",
        ]

    def test_a_picture_that_one_shows_has_its_words(self):
        source = '{{< figure src="a.jpg" alt="A hill" caption="Seen from the pier" >}}'
        assert "FIGURE A hill" in document(source)
        assert "Seen from the pier" in document(source)

    def test_program_text_between_tags_is_program_text(self):
        assert document("{% highlight ruby %}\nputs {{ x }}\n{% endhighlight %}") == "CODE ruby\n  puts {{ x }}"

    def test_in_program_text_they_are_part_of_it(self):
        assert document("```\n{{ x }} {% y %}\n```") == "CODE\n  {{ x }} {% y %}"
        assert "`{{ x }}`" in document("Write `{{ x }}` there, between `{{` and `}}`.")

    def test_comments_are_remarks(self):
        assert left_out("a {% comment %}b{% endcomment %} c {# d #} e {{/* f */}}") == [
            ("{% comment %}b{% endcomment %}", "REMARK"),
            ("{# d #}", "REMARK"),
            ("{{/* f */}}", "REMARK"),
        ]


class TestBoxes:
    @pytest.mark.parametrize(
        "source",
        [
            "> [!NOTE]\n> Bring water.",
            "::: note\nBring water.\n:::",
            ":::note\n\nBring water.\n\n:::",
            "::: {.callout-note}\nBring water.\n:::",
            "!!! note\n    Bring water.",
            "??? note\n\n    Bring water.",
            "```{note}\nBring water.\n```",
        ],
    )
    def test_the_kind_is_said_before_the_text(self, source: str):
        assert said(source) == "Note. Bring water."

    @pytest.mark.parametrize(
        "source",
        [
            "> [!note] At night\n> Bring water.",
            "::: note At night\nBring water.\n:::",
            ":::note[At night]\nBring water.\n:::",
            '::: {.callout-note title="At night"}\nBring water.\n:::',
            "::: {.callout-note}\n## At night\n\nBring water.\n:::",
            '!!! note "At night"\n    Bring water.',
            "```{note} At night\n:class: x\nBring water.\n```",
        ],
    )
    def test_and_so_is_the_title(self, source: str):
        assert said(source) == "Note. At night. Bring water."
        assert chapters(source.encode(), "x.md") == []

    def test_what_only_arranges_a_page_is_named(self):
        source = "::::: {.columns}\n::: {.column width=50%}\nLeft.\n:::\n:::::\n\nBelow."
        assert said(source) == "Left. Below."
        assert [text for text, _ in left_out(source)] == ["::::: {.columns}", "::: {.column width=50%}"]

    def test_tabs_have_their_names(self):
        assert said('=== "Linux"\n\n    Use it.\n\n=== "Other"\n\n    Wait.\n') == "Linux Use it. Other Wait."


class TestMathematics:
    def test_between_dollars(self):
        source = "The sum $a + b$ of $$c = d$$ and $`e_1`$, \\(f^2\\)."
        assert document(source) == "P The sum $a + b$ of $c = d$ and $e_1$, $f^2$. | p"

    def test_on_lines_of_its_own(self):
        assert (
            document("Text\n$$\nx = 1\n$$\n\n\\begin{equation}\ny\n\\end{equation}")
            == "P Text | p\nP $x = 1$ | p\nP $y$ | p"
        )

    @pytest.mark.parametrize(
        "source",
        [
            "It costs $5 and then $10.",
            "US$5 or A$6",
            "from $20,000 to $30,000 a year",
            "$HOME and $PATH",
            "5$ or 6$",
            r"\$a\$",
        ],
    )
    def test_money_and_names_are_none(self, source: str):
        assert document(source).count("$") == source.count("$")


class TestMarkup:
    def test_names_that_are_no_elements_are_read(self):
        assert "Press <Enter> to go on, then type <name> and <your city>." in document(
            "Press <Enter> to go on, then type <name> and <your city>."
        )

    @pytest.mark.parametrize("name", ["style", "script", "title", "textarea", "iframe", "video", "select"])
    def test_an_element_that_is_only_mentioned_swallows_nothing(self, name: str):
        source = f"# Changes\n\n- Fix <{name}> in pictures\n- Show the tides\n\n<{name}> is gone.\n\nThe end."
        assert "Show the tides" in said(source)
        assert "The end." in said(source)
        assert f"<{name}>" in document(source)

    def test_a_comment_that_is_never_closed_swallows_nothing(self):
        assert "The end." in said("# a\n\n<!-- open\n\nText.\n\nThe end.")

    def test_comments_are_named(self):
        assert left_out("One <!-- two --> three.\n\n<!-- four\n\nfive -->\n\n[//]: # (six)\n") == [
            ("two", "REMARK"),
            ("four five", "REMARK"),
            ("six", "REMARK"),
        ]

    def test_mdx(self):
        source = (
            'import {Chart} from "../chart.js"\nexport const year = 2018\n\n# Snowfall\n\nIn {props.year} it fell.\n\n'
            '<Tabs groupId="x">\n<TabItem value="a" label="Apple">\n\nRed *fruit*.\n\n</TabItem>\n</Tabs>\n\n'
            '<Chart color="#fcb32c" data={{a: 1}} />\n\n{/* a remark */}\n\n<Side.Bar>Pear</Side.Bar>\n\n'
            '<div className="note">\n- One\n</div>\n'
        )
        assert said(source) == "Snowfall In it fell. Red fruit. Pear One"
        texts = " ".join(text for text, _ in left_out(source))
        for word in ("chart.js", "2018", "props.year", "groupId", "Apple", "#fcb32c", "remark"):
            assert word in texts

    def test_abbreviations_are_explained(self):
        assert "[HTML](expansion: HyperText)" in document("HTML is old.\n\n*[HTML]: HyperText")


class TestSmallSigns:
    def test_emoji_codes_are_emoji(self):
        assert (
            document("Ship it :tada: at 12:30:45 :no-such-thing: :a:b:")
            == "P Ship it 🎉 at 12:30:45 :no-such-thing: :a:b: | p"
        )

    def test_raised_and_lowered(self):
        assert document("H~2~O is 10 m^2^, and ~~gone~~.") == "P H_2_O is 10 m^2^, and ~gone~. | p"

    def test_tasks(self):
        source = "- [x] Oil the lamp\n- [ ] Wind the clock\n"
        assert "Oil the lamp" in said(source)
        assert [text for text, _ in left_out(source)] == ["[x]", "[ ]"]

    def test_citations_and_the_place_of_contents_are_named(self):
        source = "# Tides\n\n[TOC]\n\nThey rise [see @finch2001, p. 3; @lee].\n\n* TOC\n{:toc}\n"
        assert said(source) == "Tides They rise."
        assert [text for text, _ in left_out(source)] == ["[TOC]", "[see @finch2001, p. 3; @lee]", "TOC {:toc}"]

    def test_editors_marks(self):
        source = "A {++new++}{--old--} boat {~~big~>small~~} {>>why?<<} {==here==}."
        assert said(source) == "A new boat small here."
        assert left_out(source) == [("{--old--}", "DELETED"), ("big", "DELETED"), ("{>>why?<<}", "REMARK")]

    def test_words_parted_at_the_end_of_a_line_are_one(self):
        source = "# A\n\nWe call it nega-\ntive, and partic-\nularly a well-\nknown under-\nstanding."
        assert "negative, and particularly a well-known understanding" in said(source)

    def test_grid_tables(self):
        source = "+------+-------+\n| Boat | Price |\n+======+=======+\n| The  | 5     |\n| Gull |       |\n+------+-------+\n"
        assert document(source) == "TABLE\n  #Boat | #Price\n  The Gull | 5"

    def test_lines_after_bars_are_lines(self):
        assert document("| The road goes up,\n| the road goes down.\n") == "P The road goes up,⏎the road goes down. | p"


class TestHead:
    def test_of_pandoc(self):
        made = read_bytes(b"% On tides\n% A. Finch; B. Lee\n% 2001\n\nText of it.\n", name="x.md")
        assert (made.metadata.title, made.metadata.author) == ("On tides", "A. Finch, B. Lee")

    @pytest.mark.parametrize(
        "head",
        [
            '---json\n{"title": "Tides", "tags": ["a"]}\n---\n',
            '{\n  "title": "Tides"\n}\n',
            '+++\ntitle = "Tides"\n+++\n',
        ],
    )
    def test_in_json_and_toml(self, head: str):
        made = read_bytes(f"{head}\nText of it.\n".encode(), name="x.md")
        assert made.metadata.title == "Tides"
        assert dump(made.blocks).startswith("P Text of it.")
