"""How the stand-in can fail."""

from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with one request."""

    NONE = "nothing"
    UNAUTHORIZED = "401 that quotes the key"
    FORBIDDEN = "403"
    NO_MODEL = "404 for the model"
    NO_PATH = "404 for the path"
    NO_VOICE = "400 for the voice"
    INVALID = "422 that quotes the request"
    TOO_LARGE = "413"
    TOO_LONG = "400 for the length"
    THROTTLED = "429"
    THROTTLED_FOR_A_WHILE = "429 with Retry-After"
    THROTTLED_FOR_MILLISECONDS = "429 with retry-after-ms"
    SPENT = "429 for an account that is spent"
    FAILING = "500"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    MOVED = "301"
    HTML = "a web page"
    JSON_ERROR = "an error with status 200"
    JSON_THROTTLED = "a 429 with status 200"
    EVENTS = "a stream of events"
    EMPTY = "nothing at all"
    NO_SAMPLES = "a header and no sound"
    SILENCE = "nothing but silence"
    NOISE = "noise"
    OGG = "sound of another kind"
    HALF = "half of the sound, as if it were all"
    CUT_SHORT = "less than its header says"
    CUT_HEADER = "half of a header"
    TRUNCATED = "less than its length says"
    RESET = "reset in mid-sound"
    ENDLESS = "no end"
    DRIP = "a drop at a time"
    HANG_AT_START = "no answer"
    HANG_BEFORE_SOUND = "silence after the head"
    HANG_IN_SOUND = "silence in mid-sound"


RANDOM_FAULTS = (
    *(Fault.RESET, Fault.THROTTLED, Fault.TRUNCATED, Fault.HANG_IN_SOUND),
    *(Fault.BAD_GATEWAY, Fault.FAILING, Fault.EMPTY, Fault.CUT_SHORT),
)
"""What goes wrong by chance."""
