"""How the stand-in can fail."""

from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with one connection."""

    NONE = "nothing"
    FORBIDDEN = "403"
    FORBIDDEN_WITHOUT_DATE = "403 that does not tell the time"
    THROTTLED = "429"
    THROTTLED_FOR_A_WHILE = "429 with Retry-After"
    UNAVAILABLE = "503"
    HANG_AT_HANDSHAKE = "no answer to the handshake"
    HANG_AT_START = "silence after the handshake"
    HANG_AFTER_START = "silence after turn.start"
    HANG_IN_AUDIO = "silence in mid-audio"
    HANG_BEFORE_END = "silence before turn.end"
    HANG_AT_CLOSE = "no goodbye"
    DRIP = "a drop at a time"
    RESET = "reset in mid-audio"
    TRUNCATED = "closed before turn.end"
    CUT = "half of it, and turn.end"
    CUT_SOUND = "half of the sound, all of the words"
    LAST_WORD_MISSING = "all but the last word"
    SILENCE = "nothing but silence"
    NO_AUDIO = "no audio"
    GARBAGE = "metadata that is no JSON"
    STRANGE_METADATA = "metadata of another shape"
    STRANGE_TIMES = "times that are no numbers"
    UNKNOWN_PATH = "a message of an unknown kind"
    BAD_FRAMES = "audio that is no MPEG"
    NO_BOUNDARIES = "nothing told"
    NO_WORDS = "sentences only"
    BATCHED = "all boundaries in one message"
    SESSION_END = "a message that tells only the end"


BEFORE_THE_HANDSHAKE = frozenset(
    {
        Fault.FORBIDDEN,
        Fault.FORBIDDEN_WITHOUT_DATE,
        Fault.THROTTLED,
        Fault.THROTTLED_FOR_A_WHILE,
        Fault.UNAVAILABLE,
        Fault.HANG_AT_HANDSHAKE,
    }
)
