"""Outside judges: what programs and libraries that share no code with the product say of a recording.

A judge that is not installed skips the test that asks for it, or fails it where `CI=true` (see `requirement`).
"""

from .books import ReadBook, dtbook_faults, dtd_faults, epubcheck, jing, thorium
from .browser import Browser, Visit, chromium, firefox
from .captions import Vtt, VttCue, webvtt_parser
from .decoding import DECODERS, Pcm, decode
from .feed_readers import NodeReaders, node_readers, xmllint
from .feed_rules import rule_breaches
from .listening import error_rate, syllables, transcript, words
from .loudness import ffmpeg_loudness
from .markup import html_validate_faults, w3c_faults
from .measuring import onset_after, silences
from .probing import Chapter, audio_format, ffprobe_chapters, ffprobe_duration, mutagen_chapters
from .requirement import require
from .ssml import portable_faults
from .stream import ffmpeg_errors, mp3val
from .tags import MusicMetadata, music_metadata
from .usage import Usage, peak_pss

__all__ = [
    "DECODERS",
    "Browser",
    "Chapter",
    "MusicMetadata",
    "NodeReaders",
    "Pcm",
    "ReadBook",
    "Usage",
    "Visit",
    "Vtt",
    "VttCue",
    "audio_format",
    "chromium",
    "decode",
    "dtbook_faults",
    "dtd_faults",
    "epubcheck",
    "error_rate",
    "ffmpeg_errors",
    "ffmpeg_loudness",
    "ffprobe_chapters",
    "ffprobe_duration",
    "firefox",
    "html_validate_faults",
    "jing",
    "mp3val",
    "music_metadata",
    "mutagen_chapters",
    "node_readers",
    "onset_after",
    "peak_pss",
    "portable_faults",
    "require",
    "rule_breaches",
    "silences",
    "syllables",
    "thorium",
    "transcript",
    "w3c_faults",
    "webvtt_parser",
    "words",
    "xmllint",
]
