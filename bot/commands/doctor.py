"""``dorpsbode doctor``: what is wrong with settings, database and the three platforms, and what to do about it.

With ``--fix`` it sets Telegram's webhook and creates and submits the WhatsApp templates. No message is sent, no money moved.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from bot.channels.shelf import Standing
    from bot.channels.telegram import Telegram
    from bot.channels.whatsapp import WhatsApp
    from bot.wiring import App

Area = Literal["instellingen", "database", "werk", "telegram", "whatsapp", "mollie"]
Grade = Literal["goed", "let op", "fout"]
#: What the bot listens to; Telegram then sends nothing else.
UPDATES = ("message", "edited_message", "callback_query")
_MANY_WAITING = 100
_EXAMPLE = """voorbeelden:
  dorpsbode doctor
  dorpsbode doctor --fix"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``remedy`` says what to do when it is not ``goed``."""

    area: Area
    grade: Grade
    text: str
    remedy: str = ""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.epilog = _EXAMPLE
    parser.add_argument("--fix", action="store_true", help="set the webhook, create and submit the templates")
    parser.add_argument("--json", action="store_true", help="one JSON object per finding")


def run(args: argparse.Namespace) -> int:
    """Print every finding; 1 when something is wrong."""
    findings = asyncio.run(_all(fix=args.fix))
    for finding in findings:
        print(json.dumps(asdict(finding), ensure_ascii=False) if args.json else _line(finding))
    return 1 if any(finding.grade == "fout" for finding in findings) else 0


def _line(finding: Finding) -> str:
    remedy = f"\n         Doe dit: {finding.remedy}" if finding.remedy else ""
    return f"{finding.grade:7}  {finding.area}: {finding.text}{remedy}"


async def _all(*, fix: bool) -> list[Finding]:
    try:
        settings = read_settings()
    except SettingsError as wrong:
        return [Finding("instellingen", "fout", line, "zie .env.example") for line in str(wrong).splitlines()]
    findings = [*check_settings(settings), *check_database(settings)]
    if any(finding.area == "database" and finding.grade == "fout" for finding in findings):
        return findings  # the webhook's secret path stands in the database
    return [*findings, *[finding async for finding in _platforms(settings, fix=fix)]]


async def _platforms(settings: Settings, *, fix: bool) -> AsyncIterator[Finding]:
    from bot.channels.telegram import Telegram
    from bot.channels.whatsapp import WhatsApp
    from bot.wiring import build

    app = build(settings)
    try:
        for channel in app.channels.values():
            if isinstance(channel, Telegram):
                async for finding in check_telegram(app, channel, fix=fix):
                    yield finding
            elif isinstance(channel, WhatsApp):
                async for finding in check_whatsapp(app, channel, fix=fix):
                    yield finding
    finally:
        for channel in app.channels.values():
            await channel.close()
        app.close()
    for finding in await asyncio.to_thread(lambda: list(check_mollie(settings))):
        yield finding


# --- settings and database ---


def check_settings(settings: Settings) -> Iterator[Finding]:
    """What read_settings lets pass, but the platforms do not."""
    if not settings.telegram_token and not settings.twilio_sid:
        remedy = "vul TELEGRAM_TOKEN in (van @BotFather) of TWILIO_SID (uit de Twilio Console), of probeer dorpsbode demo"
        yield Finding("instellingen", "fout", "er is geen kanaal: Telegram en WhatsApp zijn niet ingesteld", remedy)
    url = urlsplit(settings.public_url)
    if url.scheme == "https":
        yield Finding("instellingen", "goed", f"het openbare adres is {settings.public_url}")
    else:
        grade: Grade = "let op" if url.hostname in ("127.0.0.1", "localhost") else "fout"
        text = f"het openbare adres {settings.public_url} begint niet met https://"
        yield Finding(
            "instellingen", grade, text, "geef in DORPSBODE_PUBLIC_URL het adres met https://; Telegram weigert een ander"
        )


def check_database(settings: Settings) -> Iterator[Finding]:
    """Whether the database can be reached and stands at the newest schema. Makes nothing."""
    from sqlalchemy.engine import make_url

    from bot.store.database import Database
    from bot.store.migrate import newest, schema_of

    try:
        url = make_url(settings.database)
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
            yield Finding("database", "fout", "het databasebestand bestaat nog niet", "voer uit: dorpsbode migrate")
            return
        database = Database(settings.database)
        with database.read() as conn:
            schema = schema_of(conn)
            running = list(check_running(conn, datetime.now(UTC))) if schema == newest() else []
        database.close()
    except (SQLAlchemyError, OSError) as error:
        text = f"de database is niet bereikbaar ({type(error).__name__})"
        yield Finding("database", "fout", text, "kijk of de server draait en of DORPSBODE_DATABASE klopt")
        return
    if schema == newest():
        yield Finding("database", "goed", f"bereikbaar en bijgewerkt ({schema})")
        yield from running
        yield from _private(database.path)
    else:
        yield Finding(
            "database", "fout", f"het schema is {schema or 'leeg'} en moet {newest()} zijn", "voer uit: dorpsbode migrate"
        )


