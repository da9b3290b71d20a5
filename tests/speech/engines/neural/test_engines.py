"""Both engines with tiny networks: what they say is heard again, and depends on what was asked for alone."""

import hashlib
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.speech.engines.neural import packs
from tests.speech.engines.neural.packs import ENGLISH, GERMAN, KOKORO, LETTERS, MANY, PACKS, install
from tests.speech.engines.neural.speeches import loudest, said, speak
from tests.speech.engines.neural.texts import lost, texts

from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech.engines.espeak import installation
from chaptercast.speech.engines.neural import runtime
from chaptercast.speech.engines.neural.kokoro import ENGINE as KOKORO_ENGINE
from chaptercast.speech.engines.neural.kokoro import chinese
from chaptercast.speech.engines.neural.kokoro.model import KokoroModel
from chaptercast.speech.engines.neural.piper import ENGINE as PIPER_ENGINE
from chaptercast.speech.engines.neural.piper.model import PiperModel
from chaptercast.speech.model import LocalEngine, Prosody
from chaptercast.voice_store import maintenance

ENGINES: dict[str, tuple[LocalEngine, str, str]] = {
    "kokoro": (KOKORO_ENGINE, "af_heart", KOKORO),
    "piper": (PIPER_ENGINE, ENGLISH, ENGLISH),
}
ASKED = [
    ("kokoro", "af_heart", "en-US", "Good evening. In 1987, we met."),
    ("kokoro", "zf_xiaoxiao", "zh-CN", "你好，世界。"),
    ("kokoro", "jf_alpha", "ja", "今日はいい天気です。"),
    ("kokoro", "bf_emma", "en-GB", "Well — almost."),
    ("piper", ENGLISH, "en-US", "Good evening. In 1987, we met."),
    ("piper", GERMAN, "de", "Schönen Abend noch!"),
    ("piper", f"{MANY}#zoe", "en-GB", "One of many."),
    ("piper", f"{MANY}#adam", "en-GB", "One of many."),
    ("piper", LETTERS, "fr", "Été à Paris."),
]  # fmt: skip
"""Engine, voice, language and text."""


