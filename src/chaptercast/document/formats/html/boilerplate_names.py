"""Class names and ids that web pages give to their boilerplate, and further conditions on the element."""

import re
from collections.abc import Callable

from msgspec import Struct

from chaptercast.document.formats.html.element_statistics import Holding

BOX = 300
"""Number of characters of text in a box beside the article."""


def _always(_holding: Holding) -> bool:
    return True


def _links(holding: Holding) -> bool:
    return holding.link_list


def _links_or_controls(holding: Holding) -> bool:
    return holding.link_list or holding.controls > 0


def _small(holding: Holding) -> bool:
    return _links_or_controls(holding) or holding.text <= BOX


class Rule(Struct, frozen=True):
    """Names, each a whole class or id or a part of one between hyphens, and the content that an element with such a name must have."""

    names: tuple[str, ...]
    """Regular expressions."""
    needs: Callable[[Holding], bool]


RULES: tuple[Rule, ...] = (
    Rule(("cookies?", "consent", "gdpr", "ccpa", "privacy-?banner", "onetrust", "cmp"), _small),
    Rule(("breadcrumbs?", "crumbs?", "skip-?link", "skip-?to-?content", "skipnav", "pagination", "pager"), _always),
    Rule(("nav", "navbar", "navigation", "navi", "menu", "toolbar", "topbar", "skip", "toc-?nav"), _links_or_controls),
    Rule(("share", "sharing", "social", "sharedaddy", "addthis", "addtoany", "follow-?us", "bdsharebuttonbox"), _small),
    Rule(("newsletter", "subscribe", "subscription", "sign-?up", "mailing-?list", "mc_embed"), _links_or_controls),
    Rule(("related", "recommend(?:ed|ations?|s)?", "more-?stories", "read-?(?:more|next)"), _links),
    Rule(("popular", "trending", "most-?(?:read|popular|viewed)", "latest(?:-posts)?", "hot-?news"), _links),
    Rule(("outbrain", "taboola"), _always),
    Rule(("ads?", "adverts?", "advertisements?", "adsense", "adsbygoogle", "sponsor(?:ed)?", "promos?"), _small),
    Rule(("tags?", "categor(?:y|ies)", "keywords?", "etiquetas", "schlagw(?:orte|oerter)", "mots-?cles"), _links),
    Rule(("sidebar", "side-?bar", "widget", "colophon", "masthead", "impressum", "copyright"), _small),
    Rule(
        ("(?:site|page|global|main)-?(?:header|footer)", "fusszeile", "fußzeile", "pie-de-pagina", "pied-de-page"),
        _small,
    ),
    Rule(("log-?in", "popup", "modal", "overlay", "paywall", "app-?download", "qr-?code", "back-?to-?top"), _small),
    Rule(("prev-?next", "next-?prev", "post-?nav(?:igation)?"), _links),
)
"""Rules for elements inside and outside the article."""

_PATTERNS = tuple(
    (re.compile(rf"(?:^|[-_:\s])(?:{'|'.join(rule.names)})(?=$|[-_:\d\s])", re.IGNORECASE), rule.needs)
    for rule in RULES
)

COMMENTS = re.compile(
    r"(?:(?:reader|user|the|post|article)s?[-_]?)?comments?(?:[-_]?(?:list|area|section|thread|form|respond|box|container|wrap(?:per)?))?"
    r"|commentlist|disqus_thread|respond|livefyre|fb-comments|pinglun|kommentare?|commentaires?|comentarios?|commenti|reacties"
    r"|komentarze|kommentarer|comentários",
    re.IGNORECASE,
)
"""The whole class or id of the readers' comments below the article."""

LEAVE = re.compile(
    r"\b(?:unsubscribe|opt[ -]out|manage (?:your )?(?:e-?mail )?preferences|update (?:your )?preferences"
    r"|(?:view|read|open|see)\b.{0,30}\b(?:in (?:your|a|the) (?:web )?browser|online)"
    r"|abmelden|abbestellen|im browser (?:ansehen|anzeigen|öffnen|lesen)|online ansehen"
    r"|se désabonner|se désinscrire|désinscription|(?:voir|afficher|lire).{0,30}(?:navigateur|en ligne)"
    r"|darse de baja|cancelar (?:la |tu |su )?suscripción|ver .{0,30}navegador"
    r"|退订|取消订阅|取消訂閱|在浏览器中(?:查看|打开)|在瀏覽器中|配信停止|配信を停止|ブラウザで(?:表示|見る|読む))",
    re.IGNORECASE,
)
"""Texts of links to unsubscribe from a newsletter, or to read it elsewhere."""
LEAVE_LENGTH = 60
"""Maximum number of characters of such a link."""


def is_named(names: str, holding: Holding) -> bool:
    """Returns whether `names`, one string of class and id, are those of boilerplate, and the content of the element agrees."""
    return any(pattern.search(names) and needs(holding) for pattern, needs in _PATTERNS)
