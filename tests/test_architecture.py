"""One way of the data: who may import whom (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "chaptercast"
LEAVES = {
    "",
    "devices",
    "memory",
    "mathematics",
    "errors",
    "units",
    "languages",
    "resources",
    "fingerprint",
    "folders",
    "profile",
    "mpeg",
    "processes",
    "identification",
    "interrupts",
    "lazy",
    "text",
    "remote",
    "structure",
    "voice_store",
}
STAGES = ("document", "script", "speech", "audio", "publication")
ON_TOP = {"convert", "listening", "serving", "verify"}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "voices" not in path.parts)


def area(module: str) -> str:
    return module.removeprefix("chaptercast").removeprefix(".").split(".")[0]


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name == "chaptercast" or name.startswith("chaptercast.")}


def allowed(own: str, imported: str) -> bool:
    wanted = area(imported)
    if wanted == own or wanted.startswith("__version__") or wanted in LEAVES:
        return True
    if own in STAGES and wanted in STAGES:  # a stage knows the values of those before it, and nothing else of them
        return STAGES.index(wanted) < STAGES.index(own) and imported.startswith(f"chaptercast.{wanted}.model")
    return own in ON_TOP | {"cli", "__main__"} and wanted != "__main__"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_one_way(path: Path) -> None:
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    wrong = sorted(name for name in imports(path) if not allowed(own, name))
    assert not wrong


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
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
