"""Japanese by its readings: what is said is judged by eSpeak NG's own phonemes and by how long it sounds."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaptercast.common.units import LanguageTag
from chaptercast.speech.engines.espeak import ENGINE, japanese
from chaptercast.speech.engines.espeak.installation import paths
from chaptercast.speech.engines.espeak.library import loaded, phonemes
from chaptercast.speech.model import Speech, Utterance

TEXT = "三月一日、番台のおばあさんは東京へ行った。「本を三本・二十日で」と言う！ A4の紙に、人々の名前。"
NAMED = "dZ'ap@ni:z"
"""How the Japanese voice begins to say “Japanese letter”."""


def speak(text: str, voice: str = "ja") -> Speech:
    with ENGINE.open() as speaker:
        return speaker.speak(Utterance(text, voice, LanguageTag("ja")))


def sounds(*texts: str) -> list[str]:
    with loaded(*paths()) as library:
        return phonemes(library, "ja", *texts)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("日本語", "ニホンゴ"),
        ("私は学校へ行きます。", "ワタシワ ガッコーエ イキマス。"),
        ("はは、へや、をかし", "ハハ、ヘヤ、オ カシ"),
        ("三月一日に三人で", "サンガツ ツイタチニ サンニンデ"),
        ("一本、二本、三本", "イッポン、ニホン、サンボン"),
        ("二千二十六年", "ニセン ニジュー ロクネン"),
        ("20:15に、四月二十日", "ニジュー:ジューゴニ、シガツ ハツカ"),
        ("人々は、一ヶ月", "ヒトビトワ、イッカゲツ"),
        ("𠮷野家", "ヨシノヤ"),
        ("NHKとA4", "エヌエイチケイト エーヨン"),
        ("ﾎﾝ と　本。", "ホン ト　ホン。"),
        ("うわーーー、へえ", "ウワー、ヘー"),
        ("ニュー・ヨーク", "ニュー ヨーク"),
        ("ヒェ、クヮ、ーあ", "ヒエ、クァ、 ア"),
        ("……？", "……？"),
        ("", ""),
    ],
)
def test_a_text_is_read_as_it_is_said(text: str, said: str) -> None:
    assert japanese.read(text).said == said


@pytest.mark.parametrize(("written", "kana"), [("日本語", "にほんご"), ("銭湯", "せんとう"), ("三本", "さんぼん")])
def test_kanji_sounds_as_its_kana(written: str, kana: str) -> None:
    assert speak(written).pcm == speak(kana).pcm


def test_voices_with_a_variant_read_it_too() -> None:
    assert speak("日本語", "ja+f3").pcm == speak("にほんご", "ja+f3").pcm != speak("にほんご").pcm


def test_times_are_in_order_and_cover_what_is_written() -> None:
    speech = speak(TEXT)
    assert "".join(TEXT[t.offset : t.offset + t.length] for t in speech.sentences) == TEXT
    assert len(speech.sentences) == 3
    assert all(a.start <= b.start and a.offset + a.length <= b.offset for a, b in pairwise(speech.words))
    told = "".join(TEXT[t.offset : t.offset + t.length] for t in speech.words)
    assert told == "".join(letter for letter in TEXT if letter.isalnum())
    assert speech.unread == ()


def test_no_kana_is_named() -> None:
    base = [kana for kana in map(chr, range(ord("ァ"), ord("ヴ") + 1)) if kana not in "ァィゥェォッャュョヮ"]
    small = "ァィゥェォャュョヮッー"
    words = [f"カ{one}{two}{mark}タ" for one in base for two in small for mark in ("", "ー")]
    named = [word for word, sound in zip(words, sounds(*map(japanese._sayable, words)), strict=True) if NAMED in sound]
    assert named == []


@settings(max_examples=60)
@given(st.text("日本語町銭湯はへをのがでーっゃァンカ・ゝ々。、！？ 0123:.ｶabC𪜀\n", max_size=30))
def test_the_pieces_stand_for_all_of_the_text_in_order(text: str) -> None:
    places = japanese.read(text).places
    ends = [0, *(place.end for place in places)]
    assert [place.begin for place in places] == ends[:-1]
    assert ends[-1] == len(text)


def test_what_the_dictionary_does_not_know_is_left_out_and_told() -> None:
    text = "これは𪜀だ。"
    speech = speak(text)
    assert [text[begin:end] for begin, end in speech.unread] == ["𪜀"]
    assert speech.pcm == speak("これは だ。").pcm


def test_it_is_loaded_for_japanese_only_and_prints_nothing() -> None:
    code = """
import sys
from chaptercast.speech.engines.espeak import ENGINE
from chaptercast.speech.model import Utterance
with ENGINE.open(dry=True) as speaker:
    speaker.speak(Utterance("Good evening.", "en", "en"))
    assert "pyopenjtalk" not in sys.modules
    speaker.speak(Utterance("日本。ーあ？", "ja", "ja"))
    assert "pyopenjtalk" in sys.modules
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_the_versions_of_the_dictionaries_are_part_of_the_engines() -> None:
    from importlib.metadata import version

    assert ENGINE.version.startswith(f"{version('espeakng-loader')}, ")
    assert f", pyopenjtalk-plus {version('pyopenjtalk-plus')}, " in ENGINE.version
    assert ENGINE.version.endswith(version("sudachidict_core"))


class TestWithoutADictionary:
    @pytest.fixture(autouse=True)
    def without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(japanese, "dictionary", lambda: "")

    def test_only_the_japanese_voice_lacks_something_and_says_what_to_install(self) -> None:
        lacking = [voice for voice in ENGINE.voices() if voice.unread or voice.remedy]
        assert [voice.name for voice in lacking] == ["ja"]
        assert "pip install 'chaptercast[ja]'" in lacking[0].remedy
        assert "pyopenjtalk" not in ENGINE.version

    def test_kana_is_spoken_and_kanji_left_out_and_told(self) -> None:
        text = "この銭湯はふるい・です"
        speech = speak(text)
        assert [text[begin:end] for begin, end in speech.unread] == ["銭湯"]
        assert [text[t.offset : t.offset + t.length] for t in speech.words] == ["この", "はふるい", "です"]
