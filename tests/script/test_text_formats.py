"""The script as text for people and for programs."""

import json

from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Metadata, Omission, Reason
from chaptercast.script.model import Pause, Say, Script, Section, Sentence
from chaptercast.script.text_formats import to_json, to_spoken

EN = LanguageTag("en")
SCRIPT = Script(
    Metadata(title="T"),
    "T",
    EN,
    (Section("s0", "T", 1, (Say((Sentence("In 2021.", "In twenty twenty-one."),), EN), Pause(Milliseconds(500)))),),
    (Omission("***", Reason.UNSPEAKABLE),),
)


def test_spoken_is_one_utterance_a_line() -> None:
    assert to_spoken(SCRIPT) == "In twenty twenty-one.\n"


def test_json_holds_everything() -> None:
    described = json.loads(json.dumps(to_json(SCRIPT)))
    assert described == {
        "title": "T",
        "language": "en",
        "sections": [
            {
                "id": "s0",
                "title": "T",
                "level": 1,
                "parts": [
                    {
                        "role": "body",
                        "language": "en",
                        "sentences": [{"written": "In 2021.", "spoken": "In twenty twenty-one."}],
                    },
                    {"pause_ms": 500},
                ],
            }
        ],
        "left_out": [{"text": "***", "reason": "signs without a spoken form"}],
    }
