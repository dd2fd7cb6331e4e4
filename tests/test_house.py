"""The house stands: floors import downwards only, and only bot/ has windows."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("catalog", "orders", "notifications", "conversations", "bot")
#: Outside libraries a floor below bot/ may use: reading and matching words, and saying euros and days.
ALLOWED = {
    "catalog": {"rapidfuzz", "numpy", "openpyxl"},
    "orders": set(),
    "notifications": {"babel"},
    "conversations": set(),
}
#: Standard modules that are windows: network, processes, randomness, the clock, the environment.
WINDOWS = {"socket", "ssl", "http", "urllib", "asyncio", "subprocess", "multiprocessing", "threading", "random", "secrets",
           "uuid", "sqlite3", "logging"}  # fmt: skip
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"), ("os", "environ"), ("os", "getenv")}


def _files(floor: str) -> list[Path]:
    return sorted((ROOT / floor).rglob("*.py"))


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_floors_below_it(floor: str) -> None:
    above = set(FLOORS[FLOORS.index(floor) + 1 :])
    wrong = {str(path.relative_to(ROOT)): _imports(path) & above for path in _files(floor)}
    assert {path: names for path, names in wrong.items() if names} == {}
    assert _files(floor), f"{floor}/ holds no Python: this test would see nothing"


@pytest.mark.parametrize("floor", FLOORS[:-1])
def test_only_bot_imports_outside_libraries_and_windows(floor: str) -> None:
    wrong = {}
    for path in _files(floor):
        outside = {name for name in _imports(path) if name not in sys.stdlib_module_names and name not in FLOORS}
        names = (outside - ALLOWED[floor]) | (_imports(path) & WINDOWS)
        if names:
            wrong[str(path.relative_to(ROOT))] = names
    assert wrong == {}


@pytest.mark.parametrize("floor", FLOORS[:-1])
def test_no_floor_below_bot_looks_at_the_clock_or_the_environment(floor: str) -> None:
    wrong = []
    for path in _files(floor):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_public_names_have_docstrings() -> None:
    """Modules, and public classes and functions at their top level."""
    bare = []
    for floor in FLOORS:
        for path in _files(floor):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            public = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
            if tree.body and not ast.get_docstring(tree):
                bare.append(str(path.relative_to(ROOT)))
            bare += [
                f"{path.relative_to(ROOT)}:{n.lineno} {n.name}" for n in public if n.name[0] != "_" and not ast.get_docstring(n)
            ]
    assert bare == []
