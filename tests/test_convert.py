"""The whole way, on examples of our own; judged from the files that come out."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace
from tests.judges.decoding import decode
from tests.judges.measuring import onset_after, silences
from tests.judges.probing import ffprobe_chapters, mutagen_chapters
from tests.judges.requirement import require
from tests.judges.ssml import portable_faults
from tests.judges.stream import ffmpeg_errors, mp3val

from chaptercast.common.packaged_files import shipped
from chaptercast.document.model import Omission, Reason
from chaptercast.errors import EngineError, InputError, OutputError
from chaptercast.pipeline import Options, convert, prepare
from chaptercast.publication import atomic_files
from chaptercast.speech import engine_registry
from chaptercast.verify import verify

CHINESE = shipped("examples") / "harbour-library-zh.txt"
ENGLISH = shipped("examples") / "night-ferry-en.md"
PAUSE_BEFORE_MS = {2: 1500, 3: 1200}
HEADINGS = [
    (1, "给盲人读者的港口图书馆 一座小城的“有声实验”"),
    (2, "一座小城的有声实验 怎样让人听得清"),
    (3, "第一，标题要听得见，让人知道走到了哪里"),
    (3, "第二，停顿要留得住，让每一段都能喘口气"),
    (3, "第三，数字要念得对，让年份、日期和价钱各归各位"),
    (2, "一座小城的有声实验 怎样让声音留得下"),
    (3, "录音要能跳着听，想听哪一章就从哪一章开始"),
    (3, "机器要说清楚，漏掉了什么、为什么漏掉"),
]
OFFLINE = Options(offline=True)
QUICK = Options(engine="silence", jobs=1)


def ignore(*_: object) -> None:
    """Nobody watches."""


def converted(source: Path, output: Path, options: Options = OFFLINE) -> Path:
    return convert(source, output, options, ignore, ignore).audio


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted(CHINESE, tmp_path_factory.mktemp("output"))


def test_chapters_are_the_headings(recording: Path) -> None:
    manifest = json.loads(recording.with_name("episode.json").read_text())
    chapters = manifest["chapters"]
    assert [(c["level"], c["title"]) for c in chapters] == HEADINGS
    assert [c.title for c in mutagen_chapters(recording)] == [title for _, title in HEADINGS]
    assert chapters[0]["start_ms"] == 0
    assert all(a["end_ms"] == b["start_ms"] for a, b in pairwise(chapters))
    assert chapters[-1]["end_ms"] == round(manifest["audio"]["seconds"] * 1000)


def test_outside_judges_find_nothing_wrong(recording: Path) -> None:
    for judge in ("ffprobe", "mp3val", "ffmpeg"):
        require(judge)
    assert ffprobe_chapters(recording) == mutagen_chapters(recording)
    assert mp3val(recording) == []
    assert ffmpeg_errors(recording) == []


def test_the_pause_before_each_heading_is_the_profiles_and_chapters_start_just_before_speech(recording: Path) -> None:
    manifest = json.loads(recording.with_name("episode.json").read_text())
    pcm = decode(recording, "miniaudio")
    quiet = silences(pcm.samples, pcm.rate)
    for chapter in manifest["chapters"][1:]:
        onset = onset_after(pcm.samples, pcm.rate, chapter["start_ms"])
        assert onset is not None
        assert 150 <= onset - chapter["start_ms"] <= 260
        (before,) = [end - start for start, end in quiet if abs(end - onset) < 20]
        assert before == pytest.approx(PAUSE_BEFORE_MS[chapter["level"]], abs=40)


def test_the_folder_holds_what_belongs_to_it(recording: Path) -> None:
    folder = recording.parent
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [recording.name, "chapters.json", "chapters.vtt", "episode.json", "index.html", "script.ssml"]
        + [f"transcript.{kind}" for kind in ("json", "srt", "vtt")]
    )
    manifest = json.loads((folder / "episode.json").read_text())
    content = recording.read_bytes()
    assert manifest["audio"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert manifest["audio"]["bytes"] == len(content)
    assert manifest["author"] == "海风编辑部"
    assert manifest["date"].startswith("2025-11-03")
    assert manifest["speech"]["engine"] == "espeak"
    assert [o["reason"] for o in manifest["left_out"]] == ["image without alternative text"] * 2
    listed = json.loads((folder / "chapters.json").read_text())
    assert [c["title"] for c in listed["chapters"]] == [title for _, title in HEADINGS]
    assert portable_faults((folder / "script.ssml").read_text()) == []
    assert verify(folder) == (1, ())
    assert verify(folder.parent) == (1, ())


def test_workers_and_repetition_change_no_byte(tmp_path: Path) -> None:
    made = [
        converted(ENGLISH, tmp_path / f"{n}.mp3", Options(offline=True, jobs=jobs)).read_bytes()
        for n, jobs in enumerate((1, 3, 3))
    ]
    assert made[0] == made[1] == made[2]


def test_a_file_is_just_that_file(tmp_path: Path) -> None:
    assert converted(ENGLISH, tmp_path / "deep" / "x.mp3", QUICK) == tmp_path / "deep" / "x.mp3"
    assert [p.name for p in tmp_path.rglob("*.*")] == ["x.mp3"]


def article(folder: Path, text: str, name: str = "a.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_hostile_title_stays_in_the_output_folder(tmp_path: Path) -> None:
    source = article(tmp_path, "---\ntitle: ../../etc/x\n---\n\nHello there, world.\n")
    audio = converted(source, tmp_path / "out", QUICK)
    assert audio == tmp_path / "out" / "etc-x" / "etc-x.mp3"


def test_a_very_long_title_is_kept_whole_in_the_tag_and_cut_in_the_name(tmp_path: Path) -> None:
    title = "很长的标题" * 1000
    audio = converted(article(tmp_path, f"---\ntitle: {title}\n---\n\n正文在这里。\n"), tmp_path / "out", QUICK)
    assert len(audio.name.encode()) <= 110
    assert [c.title for c in mutagen_chapters(audio)] == [title]


def test_without_a_title_the_files_name_serves(tmp_path: Path) -> None:
    audio = converted(
        article(tmp_path, "Just one paragraph of text, and no title at all.\n", "My Notes.txt"), tmp_path, QUICK
    )
    assert audio == tmp_path / "my-notes" / "my-notes.mp3"
    assert [c.title for c in mutagen_chapters(audio)] == ["My Notes"]


def test_articles_of_one_title_have_folders_of_their_own_and_find_them_again(tmp_path: Path) -> None:
    one, other = (article(tmp_path, f"# Notes\n\nThe {name} one.\n", f"{name}.md") for name in ("first", "second"))
    made = [converted(source, tmp_path / "out", QUICK) for source in (one, other, one, other)]
    assert [audio.parent.name for audio in made] == ["notes", "notes-2", "notes", "notes-2"]
    guids = [json.loads(audio.with_name("episode.json").read_text())["guid"] for audio in made]
    assert len(set(guids)) == 2


def test_the_guid_stays_when_the_address_changes(tmp_path: Path) -> None:
    source = article(tmp_path, "---\ntitle: T\nsource: https://example.org/old\n---\n\nText.\n")
    before = convert(source, tmp_path / "out", QUICK, ignore, ignore).episode
    source.write_text(source.read_text().replace("/old", "/new"), encoding="utf-8")
    after = convert(source, tmp_path / "out", QUICK, ignore, ignore).episode
    assert (before.guid, before.slug) == (after.guid, after.slug)
    assert before.source != after.source


def test_an_article_is_described_by_itself_or_by_its_beginning(tmp_path: Path) -> None:
    described = article(tmp_path, "---\ntitle: T\ndescription: What it is about.\n---\n\nText.\n", "a.md")
    plain = article(tmp_path, "# U\n\nA *first* paragraph.\n\n" + "And more words. " * 40, "b.md")
    about = [convert(p, tmp_path / "out", QUICK, ignore, ignore).episode.description for p in (described, plain)]
    assert about[0] == "What it is about."
    assert about[1].startswith("A first paragraph. And more")
    assert len(about[1]) <= 301


def test_another_title_is_spoken_and_the_old_one_is_named_as_left_out() -> None:
    prepared = prepare(ENGLISH, replace(QUICK, title="Otherwise"))
    assert next(prepared.script.utterances()).written == "Otherwise"
    assert any(o.text == "The Night Ferry" for o in prepared.script.left_out)


def test_more_than_255_headings_are_merged_in_the_tag_and_whole_in_the_lists(tmp_path: Path) -> None:
    parts = [
        f"# Birds of region {n}\n\nAn opening.\n\n" + "".join(f"## Sighting {n} of {m}\n\nText.\n\n" for m in range(30))
        for n in range(10)
    ]
    published = convert(
        article(tmp_path, "---\ntitle: T\n---\n\n" + "".join(parts)), tmp_path / "out", QUICK, ignore, ignore
    )
    assert len(published.episode.chapters) == 1 + 10 * 31
    assert len(mutagen_chapters(published.audio)) == 255
    assert published.merged_chapters == 311 - 255
    assert verify(tmp_path / "out") == (1, ())


def test_what_the_engine_made_no_sound_for_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chaptercast.speech.engines.silence import SilenceEngine

    monkeypatch.setattr(engine_registry, "load", lambda _name: SilenceEngine(audible=True))
    published = convert(article(tmp_path, "# T\n\nNever heard.\n"), tmp_path, QUICK, ignore, ignore)
    assert Omission("Never heard.", Reason.NO_SOUND) in published.episode.left_out


@pytest.mark.parametrize("text", ["", "\n\n", "***\n", "<script>alert(1)</script>", "---\ntitle: ''\n---\n"])
def test_nothing_to_speak_is_an_input_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        converted(article(tmp_path, text), tmp_path / "out", QUICK)
    assert not (tmp_path / "out").exists()


def test_no_voice_for_a_language_is_an_engine_error(tmp_path: Path) -> None:
    from chaptercast.common.units import LanguageTag

    with pytest.raises(EngineError, match="no voice for the language"):
        converted(ENGLISH, tmp_path, Options(language=LanguageTag("tlh"), engine="espeak"))


def test_a_recording_that_does_not_pass_its_check_gets_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chaptercast.pipeline import recording as module

    def damaged(path: Path):
        path.write_bytes(path.read_bytes()[:-7])
        return original(path)

    original = module.read_mp3
    monkeypatch.setattr(module, "read_mp3", damaged)
    with pytest.raises(OutputError, match="did not pass its check"):
        converted(ENGLISH, tmp_path / "out", QUICK)
    assert not list((tmp_path / "out").rglob("*.*"))


def test_a_full_disk_is_an_output_error_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    from contextlib import contextmanager

    @contextmanager
    def full(path: Path, *, durable: bool = True):
        del durable
        with atomic_files.output_errors(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        yield

    monkeypatch.setattr(atomic_files, "opened", full)
    with pytest.raises(OutputError, match="No space left"):
        converted(ENGLISH, tmp_path / "out", QUICK)
    assert not list((tmp_path / "out").rglob("*.*"))


def test_the_script_is_well_formed_for_any_text(tmp_path: Path) -> None:
    audio = converted(article(tmp_path, '# <b>&amp; "x"\n\nA & B < C ]]> D\n'), tmp_path / "out", QUICK)
    etree.parse(audio.with_name("script.ssml"))
