"""The narrator's words: every file complete, well-formed, and in the right language; none where there is no file."""

import string

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.script.narration.narrator import ANNOUNCED
from chaptercast.script.narration.phrases import PLURALS, Words, languages, words_for

TAGS = sorted(languages())
ENGLISH = words_for(LanguageTag("en"))


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_says_all_that_english_says(tag: LanguageTag) -> None:
    words = words_for(tag)
    for mine, english in ((words.announcements, ENGLISH.announcements), (words.inline, ENGLISH.inline)):
        assert {name: fields(text) for name, text in mine.items()} == {n: fields(t) for n, t in english.items()}
    assert words.counts.keys() == ENGLISH.counts.keys()


@pytest.mark.parametrize("tag", TAGS)
def test_counts_have_the_forms_that_the_plural_rule_asks_for(tag: LanguageTag) -> None:
    words = words_for(tag)
    wanted = {"one", "other"} if PLURALS[words.plural] else {"other"}
    assert all({key for key in forms if not key.isdigit()} == wanted for forms in words.counts.values())
    assert all(fields(forms["other"]) == {"n"} for forms in words.counts.values())


@pytest.mark.parametrize("tag", TAGS)
def test_announcements_end_like_sentences(tag: LanguageTag) -> None:
    assert all(text.endswith((".", "。")) for text in words_for(tag).announcements.values())


def test_there_are_words_for_all_that_is_announced() -> None:
    assert ENGLISH.announcements.keys() == ANNOUNCED.keys()


@pytest.mark.parametrize(
    ("tag", "items", "expected"),
    [
        ("en-GB", 1, "List with one item."),
        ("en", 12, "List with 12 items."),
        ("de-AT", 1, "Liste mit einem Punkt."),
        ("de", 3, "Liste mit 3 Punkten."),
        ("fr", 1, "Liste à un élément."),
        ("fr-CA", 3, "Liste à 3 éléments."),
        ("es-MX", 3, "Lista de 3 elementos."),
        ("zh-CN", 3, "列表，共3项。"),
        ("zh-TW", 3, "清單，共3項。"),
        ("ja", 3, "リスト、項目数3。"),
        ("zh-HK", 2, "清單，共兩項。"),
        ("ru", 3, "Список, пунктов: 3."),
        ("pt-BR", 1, "Lista com um item."),
    ],
)
def test_a_list_is_announced_in_its_language(tag: str, items: int, expected: str) -> None:
    assert words_for(LanguageTag(tag)).announcement("list", {"items": items}) == expected


@pytest.mark.parametrize("tag", ["th", "und", "uk", "tlh", "mul", "fi"])
def test_a_language_without_a_file_has_no_words(tag: str) -> None:
    assert words_for(LanguageTag(tag)) == Words()
    assert words_for(LanguageTag(tag)).announcement("list", {"items": 3}) == ""


def test_values_are_never_templates() -> None:
    assert ENGLISH.announcement("note", {"label": "{items} {0}"}) == "Note {items} {0}."
