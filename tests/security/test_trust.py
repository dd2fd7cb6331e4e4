"""What is trusted to run: no format that executes what it reads, and no package without its hash."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("catalog", "orders", "notifications", "conversations", "bot")
#: Reading any of these runs what was written.
EXECUTES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
#: The demo on one's own machine keeps its stand-ins so, and takes nothing but their classes (tests/demo/test_village.py).
ALLOWED = {("bot/demo/keep.py", "pickle"), ("bot/demo/stage.py", "pickle")}


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec"):
            found.add(node.func.id)
    return found


def test_nothing_that_is_read_is_run() -> None:
    paths = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]
    used = {(str(path.relative_to(ROOT)), name) for path in paths for name in _imported(path) & {*EXECUTES, "eval", "exec"}}
    assert used == ALLOWED


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    packages = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8").split("\n\n", 1)[-1], flags=re.I)
    named = [one for one in packages if re.match(r"[\w.\[\]-]+==", one)]
    assert len(named) > 20
    assert [one.split()[0] for one in named if "--hash=sha256:" not in one] == []
    assert [one for one in packages if re.search(r"(?m)^(?:-e|git\+|https?:|--(?:extra-)?index-url|--trusted-host)", one)] == []
