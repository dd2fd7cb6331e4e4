"""``dorpsbode texts``: are the texts plain and translated; collect them from the code, update or add a translation."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bot.commands.common import say
from bot.texts import catalogues, language
from bot.texts.check import check
from bot.texts.sources import texts
from notifications.texts import LOCALE_DIR, SOURCE_LOCALE

EXAMPLE = """example:
  dorpsbode texts check          exits 1 and names what is not plain, not translated or does not fit
  dorpsbode texts extract        collects the texts of the code in notifications/locale/dorpsbode.pot
  dorpsbode texts update         brings every translation up to date with the code; changed texts become fuzzy
  dorpsbode texts add fy         begins a translation in notifications/locale/fy
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    what = parser.add_subparsers(dest="what", metavar="check|extract|update|add", required=True)
    what.add_parser(
        "check", help="exit 1 when a text is not plain, not translated or too long", epilog="example: dorpsbode texts check"
    )
    what.add_parser("extract", help="collect the texts of the code in the template", epilog="example: dorpsbode texts extract")
    what.add_parser("update", help="bring every translation up to date with the code", epilog="example: dorpsbode texts update")
    add = what.add_parser("add", help="begin a translation", epilog="example: dorpsbode texts add fy")
    add.add_argument("locale", metavar="LOCALE", help="a language or voice: fy, de, pl, nl@je")


def run(args: argparse.Namespace) -> int:
    """Do it. Exit status 1 when the check finds something, 2 when a locale cannot be added."""
    doing: dict[str, Callable[[], int]] = {"check": _check, "extract": _extract, "update": _update}
    return _add(args.locale) if args.what == "add" else doing[args.what]()


def _check() -> int:
    found = texts()
    wrong = check(folder=LOCALE_DIR)
    for one in wrong:
        say(one)
    mean = language.mean_length(one.words for one in found)
    print(f"{len({one.words for one in found})} teksten, gemiddeld {mean:.1f} woorden per zin, {len(wrong)} fouten.")
    return 1 if wrong else 0


def _extract() -> int:
    path = LOCALE_DIR / catalogues.TEMPLATE
    changed = catalogues.write(path, catalogues.template(texts()))
    say(f"{path.name}: {'bijgewerkt' if changed else 'er was niets veranderd'}.")
    return 0


def _update() -> int:
    _extract()
    for locale in catalogues.locales(LOCALE_DIR):
        _merge(locale)
    return 0


def _merge(locale: str) -> None:
    path = catalogues.po_path(locale, LOCALE_DIR)
    catalog = catalogues.merged(catalogues.read(path) if path.is_file() else None, catalogues.template(texts()), locale)
    changed = catalogues.write(path, catalog)
    todo = sum(1 for message in catalog if message.id and (message.fuzzy or not message.string))
    say(f"{locale}: {'bijgewerkt' if changed else 'er was niets veranderd'}, nog {todo} te doen.")


def _add(locale: str) -> int:
    if not catalogues.LOCALE_NAME.fullmatch(locale) or locale == SOURCE_LOCALE:
        say(f"‘{locale}’ kan niet. Schrijf een taal zoals fy of de, of een stem zoals nl@je. De bron zelf is nl.")
        return 2
    if locale in catalogues.locales(LOCALE_DIR):
        say(f"‘{locale}’ is er al. Draai: dorpsbode texts update")
        return 2
    _merge(locale)
    return 0
