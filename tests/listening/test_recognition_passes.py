"""Passages listened to: what is heard as written, what is not, and what nobody can tell."""

import numpy as np
import pytest
from msgspec.structs import replace
from tests.listening.ears import EN, Ears, passage, sound, sounding

from chaptercast.common.units import LanguageTag
from chaptercast.listening.model import Judgement, Kind, Verdict
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.listening.recognition_passes import Listener, Sounding

TEXT = "The last ferry leaves at twenty to twelve|For most of the passengers it is the way home"
PLAIN = TEXT.replace("|", ". ")


def judgement(text: str, *heard: str, ears: Ears | None = None, **options: bool) -> Judgement:
    (one,) = Listener(ears or Ears({5: heard})).judged([sounding(5, text, **options)])
    return one.judgement


def kinds(found: Judgement) -> list[Kind]:
    return [finding.kind for finding in found.findings]


def test_what_is_said_as_it_is_written_is_heard_once() -> None:
    ears = Ears({5: "The last ferry leaves at 20 to 12. For most of the passengers it is the way home."})
    assert judgement(TEXT, ears=ears).verdict is Verdict.HEARD
    assert ears.asked == [(5,)]


@pytest.mark.parametrize(
    ("heard", "kind"),
    [
        ("For most of the passengers it is the way home", Kind.MISSING_SENTENCE),
        ("The last ferry leaves at twenty to twelve. For most of the way home", Kind.MISSING_WORDS),
        ("The last ferry leaves at twenty to twelve. For most passengers of the it is the way", None),
        (f"{PLAIN} {PLAIN.split('. ')[1]}", Kind.REPEATED),
        ("The last ferry leaves at thirty to twelve. For most of the passengers it is the way home", Kind.OTHER_NUMBER),
        (
            "The last ferry leaves at twenty to twelve. For most of a big old garden grows the way home",
            Kind.OTHER_WORDS,
        ),
        ("Where have you been all night long, my dear and only friend", Kind.OTHER_WORDS),
        ("The last leaves at twenty to twelve. For most of the passengers it is the way home", Kind.MISSING_WORDS),
    ],
)
def test_what_is_not_said_as_it_is_written_is_told(heard: str, kind: Kind | None) -> None:
    found = judgement(TEXT, heard)
    assert found.verdict is not Verdict.HEARD
    if kind:
        assert found.verdict is Verdict.WRONG
        assert kinds(found) == [kind]


def test_all_of_it_said_twice_is_no_other_text() -> None:
    line = "The rules of the room"
    assert kinds(judgement(line, f"{line}. {line}.")) == [Kind.REPEATED]


def test_an_alarm_that_a_second_hearing_does_not_have_is_none() -> None:
    assert judgement(TEXT, "The last ferry leaves at twenty to twelve.", PLAIN).verdict is Verdict.HEARD


def test_a_fault_that_only_the_second_hearing_has_needs_a_third() -> None:
    lost = PLAIN.replace("For most of the passengers ", "")
    doubtful = PLAIN.replace("home", "")
    assert judgement(TEXT, doubtful, lost, PLAIN).verdict is Verdict.HEARD
    ears = Ears({5: [doubtful, lost, lost]})
    assert judgement(TEXT, ears=ears).verdict is Verdict.WRONG


def test_silence_is_told_without_any_recogniser() -> None:
    silent = Sounding(passage(TEXT), np.zeros(3 * SAMPLE_RATE, "<i2"))
    (one,) = Listener(Ears({})).judged([silent])
    assert (one.judgement.verdict, kinds(one.judgement)) == (Verdict.WRONG, [Kind.SILENCE])
    assert one.judgement.findings[0].sure == 1.0


def test_a_long_gap_within_is_silence_too() -> None:
    gap = np.concatenate([sound(5, 2), np.zeros(4 * SAMPLE_RATE, "<i2"), sound(5, 3)])
    (one,) = Listener(Ears({5: PLAIN})).judged([Sounding(passage(TEXT), gap)])
    assert (one.judgement.verdict, kinds(one.judgement)) == (Verdict.WRONG, [Kind.SILENCE])


def test_another_language_is_told_as_such() -> None:
    found = judgement(TEXT, ears=Ears({5: "six years later the shelves reach up to the ceiling"}, {5: "fr"}))
    assert (found.verdict, kinds(found), found.findings[0].heard) == (Verdict.WRONG, [Kind.OTHER_LANGUAGE], "fr")


def test_a_voice_that_breaks_off_is_cut() -> None:
    found = judgement(TEXT, PLAIN.replace("the way home", "the"), dies_away=False)
    assert (found.verdict, kinds(found)) == (Verdict.WRONG, [Kind.CUT_OFF])
    assert judgement(TEXT, PLAIN, dies_away=False).findings[0].kind is Kind.CUT_OFF


