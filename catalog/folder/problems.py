"""What is wrong with a folder: where it stands, and what the coordinator can do about it, in Dutch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. ``line`` counts from 1 as Excel and editors do; ``column`` is the heading or key as written there.

    ``text`` says in Dutch what is wrong and then the remedy. A warning does not keep the folder out, an error does.
    """

    file: str
    line: int | None
    column: str
    text: str
    level: Level = "error"

    def __str__(self) -> str:
        where = printable(self.file) if self.line is None else f"{printable(self.file)}:{self.line}"
        column = f" kolom {printable(self.column)}" if self.column else ""
        return f"{where}{column}: {'let op: ' if self.level == 'warning' else ''}{self.text}"


class FolderError(Exception):
    """A folder that cannot be read or written; ``problems`` holds at least one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


class Mistake(ValueError):
    """One value is wrong; the message is the Dutch text of the problem. Whoever read the value knows the place."""


class Unreadable(Exception):
    """A whole file cannot be read on; the message is the Dutch text of the problem."""

    def __init__(self, text: str, line: int | None = None, column: str = "") -> None:
        super().__init__(text)
        self.line = line
        self.column = column


@dataclass
class Report:
    """Collects problems while a folder is read."""

    problems: list[Problem] = field(default_factory=list)

    def error(self, file: str, line: int | None, column: str, text: str) -> None:
        """Note a mistake that keeps the folder out."""
        self.problems.append(Problem(file, line, column, text, "error"))

    def warning(self, file: str, line: int | None, column: str, text: str) -> None:
        """Note something to look at that keeps nothing out."""
        self.problems.append(Problem(file, line, column, text, "warning"))

    @property
    def failed(self) -> bool:
        """Whether any error was noted."""
        return any(problem.level == "error" for problem in self.problems)


def quoted(value: str, limit: int = 40) -> str:
    """The value between quotes, short and printable."""
    return f"“{printable(value[:limit])}…”" if len(value) > limit else f"“{printable(value)}”"


def printable(text: str) -> str:
    """The text without the escape codes that a terminal would obey."""
    return "".join(char if char.isprintable() else "·" for char in text)
