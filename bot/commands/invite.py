"""``dorpsbode invite``: a one-time code that makes whoever sends it first a shopkeeper, courier or coordinator."""

from __future__ import annotations

import argparse
import io
import re
from datetime import timedelta

import segno
from sqlalchemy import Connection

from bot.clock import Clock
from bot.commands.common import say, with_settings
from bot.settings import Settings
from bot.store import catalogue, invitations
from bot.store.database import Database
from bot.store.migrate import migrate
from catalog.square import Square
from orders.ports import Invitation

EXAMPLE = """examples:
  dorpsbode invite shop:bakker --square bunnik
  dorpsbode invite courier:Sam --square bunnik
  dorpsbode invite coordinator:Anja --square bunnik --hours 72
"""
_ROLES = {"shop": "shopkeeper", "courier": "courier", "coordinator": "coordinator", "desk": "desk"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("who", metavar="WHO", help="shop:SLUG, courier:NAME, coordinator:NAME or desk:NAME")
    parser.add_argument("--square", required=True, metavar="SLUG", help="the square, as imported")
    parser.add_argument("--hours", type=int, default=24, metavar="N", help="how long the code works (default: 24)")
    parser.add_argument("--no-qr", action="store_true", help="print no QR codes")


def run(args: argparse.Namespace) -> int:
    """Make the invitation; prints link, code and QR."""
    return with_settings(lambda settings: invite(settings, args))


def invite(settings: Settings, args: argparse.Namespace) -> int:
    """Make one in this database. Exit status 1 when the square, shop or person is not there, 2 when WHO cannot be read."""
    kind, _, name = args.who.partition(":")
    if kind not in _ROLES or not name:
        say("Schrijf shop:WINKEL, courier:NAAM, coordinator:NAAM of desk:NAAM.")
        return 2
    database = Database(settings.database)
    try:
        if database.is_sqlite:
            migrate(database)
        with database.write() as conn:
            square = catalogue.load(conn, args.square)
            if why := _why_not(square, args.square, kind, name):
                say(why)
                return 1
            assert square is not None
            home = next((one for one in (square.slug, *square.regions) if _has(conn, one, name)), square.slug)
            wanted = (
                Invitation(home, "shopkeeper", shop=name)
                if kind == "shop"
                else Invitation(args.square, _ROLES[kind], name=_listed(square, kind).get(name.casefold(), name))
            )
            code = invitations.invite(conn, wanted, Clock().now(), valid_for=timedelta(hours=args.hours))
    finally:
        database.close()
    print(render(settings, code, qr=not args.no_qr, hours=args.hours))
    return 0


def _why_not(square: Square | None, slug: str, kind: str, name: str) -> str:
    if square is None:
        return f"Er is geen plein {slug!r} in de database. Kijk met: dorpsbode square list"
    if kind == "shop" and name not in square.shop_by_slug:
        return f"Er is geen winkel {name!r} op dit plein. Wel: {', '.join(sorted(square.shop_by_slug))}"
    listed = _listed(square, kind)
    if listed and name.casefold() not in listed:
        known = ", ".join(listed.values())
        return f"{name} staat niet in square.toml als {kind}. Wel: {known}. Zet hem of haar erbij met [[person]] en importeer."
    return ""


def _listed(square: Square, kind: str) -> dict[str, str]:
    """The names of this role in the square's folder, by what is compared. None at all: nobody is refused."""
    return {one.name.casefold(): one.name for one in square.people if one.role == kind and one.name}


def _has(conn: Connection, slug: str, shop: str) -> bool:
    """Whether the shop's rows stand under this square: a regional shop's people belong to the region."""
    found = catalogue.load(conn, slug, whole=False)
    return found is not None and shop in found.shop_by_slug


def links(settings: Settings, code: str) -> list[str]:
    """Where to tap: Telegram and WhatsApp, as far as they are set up."""
    spelled = invitations.spell(code)
    made = [f"https://t.me/{settings.telegram_bot.lstrip('@')}?start={spelled}"] if settings.telegram_bot else []
    number = re.sub(r"\D", "", settings.twilio_from)
    return made + ([f"https://wa.me/{number}?text={spelled}"] if number else [])


def render(settings: Settings, code: str, *, qr: bool, hours: int) -> str:
    """What is printed: the code, the links, and a QR per link."""
    lines = [f"Code: {invitations.spell(code)}   (werkt één keer, {hours} uur lang; stuur hem als bericht)"]
    for link in links(settings, code):
        lines.append(link)
        if qr:
            drawn = io.StringIO()
            segno.make(link, error="m", micro=False).terminal(out=drawn, compact=True)
            lines.append(drawn.getvalue())
    if len(lines) == 1:
        lines.append("Zet TELEGRAM_BOT of TWILIO_FROM voor een link met QR-code.")
    return "\n".join(lines)
