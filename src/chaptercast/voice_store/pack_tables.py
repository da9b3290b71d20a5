"""Packs as tables of TOML: what is wrong in one, and the values it stands for. Catalogues and manifests have the same form."""

import ipaddress
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from chaptercast.common.unicode_text import well_formed
from chaptercast.common.units import LanguageTag
from chaptercast.voice_profiles import suggestion
from chaptercast.voice_store.families import FAMILIES
from chaptercast.voice_store.model import MANIFEST, MOST_BYTES, Pack, PackFile, PackVoice, is_slug

FORMAT = 1
"""Of catalogues and manifests; a later one is refused by programs that do not know it."""
_MOST_LINE = 500
_HEX = MappingProxyType({"sha256": re.compile(r"[0-9a-f]{64}"), "md5": re.compile(r"[0-9a-f]{32}")})
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""Well-formed enough for BCP 47; what is known of languages takes longer to load than all manifests to read."""

_Check = Callable[[Any], bool]
_Kinds = Mapping[str, tuple[_Check, str]]


def read(text: str) -> dict[str, Any]:
    """The table of a catalogue or a manifest. Raises `ValueError` where it is none of this format."""
    table = tomllib.loads(text)
    if table.get("format") != FORMAT:
        raise ValueError(f"“format” must be {FORMAT}")
    return table


def faults(table: Mapping[str, Any], *, installed: bool) -> list[str]:
    """All that is wrong with the table of a pack, each in a few words; one that is `installed` names a SHA-256 for each file."""
    found = _of_table("", table, _PACK, ("id", "family", "licence", "files"))
    if isinstance(table.get("family"), str) and table["family"] not in FAMILIES:
        found.append(f"unknown family “{table['family']}” ({suggestion(table['family'], FAMILIES)})")
    for number, voice in enumerate(_tables(table.get("voices")), 1):
        found += _of_table(f"voice {number}: ", voice, _VOICE, ("name", "language"))
    files = _tables(table.get("files"))
    for number, file in enumerate(files, 1):
        found += _of_file(f"file {number}: ", file, installed=installed)
    names = [str(file.get("name")).casefold() for file in files]
    if len(set(names)) < len(names):
        found.append("two files have the same name")
    return found


def pack(table: Mapping[str, Any]) -> Pack:
    """The pack that a table without faults stands for."""
    plain = {key: value for key, value in table.items() if key in _PACK}
    return Pack(
        **{**plain, "voices": tuple(_voice(voice) for voice in table.get("voices", ()))}
        | {"files": tuple(_file(file) for file in table["files"])},
    )


def manifest(of: Pack) -> str:
    """The text of a pack's manifest: always the same for the same pack."""
    lines = [f"format = {FORMAT}", *_assigned(of, _MANIFEST_KEYS)]
    for voice in of.voices:
        lines += ["", "[[voices]]", *_assigned(voice, PackVoice.__struct_fields__)]
    for file in of.files:
        lines += ["", "[[files]]", *_assigned(file, ("name", "size", "sha256"))]
    return "\n".join(lines) + "\n"


_MANIFEST_KEYS = tuple(key for key in Pack.__struct_fields__ if key not in ("voices", "files"))


def _assigned(value: Any, keys: Iterable[str]) -> list[str]:
    """What is not as good as absent, as TOML writes it."""
    given = ((key, getattr(value, key)) for key in keys)
    return [f"{key} = {_literal(content)}" for key, content in given if content]


def _literal(value: str | int | bool) -> str:
    """JSON's strings are TOML's, but for the character DEL, which TOML wants escaped too."""
    text = well_formed(value) if isinstance(value, str) else value
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _of_table(where: str, table: Mapping[str, Any], kinds: _Kinds, required: Iterable[str]) -> list[str]:
    found = [f"{where}unknown key “{key}” ({suggestion(key, kinds)})" for key in table if key not in kinds]
    found += [f"{where}“{key}” is missing" for key in required if key not in table]
    return found + [
        f"{where}“{key}” must be {kind}"
        for key, (check, kind) in kinds.items()
        if key in table and not check(table[key])
    ]


def _of_file(where: str, table: Mapping[str, Any], *, installed: bool) -> list[str]:
    found = _of_table(where, table, _FILE, ("name", "size"))
    if installed and not table.get("sha256"):
        found.append(f"{where}“sha256” is missing")
    elif not (table.get("sha256") or table.get("md5")):
        found.append(f"{where}“sha256” is missing, or “md5” where the makers publish nothing better")
    for source in table.get("sources", ()):
        if isinstance(source, str) and not is_fetchable(source):
            found.append(f"{where}“{source}” is no https address")
    return found


def is_fetchable(address: str) -> bool:
    """Whether that is an address that may be asked for a file: `https`, or `http` on this machine; no name and password in it."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        named = parts.username is not None or parts.password is not None or parts.port == 0
    except ValueError:
        return False
    if named or not host or not address.isascii() or not address.isprintable() or " " in address:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host))


def is_this_machine(host: str) -> bool:
    """Whether a host is a loopback one: what is sent to it leaves no machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _MOST_LINE and (value.isprintable() or not value)


def _is_name(value: Any) -> bool:
    return _is_line(value) and bool(value.strip())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _tables(value: Any) -> list[dict[str, Any]]:
    return value if _is_list(value) else []


def _is_size(value: Any) -> bool:
    return type(value) is int and 0 < value <= MOST_BYTES


_LINE = (_is_line, f"a line of at most {_MOST_LINE} characters")
_NAME = (_is_name, f"a name of at most {_MOST_LINE} characters")
_FLAG = (lambda value: isinstance(value, bool), "true or false")
_PACK: _Kinds = MappingProxyType(
    {
        "format": (lambda value: value == FORMAT, str(FORMAT)),
        "id": (lambda value: isinstance(value, str) and is_slug(value), "letters, digits, full stops and hyphens"),
        "family": _NAME,
        "quality": _LINE,
        "description": _LINE,
        "sample_rate": (lambda value: type(value) is int and 8000 <= value <= 192_000, "a number of Hz"),
        "voices": (_is_list, "a list of tables"),
        "licence": _NAME,
        "licence_note": _LINE,
        "restricted": _FLAG,
        "homepage": _LINE,
        "files": (lambda value: _is_list(value) and bool(value), "a list of tables"),
    }
)
_VOICE: _Kinds = MappingProxyType(
    {
        "name": _NAME,
        "language": (lambda value: isinstance(value, str) and bool(_TAG.fullmatch(value)), "a language tag"),
        "gender": _LINE,
        "description": _LINE,
    }
)
_FILE: _Kinds = MappingProxyType(
    {
        "name": (
            lambda value: isinstance(value, str) and is_slug(value) and value.casefold() != MANIFEST,
            f"a plain name, other than {MANIFEST}",
        ),
        "size": (_is_size, f"a number of bytes, 1 to {MOST_BYTES}"),
        "sha256": (lambda value: isinstance(value, str) and bool(_HEX["sha256"].fullmatch(value)), "64 digits of hex"),
        "md5": (lambda value: isinstance(value, str) and bool(_HEX["md5"].fullmatch(value)), "32 digits of hex"),
        "sources": (lambda value: isinstance(value, list) and all(map(_is_name, value)), "a list of addresses"),
        "optional": _FLAG,
    }
)


def _voice(table: Mapping[str, Any]) -> PackVoice:
    return PackVoice(**{**table, "language": LanguageTag(table["language"])})


def _file(table: Mapping[str, Any]) -> PackFile:
    return PackFile(**{"sha256": "", **table, "sources": tuple(table.get("sources", ()))})
