"""The schema of the portable SSML profile takes a good document and refuses each departure from it."""

import pytest
from lxml import etree
from tests.judges import portable_faults

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<speak xmlns="http://www.w3.org/2001/10/synthesis" version="1.1" xml:lang="zh-CN">
  <metadata><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">港口图书馆</dc:title></metadata>
  <voice name="zh-heading">
    <p><s><mark name="section-1"/>开馆时间</s></p>
  </voice>
  <break time="800ms"/>
  <p>
    <s>图书馆于<sub alias="二零二一年">2021 年</sub>开放，<lang xml:lang="en">Harbour Library</lang> 是它的英文名。</s>
    <break time="5000ms"/>
    <s>A &amp; B &#8211; <say-as interpret-as="characters">ISBN</say-as><break time="250ms"/>.</s>
  </p>
  <lang xml:lang="de-AT"><p><s>Grüß Gott.</s></p></lang>
  <prosody rate="90%" pitch="-10%" volume="+6dB"><p><s><prosody rate="slow">Read</prosody> slowly.</s></p></prosody>
</speak>
"""

SENTENCE = "<s>Grüß Gott.</s>"

REFUSED = {
    "no version": (' version="1.1"', ""),
    "version 1.0": ('version="1.1"', 'version="1.0"'),
    "no language": (' xml:lang="zh-CN"', ""),
    "language with an underscore": ('xml:lang="zh-CN"', 'xml:lang="zh_CN"'),
    "another namespace": ('xmlns="http://www.w3.org/2001/10/synthesis"', 'xmlns="http://example.org/speech"'),
    "no namespace": ('xmlns="http://www.w3.org/2001/10/synthesis" ', ""),
    "base address": ('version="1.1"', 'version="1.1" xml:base="https://example.org/"'),
    "metadata after speech": ("</speak>", "<metadata/></speak>"),
    "text outside a sentence": (SENTENCE, "Grüß Gott."),
    "text outside a paragraph": ("</speak>", "Ende</speak>"),
    "nested paragraphs": (SENTENCE, f"<p>{SENTENCE}</p>"),
    "nested sentences": (SENTENCE, f"<s>{SENTENCE}</s>"),
    "sentence with a language": (SENTENCE, '<s xml:lang="de">Grüß Gott.</s>'),
    "sentence with an id": (SENTENCE, '<s xml:id="s1">Grüß Gott.</s>'),
    "paragraph with a language": (f"<p>{SENTENCE}", f'<p xml:lang="de">{SENTENCE}'),
    "break in seconds": ("800ms", "1s"),
    "break in parts of a second": ("800ms", "0.7s"),
    "break in parts of a millisecond": ("800ms", "800.5ms"),
    "break with a sign": ("800ms", "+800ms"),
    "break of nothing": ("800ms", "0ms"),
    "break with a leading zero": ("800ms", "0800ms"),
    "break without a unit": ("800ms", "800"),
    "break over 5 s": ("5000ms", "5001ms"),
    "break by strength": ('time="800ms"', 'strength="strong"'),
    "break without a time": (' time="800ms"', ""),
    "break with content": ('<break time="800ms"/>', '<break time="800ms">Pause</break>'),
    "mark after words": (SENTENCE, '<s>Grüß Gott.<mark name="m"/></s>'),
    "mark between words": (SENTENCE, '<s>Grüß <mark name="m"/>Gott.</s>'),
    "two marks in a sentence": (SENTENCE, '<s><mark name="m"/><mark name="n"/>Grüß Gott.</s>'),
    "mark outside a sentence": (SENTENCE, f'<mark name="m"/>{SENTENCE}'),
    "mark between paragraphs": ("</speak>", '<mark name="m"/></speak>'),
    "mark deeper in a sentence": (SENTENCE, '<s><lang xml:lang="de"><mark name="m"/>Grüß Gott.</lang></s>'),
    "mark without a name": (' name="section-1"', ""),
    "mark with a blank in its name": ("section-1", "section 1"),
    "mark set twice": (SENTENCE, '<s><mark name="section-1"/>Grüß Gott.</s>'),
    "substitute without an alias": (' alias="二零二一年"', ""),
    "substitute with an empty alias": ("二零二一年", ""),
    "substitute with a blank alias": ("二零二一年", " "),
    "alias that needs a reference": ("二零二一年", "A &amp; B"),
    "markup in a substitute": ("2021 年", '2021<break time="100ms"/>年'),
    "foreign words without a language": (' xml:lang="en"', ""),
    "date to be read as such": ('interpret-as="characters"', 'interpret-as="date"'),
    "format of what is spelt": ('interpret-as="characters"', 'interpret-as="characters" format="x"'),
    "voice by language": ('name="zh-heading"', 'xml:lang="zh"'),
    "voice without a name": (' name="zh-heading"', ""),
    "prosody without attributes": (' rate="90%" pitch="-10%" volume="+6dB"', ""),
    "rate beyond the limits": ("90%", "201%"),
    "rate as a factor": ("90%", "0.9"),
    "rate relative to another": ("90%", "-10%"),
    "pitch in semitones": ("-10%", "-2st"),
    "pitch in Hz": ("-10%", "120Hz"),
    "volume as a number": ("+6dB", "80"),
    "pitch range": ('rate="90%"', 'range="high"'),
    "emphasis": (SENTENCE, "<s><emphasis>Grüß</emphasis> Gott.</s>"),
    "phonemes": (SENTENCE, '<s><phoneme alphabet="ipa" ph="ɡryːs">Grüß</phoneme> Gott.</s>'),
    "sound file": (SENTENCE, '<audio src="https://example.org/a.mp3"/>'),
    "lexicon": ("<metadata>", '<lexicon uri="https://example.org/a.pls" xml:id="l"/><metadata>'),
    "words and tokens": (SENTENCE, "<s><w>Grüß</w> Gott.</s>"),
    "comment": (SENTENCE, f"<!-- greeting -->{SENTENCE}"),
    "CDATA section": (SENTENCE, "<s><![CDATA[Grüß Gott.]]></s>"),
    "document type": ("<speak", "<!DOCTYPE speak>\n<speak"),
    "single quotes": ('time="800ms"', "time='800ms'"),
    "prefix": (SENTENCE, '<v:s xmlns:v="http://www.w3.org/2001/10/synthesis">Grüß Gott.</v:s>'),
}


def test_a_good_document_is_taken() -> None:
    assert portable_faults(GOOD) == []


@pytest.mark.parametrize(("old", "new"), REFUSED.values(), ids=REFUSED.keys())
def test_a_departure_is_refused(old: str, new: str) -> None:
    changed = GOOD.replace(old, new, 1)
    assert changed != GOOD
    assert portable_faults(changed)


@pytest.mark.parametrize("milliseconds", [1, 20, 100, 999, 1000, 4999, 5000])
def test_every_length_of_break_up_to_five_seconds_is_taken(milliseconds: int) -> None:
    assert portable_faults(GOOD.replace("800ms", f"{milliseconds}ms")) == []


def test_what_is_not_well_formed_is_no_document() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        portable_faults(GOOD.replace("A &amp; B", "A & B"))
