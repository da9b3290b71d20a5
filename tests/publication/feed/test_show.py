"""What a show.toml may say; what is wrong in one is told, all at once, with what was probably meant."""

import re
from pathlib import Path

import pytest
from tests.publication.sites import episode, put_episode, put_show

from chaptercast.errors import UsageError
from chaptercast.publication.feed.categories import CATEGORIES
from chaptercast.publication.feed.show import Person, load_show
from chaptercast.publication.feed.show_faults import _OWNER, _PERSON, _SHOW
from chaptercast.publication.site import start_show


def fault(site: Path) -> str:
    with pytest.raises(UsageError) as caught:
        load_show(site)
    return caught.value.message


def test_what_is_said_is_read(tmp_path: Path) -> None:
    put_show(tmp_path, "https://example.org/podcast/")
    show = load_show(tmp_path)
    assert show.base_url == "https://example.org/podcast"
    assert show.categories == (("Society & Culture", "Documentary"), ("News",))
    assert show.owner == Person("Ada", href="podcast@example.org")
    assert show.persons == (Person("Grace", "host", href="https://example.org/grace"),)
    assert (show.explicit, show.locked, show.type, show.medium, show.limit) == (False, True, "episodic", "podcast", 0)


def test_addresses_in_any_script_become_ascii(tmp_path: Path) -> None:
    put_show(tmp_path, "https://bücher.example/播客 1/")
    assert load_show(tmp_path).base_url == "https://xn--bcher-kva.example/%E6%92%AD%E5%AE%A2%201"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tilte = 1", "unknown key “tilte” (Did you mean “title”?)"),
        ('medium = "audobook"', "“medium” must be one of these: podcast, music"),
        ('explicit = "no"', "“explicit” must be true or false"),
        ("limit = -1", "“limit” must be a whole number"),
        ("limit = true", "“limit” must be a whole number"),
        ('type = "series"', "Did you mean “serial”?"),
        ('image = "../cover.png"', "“image” must be the name of a file beside show.toml"),
        ('image = "/etc/cover.png"', "“image” must be the name of a file"),
        ('image = "a\\\\cover.png"', "“image” must be the name of a file"),
        ('guid = "mine"', "“guid” must be a UUID"),
        ('new_feed_url = "example.org"', "“new_feed_url” must be an address"),
        ('copyright = "two\\nlines"', "“copyright” must be one line of text"),
        ("person = 1", "“person” must be tables"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "show.toml").write_text(text)
    assert told in fault(tmp_path)


@pytest.mark.parametrize(
    ("said", "instead", "told"),
    [
        ('"News"', '"news"', "“news” is not one of them (Did you mean “News”?)"),
        (
            '"News"',
            '"Documentary"',
            "“Documentary” is not one of them (Did you mean “Society & Culture > Documentary”?)",
        ),
        ('"News"', '"Zzzzz"', "“Zzzzz” is not one of them (docs/feed.md lists them)"),
        ('"en"', '"english"', "“language” must be a language tag"),
        ('"en"', '"zh_cn"', "did you mean “zh-CN”?"),
        ("podcast@example.org", "nobody", "“owner.email” must be an address for mail"),
        ('name = "Ada"', 'nmae = "Ada"', "unknown key “owner.nmae” (Did you mean “name”?); “owner.name” is missing"),
        ('name = "Grace"', "", "“person 1 name” is missing"),
        ("https://example.org/grace", "javascript:alert(1)", "“person 1 href” must be an address"),
        ("https://example.org/podcast", "ftp://example.org", "“base_url” must be an address"),
        ("https://example.org/podcast", "https://me:word@example.org", "“base_url” must be an address"),
        ("https://example.org/podcast", "https://example.org/?a", "“base_url” must be the address of a folder"),
        ("Articles, spoken.", "x" * 4001, "“description” must be text of at most 4000 bytes"),
        ("Articles, spoken.", "&" * 1001, "“description” must be text of at most 4000 bytes"),
    ],
)
def test_what_is_wrong_in_a_show_is_told(tmp_path: Path, said: str, instead: str, told: str) -> None:
    put_show(tmp_path)
    path = tmp_path / "show.toml"
    assert said in path.read_text()
    path.write_text(path.read_text().replace(said, instead, 1))
    assert told in fault(tmp_path)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text('explicit = 1\nlimit = "2"\n[owner]\n')
    message = fault(tmp_path)
    for key in ("title", "description", "base_url", "language", "categories", "explicit", "limit", "owner.name"):
        assert f"“{key}”" in message


@pytest.mark.parametrize("content", [b"title", b"\xff\xfe", b"a = " + b"[" * 100_000])
def test_what_is_no_toml_is_one_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "show.toml").write_bytes(content)
    assert "cannot be read" in fault(tmp_path)


def test_a_starter_wants_only_what_nobody_else_can_know(tmp_path: Path) -> None:
    put_episode(tmp_path, episode(language="zh-CN"))
    path = start_show(tmp_path)
    assert 'language = "zh-CN"' in path.read_text()
    wrong = "“title” is missing or empty; “description” is missing or empty; “base_url” is missing or empty"
    assert fault(tmp_path) == f"{path} is wrong: {wrong}."


def test_a_starter_is_right_with_everything_that_it_offers(tmp_path: Path) -> None:
    text = start_show(tmp_path).read_text()
    for empty, filled in (("title", "T"), ("description", "D"), ("base_url", "https://example.org")):
        text = text.replace(f'{empty} = ""', f'{empty} = "{filled}"')
    offered = re.findall(r"^(?:# )?(\w+ = .*)$", text.partition("# [owner]")[0], re.MULTILINE)
    rare = re.findall(r"^# (\w+ = .*)$", text.partition("# Rarely")[2], re.MULTILINE)
    tables = re.findall(
        r"^# (\[.*|\w+ = .*)$", text[text.index("# [owner]\n") :].partition("# Rarely")[0], re.MULTILINE
    )
    whole = "\n".join([*offered, *rare, *tables]).replace('"..."', '"9b024349-ccf0-5f69-a609-6b82873eab3c"')
    (tmp_path / "show.toml").write_text(whole)
    assert load_show(tmp_path).owner is not None
    named = set(re.findall(r"^\[*(\w+)", whole, re.MULTILINE))
    assert named == {*_SHOW, *_OWNER, *_PERSON}


def test_a_show_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    put_show(tmp_path)
    before = (tmp_path / "show.toml").read_bytes()
    with pytest.raises(UsageError, match="there already"):
        start_show(tmp_path)
    assert (tmp_path / "show.toml").read_bytes() == before


def test_the_documentation_names_every_key_and_category() -> None:
    text = (Path(__file__).parents[3] / "docs" / "feed.md").read_text(encoding="utf-8")
    assert all(
        f"`{key}`" in text for key in (*_OWNER, *_PERSON, *(key for key in _SHOW if key not in ("owner", "person")))
    )
    assert all(f"| {category} | {', '.join(subs)} |" in text for category, subs in CATEGORIES.items())
