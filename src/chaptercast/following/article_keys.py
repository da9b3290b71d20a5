"""Computes the keys of an article, so that two addresses of the same article are recognised."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode

from chaptercast.document.sources.url import target_of
from chaptercast.errors import ChaptercastError

_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_(?:campaign|kwd|source|medium)|hsa_.*|at_(?:medium|campaign|custom\d?|link.*|ptr.*|bbc.*|format|send_date)"
    r"|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|li_fat_id|epik|s_cid"
    r"|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|vero_(?:id|conv)|oly_(?:anon|enc)_id|ml_subscriber(?:_hash)?|ck_subscriber_id|rb_clickid"
    r"|wt[._]mc|wtrid|ncid|cmpid|icid|smid|sr_share|share_source.*|xtor|__twitter_impression|_ga|_gl|ref_src|ref_url|guccounter"
    r"|guce_referrer.*|feature=youtu\.be",
    re.IGNORECASE,
)
"""Names of parameters that tell where a reader came from, and do not select a page."""
_SAFE = "/:@!$&'()*+,;=~-._"
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|xhtml)$", re.IGNORECASE)
_GLOBAL = re.compile(r"(?:tag:|urn:uuid:|urn:isbn:)\S+", re.IGNORECASE)


def address_key(address: str) -> str:
    """Returns the same key for all addresses of one page; empty if it is not the address of a single page.

    The key is not an address that can be requested. It ignores the scheme, `www.`, the default port, a slash at the end, the fragment,
    the order of parameters, and parameters that only track readers.
    """
    try:
        target = target_of(address)
    except ChaptercastError:
        return ""
    path, _, query = target.path.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(name)]
    path = quote(unquote(_INDEX.sub("/", path), errors="surrogateescape"), safe=_SAFE, errors="surrogateescape")
    path = path.rstrip("/")
    if not path and not kept:
        return ""  # a site's front page shows another article every day
    host = target.host.lower().removeprefix("www.").rstrip(".")
    port = "" if target.port in (80, 443) else f":{target.port}"
    return f"{host}{port}{path}" + (f"?{urlencode(sorted(kept))}" if kept else "")


def guid_key(guid: str, feed: str) -> str:
    """Returns the key for an article's identifier in a feed.

    An identifier that is not an address is only valid within its feed, unless it is globally unique.
    """
    if not guid:
        return ""
    address = address_key(guid) if guid.lower().startswith(("http://", "https://")) else ""
    if address:
        return address
    return f"guid {guid}" if _GLOBAL.fullmatch(guid) else f"guid {guid} of {address_key(feed) or feed}"
