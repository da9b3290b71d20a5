"""Which voice says what: passages in other languages, roles, and what an engine cannot speak."""

import pytest

from chaptercast import voice_profiles as profiles
from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Metadata
from chaptercast.errors import EngineError
from chaptercast.script.model import Say, Script, Section, Sentence
from chaptercast.speech.engines.silence import SilenceEngine
from chaptercast.speech.model import Voice
from chaptercast.speech.voice_casting import Cast, cast
from chaptercast.voice_profiles import Role

EN, DE, ZH, TLH = map(LanguageTag, ("en", "de", "zh", "tlh"))


class Bilingual(SilenceEngine, frozen=True):
    """Speaks English and German."""

    name: str = "bilingual"

    def voices(self) -> tuple[Voice, ...]:
        return (Voice("Ann", EN), Voice("Bernd", DE))


def script(*says: tuple[str, LanguageTag], language: LanguageTag = EN) -> Script:
    parts = tuple(Say((Sentence(text, text),), tag, Role.BODY) for text, tag in says)
    return Script(Metadata(), "", language, (Section("s0", "", 1, parts),))


def spoken(chosen: Cast, text: Script) -> list[tuple[str, str]]:
    return [(utterance.voice, utterance.language) for utterance in chosen.utterances(text)]


def bilingual(voice: str = "") -> Cast:
    return cast(Bilingual(), profiles.for_language(EN), voice, 1.0)


def test_a_passage_has_a_voice_of_its_language() -> None:
    assert spoken(bilingual(), script(("Hello.", EN), ("Guten Tag.", DE))) == [("Ann", "en"), ("Bernd", "de")]


def test_the_articles_voice_speaks_what_no_voice_is_there_for() -> None:
    assert spoken(bilingual(), script(("Hello.", EN), ("你好。", ZH))) == [("Ann", "en"), ("Ann", "en")]
    assert spoken(bilingual("Ann"), script(("你好。", ZH))) == [("Ann", "en")]


def test_the_voice_that_was_asked_for_speaks_the_articles_language_only() -> None:
    assert spoken(bilingual("Bernd"), script(("Hello.", EN), ("Guten Tag.", DE))) == [("Bernd", "en"), ("Bernd", "de")]


@pytest.mark.parametrize("says", [(("Hallo", TLH),), (("你好。", ZH),)])
def test_without_a_voice_for_the_article_there_is_no_recording(says: tuple) -> None:
    with pytest.raises(EngineError, match="no voice for the language “tlh”"):
        spoken(bilingual(), script(*says, language=TLH))
