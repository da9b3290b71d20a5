"""One way of the data, and rooms with walls: who may import whom (docs/architecture.md)."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "chaptercast"
EVERYWHERE = {"", "errors", "common"}
LEAVES = {"mathematics", "text_structure", "voice_profiles", "voice_store"}
"""Small worlds of their own: they import each other's values at most, and any stage may use them."""
STAGES = ("document", "script", "speech", "audio", "publication")
ON_TOP = {"api", "app", "following", "integrations", "listening", "pipeline", "serving", "verify"}

ROOMS: dict[str, set[str]] = {
    "common": {"errors"},
    "document.sources": {"document.model"},
    "document.metadata": {"document.model"},
    "document.main_content": {"document.formats.html"},
    "document.outline": {"document.model"},
    "document.formats": {
        "document.block_text",
        "document.main_content",
        "document.metadata",
        "document.model",
        "document.outline.class_roles",
        "document.outline.line_shape",
        "document.outline.numbering",
        "document.outline.word_lists",
        "document.reading_options",
        "document.sources",
    },
    "script.normalise": set(),
    "script.lexicons": {"script.model", "script.normalise", "script.safe_xml"},
    "script.ssml": {"script.model", "script.normalise", "script.safe_xml", "script.utterances"},
    "script.narration": {
        "script.lexicons",
        "script.model",
        "script.normalise",
        "script.sentences",
        "script.utterances",
    },
    "speech.clips": {"speech.loudness", "speech.model", "speech.onset_and_loudness"},
    "speech.local": {"speech.clips", "speech.model"},
    "speech.online": {"speech.clips", "speech.loudness", "speech.model", "speech.onset_and_loudness"},
    "speech.cluster": {"speech.clips", "speech.engine_registry", "speech.model"},
    "speech.engines": {"speech.model", "speech.online"},
}
"""What a room may import of its own stage, besides itself."""


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "voices" not in path.parts)


def name_of(path: Path) -> str:
    """The module's name without the program's: `speech.local.pool`."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Our modules, and names in them, that a module imports, without the program's name in front."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    ours = {name for name in found if name == "chaptercast" or name.startswith("chaptercast.")}
    return {name.removeprefix("chaptercast").removeprefix(".") for name in ours}


def is_within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def allowed(own: str, imported: str) -> bool:
    """Whether a module of the area `own` may import this."""
    wanted = imported.split(".", maxsplit=1)[0]
    if wanted == own or wanted.startswith("__version__") or wanted in EVERYWHERE:
        return True
    if own == "common":
        return False
    if wanted in LEAVES:
        return True
    if own in STAGES and wanted in STAGES:  # a stage knows the values of those before it, and nothing else of them
        return STAGES.index(wanted) < STAGES.index(own) and is_within(imported, f"{wanted}.model")
    return own in ON_TOP | {"cli", "__main__", "__init__"} and wanted != "__main__"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    wrong = sorted(name for name in imports(path) if not allowed(own, name))
    assert not wrong


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_have_walls(room: str) -> None:
    stage = room.split(".", maxsplit=1)[0]
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in modules()
        if is_within(name_of(path), room)
        for name in sorted(imports(path))
        if name.startswith(f"{stage}.") and not any(is_within(name, each) for each in ROOMS[room] | {room})
    ]
    assert not wrong


def test_all_rooms_are_there() -> None:
    assert [room for room in ROOMS if not (SOURCE / room.replace(".", "/") / "__init__.py").is_file()] == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_the_command_line_prints(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


def test_modules_and_functions_stay_short() -> None:
    long = []
    for path in modules():
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 400:
            long.append(str(path))
        functions = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
        long += [f"{path}:{f.name}" for f in functions if (f.end_lineno or 0) - f.lineno >= 60]
    assert not long


def test_the_page_names_modules_that_are_there() -> None:
    page = (SOURCE.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py|(?:[a-z_]+/)+)`", page) if "test" not in name}
    there = {f"/{path.relative_to(SOURCE).as_posix()}" for path in SOURCE.rglob("*") if path.suffix in ("", ".py")}
    assert sorted(name for name in named if not any(path.endswith(f"/{name.rstrip('/')}") for path in there)) == []
