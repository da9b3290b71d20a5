"""Two judges of a page's HTML: the checker of the W3C, by the letter of the standard, and html-validate, by its habits."""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .requirement import NODE_FOLDER, require
from .running import TIMEOUT_S, run

_NOISE = re.compile(
    "CSS: "  # its reader of styles knows neither container queries nor ::highlight
    "|violates Content Security Policy"  # it looks for no hashes; Chromium keeps the policy in other tests
    "|The “list” role is unnecessary"  # it is not where a style hides the bullets: VoiceOver tells no list then
)
_CONFIGURATION = Path(__file__).with_name("node") / "html-validate.json"


def w3c_faults(pages: Sequence[Path]) -> list[str]:
    """What the W3C's checker (vnu) says of pages, errors and warnings, each with the name of its page."""
    __tracebackhide__ = True
    require("vnu")
    jar = NODE_FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--stdout", "--exit-zero-always"]
    told, _ = run([*command, "--format", "json", *map(str, pages)])
    messages = json.loads(told)["messages"]
    return [
        f"{message['url'].rpartition('/')[2]}: {message['message']}: {message.get('extract', '')}"
        for message in messages
        if not _NOISE.search(message["message"])
    ]


def html_validate_faults(pages: Sequence[Path]) -> list[str]:
    """What html-validate says of pages, each with the name of its page."""
    __tracebackhide__ = True
    require("html-validate")
    program = NODE_FOLDER / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    command = ["node", str(program), "--config", str(_CONFIGURATION), "--formatter", "json", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False)  # status 1: faults
    assert done.returncode in (0, 1), done.stderr.decode(errors="replace")
    return [
        f"{Path(page['filePath']).name}: {message['ruleId']}: {message['message']}, line {message['line']}"
        for page in json.loads(done.stdout)
        for message in page["messages"]
    ]