def check_running(conn: Connection, now: datetime) -> Iterator[Finding]:
    """What keeps a well set up bot from helping anybody: nobody works, something is stuck, nobody would hear of it."""
    from bot.store import tables as t
    from bot.wiring import OLD_BUBBLE, QUIET_WORKER

    i, o = t.inbound.c, t.outbound.c
    tick = conn.execute(select(t.mark.c.at).where(t.mark.c.name == "last_tick")).scalar()
    if tick is None or now - tick > QUIET_WORKER:
        yield Finding(
            "werk", "let op", "er draait nu geen werker: niets wordt bezorgd", "start dorpsbode serve of dorpsbode work"
        )
    failed = conn.execute(select(func.count()).where(i.state.in_(("failed", "aside")))).scalar_one()
    if failed:
        yield Finding("werk", "let op", f"onbehandelde berichten: {failed}", "kijk met: dorpsbode inbox failed")
    late = conn.execute(select(func.count()).where(o.state == "queued", o.due < now - OLD_BUBBLE)).scalar_one()
    if late:
        yield Finding("werk", "let op", f"berichten die te lang wachten: {late}", "kijk met: dorpsbode outbox list")
    villages = set(conn.execute(select(t.square.c.slug).where(t.square.c.kind == "village")).scalars())
    if not villages:
        yield Finding("werk", "let op", "er is nog geen plein", "voer uit: dorpsbode square import MAP")
    for slug in sorted(villages - set(conn.execute(select(t.role.c.square).where(t.role.c.role == "coordinator")).scalars())):
        remedy = f"voer uit: dorpsbode invite coordinator:NAAM --square {slug}"
        yield Finding("werk", "let op", f"{slug} heeft geen coördinator: niemand hoort het als er iets misgaat", remedy)


def _private(path: Path | None) -> Iterator[Finding]:
    if path is not None and path.stat().st_mode & 0o077:
        yield Finding("database", "let op", f"anderen op deze machine kunnen {path.name} lezen", f"voer uit: chmod 600 {path}")


# --- telegram ---


async def check_telegram(app: App, channel: Telegram, *, fix: bool) -> AsyncIterator[Finding]:
    """The token, the bot's name and the webhook."""
    from telegram.error import InvalidToken, TelegramError

    try:
        me = await channel.bot.get_me()
        yield _named(app.settings, me.username or "")
        async for finding in _webhook(app, channel, fix=fix):
            yield finding
    except InvalidToken:
        yield Finding("telegram", "fout", "Telegram kent dit token niet", "kopieer TELEGRAM_TOKEN nog eens van @BotFather")
    except TelegramError as error:
        text = f"Telegram gaf geen bruikbaar antwoord ({type(error).__name__}: {error.message[:80]})"
        yield Finding("telegram", "fout", text, "kijk of deze server het internet op kan, en probeer het straks nog eens")


def _named(settings: Settings, username: str) -> Finding:
    if settings.telegram_bot and settings.telegram_bot.lstrip("@").lower() != username.lower():
        text = f"het token hoort bij @{username}, maar TELEGRAM_BOT is {settings.telegram_bot}"
        return Finding("telegram", "fout", text, f"zet TELEGRAM_BOT op {username}, anders kloppen de links niet")
    return Finding("telegram", "goed", f"de bot is @{username}")


async def _webhook(app: App, channel: Telegram, *, fix: bool) -> AsyncIterator[Finding]:
    info = await channel.bot.get_webhook_info()
    right = info.url == app.telegram_webhook and set(info.allowed_updates or UPDATES) == set(UPDATES)
    if not right and fix:
        secret = app.settings.telegram_secret
        await channel.bot.set_webhook(app.telegram_webhook, secret_token=secret, allowed_updates=list(UPDATES))
        info, right = await channel.bot.get_webhook_info(), True
    if right:
        yield Finding("telegram", "goed", "het webhookadres klopt")
    else:
        text = "Telegram stuurt berichten naar een ander adres" if info.url else "Telegram weet niet waarheen berichten moeten"
        yield Finding("telegram", "fout", text, "voer uit: dorpsbode doctor --fix")
    if info.last_error_message:
        when = f"{info.last_error_date:%d-%m %H.%M}" if info.last_error_date else "onlangs"
        text = f"Telegram kon ons {when} niet bereiken: {info.last_error_message[:120]}"
        yield Finding("telegram", "let op", text, "kijk of de server draait en het certificaat geldig is")
    if info.pending_update_count > _MANY_WAITING:
        yield Finding(
            "telegram", "let op", f"er wachten {info.pending_update_count} berichten", "kijk of dorpsbode serve draait"
        )


