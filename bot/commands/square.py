"""``dorpsbode square check|import|export|list|show|wanted|synonym``: a square's folder, and the squares in the database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError

from bot.commands import square_words
from bot.settings import SettingsError, read_settings
from bot.store import catalogue
from bot.store.database import Database
from catalog.folder import FolderError, Problem, differences, read_folder, write_folder
from catalog.square import WEEKDAYS, Square

#: Subcommand -> its help and an example.
_TODO = {
    "check": ("name every mistake in a folder; changes nothing and needs no database", "check mijn-plein"),
    "import": ("bring a folder into the database: all of it or nothing", "import mijn-plein --dry-run"),
    "export": ("write a square from the database to a folder", "export bunnik uit/bunnik"),
    "list": ("the squares in the database", "list"),
    "show": ("one square in the database", "show bunnik"),
    "wanted": ("the words that were asked for and not found", "wanted bunnik"),
    "synonym": ("let a word stand for a product", 'synonym bunnik "wc papier" kruidenier/w85'),
}
_MOST_SHOWN = 200


class _Undone(Exception):
    """Raised at the end of a rehearsal, so that the transaction leaves nothing."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    parser.epilog = "\n".join(["examples:", *(f"  dorpsbode square {example}" for _, example in _TODO.values())])
    todo = parser.add_subparsers(dest="todo", metavar="|".join(_TODO), required=True)
    for name, (summary, example) in _TODO.items():
        one = todo.add_parser(name, help=summary, description=summary, epilog=f"example: dorpsbode square {example}")
        if name in ("export", "show", "wanted", "synonym"):
            one.add_argument("slug", metavar="SLUG")
        if name == "synonym":
            one.add_argument("word", metavar="WORD", help="what people type; more words between quotes")
            one.add_argument("product", metavar="SHOP/SKU", help="the product they mean")
        if name in ("check", "import", "export"):
            one.add_argument("folder", type=Path, metavar="FOLDER")
        if name == "import":
            one.add_argument("--dry-run", action="store_true", help="only print what would change")


def run(args: argparse.Namespace) -> int:
    """Do it. Exit status 1 when the folder or the square is not right, or the database cannot be used."""
    if args.todo == "check":
        return check(args.folder)
    try:
        database = Database(read_settings().database)
    except SettingsError as problem:
        return _say(str(problem), 1)
    except ArgumentError:
        return _say("DORPSBODE_DATABASE is geen database: schrijf bijvoorbeeld sqlite:///dorpsbode.db of postgresql://…", 1)
    try:
        return _with_database(database, args)
    except (OperationalError, ProgrammingError) as problem:
        return _say(f"De database werkt niet mee ({problem.orig}). Draai eerst: dorpsbode migrate", 1)
    finally:
        database.close()


def _with_database(database: Database, args: argparse.Namespace) -> int:
    if args.todo == "import":
        return import_folder(database, args.folder, dry_run=args.dry_run)
    if args.todo == "wanted":
        return square_words.wanted(database, args.slug)
    if args.todo == "synonym":
        return square_words.synonym(database, args.slug, args.word, args.product)
    if args.todo == "export":
        return export(database, args.slug, args.folder)
    return show(database, args.slug) if args.todo == "show" else list_squares(database)


def check(folder: Path) -> int:
    """Print all problems to stderr. Status 0 when the folder may be imported, else 1."""
    square, problems = read_folder(folder)
    _complain(problems)
    if square is None:
        wrong = sum(problem.level == "error" for problem in problems)
        return _say(f"Deze map is niet in orde: {wrong} {'fout' if wrong == 1 else 'fouten'}. Er is niets veranderd.", 1)
    return _say(f"Deze map is in orde: {_counted(square)}.", 0)


def import_folder(database: Database, folder: Path, *, dry_run: bool = False) -> int:
    """Import the folder, or with ``dry_run`` only print what would change. Status 1 when it holds mistakes or clashes."""
    square, problems = read_folder(folder)
    _complain(problems)
    if square is None:
        return _say("Er is niets geïmporteerd. Verbeter de fouten en probeer het opnieuw.", 1)
    with database.read() as conn:
        clashes = list(_clashes(conn, square))
    if clashes:
        return _say("\n".join([*clashes, "Er is niets geïmporteerd."]), 1)
    lines = _imported(database, square, dry_run=dry_run)
    _print(lines)
    if dry_run:
        return _say(f"Dit is een proef: er is niets veranderd. Wijzigingen: {len(lines)}.", 0)
    return _say(f"“{square.slug}” staat in de database: {_counted(square)}. Wijzigingen: {len(lines)}.", 0)


def _imported(database: Database, square: Square, *, dry_run: bool) -> list[str]:
    """What the import changes; the rehearsal is the import itself, taken back, so that it cannot tell another story."""
    lines: list[str] = []
    with suppress(_Undone), database.write() as conn:
        before = catalogue.load(conn, square.slug, whole=False)
        catalogue.import_square(conn, square)
        after = catalogue.load(conn, square.slug, whole=False)
        lines += [] if before else [f"+ plein {square.slug}"]
        lines += differences(before or Square(square.slug, ""), after or square)
        if dry_run:
            raise _Undone
    return lines


def _clashes(conn: Connection, square: Square) -> Iterator[str]:
    """Why this square cannot stand beside the others: a shop name used in a village and its region, or an unknown region."""
    others = {slug: catalogue.load(conn, slug, whole=False) for slug in catalogue.slugs(conn) if slug != square.slug}
    for region in square.regions:
        if region not in others:
            yield f"Streek “{region}” staat niet in de database. Importeer die eerst, of haal hem weg bij regions."
    for slug, other in others.items():
        if other and (slug in square.regions or square.slug in other.regions):
            for shop in sorted(_sold_in(square) & _sold_in(other)):
                yield f"Winkel “{shop}” staat ook in “{slug}”. Geef de winkel hier een andere korte naam."


def _sold_in(square: Square) -> set[str]:
    return {shop.slug for shop in square.shops if not shop.withdrawn}


def export(database: Database, slug: str, folder: Path) -> int:
    """Write a square, without the shops of its regions, to a folder. Status 1 when it is unknown or cannot be written."""
    with database.read() as conn:
        square = catalogue.load(conn, slug, whole=False)
        if square is None:
            return _unknown(conn, slug)
    try:
        write_folder(square, folder)
    except FolderError as error:
        _complain(error.problems)
        return 1
    return _say(f"“{slug}” staat in {folder}: {_counted(square)}.", 0)


def list_squares(database: Database) -> int:
    """Print slug, name and counts of each square, tab-separated."""
    with database.read() as conn:
        for slug in catalogue.slugs(conn):
            square = catalogue.load(conn, slug)
            print(slug, square.name if square else "", _counted(square) if square else "", sep="\t")
    return 0


def show(database: Database, slug: str) -> int:
    """Print what the database knows of a square, the shops of its regions included. Status 1 when it is unknown."""
    with database.read() as conn:
        square = catalogue.load(conn, slug)
        if square is None:
            return _unknown(conn, slug)
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


def _unknown(conn: Connection, slug: str) -> int:
    known = ", ".join(catalogue.slugs(conn)) or "nog geen"
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
