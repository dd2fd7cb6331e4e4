"""Every text in the code that people read, found by walking the syntax trees: no line is run, no regular expression guesses.

A text is the first argument of ``_``, ``N_`` or ``NotAllowed``; as first argument of ``Choice`` it is the label of a button.
Pages (``*.html``) are read by Jinja's own parser: a text is the argument of ``_``, and every other word is not wrapped.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes
from jinja2.ext import extract_from_ast

#: The folder that holds the packages.
ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("catalog", "orders", "notifications", "conversations", "bot")
#: Floors in which everything in quotes that is said must be wrapped; the others talk to operators and programs too.
TALKING = ("orders", "notifications", "conversations")
_MARKS = ("_", "N_", "NotAllowed")
_SAYING = ("Choice", "Ask", "say", "NotAllowed")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_TEXT = re.compile(r"<(style|title)>.*?</\1>|^[^<]*>", re.S)
_TAGS = re.compile(r"<[^>]*>?")


@dataclass(frozen=True, slots=True)
class Text:
    """One text where it stands. ``path`` is relative to the project; ``kind`` is ``text``, or ``button`` for a label."""

    words: str
    path: str
    line: int
    kind: str = "text"


def texts(root: Path = ROOT) -> list[Text]:
    """Every wrapped text, in the order of the files. Read once: code does not change while it runs."""
    return [*_texts(root)]


@cache
def _texts(root: Path) -> list[Text]:
    code = [text for path in _files(root, FLOORS) for text in texts_in(path.read_text(encoding="utf-8"), _name(path, root))]
    return code + [text for path in _pages(root) for text in texts_in_page(path.read_text(encoding="utf-8"), _name(path, root))]


def unwrapped(root: Path = ROOT) -> list[Text]:
    """What is said or shown without being wrapped, so that no translator sees it."""
    code = [text for path in _files(root, TALKING) for text in bare_in(path.read_text(encoding="utf-8"), _name(path, root))]
    return code + [text for path in _pages(root) for text in bare_in_page(path.read_text(encoding="utf-8"), _name(path, root))]


def texts_in_page(source: str, path: str) -> Iterator[Text]:
    """The wrapped texts of one page."""
    for line, _, words in extract_from_ast(Environment().parse(source), ("_",), babel_style=False):
        if isinstance(words, tuple) and isinstance(words[0], str):
            yield Text(words[0], path, line)


def bare_in_page(source: str, path: str) -> Iterator[Text]:
    """Words between the tags of one page that are not wrapped. Names of programs count too: none is needed there."""
    for data in Environment().parse(source).find_all(nodes.TemplateData):
        for words in _TAGS.split(_NO_TEXT.sub("", data.data)):
            if _WORD.search(words):
                yield Text(words.strip(), path, data.lineno)


def texts_in(source: str, path: str) -> Iterator[Text]:
    """The wrapped texts of one module."""
    tree = ast.parse(source)
    labels = {id(text) for call in _calls(tree, ("Choice",)) for text in _calls(call.args[0], _MARKS) if call.args}
    for call in _calls(tree, _MARKS):
        words = _constant(call)
        if words:
            yield Text(words, path, call.lineno, "button" if id(call) in labels else "text")


def bare_in(source: str, path: str) -> Iterator[Text]:
    """Strings with words in them that one module says as they are, or wraps without being constant."""
    tree = ast.parse(source)
    for call in _calls(tree, (*_SAYING, "_", "N_")):
        first = call.args[0] if call.args else None
        name = _called(call)
        said = first if isinstance(first, ast.JoinedStr) or (name in _SAYING and name != "NotAllowed") else None
        if said is not None and _WORD.search(_letters(said)):
            yield Text(_letters(said), path, call.lineno)


def _files(root: Path, floors: tuple[str, ...]) -> list[Path]:
    return [path for floor in floors for path in sorted((root / floor).rglob("*.py"))]


def _pages(root: Path) -> list[Path]:
    return sorted((root / "bot" / "pages").glob("*.html"))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _calls(tree: ast.AST, names: tuple[str, ...]) -> Iterator[ast.Call]:
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args and _called(node) in names)
    return iter(sorted(found, key=lambda call: (call.lineno, call.col_offset)))


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _constant(call: ast.Call) -> str:
    first = call.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _letters(said: ast.expr) -> str:
    """What of an expression is words in quotes: a constant, or the fixed parts of an f-string."""
    parts = said.values if isinstance(said, ast.JoinedStr) else [said]
    return "".join(str(one.value) for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)).strip()
