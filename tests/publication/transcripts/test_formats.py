"""Files that others read: valid whatever the text is, and with nothing in them but text."""

import json
from datetime import timedelta

import pytest
import srt
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judges.captions import webvtt_parser
from tests.publication.transcripts.passages import ENGLISH, GERMAN, HOSTILE, chapter, passage, sentence, timed

from chaptercast.audio.model import Passage
from chaptercast.publication.transcripts.cues import line_cues, sentence_cues
from chaptercast.publication.transcripts.formats import chapters_webvtt, podcast_json, subrip, webvtt
from chaptercast.publication.transcripts.line_breaking import cleaned, folded, width

PASSAGES = [
    passage(sentence("The Night Ferry", 200, 1000)),
    passage(sentence("Tom & Jerry <3 --> more.", 1500, 3_723_004), sentence("Zweitens.", 3_723_004, 3_724_000)),
    passage(sentence("Guten Tag.", 3_725_000, 3_726_000), language=GERMAN),
]


def test_webvtt() -> None:
    assert "".join(webvtt(PASSAGES, ENGLISH)) == (
        "WEBVTT\n\n"
        "00:00:00.200 --> 00:00:01.000\nThe Night Ferry\n\n"
        "00:00:01.500 --> 01:02:03.004\nTom &amp; Jerry &lt;3 --&gt; more.\n\n"
        "01:02:03.004 --> 01:02:04.000\nZweitens.\n\n"
        "01:02:05.000 --> 01:02:06.000\n<lang de>Guten Tag.</lang>\n"
    )


def test_subrip() -> None:
    assert "".join(subrip(PASSAGES[:2])) == (
        "1\n00:00:00,200 --> 00:00:01,000\nThe Night Ferry\n\n"
        "2\n00:00:01,500 --> 01:02:03,004\nTom & Jerry <3 --\u2060> more.\n\n"
        "3\n01:02:03,004 --> 01:02:04,000\nZweitens.\n\n"
    )


def test_json_is_that_of_podcasting_2() -> None:
    assert json.loads("".join(podcast_json(PASSAGES))) == {
        "version": "1.0.0",
        "segments": [
            {"startTime": 0.2, "endTime": 1.0, "body": "The Night Ferry"},
            {"startTime": 1.5, "endTime": 3723.004, "body": "Tom & Jerry <3 --> more."},
            {"startTime": 3723.004, "endTime": 3724.0, "body": "Zweitens."},
            {"startTime": 3725.0, "endTime": 3726.0, "body": "Guten Tag."},
        ],
    }
    assert json.loads("".join(podcast_json([]))) == {"version": "1.0.0", "segments": []}


def test_chapters() -> None:
    chapters = [chapter("A\n<b>", 0, 1500), chapter("", 1500, 3000)]
    assert "".join(chapters_webvtt(chapters)) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nA &lt;b&gt;\n\n00:00:01.500 --> 00:00:03.000\n–\n"
    )


def test_what_a_player_would_take_for_markup_is_seen_in_subrip() -> None:
    text = "".join(subrip([passage(sentence("<i>x</i> {\\an8} a < b", 0, 900))]))
    assert "<\u2060i>x<\u2060/i> {\u2060\\an8} a < b" in text


@settings(max_examples=15)
@given(st.lists(timed(), min_size=10, max_size=10))
def test_webvtt_is_valid_and_says_the_text_whatever_it_is(many: list[list[Passage]]) -> None:
    read = webvtt_parser([("".join(webvtt(passages, ENGLISH)), "subtitles") for passages in many])
    for passages, found in zip(many, read, strict=True):
        cues = list(line_cues(passages, 65))
        assert found["faults"] == []
        assert [cue["text"] for cue in found["cues"]] == ["\n".join(cue.lines) for cue in cues]
        assert [round(cue["start_s"] * 1000) for cue in found["cues"]] == [cue.start for cue in cues]
        languages = [cue["languages"] for cue in found["cues"]]
        assert languages == [[cue.language] if cue.language in {"de", "zh-Hant-TW", "und"} else [] for cue in cues]


@settings(max_examples=10)
@given(st.lists(st.lists(HOSTILE, min_size=1, max_size=6), min_size=10, max_size=10))
def test_chapters_are_valid_whatever_their_titles_are(many: list[list[str]]) -> None:
    listed = [[chapter(title, 100 * n, 100 * n + 100) for n, title in enumerate(titles)] for titles in many]
    read = webvtt_parser([("".join(chapters_webvtt(chapters)), "chapters") for chapters in listed])
    for titles, found in zip(many, read, strict=True):
        assert found["faults"] == []
        assert [cue["text"] for cue in found["cues"]] == [folded(cleaned(title)) for title in titles]


@given(timed())
def test_subrip_is_valid_and_says_the_text_whatever_it_is(passages: list[Passage]) -> None:
    cues = list(line_cues(passages, 32))
    read = list(srt.parse("".join(subrip(passages))))
    assert [cue.index for cue in read] == list(range(1, len(cues) + 1))
    assert [cue.content.replace("\u2060", "") for cue in read] == [
        "\n".join(cue.lines).replace("\u2060", "") for cue in cues
    ]
    assert [(cue.start, cue.end) for cue in read] == [
        (timedelta(milliseconds=cue.start), timedelta(milliseconds=cue.end)) for cue in cues
    ]
    assert all(len(lines) <= 2 for lines in (cue.content.split("\n") for cue in read))


@given(timed())
def test_json_is_valid_and_says_the_text_whatever_it_is(passages: list[Passage]) -> None:
    text = "".join(podcast_json(passages))
    assert [s["body"] for s in json.loads(text.encode())["segments"]] == [
        cue.lines[0] for cue in sentence_cues(passages)
    ]


@pytest.mark.parametrize("limit", [32, 65])
def test_lines_are_as_short_as_is_recommended(limit: int) -> None:
    text = "A sentence that is said in one go, and that is far too long for a line of anything that is read. " * 9
    lines = "".join((subrip if limit == 32 else lambda p: webvtt(p, ENGLISH))([passage(sentence(text, 0, 90_000))]))
    assert max(width(line) for line in lines.split("\n") if "-->" not in line) <= limit
