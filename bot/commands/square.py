"""``dorpsbode square check|import|export|list|show``: a village square's folder, and the squares in the database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from catalog.folder import FolderError, Problem, differences, read_folder, write_folder
from catalog.square import WEEKDAYS, Square

_EXAMPLES = """voorbeelden:
  dorpsbode square check mijn-plein
  dorpsbode square import mijn-plein --dry-run
  dorpsbode square export bunnik /tmp/bunnik
  dorpsbode square show bunnik"""
_MOST_SHOWN = 200


class Catalogue(Protocol):
    """The squares in the database, within one transaction."""

    def import_square(self, square: Square) -> list[str]:
        """Bring a square in, all or nothing; Dutch lines of what changed, none when it was there already."""

    def load(self, slug: str) -> Square | None:
        """A square by its slug."""

    def slugs(self) -> list[str]:
        """The slugs of all squares, sorted."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the five subcommands."""
    parser.epilog = _EXAMPLES
    todo = parser.add_subparsers(dest="todo", metavar="check|import|export|list|show", required=True)
    one = todo.add_parser("check", help="name every mistake in a folder; changes nothing and needs no database")
    one.add_argument("folder", type=Path, metavar="FOLDER")
    one = todo.add_parser("import", help="bring a folder into the database: all of it or nothing")
    one.add_argument("folder", type=Path, metavar="FOLDER")
    one.add_argument("--dry-run", action="store_true", help="only print what would change")
    one = todo.add_parser("export", help="write a square from the database to a folder")
    one.add_argument("slug", metavar="SLUG")
    one.add_argument("folder", type=Path, metavar="FOLDER")
    todo.add_parser("list", help="the squares in the database")
    one = todo.add_parser("show", help="one square in the database")
    one.add_argument("slug", metavar="SLUG")


def check(folder: Path) -> int:
    """Print all problems to stderr. Status 0 when the folder may be imported, else 1."""
    square, problems = read_folder(folder)
    _complain(problems)
    if square is None:
        wrong = sum(problem.level == "error" for problem in problems)
        return _say(f"Deze map is niet in orde: {wrong} {'fout' if wrong == 1 else 'fouten'}. Er is niets veranderd.", 1)
    return _say(f"Deze map is in orde: {_counted(square)}.", 0)


def import_folder(catalogue: Catalogue, folder: Path, *, dry_run: bool) -> int:
    """Import the folder, or with ``dry_run`` only print what would change. Status 1 when the folder holds mistakes."""
    square, problems = read_folder(folder)
    _complain(problems)
    if square is None:
        return _say("Er is niets geïmporteerd. Verbeter de fouten en probeer het opnieuw.", 1)
    if dry_run:
        lines = differences(catalogue.load(square.slug) or Square(square.slug, ""), square)
    else:
        lines = catalogue.import_square(square)
    _print(lines)
    if dry_run:
        return _say(f"Dit is een proef: er is niets veranderd. Wijzigingen: {len(lines)}.", 0)
    return _say(f"“{square.slug}” staat in de database: {_counted(square)}. Wijzigingen: {len(lines)}.", 0)


def export(catalogue: Catalogue, slug: str, folder: Path) -> int:
    """Write a square to a folder. Status 1 when it is unknown or the folder cannot be written."""
    square = catalogue.load(slug)
    if square is None:
        return _unknown(catalogue, slug)
    try:
        write_folder(square, folder)
    except FolderError as error:
        _complain(error.problems)
        return 1
    return _say(f"“{slug}” staat in {folder}: {_counted(square)}.", 0)


def list_squares(catalogue: Catalogue) -> int:
    """Print slug, name and counts of each square, tab-separated."""
    for slug in catalogue.slugs():
        square = catalogue.load(slug)
        if square is not None:
            print(slug, square.name, _counted(square), sep="\t")
    return 0


def show(catalogue: Catalogue, slug: str) -> int:
    """Print what the database knows of a square. Status 1 when it is unknown."""
    square = catalogue.load(slug)
    if square is None:
        return _unknown(catalogue, slug)
    _print(_overview(square))
    return 0


def _overview(square: Square) -> Iterator[str]:
    yield f"{square.name} ({square.slug}){', voorbeeld' if square.sample else ''}, versie {square.version}"
    yield f"beheer:     {square.operator.name or '-'}, KvK {square.operator.kvk or '-'}"
    yield f"hulp:       {square.help.name or '-'}, {square.help.phone or '-'}, {square.help.hours or '-'}"
    yield f"bezorging:  {', '.join(square.delivery.postcodes) or 'overal'}"
    yield f"afhalen:    {'; '.join(square.delivery.pickup_points) or '-'}"
    for item in square.rounds:
        times = f"{WEEKDAYS[item.day]} {item.starts:%H:%M}-{item.ends:%H:%M}"
        yield f"ronde:      {item.name}, {times}, sluit {WEEKDAYS[item.closes_day]} {item.closes_at:%H:%M}"
    for shop in square.shops:
        own = [product for product in square.products if product.shop == shop.slug and not product.withdrawn]
        yield f"winkel:     {shop.slug}, {shop.name}, {len(own)} artikelen{', gestopt' if shop.withdrawn else ''}"


def _counted(square: Square) -> str:
    shops = sum(not shop.withdrawn for shop in square.shops)
    products = sum(not product.withdrawn for product in square.products)
    return f"winkels {shops}, artikelen {products}, rondes {len(square.rounds)}"


def _unknown(catalogue: Catalogue, slug: str) -> int:
    known = ", ".join(catalogue.slugs()) or "nog geen"
    return _say(f"Plein “{slug}” staat niet in de database. Er zijn: {known}.", 1)


def _complain(problems: list[Problem]) -> None:
    errors_first = sorted(problems, key=lambda problem: problem.level == "warning")
    for problem in errors_first[:_MOST_SHOWN]:
        print(problem, file=sys.stderr)
    if len(problems) > _MOST_SHOWN:
        print(f"… en nog {len(problems) - _MOST_SHOWN}. Verbeter eerst deze.", file=sys.stderr)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _say(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status