@pytest.mark.parametrize(("lowest", "is_cut"), [(1.0, True), (0.003, False)])
def test_a_soft_end_is_cut_if_silence_follows_at_once(lowest: float, is_cut: bool) -> None:
    whole = sound(3, 6, dies_away=False)
    soft = whole[-SAMPLE_RATE // 10 :]
    soft[:] = soft / 4 * np.geomspace(1, lowest, len(soft))  # 12 dB below the rest: by itself too soft for a cut
    silence = np.zeros(round(0.08 * SAMPLE_RATE), "<i2")
    (one,) = Listener(Ears({3: PLAIN})).judged([Sounding(passage(TEXT), np.concatenate([whole, silence]))])
    assert kinds(one.judgement) == ([Kind.CUT_OFF] if is_cut else [])


def test_an_engine_that_always_stops_at_once_cuts_nothing() -> None:
    sudden = sound(3, 6, dies_away=False)
    (one,) = Listener(Ears({3: PLAIN})).judged([Sounding(replace(passage(TEXT), dies_away=False), sudden)])
    assert one.judgement.verdict is Verdict.HEARD


@pytest.mark.parametrize(("heard", "is_cut"), [("the way hum", False), ("the way", True)])
def test_an_end_that_is_nearly_sudden_is_cut_only_if_words_are_lost(heard: str, is_cut: bool) -> None:
    whole = sound(20, 6, dies_away=False)
    whole[-SAMPLE_RATE // 10 :] //= 2
    ears = Ears({20: PLAIN.replace("the way home", heard), 10: ""})
    (one,) = Listener(ears).judged([Sounding(passage(TEXT), whole)])
    assert (Kind.CUT_OFF in kinds(one.judgement)) is is_cut


def test_a_recogniser_that_repeats_itself_did_not_understand() -> None:
    found = judgement(TEXT, "a loop of words " * 20)
    assert (found.verdict, found.findings) == (Verdict.UNJUDGED, ())
    assert "repeats itself" in found.reason


def test_short_passages_are_heard_with_what_follows() -> None:
    ears = Ears({3: "The rules", 4: "Three rules have survived the years"})
    judged = list(Listener(ears).judged([sounding(3, "The rules"), sounding(4, "Three rules have survived the years")]))
    assert ears.asked == [(3, 4)]
    assert [one.judgement.verdict for one in judged] == [Verdict.HEARD, Verdict.HEARD]


def test_a_title_that_is_lost_among_others_is_heard_by_itself() -> None:
    texts = ("The rules", "Three rules have survived the years and the floods")
    soundings = [sounding(3, texts[0]), sounding(4, texts[1])]
    foreign, rest = Listener(Ears({3: "", 4: texts[1]}, {3: "fr"})).judged(soundings)
    assert (kinds(foreign.judgement), rest.judgement.verdict) == ([Kind.OTHER_LANGUAGE], Verdict.HEARD)
    ears = Ears({3: "", 4: texts[1]})
    lost, rest = Listener(ears).judged(soundings)
    assert (lost.judgement.verdict, rest.judgement.verdict) == (Verdict.UNJUDGED, Verdict.HEARD)
    assert ears.asked[-1] == (3,)


def test_a_title_that_lasts_as_it_should_is_never_certainly_wrong() -> None:
    line, title = "The people queue down the steps with things that broke", "An old sea"
    ears = Ears({**dict.fromkeys(range(1, 7), line), 8: "Tin can by", 9: "Tin can by an empty bridge", 10: line})
    listener = Listener(ears)
    listener.learn([sounding(n, line) for n in range(1, 7)])
    usual, _ = listener.judged([sounding(8, title), sounding(10, line)])
    assert (usual.judgement.verdict, usual.judgement.reason) == (Verdict.UNJUDGED, "too short to be sure")
    longer, _ = listener.judged([sounding(9, title, 2.0), sounding(10, line)])
    assert longer.judgement.verdict is Verdict.WRONG


@pytest.mark.parametrize(("seconds", "verdict"), [(3.5, Verdict.HEARD), (1.4, Verdict.WRONG)])
def test_what_lasts_half_its_time_is_broken_even_if_it_is_completed(seconds: float, verdict: Verdict) -> None:
    line = "The people queue down the steps with things that broke"
    listener = Listener(Ears(dict.fromkeys(range(1, 8), line)))
    listener.learn([sounding(n, line) for n in range(1, 7)])
    (judged,) = listener.judged([sounding(7, line, seconds)])
    assert judged.judgement.verdict is verdict


@pytest.mark.parametrize(("part", "verdict"), [(1.0, Verdict.UNJUDGED), (0.55, Verdict.WRONG)])
def test_half_of_a_passage_is_lost_only_if_its_duration_shows_it(part: float, verdict: Verdict) -> None:
    line, half = "The people queue down the steps|with things that broke", "with things that broke"
    listener = Listener(Ears({**dict.fromkeys(range(1, 7), line.replace("|", " ")), 7: half}))
    listener.learn([sounding(n, line) for n in range(1, 7)])
    (judged,) = listener.judged([sounding(7, line, part * len(line) * 0.07)])
    assert judged.judgement.verdict is verdict


@pytest.mark.parametrize(("dies_away", "verdict"), [(True, Verdict.UNJUDGED), (False, Verdict.WRONG)])
def test_a_single_word_that_is_said_fast_is_cut_only_if_it_ends_suddenly(dies_away: bool, verdict: Verdict) -> None:
    line, word = "The people queue down the steps with things that broke", "again"
    listener = Listener(Ears({**dict.fromkeys(range(1, 7), line), 7: [word, word, word, ""]}))
    listener.learn([sounding(n, line) for n in range(1, 7)])
    (judged,) = listener.judged([sounding(7, word, 0.3, dies_away=dies_away)])
    assert judged.judgement.verdict is verdict


def test_a_fault_is_told_of_the_passage_it_is_in() -> None:
    texts = ("The rules", "Three rules have survived the years and the floods")
    ears = Ears({3: texts[0], 4: "Three rules have survived"})
    first, second = Listener(ears).judged([sounding(3, texts[0]), sounding(4, texts[1])])
    assert (first.judgement.verdict, second.judgement.verdict) == (Verdict.HEARD, Verdict.WRONG)


def test_what_takes_far_too_long_is_heard_again_in_halves() -> None:
    line = "The people queue down the steps with things that broke"
    ears = Ears(dict.fromkeys(range(1, 8), line))
    soundings = [sounding(n, line) for n in range(1, 7)]
    listener = Listener(ears)
    listener.learn(soundings)
    list(listener.judged([*soundings, sounding(7, line, seconds=2 * len(line) * 0.07)]))
    assert ears.asked.count((7,)) > 2
    assert ears.asked.count((6,)) == 1


def test_what_takes_far_too_long_and_is_heard_twice_is_repeated_however_the_words_are_aligned() -> None:
    line = "The people queue down the steps with things that broke"
    garbled = (
        "The purple queue down their steps with thin that broke The people cue down the steppes with things at broke"
    )
    listener = Listener(Ears(dict.fromkeys(range(1, 7), line) | {7: garbled}))
    listener.learn([sounding(n, line) for n in range(1, 7)])
    (judged,) = listener.judged([sounding(7, line, seconds=2 * len(line) * 0.07)])
    assert Kind.REPEATED in kinds(judged.judgement)
    assert judged.judgement.verdict is Verdict.WRONG


def test_what_lasts_twice_as_long_is_repeated_even_if_nothing_of_it_is_understood() -> None:
    line = "The people queue down the steps with things that broke"
    garbled = "Papal cues town this depth wife sings dad"
    listener = Listener(Ears(dict.fromkeys(range(1, 7), line) | {7: garbled}))
    listener.learn([sounding(n, line) for n in range(1, 7)])
    (judged,) = listener.judged([sounding(7, line, seconds=2 * len(line) * 0.07)])
    assert judged.judgement.verdict is Verdict.WRONG


@pytest.mark.parametrize("language", ["tlh"])
def test_a_language_that_the_recogniser_does_not_know(language: str) -> None:
    one = Sounding(passage(TEXT, LanguageTag(language)), sound(5, 3))
    (judged,) = Listener(Ears({5: PLAIN})).judged([one])
    assert judged.judgement.verdict is Verdict.UNJUDGED
    assert language in judged.judgement.reason


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("艾特Mchengweb投稿的文章很有意思", "艾错严谨的投稿的文章很有意思"),
        ("二URLhaus数据库的文章很有意思", "二一二数据库的文章很有意思"),
    ],
)
def test_what_is_heard_around_latin_words_is_doubtful(written: str, heard: str) -> None:
    one = Sounding(passage(written, LanguageTag("zh-CN")), sound(5, 3))
    (judged,) = Listener(Ears({5: heard}, {5: "zh"})).judged([one])
    assert judged.judgement.verdict is Verdict.UNJUDGED


@pytest.mark.parametrize(
    ("heard", "language", "verdict"),
    [
        ("今天的主题就是外部级必有", "zh", Verdict.UNJUDGED),
        ("今天的主题就是", "zh", Verdict.WRONG),
        ("今天的主题就是外部级必有", "en", Verdict.UNJUDGED),
        ("利尔丝茨", "en", Verdict.WRONG),
    ],
)
def test_a_chinese_recogniser_writes_latin_words_as_it_likes(heard: str, language: str, verdict: Verdict) -> None:
    one = Sounding(passage("今天的主题就是WebGPU library", LanguageTag("zh-CN")), sound(5, 3))
    (judged,) = Listener(Ears({5: heard}, {5: language})).judged([one])
    assert judged.judgement.verdict is verdict


def test_languages_are_not_heard_together() -> None:
    ears = Ears({3: "Yes", 4: "Oui"})
    mixed = [sounding(3, "Yes"), Sounding(passage("Oui", LanguageTag("fr")), sound(4, 0.5))]
    list(Listener(ears).judged(mixed))
    assert set(ears.asked) == {(3,), (4,)}
    assert mixed[0].passage.language == EN