@pytest.fixture(params=ENGINES)
def family(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def engine(family: str) -> LocalEngine:
    return ENGINES[family][0]


@pytest.fixture
def voice(family: str) -> str:
    return ENGINES[family][1]


def digest(name: str, voice: str, language: str, text: str) -> str:
    return hashlib.sha256(speak(ENGINES[name][0], text, voice, language).pcm).hexdigest()


def test_the_same_bytes_in_any_order_and_in_another_process() -> None:
    forwards = {asked: digest(*asked) for asked in ASKED}
    backwards = {asked: digest(*asked) for asked in reversed(ASKED)}
    assert forwards == backwards
    assert len(set(forwards.values())) == len(ASKED)
    script = "from tests.speech.engines.neural.test_engines import ASKED, digest\nfor asked in ASKED[::2]: print(digest(*asked))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[4],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.stdout.split() == [forwards[asked] for asked in ASKED[::2]], done.stderr


def test_words_are_told_as_they_are_written(engine: LocalEngine, voice: str) -> None:
    text = "In the house of 1987, he said “yes” to Dr. Smith."
    speech = speak(engine, text, voice)
    assert said(text, speech) == ["In", "the", "house", "of", "1987", "he", "said", "yes", "to", "Dr", "Smith"]
    assert speech.unread == ()
    assert speech.exact


def test_what_cannot_be_read_is_told(engine: LocalEngine, voice: str) -> None:
    text = "He said 你好 to ①."
    speech = speak(engine, text, voice)
    assert said(text, speech) == ["He", "said", "to"]
    assert [text[begin:end] for begin, end in speech.unread] == ["你好", "①"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.sampled_from(ASKED), texts(), st.sampled_from([0.7, 1.0, 1.9]))
def test_no_word_is_lost_and_times_are_in_order(asked: tuple[str, str, str, str], text: str, rate: float) -> None:
    name, voice, language, _ = asked
    speech = speak(ENGINES[name][0], text, voice, language, Prosody(rate=rate))
    assert lost(text, (word[1:] for word in speech.words), speech.unread) == ""
    count = len(speech.pcm) // 2
    assert all(0 <= one.start <= other.start for one, other in pairwise(speech.words))
    assert all(word.start <= count for word in speech.words)
    assert all(one.offset + one.length <= other.offset for one, other in pairwise(speech.words))
    assert bool(speech.pcm) is bool(speech.words)


@pytest.mark.parametrize("text", ["", "...", "。", "?!", "“”", " ", "†", "①"])
def test_where_there_is_nothing_to_say_no_model_is_asked(
    text: str, engine: LocalEngine, voice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(KokoroModel, "say", never)
    monkeypatch.setattr(PiperModel, "say", never)
    speech = speak(engine, text, voice)
    assert (speech.pcm, speech.words) == (b"", ())
    assert speech.unread == (((0, 1),) if text == "①" else ())


def test_long_texts_are_spoken_in_pieces_and_whole(
    engine: LocalEngine, voice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for model in (KokoroModel, PiperModel):
        original = model.say

        def say(self: object, symbols: str, *rest: object, original: object = original) -> object:
            asked.append(symbols)
            return original(self, symbols, *rest)  # type: ignore[operator]

        monkeypatch.setattr(model, "say", say)
    text = "seventeen hungry hippopotamuses " * 40 + "again"
    speech = speak(engine, text, voice)
    assert len(asked) > 2
    assert max(map(len, asked)) <= 400
    assert said(text, speech) == text.split()
    once = speak(engine, "seventeen", voice)
    assert len(speech.pcm) > 80 * len(once.pcm)


def test_a_word_that_is_longer_than_a_network_takes_is_said_to_its_end(engine: LocalEngine, voice: str) -> None:
    for sign in "9a":
        short, long = (speak(engine, sign * count, voice) for count in (50, 200))
        assert len(long.pcm) > 3 * len(short.pcm)
        assert said(sign * 200, long) == [sign * 200]


def test_volume_and_rate_are_heeded_and_pitch_is_not(engine: LocalEngine, voice: str) -> None:
    text = "Good evening, everyone."
    plain, quiet, quick = (
        speak(engine, text, voice, prosody=Prosody(**how)) for how in ({}, {"volume": 0.5}, {"rate": 2.0})
    )
    assert loudest(quiet) == pytest.approx(loudest(plain) / 2, rel=0.02)
    assert len(quiet.pcm) == len(plain.pcm)
    assert 0.35 * len(plain.pcm) < len(quick.pcm) < 0.75 * len(plain.pcm)
    assert said(text, quick) == said(text, plain)
    assert all(
        0.3 < later.start / earlier.start < 0.8 for earlier, later in zip(plain.words[1:], quick.words[1:], strict=True)
    )
    assert speak(engine, text, voice, prosody=Prosody(pitch=1.5)).pcm == plain.pcm


def test_nothing_is_written_where_nothing_may_be(
    engine: LocalEngine, voice: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from chaptercast.speech.model import Utterance

    plain = speak(engine, "Hello.", voice)
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "cache"))
    with engine.open(dry=True) as speaker:
        assert speaker.speak(Utterance("Hello.", voice, LanguageTag("en"))) == plain
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_voice_is_one_clear_error(engine: LocalEngine, family: str) -> None:
    for ask in (lambda: speak(engine, "Hello.", "nobody"), lambda: engine.identity("nobody", LanguageTag("en"))):
        with pytest.raises(EngineError, match=f"The engine “{family}” has no voice “nobody”") as caught:
            ask()
        assert f"voices --engine {family}" in caught.value.remedy


def test_it_is_described_without_anything_loaded(family: str) -> None:
    script = (
        "import sys\nfrom chaptercast.speech.engine_registry import load\n"
        f"engine = load({family!r})\n"
        "assert engine.status().ready and engine.voices() and engine.version\n"
        "print(*sorted({'numpy', 'onnxruntime', 'pypinyin', 'rjieba', 'pyopenjtalk'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []


def test_a_worker_is_told_to_take_memory(engine: LocalEngine) -> None:
    assert 100_000_000 < engine.worker_bytes < 1_500_000_000
    assert not engine.online
    assert engine.audible
    assert engine.max_sentences == 1


class TestStatus:
    """Whether it can work here, and what to do where not."""

    def test_with_voices(self, engine: LocalEngine, family: str) -> None:
        status = engine.status()
        assert status.ready
        assert "works offline" in status.reason
        count = {
            "kokoro": "10 voices installed, for en-GB, en-US, es",
            "piper": "5 voices installed, for de-DE, en-GB, en-US, fr-FR",
        }
        assert status.reason.startswith(count[family])

    def test_without_voices(
        self, engine: LocalEngine, family: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("CHAPTERCAST_VOICES", str(tmp_path / "empty"))
        status = engine.status()
        assert (status.ready, status.missing, status.reason) == (False, True, "no voice is installed")
        assert f"chaptercast voices --available --engine {family}" in status.remedy
        assert engine.voices() == ()

    def test_without_the_runtime(self, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(runtime, "release", lambda: "")
        status = engine.status()
        assert (status.ready, status.missing) == (False, True)
        assert status.reason == "the ONNX Runtime is not installed"
        assert "pip install 'chaptercast[neural]'" in status.remedy
        assert engine.version == ""

    def test_without_phonemes(self, engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(installation, "release", lambda: "")
        status = engine.status()
        assert (status.ready, status.reason) == (False, "the package espeakng-loader is not installed")
        assert engine.version == ""

    def test_a_runtime_that_cannot_be_loaded_is_one_clear_error(
        self, engine: LocalEngine, voice: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("CHAPTERCAST_VOICES", str(packs.installed_in(tmp_path)))  # whose models are not loaded yet
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
        runtime._onnxruntime.cache_clear()
        try:
            with pytest.raises(EngineError, match="The ONNX Runtime cannot be loaded"):
                speak(engine, "Hello.", voice)
        finally:
            runtime._onnxruntime.cache_clear()


@pytest.fixture
def _own_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAPTERCAST_VOICES", str(tmp_path / "store"))


@pytest.mark.usefixtures("_own_store")
class TestIdentity:
    """Under what clips are kept: all that decides how they sound, and nothing else."""

    @pytest.fixture(autouse=True)
    def _installed(self, family: str, tmp_path: Path, _own_store: None) -> None:
        self.pack = ENGINES[family][2]
        self.contents = dict(PACKS[self.pack])
        self.tmp_path = tmp_path
        install(self.pack, self.contents, tmp_path / "given")

    def again(self, **changes: object) -> None:
        """Install it anew, with other files or facts."""
        files = {name: content for name, content in changes.items() if isinstance(content, bytes)}
        facts = {name: fact for name, fact in changes.items() if not isinstance(fact, bytes)}
        maintenance.remove(self.pack, lambda _line: None)
        install(self.pack, {**self.contents, **files}, self.tmp_path / f"again-{len(changes)}", **facts)

    def test_it_is_the_same_again(self, engine: LocalEngine, voice: str) -> None:
        first = engine.identity(voice, LanguageTag("en"))
        self.again()
        assert engine.identity(voice, LanguageTag("en")) == first

    def test_what_is_said_of_a_voice_does_not_change_it(self, engine: LocalEngine, voice: str) -> None:
        first = engine.identity(voice, LanguageTag("en"))
        self.again(
            licence="CC-BY-4.0", licence_note="Name them.", description="Better than ever", MODEL_CARD=b"# Another\n"
        )
        assert engine.identity(voice, LanguageTag("en")) == first

    def test_nor_does_the_text_of_its_licence(self, engine: LocalEngine, voice: str) -> None:
        del self.contents["MODEL_CARD"]  # then one is made
        self.again(licence="CC0-1.0")
        first = engine.identity(voice, LanguageTag("en"))
        self.again(licence="CC-BY-4.0")
        assert engine.identity(voice, LanguageTag("en")) == first

    def test_nor_does_where_it_lies(
        self, engine: LocalEngine, voice: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        first = engine.identity(voice, LanguageTag("en"))
        (tmp_path / "store").rename(tmp_path / "moved")
        monkeypatch.setenv("CHAPTERCAST_VOICES", str(tmp_path / "moved"))
        assert engine.identity(voice, LanguageTag("en")) == first

    def test_another_model_changes_it(self, engine: LocalEngine, voice: str) -> None:
        first = engine.identity(voice, LanguageTag("en"))
        self.again(**{"model.onnx": self.contents["model.onnx"] + b"\x32\x01x"})
        assert engine.identity(voice, LanguageTag("en")) != first

    def test_other_styles_or_another_configuration_change_it(self, engine: LocalEngine, voice: str) -> None:
        first = engine.identity(voice, LanguageTag("en"))
        (other,) = self.contents.keys() - {"model.onnx", "MODEL_CARD"}
        changed = (
            self.contents[other].replace(b'"test"', b'"tost"')
            if other.endswith("json")
            else packs.kokoro_styles("af_heart")
        )
        self.again(**{other: changed})
        assert engine.identity(voice, LanguageTag("en")) != first

    def test_so_do_the_runtime_and_the_phonemes(
        self, engine: LocalEngine, voice: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = {engine.identity(voice, LanguageTag("en"))}
        monkeypatch.setattr(runtime, "release", lambda: "onnxruntime 99")
        found.add(engine.identity(voice, LanguageTag("en")))
        monkeypatch.setattr(installation, "release", lambda: "99")
        found.add(engine.identity(voice, LanguageTag("en")))
        assert len(found) == 3

    def test_so_does_what_it_runs_on(self, engine: LocalEngine, voice: str) -> None:
        other = replace(engine, device="cuda")  # type: ignore[type-var]
        assert other.identity(voice, LanguageTag("en")) != engine.identity(voice, LanguageTag("en"))

    def test_so_does_another_voice(self, engine: LocalEngine, tmp_path: Path) -> None:
        install(MANY, PACKS[MANY], tmp_path / "many")
        voices = [one.name for one in engine.voices()]
        assert len(voices) > 1
        assert len({engine.identity(name, LanguageTag("en")) for name in voices}) == len(voices)

    def test_the_dictionary_of_its_language_alone_changes_it(
        self, engine: LocalEngine, voice: str, family: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = {tag: engine.identity(voice, LanguageTag(tag)) for tag in ("en-US", "zh-CN", "ja")}
        assert len(set(before.values())) == (3 if family == "kokoro" else 1)
        monkeypatch.setattr(chinese, "dictionary", lambda: "pypinyin 99, rjieba 99")
        after = {tag: engine.identity(voice, LanguageTag(tag)) for tag in before}
        assert {tag for tag in before if before[tag] != after[tag]} == ({"zh-CN"} if family == "kokoro" else set())


@pytest.mark.usefixtures("_own_store")
def test_a_model_that_was_damaged_since_is_one_clear_error(
    engine: LocalEngine, voice: str, family: str, tmp_path: Path
) -> None:
    pack = install(ENGINES[family][2], PACKS[ENGINES[family][2]], tmp_path / "given")
    pack.path("model.onnx").write_bytes(PACKS[pack.id]["model.onnx"][:-40])
    with pytest.raises(EngineError, match="The model cannot be") as caught:
        speak(engine, "Hello.", voice)
    assert "voices --verify" in caught.value.remedy


@pytest.mark.usefixtures("_own_store")
def test_a_file_that_is_gone_is_one_clear_error(engine: LocalEngine, voice: str, family: str, tmp_path: Path) -> None:
    pack = install(ENGINES[family][2], PACKS[ENGINES[family][2]], tmp_path / "given")
    pack.path("model.onnx").unlink()
    with pytest.raises(EngineError, match=r"model\.onnx cannot be read: ") as caught:
        speak(engine, "Hello.", voice)
    assert f"voices --install {pack.id}" in caught.value.remedy


@pytest.fixture
def _small_and_large(tmp_path: Path, _own_store: None) -> None:
    for name, note in (("kokoro-large", b"\x32\x7f" + bytes(127)), (KOKORO, b"")):
        contents = {**PACKS[KOKORO], "model.onnx": PACKS[KOKORO]["model.onnx"] + note}
        install(name, contents, tmp_path / name)


@pytest.mark.usefixtures("_small_and_large")
def test_of_packs_with_the_same_voices_the_smallest_has_their_names() -> None:
    voices = {voice.name: voice for voice in KOKORO_ENGINE.voices()}
    assert "af_heart" in voices
    assert "af_heart@kokoro-large" in voices
    assert len(voices) == 20
    plain, large = (KOKORO_ENGINE.identity(name, LanguageTag("en")) for name in ("af_heart", "af_heart@kokoro-large"))
    assert plain != large
    assert speak(KOKORO_ENGINE, "Hello.", "af_heart@kokoro-large") == speak(KOKORO_ENGINE, "Hello.", "af_heart")
    maintenance.remove(KOKORO, lambda _line: None)
    assert KOKORO_ENGINE.identity("af_heart", LanguageTag("en")) == large
    with pytest.raises(EngineError, match="has no voice"):
        KOKORO_ENGINE.identity("af_heart@kokoro-large", LanguageTag("en"))


def test_what_the_catalogue_has_can_be_installed() -> None:
    assert KOKORO_ENGINE.installable("am_adam")
    assert not KOKORO_ENGINE.installable("de_DE-thorsten-medium")
    assert PIPER_ENGINE.installable("de_DE-thorsten-medium")
    assert not PIPER_ENGINE.installable("am_adam")
    assert not PIPER_ENGINE.installable("")
