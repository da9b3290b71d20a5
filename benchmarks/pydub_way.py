"""What the field's projects do: a file for each part, decoded with pydub, added with `+=`, exported in the end.

`python -m benchmarks.pydub_way ARTICLE FOLDER` leaves FOLDER/pydub.mp3. Its parts come from the same commands as the Unix pipe's.
"""

import re
import subprocess
import sys
import warnings
from pathlib import Path

_PAUSE_MS = 1500


def main() -> None:
    """Speak each section to an MP3, and join them."""
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

    article, folder = Path(sys.argv[1]), Path(sys.argv[2])
    whole = AudioSegment.silent(0)
    for number, section in enumerate(re.split(r"^(?=#)", article.read_text(encoding="utf-8"), flags=re.MULTILINE)):
        if section.strip():
            part = folder / f"part-{number}.mp3"
            pipe = f"espeak-ng -v en-us --stdin --stdout | lame --quiet -b 48 -q 5 - '{part}'"
            subprocess.run(["sh", "-c", pipe], input=section.encode(), check=True)
            whole += AudioSegment.from_mp3(part)
            whole += AudioSegment.silent(_PAUSE_MS)
    whole.export(folder / "pydub.mp3", format="mp3", bitrate="48k")


if __name__ == "__main__":
    main()
