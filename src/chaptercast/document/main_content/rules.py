"""The table of rules: features that make it more or less likely that a stretch of text is part of the article.

Weights are logits. Their sum is the log odds that the stretch is part of the article. A stretch is kept while the sum is above `KEEP`,
which is below zero: when in doubt, the text is kept. The weights were fitted by logistic regression to pages whose article is known,
then rounded; each rule had to keep the direction that makes sense. See docs/web-pages.md.
"""

from collections.abc import Callable

from msgspec import Struct

from chaptercast.document.main_content.features import Signs

KEEP = -0.2
"""A stretch is kept from these log odds on."""


class Rule(Struct, frozen=True):
    """One feature that a sighted reader would notice."""

    name: str
    weight: float
    test: Callable[[Signs], bool]


def _prose(s: Signs) -> bool:
    return s.words >= 12 and s.linked < 0.35 and s.sentence


def _plain(s: Signs) -> bool:
    """Returns whether it is neither a heading nor a link nor a sentence."""
    return not (s.level or s.sentence or s.linked >= 0.5)


def _near(s: Signs, *names: str) -> bool:
    return not s.near.isdisjoint(names)


def _far(s: Signs, *names: str) -> bool:
    return not s.far.isdisjoint(names)


def _apart(s: Signs, name: str) -> bool:
    return not s.in_densest and (_near(s, name) or _far(s, name))


def _says(s: Signs, *kinds: str) -> bool:
    return s.words < 40 and not s.says.isdisjoint(kinds)