# --- whatsapp ---


async def check_whatsapp(app: App, channel: WhatsApp, *, fix: bool) -> AsyncIterator[Finding]:
    """The credentials and the templates. Twilio's webhook addresses can only be set in its console."""
    import aiohttp
    from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]

    from bot.channels.transport import TooMany, status_of

    try:
        await channel.shelf.refresh()
        yield Finding("whatsapp", "goed", "Twilio kent deze gegevens")
        for finding in await _templates(channel, fix=fix):
            yield finding
        inbound = f"{app.settings.public_url.rstrip('/')}/whatsapp"
        yield Finding("whatsapp", "goed", f"adres voor de Twilio Console, bij de afzender: {inbound}#rc=3&rp=all")
    except TwilioException as error:
        if status_of(error) in (401, 403):
            remedy = "neem TWILIO_SID en TWILIO_TOKEN opnieuw over uit de Twilio Console"
            yield Finding("whatsapp", "fout", "Twilio kent deze gegevens niet", remedy)
        else:
            text = f"Twilio weigert ({getattr(error, 'code', None) or status_of(error)})"
            yield Finding("whatsapp", "fout", text, "zoek het nummer op bij twilio.com/docs/api/errors")
    except (OSError, aiohttp.ClientError, TooMany) as error:
        text = f"Twilio gaf geen antwoord ({type(error).__name__})"
        yield Finding("whatsapp", "fout", text, "kijk of deze server het internet op kan, en probeer het straks nog eens")


async def _templates(channel: WhatsApp, *, fix: bool) -> list[Finding]:
    if fix:
        await channel.shelf.fill()
    standings = channel.shelf.standings()
    wrong = [finding for standing in standings if (finding := _template(standing))]
    good = sum(standing.ready for standing in standings)
    return [*wrong, Finding("whatsapp", "goed", f"{good} van {len(standings)} sjablonen zijn klaar")]


def _template(standing: Standing) -> Finding | None:
    """What is wrong with one template; None when it can be used, or will be made when first needed."""
    from bot.channels.shelf import DEAD

    template = standing.template
    if standing.ready or not template.topic:
        return None
    name = template.friendly_name
    if standing.status in DEAD:
        why = f": {standing.reason}" if standing.reason else ""
        remedy = "pas de tekst aan in bot/channels/templates.py, of vraag Twilio waarom"
        return Finding("whatsapp", "fout", f"sjabloon {name} is {standing.status}{why}", remedy)
    if standing.sid and standing.status != "unsubmitted":
        return Finding(
            "whatsapp",
            "fout",
            f"sjabloon {name} wacht op goedkeuring",
            "wacht tot WhatsApp het goedkeurt (meestal binnen een dag)",
        )
    return Finding("whatsapp", "fout", f"sjabloon {name} is er niet of is niet ingediend", "voer uit: dorpsbode doctor --fix")


# --- mollie ---


def check_mollie(settings: Settings) -> Iterator[Finding]:
    """The key, held against the list of payment methods: that moves no money."""
    from mollie.api.client import Client
    from mollie.api.error import Error, ResponseError

    if not settings.mollie_key:
        text = "er is geen sleutel: mensen kunnen alleen aan de deur betalen"
        yield Finding("mollie", "let op", text, "vul MOLLIE_KEY in uit het Mollie-dashboard, als u online wilt laten betalen")
        return
    try:
        client = Client(api_endpoint=settings.mollie_base_url, timeout=(4, 10))
        client.set_api_key(settings.mollie_key)
        methods = [method.id for method in client.methods.list()]
    except ResponseError as error:
        text = f"Mollie weigert de sleutel of het verzoek ({getattr(error, 'status', '?')})"
        yield Finding("mollie", "fout", text, "kopieer MOLLIE_KEY nog eens uit het Mollie-dashboard")
        return
    except (Error, KeyError) as error:  # KeyError: the client's own, for a refusal without a reason
        text = f"Mollie gaf geen bruikbaar antwoord ({type(error).__name__})"
        yield Finding("mollie", "fout", text, "kijk of deze server het internet op kan, en probeer het straks nog eens")
        return
    yield from _methods(settings, methods)


def _methods(settings: Settings, methods: list[str]) -> Iterator[Finding]:
    wanted = settings.mollie_method
    if not methods or (wanted and wanted not in methods):
        text = f"betaalwijze {wanted} staat uit" if wanted else "er staat geen enkele betaalwijze aan"
        yield Finding("mollie", "fout", text, "zet haar aan in het Mollie-dashboard, bij Betaalmethoden")
    else:
        yield Finding("mollie", "goed", f"de sleutel werkt; betaalwijzen: {', '.join(methods)}")
    if settings.mollie_key.startswith("test_"):
        yield Finding(
            "mollie",
            "let op",
            "dit is een testsleutel: er wordt niets echt betaald",
            "neem voor het echte werk de live_-sleutel",
        )
