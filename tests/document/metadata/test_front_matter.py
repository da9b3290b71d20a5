import pytest

from chaptercast.document.metadata.front_matter import split


def test_yaml() -> None:
    matter = split("\n\n---\ntitle: 'T'\ndate: 2021-07-06\ntags: [a, b]\nn: 012\n...\nbody\n---\n")
    assert matter.fields == {"title": "T", "date": "2021-07-06", "tags": ["a", "b"], "n": "012"}
    assert matter.body == "body\n---\n"


def test_toml() -> None:
    matter = split('+++\ntitle = "T"\ndate = 2021-07-06\n[extra]\nx = 1\n+++\nbody')
    assert matter.fields["title"] == "T"
    assert matter.fields["extra"] == {"x": 1}
    assert matter.body == "body"


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule, and text.\n\n---\n\nMore",
        "--- not a fence\ntitle: x\n---\n",
        "---\ntitle: never closed\n",
        "text\n---\ntitle: x\n---\n",
        "---\n- a\n- list\n---\nbody",
        "",
    ],
)
def test_text_that_only_looks_like_it(text: str) -> None:
    assert split(text).body == text
    assert split(text).fields == {}


def test_empty_front_matter() -> None:
    assert split("---\n---\nbody").body == "body"


def test_broken_yaml_by_lines() -> None:
    matter = split(
        "---\ntitle: a: b\nauthor: 'open\ntags:\n - x\n - y\nlong: one\n  two\n\tthree\n?! odd\n# comment\n---\nbody"
    )
    assert matter.fields == {"title": "a: b", "author": "'open", "tags": ["x", "y"], "long": "one two three"}
    assert matter.unread == ("?! odd",)
    assert matter.body == "body"


@pytest.mark.parametrize(
    "block",
    [
        "a: " + "[" * 20_000,
        "a: &a [x]\n" + "\n".join(f"b{i}: &b{i} [*a,*a,*a]" for i in range(5000)),
        "a: !!python/object/apply:os.system [x]",
        "k: v\n" * 60_000,
        "- " * 20_000,
        'a: "\\ud800"',
    ],
)
def test_hostile_yaml_is_harmless(block: str) -> None:
    split(f"---\n{block}\n---\nbody")
