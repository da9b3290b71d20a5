"""Kinds of elements by their class names and ids: a table of the words that stand for each kind."""

import re
from functools import lru_cache

LONGEST = 240
"""Number of characters of class and id that are examined."""

KINDS: dict[str, str] = {
    # the article
    "body": r"(?:article|post|entry|story|news|blog|single|page|main|text|field-name|body)-?(?:body|content|contents|text|copy)\w*"
    r"|body-?(?:text|copy|content)|content-?(?:body|text|inner|area|main)|rich-?text\w*|prose|markdown\w*|wysiwyg|mw-parser-output"
    r"|articletext|theme-content|paragraphs?|copy",
    "article": r"article\w*|post|entry|story|blog\w*|news|single|hentry|main|page|content|contents|text|body|primary",
    "lead": r"lead|lede|intro\w*|summary|deck|dek|standfirst|subtitle|sub-?head\w*|abstract|excerpt|chapo|chapeau|perex|vorspann"
    r"|kurzfassung|key-?(?:points|takeaways|facts)|highlights?|takeaways?",
    "caption": r"captions?\w*|credits?|photo-?credit|wp-caption\w*|figcaption|legend|bildunterschrift|didascalia",
    "contents": r"toc\w*|table-?of-?contents|ez-toc\w*|lwptoc\w*|rank-math-toc|jump-?(?:links|nav|list)|inhaltsverzeichnis|sommaire",
    # the surroundings of the article
    "page lines": r"site-?sub|content-?sub|print-?footer|cat-?links|mw-normal-cat-?links|mw-hidden-cat-?links"
    r"|mw-jump-link|jump-?to-?nav|navbox\w*"
    r"|mw-indicators?|vector-page-titlebar|mw-authority-control",
    "comments": r"comments?\w*|disqus\w*|respond|commentlist|replies|discussion|livefyre|pinglun|kommentare?|commentaires?|comentarios?"
    r"|comentários|commenti|reacties|komentarze|kommentarer",
    "share": r"share\w*|sharing\w*|social\w*|addthis\w*|addtoany\w*|sharedaddy|follow(?:-?us)?|facebook|twitter|whatsapp|bdsharebuttonbox",
    "related": r"related\w*|recommend\w*|more-?(?:stories|posts|articles|news|from|on)|read-?(?:more|next|also)|also-?(?:read|like)"
    r"|you-?may\w*|recirc\w*|similar|suggest\w*|further|up-?next|teasers?|popular\w*|trending|most-?\w+|latest\w*|recent\w*"
    r"|top-?stories|outbrain\w*|taboola\w*|zergnet|onward|see-?also|linklist|jp-relatedposts|crp_related|yarpp\w*|hot-?news|mehr-?zum-?thema",
    "navigation": r"nav\w*|menus?\w*|breadcrumbs?\w*|crumbs?|pagination|pager|paging|topbar|toolbar|tabs?|tablist|skip\w*|dropdown|sitemap"
    r"|megamenu|prev|next|previous|post-?nav\w*|back-to-top|jump-?link\w*",
    "side": r"sidebar\w*|side|aside|rail|widgets?|widget-area|secondary|complementary|right-?(?:col\w*|rail|bar)|left-?(?:col\w*|rail|bar)"
    r"|column-?right|sticky|gutter|marginal\w*",
    "foot": r"foot\w*|bottom\w*|colophon|fusszeile|fußzeile|pie-de-pagina|pied-de-page|impressum|site-?info",
    "head": r"head|header\w*|masthead|top|branding|logo|site-?title|hero",
    "sign-up": r"newsletter\w*|subscri\w*|sign-?up\w*|mailing\w*|optin|opt-?in"
    r"|mailchimp|mc_embed\w*|mc4wp\w*|convertkit|hs-form|email\w*",
    "advertisement": r"ads?|advert\w*|adsense|adsbygoogle|dfp|gpt|sponsor\w*"
    r"|promos?|promoted|promotion\w*|commercial|affiliate|werbung|anzeige|publicidad",
    "author": r"authors?\w*|bio|about-?author|profile\w*|byline\w*|avatar|vcard|contributor\w*|writer\w*|autor\w*|auteur",
    "meta": r"meta\w*|info|infos|date\w*|times?|timestamp|published|posted\w*|post-?info|details?"
    r"|kicker|eyebrow|label|reading-?time|dateline"
    r"|stats|views?|counts?",
    "tags": r"tags?|tag-?\w+|categor\w+|topics?|keywords?|taxonomy|labels|hashtags?|filed\w*|cat-?links"
    r"|etiquetas|schlagw\w+|mots-?cles",
    "dialog": r"modal\w*|popup\w*|pop-?up|overlay\w*|cookies?\w*|consent|gdpr|ccpa|log-?in\w*|paywall"
    r"|dialog|lightbox|alert\w*|notification\w*"
    r"|toast|tooltip|register|regwall|account|onetrust\w*|cmp|cc-\w+|privacy-?banner|app-?download|qr-?code",
    "call": r"cta\w*|buttons?|btn\w*|call-?to-?action|download|donat\w*|buy|shop|cart|price|products?|coupon|offer|deals?"
    r"|contact\w*|booking",
    "card": r"cards?|grid|tiles?|carousel\w*|slider\w*|slides?|swiper\w*|slick\w*|owl\w*"
    r"|gallery\w*|slideshow\w*|listing\w*|feed|stream|loop"
    r"|archive|blog-?(?:list|grid|posts)|collection",
    "form": r"forms?|search\w*|input|captcha|wpcf7\w*|gform\w*",
    "hidden": r"hidden|hide|sr-only|screen-?reader\w*|visually-?hidden|visuallyhidden|d-none|is-hidden|invisible|print-?only|no-?print"
    r"|offscreen|assistive\w*|collapsed?|u-hidden",
    "legal": r"disclaimers?|disclosure\w*|legal|copyright|terms|privacy|license|policy|corrections?",
    "rating": r"ratings?\w*|stars?|votes?|poll|quiz|survey|feedback|helpful|reactions?|likes?|claps?|score",
    "player": r"videos?\w*|player\w*|audio\w*|podcast\w*|jw\w*|playlist",
}
"""Regular expressions. Each matches one or several whole words of a name. Words end at hyphens, underscores, digits and capitals."""

_BUILDER = re.compile(r"(?:^|(?<=\s))(?:elementor-widget|elementor|wp-block|cmp|et_pb|wpb|vc)(?:[-_](?=\w)|(?=\s|$))")
"""Names that page builders give to every piece of a page, the article included: `elementor-widget-heading`, `cmp-text`."""
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PATTERNS = {
    kind: re.compile(rf"(?:^|[-_:\s])(?:{words})(?=$|[-_:\d\s])", re.IGNORECASE) for kind, words in KINDS.items()
}
_NONE: frozenset[str] = frozenset()


def kinds_of_names(names: str) -> frozenset[str]:
    """Returns the kinds that are named in `names`, one string of class and id."""
    return _kinds(names[:LONGEST]) if names else _NONE


@lru_cache(maxsize=8192)
def _kinds(names: str) -> frozenset[str]:
    parted = _CAPITAL.sub("-", _BUILDER.sub("", names))
    return frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(parted))
