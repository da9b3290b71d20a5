"""How loud a recording is, as FFmpeg measures it (EBU R 128)."""

import re
from pathlib import Path

from .requirement import require
from .running import run


def ffmpeg_loudness(path: Path, begin: float = 0.0, end: float | None = None) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, from one second to another."""
    __tracebackhide__ = True
    require("ffmpeg")
    part = ["-ss", str(begin), *(["-to", str(end)] if end else [])]
    measure = ["-map", "0:a", "-af", "ebur128=peak=true", "-f", "null", "-"]
    _, messages = run(["ffmpeg", "-hide_banner", "-i", path, *part, *measure])
    summary = messages[messages.rindex("Summary:") :]
    lufs, peak = (re.search(rf"{name}:\s+(-?[\d.]+)", summary) for name in ("I", "Peak"))
    assert lufs
    assert peak
    return float(lufs[1]), float(peak[1])
