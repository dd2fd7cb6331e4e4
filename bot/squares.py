"""Find a square by the name of an example, by a folder, or by its slug in the database."""

from __future__ import annotations

from pathlib import Path

from catalog.folder import FolderError, Problem, read_folder
from catalog.square import Square

EXAMPLES = Path(__file__).resolve().parent.parent / "catalog" / "squares"


def example_names() -> list[str]:
    """Slugs of the example squares that come with the program."""
    return sorted(path.name for path in EXAMPLES.iterdir() if (path / "square.toml").is_file())


def load_square(name_or_folder: str) -> Square:
    """Read a square from a folder, or an example square by its name. Raises FolderError when it holds mistakes."""
    folder = Path(name_or_folder)
    if not folder.is_dir() and "/" not in name_or_folder:
        folder = EXAMPLES / name_or_folder
    if not folder.is_dir():
        raise FolderError(
            [Problem(name_or_folder, None, "", f"Deze map is er niet. Voorbeelden bij de bot: {', '.join(example_names())}.")]
        )
    square, problems = read_folder(folder)
    if square is None:
        raise FolderError(problems)
    return square
