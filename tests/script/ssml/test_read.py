"""SSML that others wrote: what is asked for is done as far as an engine can, and told where it cannot."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judges.ssml import portable_faults

from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Reason
from chaptercast.errors import InputError
from chaptercast.script.lexicons.lexicon import NO_LEXICON, Entry, Lexicon
from chaptercast.script.model import Pause, Say, Script
from chaptercast.script.ssml.detection import is_ssml
from chaptercast.script.ssml.read import parse_ssml, to_script
from chaptercast.script.ssml.write import to_ssml
from chaptercast.script.utterances import Verbalizer
from chaptercast.voice_profiles import Manner, Pauses, Role

EN = LanguageTag("en")
NS = 'xmlns="http://www.w3.org/2001/10/synthesis"'
PAUSES = Pauses({"paragraph": Milliseconds(500), "sentence": Milliseconds(300)}, {"paragraph": Milliseconds(400)})


def read(
    inside: str, *, max_bytes: int = 4000, lexicon: Lexicon = NO_LEXICON, attributes: str = 'xml:lang="en"'
) -> Script:
    document = parse_ssml(f"<speak {NS} {attributes}>{inside}</speak>", "a.ssml")
    return to_script(document, document.language, lambda tag: Verbalizer(tag, True, max_bytes, lexicon), PAUSES)


def heard(script: Script) -> list[str | int]:
    """What is said and the pauses, in order."""
    return [p.duration if isinstance(p, Pause) else p.spoken for s in script.sections for p in s.parts]


def only(script: Script) -> Say:
    (say,) = script.utterances()
    return say


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("Hello there.", ["Hello there."]),
        ("<p>One.</p><p>Two.</p>", ["One.", 500, "Two."]),
        ("<p><s>One.</s><s>Two.</s></p>", ["One. Two."]),
        ("One.<p>Two.</p>Three.", ["One.", 500, "Two.", 500, "Three."]),
        ("<p>In 2021, $5.</p>", ["In twenty twenty-one, five dollars."]),
        ('<p>One.</p><break time="2s"/><p>Two.</p>', ["One.", 2000, "Two."]),
        ('<p>One.<break time="250ms"/></p><p>Two.</p>', ["One.", 250, "Two."]),
        ('<p>One.</p><break strength="none"/><p>Two.</p>', ["One.", "Two."]),
        ('One <break time="1.5s"/> two', ["One", 1500, "two"]),
        ('One <break time=".5s"/><break time="+100ms"/> two', ["One", 600, "two"]),
        ("One <break/> two", ["One", 500, "two"]),
        ('One <break strength="x-strong"/> two', ["One", 1500, "two"]),
        ('One <break time="300ms" strength="x-strong"/> two', ["One", 300, "two"]),
        ('<break time="1s"/>One<break time="2s"/>', [1000, "One", 2000]),
        (
            'The <sub alias="World Wide Web Consortium">W3C</sub> in 2021.',
            ["The World Wide Web Consortium in twenty twenty-one."],
        ),
        ('<sub alias="R＆D">R&amp;D</sub>', ["R&D"]),
        ('<sub alias=" ">kept</sub> <sub>too</sub>', ["kept too"]),
        ('An <say-as interpret-as="characters">ISBN</say-as>.', ["An I S B N."]),
        ('<say-as interpret-as="spell-out">a1</say-as>', ["A one"]),
        ('<say-as interpret-as="digits">2021</say-as>', ["two zero two one"]),
        ('<say-as interpret-as="telephone">555-01</say-as>', ["five five five, zero one"]),
        (
            "<p>A <w>word</w>, a <token>token</token> and <lookup ref='x'>more</lookup>.</p>",
            ["A word, a token and more."],
        ),
        ("<paragraph><sentence>Old.</sentence></paragraph>", ["Old."]),
        ("a <!-- not said --> b <?pi not said?> c", ["a b c"]),
        ("<![CDATA[a < b]]>", ["a is less than b"]),
        ('<audio src="http://example.org/a.wav">instead</audio>', ["instead"]),
        ('<audio src="a.wav"><desc>a dog barks</desc></audio>', ["a dog barks"]),
        ('<audio src="a.wav"><desc>not said</desc>but this</audio>', ["but this"]),
        ('<phoneme alphabet="ipa" ph="x">tomato</phoneme>', ["tomato"]),
        ("<unknown>kept</unknown>", ["kept"]),
        ("<metadata><x xmlns='y'>never said</x></metadata><meta name='x' content='never'/>said", ["said"]),
        ("<p>One two.\n     Three\n  four.</p>", ["One two. Three four."]),
    ],
)
def test_what_is_heard(inside: str, expected: list) -> None:
    assert heard(read(inside)) == expected


def test_languages_have_voices_of_their_own() -> None:
    says = list(
        read('<p>Er sagte <lang xml:lang="de">Guten Tag</lang> to us.</p><p xml:lang="fr">Bonjour</p>').utterances()
    )
    assert [(s.spoken, s.language, s.continues) for s in says] == [
        ("Er sagte", "en", False),
        ("Guten Tag", "de", True),
        ("to us.", "en", True),
        ("Bonjour", "fr", False),
    ]
    assert only(read('<voice languages="de en">Tag</voice>')).language == "de"
    assert only(read('<s xml:lang="no language!">x</s>')).language == "en"


def test_the_language_is_told_by_the_words_where_it_is_not_declared() -> None:
    assert read("今天天气很好，我们去公园散步吧。", attributes="").language == "zh"


@pytest.mark.parametrize(
    ("attributes", "manner"),
    [
        ('rate="80%"', Manner(rate=0.8)),
        ('rate="0.8"', Manner(rate=0.8)),
        ('rate="-20%"', Manner(rate=0.8)),
        ('rate="+20%"', Manner(rate=1.2)),
        ('rate="fast"', Manner(rate=1.25)),
        ('rate="900%"', Manner(rate=2.0)),
        ('pitch="+10%"', Manner(pitch=1.1)),
        ('pitch="-12st"', Manner(pitch=0.5)),
        ('pitch="x-high"', Manner(pitch=1.3)),
        ('volume="+6dB"', Manner(volume=1.995)),
        ('volume="soft"', Manner(volume=0.501)),
        ('volume="50"', Manner(volume=0.501)),
        ('volume="silent"', Manner(volume=0.0)),
        ('rate="default" pitch="medium" volume="medium"', Manner()),
    ],
)
def test_prosody(attributes: str, manner: Manner) -> None:
    script = read(f"<prosody {attributes}>Words.</prosody>")
    assert only(script).manner == manner
    assert not script.notes


def test_prosody_within_prosody_and_within_a_sentence() -> None:
    says = list(read('<prosody rate="80%">I said <prosody rate="50%">no</prosody> twice.</prosody>').utterances())
    assert [(s.spoken, s.manner.rate) for s in says] == [("I said", 0.8), ("no", 0.4), ("twice.", 0.8)]


def test_emphasis_is_heard_where_it_is_all_of_a_sentence() -> None:
    script = read('<p><s><mark name="m"/><emphasis level="strong">Stop!</emphasis></s></p>')
    assert only(script).manner.volume > 1
    assert not script.notes
    script = read("<p>This is <emphasis>very</emphasis> good. <emphasis level='none'>So</emphasis> it is.</p>")
    assert only(script).spoken == "This is very good. So it is."
    assert script.notes == ("emphasis within a sentence cannot be asked of an engine.",)


def test_voices() -> None:
    says = list(read('<voice name="en-us">One <voice name=" ">two</voice></voice> three').utterances())
    assert [(s.spoken, s.voice) for s in says] == [("One two", "en-us"), ("three", "")]


@pytest.mark.parametrize(
    ("inside", "note"),
    [
        ('<prosody pitch="120Hz">x</prosody>', "pitch “120Hz” cannot be asked of an engine."),
        ('<prosody rate="quick" contour="(0%,+20Hz)">x</prosody>', "rate “quick” cannot be asked of an engine."),
        ('<prosody contour="(0%,+20Hz)">x</prosody>', "the contour of prosody cannot be asked of an engine."),
        ('<break time="soon"/>x', "a break of “soon” is not known."),
        ('x<break time="90s"/>y', "a break is 60 s at the most."),
        ('<say-as interpret-as="date">1/2</say-as>', "say-as “date” is read as any text is."),
        ('<voice gender="female">x</voice>', "a voice is not chosen by its gender."),
        (
            "<phoneme ph='x'>a</phoneme> <phoneme ph='x'>b</phoneme>",
            "phonemes cannot be asked of an engine; the text is read (2 times).",
        ),
        (
            '<lexicon uri="http://example.org/x.pls"/>x',
            "a lexicon is not loaded from a script; put it into voices/lexicons.",
        ),
        (
            '<m:express-as xmlns:m="urn:x" style="sad">x</m:express-as>',
            "<m:express-as> is not known; its text is read.",
        ),
        ('<amazon:effect name="whispered">x</amazon:effect>', "<amazon:effect> is not known; its text is read."),
        ('<p>one <mark name="here"/> two</p>', "a mark within a paragraph opens no chapter."),
    ],
)
def test_what_cannot_be_done_is_told(inside: str, note: str) -> None:
    assert note in read(inside).notes


def test_without_marks_all_is_one_section() -> None:
    assert [(s.id, s.title, s.level) for s in read("<p>One.</p><p>Two.</p>").sections] == [("s0", "", 1)]


def test_marks_before_paragraphs_open_sections() -> None:
    script = read(
        'One.<mark name="part-two"/><p>Two.</p><p><s><mark name="3"/>Three.</s></p><mark name="a"/><mark name="b"/>Four.'
    )
    assert [(s.title, s.level, [p.spoken for p in s.parts if isinstance(p, Say)]) for s in script.sections] == [
        ("", 1, ["One."]),
        ("part two", 2, ["Two."]),
        ("3", 2, ["Three."]),
        ("b", 2, ["Four."]),
    ]
    assert len({s.id for s in script.sections}) == 4


def test_metadata_of_others() -> None:
    script = read(
        '<meta name="author" content="Ines Calder"/><metadata><r:RDF xmlns:r="urn:r" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<r:Description><dc:title>\n  My\n talk </dc:title><dc:date>2025-10-12</dc:date><dc:source>javascript:alert(1)</dc:source>"
        "</r:Description></r:RDF></metadata>x"
    )
    assert (script.title, script.metadata.author, script.metadata.date, script.metadata.source) == (
        "My talk",
        "Ines Calder",
        "2025-10-12",
        "",
    )


def test_what_has_no_sound_is_named() -> None:
    script = read("<p>* * *</p><p>Words.</p>")
    assert heard(script) == ["Words."]
    assert [(o.text, o.reason) for o in script.left_out] == [("* * *", Reason.UNSPEAKABLE)]


def test_lexicons_work_on_text_and_not_on_aliases() -> None:
    script = read('A GIF and a <sub alias="GIF">picture</sub>.', lexicon=Lexicon([Entry("gif", "jif")]))
    assert only(script).spoken == "A jif and a GIF."
    assert [r.spoken for sentence in only(script).sentences for r in sentence.respellings] == ["jif"]


def test_what_is_too_long_for_an_engine_is_cut() -> None:
    script = read(f"<p><s>{'word ' * 100}</s><s><sub alias='{'alias ' * 100}'>x</sub></s></p>", max_bytes=100)
    assert all(len(say.spoken.encode()) <= 100 for say in script.utterances())
    assert sum(say.spoken.count("alias") for say in script.utterances()) == 100
    assert "".join(say.written for say in script.utterances()).count("word") == 100


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (f"<speak {NS}>x</speak>".encode(), True),
        (b"<speak>x</speak>", True),
        (b"\n\n <?xml version='1.0'?>\n<!-- a > b --><?p x?><speak\n>x</speak>", True),
        (f"<s:speak xmlns:s='{NS[7:-1]}'/>".encode(), True),
        ("\ufeff<speak>x</speak>".encode(), True),
        ("<?xml version='1.0'?><speak>x</speak>".encode("utf-16"), True),
        (b"<!DOCTYPE speak PUBLIC 'x' 'y'><speak>x</speak>", True),
        (b"<!DOCTYPE speak [<!ENTITY a ']>b'> <!ENTITY c 'd'> ]>\n<speak>x</speak>", True),
        (b"<speak xmlns='urn:other'>x</speak>", False),
        (b"<speaker>x</speaker>", False),
        (b"<html><body><speak>x</speak></body></html>", False),
        (b"# Title\n\n<speak>x</speak>", False),
        (b"speak of the devil", False),
        (b"<!DOCTYPE html><speak>x</speak>", False),
        (b"", False),
        (b"<!--" * 20_000, False),
        (b"<!DOCTYPE x [" + b"]" * 50_000, False),
    ],
)
def test_scripts_are_told_by_their_root(data: bytes, answer: bool) -> None:
    assert is_ssml(data) is answer


LAUGHS = "<!DOCTYPE speak [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{LAUGHS}<speak>&c;</speak>", "document type"),
        (f"<!-- x --> {LAUGHS}<speak a='&c;'>x</speak>", "document type"),
        ("<!DOCTYPE speak SYSTEM 'http://127.0.0.1:1/x.dtd'><speak>x</speak>", "document type"),
        ("<!DOCTYPE speak [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><speak>&a;</speak>", "document type"),
        ("<speak>&nbsp;</speak>", "nbsp"),
        ("<speak>\n<p>a</speak>", "line 2"),
        ("<speak>" + "<prosody>" * 65 + "x" + "</prosody>" * 65 + "</speak>", "deep"),
        ("<speak>" + "<p>" * 5000 + "</p>" * 5000 + "</speak>", "deep"),
        (f"<speak><sub alias='{'x' * 70_000}'>x</sub></speak>", "attribute is too long"),
        ("<speak " + " ".join(f"a{n}=''" for n in range(5000)) + ">x</speak>", "attributes"),
        ("<speak>" + "<p/>" * 500_001 + "</speak>", "more than 500,000 elements"),
        (f"<speak>{'x' * 16_000_001}</speak>", "longer than"),
        ("<html/>", "no <speak>"),
        ("", "line 1"),
    ],
)
def test_hostile_scripts_are_refused(text: str, words: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_ssml(text, "a.ssml")
    assert words in raised.value.message


names = st.sampled_from(
    ["p", "s", "break", "sub", "say-as", "lang", "voice", "prosody", "emphasis", "mark", "audio", "desc", "phoneme"]
) | st.sampled_from(["w", "metadata", "x:y", "speak"])
attribute_names = st.sampled_from(
    ["time", "strength", "alias", "interpret-as", "xml:lang", "name", "rate", "pitch", "volume", "level"]
)
values = st.sampled_from(
    [
        "1s",
        "strong",
        "de",
        "characters",
        "digits",
        "90%",
        "+6dB",
        "silent",
        "",
        "s0-1",
        "quote-3",
        "x" * 50,
        "-1",
        "1e9",
    ]
)
texts = st.text("ab. 1字。*-", max_size=8)


def element(name: str, given: dict[str, str], inner: list[str]) -> str:
    attributes = "".join(f' {key}="{value}"' for key, value in given.items())
    return f"<{name}{attributes}>{''.join(inner)}</{name}>"


trees = st.recursive(
    texts,
    lambda inner: st.builds(
        element, names, st.dictionaries(attribute_names, values, max_size=3), st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(trees, max_size=5))
def test_whatever_is_marked_up_becomes_a_portable_script_that_is_the_same_read_again(inner: list[str]) -> None:
    script = read("".join(inner))
    text = to_ssml(script)
    assert portable_faults(text) == []
    document = parse_ssml(text, "b.ssml")
    again = to_script(document, document.language, lambda tag: Verbalizer(tag, True, 4000), PAUSES)
    assert heard(again) == heard(script)
    assert [(s.title, s.level) for s in again.sections] == [(s.title, s.level) for s in script.sections]
    assert [(s.language, s.manner, s.voice, s.role) for s in again.utterances()] == [
        (s.language, s.manner, s.voice, s.role) for s in script.utterances()
    ]


@given(st.text("<>/='\" speakpsbreaktime&;![]-?x", max_size=120))
def test_any_text_is_a_script_or_refused(text: str) -> None:
    for given_ in (text, f"<speak>{text}</speak>"):
        with suppress(InputError):
            document = parse_ssml(given_, "a.ssml")
            to_script(document, document.language, lambda tag: Verbalizer(tag, True, 4000), PAUSES)
    is_ssml(text.encode())


def test_a_role_of_a_stranger_is_no_role() -> None:
    script = read('<p><s><mark name="heading-1"/>Words.</s></p>')
    assert only(script).role is Role.BODY
    assert script.sections[0].title == "heading 1"