RULES: tuple[Rule, ...] = (
    Rule("any text", -0.7, lambda _: True),
    # the stretch itself
    Rule("one word", -0.4, lambda s: s.words < 2),
    Rule("two or three words", -0.1, lambda s: 2 <= s.words < 4),
    Rule("a few words", 0.7, lambda s: 4 <= s.words < 8),
    Rule("running text", 0.9, _prose),
    Rule("long running text", 0.5, lambda s: _prose(s) and s.words >= 30),
    Rule("a sentence", 0.2, lambda s: s.sentence and not _prose(s)),
    Rule("ends with a colon", 1.1, lambda s: s.colon and s.words >= 3),
    Rule("without any link", 0.3, lambda s: s.linked == 0),
    Rule("bullet or bars without a list", -0.3, lambda s: s.listed and s.tag != "li" and s.words < 20),
    Rule("heading", 0.8, lambda s: s.level > 0),
    Rule("paragraph", 0.2, lambda s: s.tag == "p"),
    Rule("box without a tag for text", -0.3, lambda s: s.tag in ("div", "span", "a", "section") and not s.level),
    Rule("button or label", -0.8, lambda s: "button" in s.tags or s.tag in ("label", "legend", "option")),
    # its wording
    Rule("says “advertisement”", -0.7, lambda s: "advertisement" in s.says),
    Rule("announces other articles", -1.4, lambda s: _says(s, "related")),
    Rule("announces another article and leads to it", -1.5, lambda s: _says(s, "related") and s.linked >= 0.5),
    Rule("announces comments", -0.2, lambda s: _says(s, "comments") and s.words < 15),
    Rule("asks to sign up", -1.5, lambda s: "sign-up" in s.says and s.words < 80),
    Rule("speaks of an account", -0.4, lambda s: _says(s, "account")),
    Rule("speaks of cookies or terms", -0.8, lambda s: "policy" in s.says and s.words < 60),
    Rule("speaks of rights", -0.7, lambda s: "rights" in s.says and s.words < 60),
    Rule("speaks of the publisher", -0.8, lambda s: "disclaimer" in s.says and s.words < 80),
    Rule("asks for an opinion", -0.5, lambda s: _says(s, "rating")),
    Rule("tags", -0.5, lambda s: _says(s, "tags") and s.words < 20),
    Rule("byline", -0.6, lambda s: "byline" in s.says and s.words < 15 and not s.sentence),
    Rule("credit of an image", -0.3, lambda s: "credit" in s.says and s.words < 25),
    Rule("speaks of the author", -0.4, lambda s: _says(s, "author")),
    Rule("date", -0.7, lambda s: "date" in s.says and s.words < 15),
    Rule("time to read", -0.5, lambda s: "reading time" in s.says and s.words < 15),
    Rule("list of contents", -1.2, lambda s: _says(s, "contents") and s.words < 8),
    Rule("call to go elsewhere", -0.6, lambda s: _says(s, "more") and s.words < 8),
    Rule("call to go elsewhere, as a link", -0.6, lambda s: _says(s, "more", "related") and s.linked >= 0.5),
    # tags around it
    Rule("in a footer", -0.7, lambda s: "footer" in s.tags),
    Rule("in an aside", -0.2, lambda s: "aside" in s.tags),
    Rule("in a header", -0.6, lambda s: "header" in s.tags and not s.level),
    Rule("in a form", -3.1, lambda s: "form" in s.tags),
    Rule("in a dialog", -1.0, lambda s: "dialog" in s.tags),
    Rule("in a figure", -0.9, lambda s: "figure" in s.tags),
    Rule("in a table", 1.7, lambda s: "table" in s.tags),
    Rule("in a quotation", 1.5, lambda s: "blockquote" in s.tags),
    Rule("in a link", -0.1, lambda s: "a" in s.tags),
    Rule("item of a list", 0.7, lambda s: s.tag == "li"),
    Rule("can be unfolded", 0.8, lambda s: "details" in s.tags),
    # names around it
    Rule("named for comments", -4.3, lambda s: _near(s, "comments")),
    Rule("named for sharing", -1.4, lambda s: _near(s, "share")),
    Rule("named for other articles", -0.6, lambda s: _near(s, "related")),
    Rule("named for navigation", -0.4, lambda s: _near(s, "navigation")),
    Rule("named for the side", -0.4, lambda s: _near(s, "side")),
    Rule("named for the foot", -0.3, lambda s: _near(s, "foot")),
    Rule("named for the head", -0.6, lambda s: _near(s, "head") and not s.level),
    Rule("named for a newsletter", -0.3, lambda s: _near(s, "sign-up")),
    Rule("named for advertisements", -0.7, lambda s: _near(s, "advertisement")),
    Rule("named for an author", -1.6, lambda s: _near(s, "author")),
    Rule("named for dates and the like", -0.4, lambda s: _near(s, "meta")),
    Rule("named for tags", -0.6, lambda s: _near(s, "tags")),
    Rule("named for a dialog", -1.2, lambda s: _near(s, "dialog")),
    Rule("named for calls", -0.7, lambda s: _near(s, "call")),
    Rule("named for cards", -0.5, lambda s: _near(s, "card")),
    Rule("named as hidden", -0.2, lambda s: "hidden" in s.own),
    Rule("named for legal things", -1.8, lambda s: _near(s, "legal")),
    Rule("named for ratings", -0.6, lambda s: _near(s, "rating")),
    Rule("named for players", -0.3, lambda s: _near(s, "player")),
    Rule("named for captions", -0.9, lambda s: _near(s, "caption")),
    Rule("named for lines that a wiki adds", -3.0, lambda s: _near(s, "page lines") or _far(s, "page lines")),
    Rule("named for the foot, apart from most running text", -0.6, lambda s: _apart(s, "foot")),
    Rule("named for the side, apart from most running text", -0.5, lambda s: _apart(s, "side")),
    Rule("named for comments further out", -2.0, lambda s: _far(s, "comments")),
    Rule("named for other articles further out", -0.3, lambda s: _far(s, "related")),
    Rule("named for navigation further out", -0.5, lambda s: _far(s, "navigation")),
    Rule("named for the side further out", -0.2, lambda s: _far(s, "side")),
    Rule("named for an author further out", -0.8, lambda s: _far(s, "author")),
    Rule("named for cards further out", -0.1, lambda s: _far(s, "card")),
    # position relative to the article
    Rule("outside of the only article", -3.0, lambda s: s.outside_only),
    Rule("in an aside outside of the article", -1.0, lambda s: s.in_article is False and "aside" in s.tags),
    Rule("outside of main", -0.4, lambda s: s.in_main is False),
    Rule("outside of the marked text", -1.0, lambda s: s.in_body is False),
    Rule("where most running text is", 1.1, lambda s: s.in_core),
    Rule("right where most running text is", 0.6, lambda s: s.in_densest and s.steps_to_densest <= 2),
    Rule("near where most running text is", 0.3, lambda s: s.in_densest and 2 < s.steps_to_densest <= 4),
    Rule("close to most running text", 0.1, lambda s: not s.in_densest and s.steps_to_densest <= 2),
    Rule("far from most running text", -0.5, lambda s: not s.in_densest and s.steps_to_densest >= 5),
    Rule("amid the running text", 0.1, lambda s: s.side == "amid"),
    Rule("after the running text", -0.4, lambda s: s.side == "after"),
    Rule("before the title", -0.9, lambda s: s.to_title is not None and s.to_title < 0),
    Rule("in the last fifth of the page", -0.6, lambda s: s.position > 0.8),
    Rule("announced as other articles", -1.0, lambda s: s.announced == "related"),
    Rule("announced as another article, and a link", -1.5, lambda s: s.announced == "related" and s.linked >= 0.5),
    Rule("announced as comments", -0.6, lambda s: s.announced == "comments"),
    Rule("announced as a newsletter or the like", -0.7, lambda s: s.announced == "sign-up"),
    Rule("announced as what is to be said of the author", -0.5, lambda s: s.announced == "author"),
    Rule("announced, and among headings that lead elsewhere", -1.5, lambda s: s.announced == "related" and s.in_teasers),
    Rule("beside a field to fill in", -1.0, lambda s: s.by_field),
    Rule("named for the foot, after all running text", -1.8, lambda s: s.side == "after" and _apart(s, "foot")),
    Rule("in a counted series beside the article", -6.0, lambda s: s.in_gallery),
    Rule("among headings that lead elsewhere", -1.2, lambda s: s.in_teasers),
    Rule("after the end was announced", -0.6, lambda s: s.after_end),
    # the stretches beside it
    Rule("larger box with some links", -0.1, lambda s: 0.25 <= s.large_linked < 0.5),
    Rule("larger box without links", 0.4, lambda s: s.large_linked < 0.05),
    Rule("box of single words", -0.2, lambda s: s.box_words_each < 3),
    Rule("larger box of single words", -0.8, lambda s: s.large_words_each < 3),
    Rule("box with little of the running text", -0.3, lambda s: 0 < s.box_prose < 0.05),
    Rule("built as most running text", 0.8, lambda s: s.kin >= 0.5),
    Rule("built as much of the running text", 0.4, lambda s: 0.15 <= s.kin < 0.5),
    Rule("running text built as little other", -1.0, lambda s: _prose(s) and s.kin < 0.05),
    Rule("after a link", -0.3, lambda s: s.links_before),
    Rule("before a link", -0.3, lambda s: s.links_after),
    Rule("like what stands before it", 0.4, lambda s: s.like_before and s.beside_before and s.linked < 0.5),
    Rule("like what stands after it", 0.8, lambda s: s.like_after and s.beside_after and s.linked < 0.5),
    Rule("after a heading", 0.3, lambda s: s.heading_before and s.linked < 0.5),
    Rule("before a heading", 0.3, lambda s: s.heading_after and s.linked < 0.5),
    Rule("heading of links", -0.7, lambda s: s.section == "links"),
    Rule("heading of nothing", -0.3, lambda s: s.section == "nothing"),
    # the page's data about itself
    Rule("the description", 0.8, lambda s: s.described),
    Rule("in the text that the page's data give", 0.8, lambda s: s.in_data is True),
    Rule("not in the text that the page's data give", -0.8, lambda s: s.in_data is False),
)  # fmt: skip


class Company(Struct, frozen=True):
    """How much of the surrounding text is part of the article, judged by its own features: shares of the words, from 0 to 1."""

    before: float
    """The one stretch before it."""
    after: float
    long_before: float
    """The three stretches before it."""
    long_after: float
    around: float
    """The eight stretches on either side."""


class CompanyRule(Struct, frozen=True):
    """A rule about the text around a stretch."""

    name: str
    weight: float
    test: Callable[[Company], bool]


COMPANY: tuple[CompanyRule, ...] = (
    CompanyRule("amid the article", 0.1, lambda c: c.around > 0.9),
    CompanyRule("mostly among other things", -0.9, lambda c: 0.1 <= c.around < 0.35),
    CompanyRule("the article before it and after it", 0.1, lambda c: c.before > 0.8 and c.after > 0.8),
)  # fmt: skip


def weigh(signs: Signs) -> float:
    """Returns the log odds that a stretch is part of the article, by its features."""
    return sum(rule.weight for rule in RULES if rule.test(signs))
