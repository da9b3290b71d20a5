"""A script as text for people and programs: the plain text that is said, and everything as JSON."""

from typing import Any

from chaptercast.script.model import Part, Pause, Script, Sentence


def to_spoken(script: Script) -> str:
    """What will be said, one utterance a line."""
    return "".join(f"{say.spoken}\n" for say in script.utterances())


def to_json(script: Script) -> dict[str, Any]:
    """Everything, as values that JSON knows; pauses in ms."""
    return {
        "title": script.title,
        "language": script.language,
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "level": section.level,
                "parts": [_part(p) for p in section.parts],
            }
            for section in script.sections
        ],
        "left_out": [{"text": omission.text, "reason": omission.reason.value} for omission in script.left_out],
    }


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Pause):
        return {"pause_ms": part.duration}
    return {
        "role": part.role.value,
        "language": part.language,
        "sentences": [_sentence(sentence) for sentence in part.sentences],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    described: dict[str, Any] = {"written": sentence.written, "spoken": sentence.spoken}
    if sentence.respellings:
        described["replacements"] = [
            {"written": r.written, "spoken": r.spoken, "lexicon": r.lexicon} for r in sentence.respellings
        ]
    return described
