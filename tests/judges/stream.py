"""What is wrong with an MPEG stream, in the judges' own words."""

import subprocess
from pathlib import Path

from .requirement import require
from .running import TIMEOUT_S, run

_NO_TROUBLE = ("Analyzing file ", "INFO: ", "Done!")


def mp3val(path: Path) -> list[str]:
    """mp3val's warnings and errors: truncation, junk, bad sync, an Info frame that does not fit. Empty if sound."""
    __tracebackhide__ = True
    require("mp3val")
    output, messages = run(["mp3val", path])
    lines = (output.decode(errors="replace") + messages).splitlines()
    return [line for line in lines if line.strip() and not line.startswith(_NO_TROUBLE)]


def ffmpeg_errors(path: Path) -> list[str]:
    """The errors that ffmpeg meets when it decodes the whole file. Empty if sound."""
    __tracebackhide__ = True
    require("ffmpeg")
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False)
    errors = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
    return errors if not done.returncode else [*errors, f"ffmpeg ended with status {done.returncode}"]
