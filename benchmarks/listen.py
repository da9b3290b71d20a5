"""The program listens to itself: `make bench-listen`, or `python -m benchmarks.listen --help`.

Each engine that is here speaks texts of ours in each language; the listener hears them, right and with planted faults. What it hears
otherwise is told for voices, what it finds for itself.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct

from benchmarks.measuring import machine
from benchmarks.planting import KINDS, SENTENCES, Material, Unit, plan
from benchmarks.studio import Studio, Voice
from chaptercast import __version__
from chaptercast.common.language_tags import serves
from chaptercast.common.units import LanguageTag, primary
from chaptercast.errors import EngineError
from chaptercast.listening.finished_recordings import dies_away, refusal
from chaptercast.listening.model import Judged, Passage, Verdict
from chaptercast.listening.recogniser import chosen, opened
from chaptercast.listening.recognition_passes import Listener, Sounding
from chaptercast.pipeline import Options, prepare
from chaptercast.script.model import Say
from chaptercast.script.utterances import Verbalizer
from chaptercast.speech import engine_registry

_TEXTS = Path(__file__).parent / "listening"
_SPEECH = Path(__file__).parent.parent / ".cache" / "listening"
_LANGUAGES = ("zh", "en", "de", "fr", "es")
_ENGINES = ("kokoro", "piper", "espeak")
_FOREIGN = {"en": "fr", "fr": "es", "es": "en", "zh": "en", "de": "en"}
_FIT_VOICES = frozenset({"af_heart", "ff_siwis", "ef_dora", "zf_xiaoxiao"})
"""The limits were fitted with these, on the first texts; others are taken where there are any."""


class Found(Struct):
    """What came of a voice."""

    voice: Voice
    seconds: float = 0.0
    cpu_s: float = 0.0
    passages: int = 0
    alarms: int = 0
    doubts: int = 0
    words: int = 0
    errors: int = 0
    planted: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    """What is surely wrong."""
    told: Counter[str] = Counter()
    """The same, and what is told as “perhaps”."""


def voices(language: str, wanted: Sequence[str] = ()) -> Iterator[Voice]:
    """A voice of each engine that is here and can be judged: a wanted one, if it is among them."""
    for name in _ENGINES:
        try:
            engine: Any = engine_registry.usable(name)
        except EngineError:
            continue
        known = [v for v in engine.voices() if serves(v.language, LanguageTag(language))]
        known.sort(
            key=lambda voice: (voice.name not in wanted, voice.name in _FIT_VOICES, voice.gender != "Male", voice.name)
        )
        if known and not refusal(name, LanguageTag(language)):
            yield Voice(engine, known[0].name, known[0].language)


def units(path: Path, engine: str) -> list[Unit]:
    """The passages of a text for an engine: every other paragraph in one go, as services speak it, the others sentence by sentence."""
    prepared = prepare(path, Options(engine=engine, offline=True))
    texts: dict[int, list[Say]] = {}
    for section in prepared.script.sections:
        for part in section.parts:
            if isinstance(part, Say):
                texts.setdefault(part.text, []).append(part)
    found: list[Unit] = []
    for number, says in enumerate(texts.values()):
        pairs = [(s.written.strip(), s.spoken.strip()) for say in says for s in say.sentences if s.spoken.strip()]
        language = says[0].language
        if number % 2:
            found.append(Unit(tuple(w for w, _ in pairs), tuple(s for _, s in pairs), language))
        else:
            found += [Unit((written,), (said,), language) for written, said in pairs]
    return found


def measured(
    voice: Voice,
    texts: Sequence[Unit],
    foreign: tuple[Voice, Sequence[Unit]] | None,
    recogniser: Any,
    each: int,
    speech: Path,
) -> Found:
    """What the listener makes of a voice: of all passages as they should be, and of faults planted in some."""
    found = Found(voice, planted=Counter(), caught=Counter(), told=Counter())
    listener = Listener(recogniser)
    with ExitStack() as stack:
        studio = Studio(stack, speech)
        right = [_sounding(unit, voice, studio.samples(voice, unit.said)) for unit in texts]
        listener.learn(right)
        for judged in _timed(listener, right, found):
            found.passages += 1
            found.words += judged.judgement.words
            found.errors += judged.judgement.errors
            found.alarms += judged.judgement.verdict is Verdict.WRONG
            found.doubts += judged.judgement.verdict is Verdict.UNJUDGED
            if judged.judgement.verdict is Verdict.WRONG:
                _tell("false alarm", judged)
        material = Material(
            texts, foreign[1] if foreign else texts, Verbalizer(voice.language, spell=True, max_bytes=4000)
        )
        for number, fault in plan(texts, material, Random(voice.name), each):
            if fault.kind == "other language" and not foreign:
                continue
            who = foreign[0] if foreign and fault.kind == "other language" else voice
            wrong = _sounding(texts[number], voice, studio.samples(who, fault.said, fault))
            following = right[number + 1 : number + 2]  # short passages are heard with what follows
            judged = next(listener.judged([wrong, *following]))
            found.planted[fault.kind] += 1
            found.caught[fault.kind] += judged.judgement.verdict is Verdict.WRONG
            found.told[fault.kind] += judged.judgement.verdict is not Verdict.HEARD
            if judged.judgement.verdict is not Verdict.WRONG:
                _tell(f"not found: {fault.kind} ({fault.what})", judged)
    return found


def _sounding(unit: Unit, voice: Voice, samples: Any) -> Sounding:
    passage = Passage(unit.written, unit.said, voice.language, voice.name, dies_away=dies_away(voice.engine.name))
    return Sounding(passage, samples)


def _timed(listener: Listener, soundings: Sequence[Sounding], found: Found) -> list[Judged]:
    before = time.process_time()
    judged = list(listener.judged(soundings))
    found.cpu_s = time.process_time() - before
    found.seconds = sum(one.seconds for one in soundings)
    return judged


def _tell(what: str, judged: Judged) -> None:
    findings = [(str(f.kind), f.expected, f.heard, round(f.sure, 2)) for f in judged.judgement.findings]
    print(f"{what}: {judged.passage.spoken} | {judged.judgement.heard} | {findings}", file=sys.stderr)


def tables(found: Sequence[Found]) -> str:
    """What was measured, in Markdown."""
    lines = [
        "| language | voice | passages | s | heard otherwise | false alarms | in doubt | CPU s for a second |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        rate, cpu = one.errors / max(1, one.words), one.cpu_s / max(1, one.seconds)
        lines.append(
            f"| {one.voice.language} | {one.voice.engine.name} {one.voice.name} | {one.passages} | {one.seconds:.0f} "
            f"| {rate:.3f} | {one.alarms} | {one.doubts} | {cpu:.3f} |"
        )
    planted = sum((one.planted for one in found), Counter())
    caught = sum((one.caught for one in found), Counter())
    told = sum((one.told for one in found), Counter())
    lines += ["", "| planted | surely wrong | told, also as “perhaps” | of |", "|---|---|---|---|"]
    lines += [f"| {kind} | {caught[kind]} | {told[kind]} | {planted[kind]} |" for kind in KINDS if planted[kind]]
    whole = sum(planted[kind] for kind in SENTENCES), sum(caught[kind] for kind in SENTENCES)
    passages, alarms = sum(one.passages for one in found), sum(one.alarms for one in found)
    lines += [
        "",
        f"Of whole sentences {whole[1]} of {whole[0]} were found; {alarms} of {passages} correct passages gave an alarm.",
    ]
    return "\n".join(lines)


def _within(texts: Iterable[Unit], minutes: float) -> list[Unit]:
    """As many passages as last about so long: fifteen letters, or four and a half ideographs, a second."""
    kept: list[Unit] = []
    seconds = 0.0
    for unit in texts:
        if seconds >= 60 * minutes:
            break
        seconds += sum(len(said) for said in unit.said) / (4.5 if primary(unit.language) == "zh" else 15)
        kept.append(unit)
    return kept


def main() -> None:
    """Speak, listen, print, and keep a page where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.listen", description=__doc__)
    parser.add_argument("languages", nargs="*", default=list(_LANGUAGES), help=f"of {', '.join(_LANGUAGES)}")
    parser.add_argument("--minutes", type=float, default=15, help="of each language and engine")
    parser.add_argument("--faults", type=int, default=2, help="of each kind, for each voice")
    parser.add_argument("--recogniser", default="", help="which one hears")
    parser.add_argument("--texts", default="3,2,1", help="their numbers; the limits were fitted on the first ones")
    parser.add_argument("--voice", action="append", default=[], help="instead of the first of each engine")
    parser.add_argument("--speech", type=Path, default=_SPEECH, help="where speech is kept for the next run")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write a dated page there")
    asked = parser.parse_args()
    pack = chosen(asked.recogniser)
    recogniser = opened(pack, 1)
    found: list[Found] = []
    for language in asked.languages:
        parts = [int(part) for part in asked.texts.split(",")]
        other = next(voices(_FOREIGN[language]), None)
        foreign = (other, units(_TEXTS / f"{_FOREIGN[language]}-1.md", other.engine.name)) if other else None
        for voice in voices(language, asked.voice):
            texts = [unit for part in parts for unit in units(_TEXTS / f"{language}-{part}.md", voice.engine.name)]
            found.append(
                measured(voice, _within(texts, asked.minutes), foreign, recogniser, asked.faults, asked.speech)
            )
            print(f"{language}, {voice.engine.name}: done", file=sys.stderr, flush=True)
    page = _page(tables(found), pack.id, found, asked.languages)
    print(page)
    if asked.keep:
        (asked.keep / f"{datetime.now(UTC):%Y-%m-%d}-listening.md").write_text(page, encoding="utf-8")


def _page(figures: str, recogniser: str, found: Sequence[Found], languages: Sequence[str]) -> str:
    spoken: Mapping[str, None] = dict.fromkeys(str(one.voice.language) for one in found)
    missing = [language for language in languages if not any(primary(LanguageTag(s)) == language for s in spoken)]
    left = f" No voice that can be judged was here for: {', '.join(missing)}." if missing else ""
    return (
        f"# The listener on {datetime.now(UTC):%Y-%m-%d}\n\nchaptercast {__version__}, {recogniser}. {machine()}."
        f"{left}\n\n{figures}\n"
    )


if __name__ == "__main__":
    main()
