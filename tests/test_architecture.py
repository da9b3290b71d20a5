"""One way of the data, and rooms with walls: who may import whom (docs/architecture.md)."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

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


class Module(NamedTuple):
    """What a module's source shows."""

    imports: frozenset[str]
    """Our modules, and names in them, without the program's name in front."""
    prints: bool
    too_long: tuple[str, ...]
    """Itself, and its functions."""


@cache
def source(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    found: set[str] = set()
    prints = False
    long = [name_of(path)] if text.count("\n") > 400 else []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                found |= {alias.name for alias in names}
            case ast.ImportFrom(module=str(module), names=names):
                found |= {f"{module}.{alias.name}" for alias in names}
            case ast.Call(func=ast.Name(id="print")):
                prints = True
            case ast.FunctionDef() | ast.AsyncFunctionDef() if (node.end_lineno or 0) - node.lineno >= 60:
                long.append(f"{name_of(path)}.{node.name}")
    ours = {name for name in found if name == "chaptercast" or name.startswith("chaptercast.")}
    return Module(frozenset(name.removeprefix("chaptercast").removeprefix(".") for name in ours), prints, tuple(long))


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


def test_imports_go_one_way() -> None:
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in modules()
        for name in sorted(source(path).imports)
        if not allowed(path.relative_to(SOURCE).parts[0].removesuffix(".py"), name)
    ]
    assert not wrong


def test_rooms_have_walls() -> None:
    wrong = [
        f"{name_of(path)} imports {name}"
        for room in ROOMS
        for stage in [room.split(".", maxsplit=1)[0]]
        for path in modules()
        if is_within(name_of(path), room)
        for name in sorted(source(path).imports)
        if name.startswith(f"{stage}.") and not any(is_within(name, each) for each in ROOMS[room] | {room})
    ]
    assert not wrong


def test_all_rooms_are_there() -> None:
    assert [room for room in ROOMS if not (SOURCE / room.replace(".", "/") / "__init__.py").is_file()] == []


def test_only_the_command_line_prints() -> None:
    assert [name_of(path) for path in modules() if source(path).prints] == []


def test_modules_and_functions_stay_short() -> None:
    assert [name for path in modules() for name in source(path).too_long] == []


def test_the_page_names_modules_that_are_there() -> None:
    page = (SOURCE.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py|(?:[a-z_]+/)+)`", page) if "test" not in name}
    there = {f"/{path.relative_to(SOURCE).as_posix()}" for path in SOURCE.rglob("*") if path.suffix in ("", ".py")}
    assert sorted(name for name in named if not any(path.endswith(f"/{name.rstrip('/')}") for path in there)) == []
