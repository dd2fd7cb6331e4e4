"""Wiping a person, held against every cell of every table; and the export against the schema."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot import privacy, retention
from bot.audit import audit
from bot.commands.person import find
from bot.store import tables as t
from tests.village import AMSTERDAM
from tests.wholebot import WholeBot

MONDAY = datetime(2026, 11, 23, 9, tzinfo=AMSTERDAM)
#: What leads to An Zonneveld: her name, door, phone, note, her words, and her chat.
TRACES = ("Zonneveld", "Leeuwerik", "3981BC", "3981 BC", "0612345678", "klop hard", "half pondje", "1000001")


def _everything(bot: WholeBot) -> dict[str, list[dict[str, Any]]]:
    with bot.app.database.read() as conn:
        return {
            name: [dict(row) for row in conn.execute(select(table)).mappings()] for name, table in t.metadata.tables.items()
        }


def _found(bot: WholeBot) -> dict[str, set[str]]:
    """Trace -> the tables it is found in."""
    cells = {name: json.dumps(rows, default=str, ensure_ascii=False) for name, rows in _everything(bot).items()}
    return {trace: where for trace in TRACES if (where := {name for name, text in cells.items() if trace in text})}


def _story(bot: WholeBot) -> None:
    for who, role, shop in (("bas", "shopkeeper", "bakker"), ("kees", "shopkeeper", "kaas"), ("sam", "courier", ""),
                            ("anja", "coordinator", "")):  # fmt: skip
        bot.role(who, role, shop)
    bot.people["an"] = 1000001
    bot._seen["an"] = set()
    bot._in_loop(lambda: bot.telegram.user(1000001, "An", last_name="Zonneveld"))
    for text in ("half pondje jong belegen en 6 krentenbollen, vrijdagochtend", "Leeuwerikhof 7, 3981 BC", "BRIEFJE klop hard",
                 "ik betaal aan de deur", "bestellen en betalen", "06 12345678", "bel mij"):  # fmt: skip
        bot.type("an", text, "text")
    bot.type("kees", "ok", "text")
    bot.type("bas", "ok", "text")
    bot.wait(datetime(2026, 11, 26, 19, tzinfo=AMSTERDAM))
    bot.type("sam", "ja", "text")
    bot.wait(datetime(2026, 11, 27, 9, tzinfo=AMSTERDAM))
    for word in ("start", "klaar", "klaar", "klaar"):
        bot.type("sam", word, "text")


def test_nothing_leads_to_someone_who_was_forgotten() -> None:
    with WholeBot("bunnik", MONDAY) as bot:
        _story(bot)
        assert set(_found(bot)) == set(TRACES)  # each of them was kept somewhere
        person = bot._in_loop(lambda: find(bot.app.database, "bunnik", 1000))
        with bot.app.database.read() as conn:
            kept = privacy.export(conn, person)
        assert "half pondje jong belegen" in json.dumps(kept)
        assert kept["order_line"][0]["order_id"] == kept["orders"][0]["id"]
        bot.type("an", "vergeet mij", "text")
        bot.tap("an", "Ja, wis alles", oldest=False)
        assert "ik ben u vergeten" in bot._screen("an")[-1][1]
        assert _found(bot) == {"1000001": {"outbound"}}  # the last words, until tonight
        bot.wait(bot.now + timedelta(hours=12))
        bot.app.writer.call(retention.forget)
        assert _found(bot) == {}
        with bot.app.database.read() as conn:
            assert audit(conn, bot.clock.now()) == []
        order = _everything(bot)["orders"][0]
        assert (order["status"], order["door_cents"] > 0, order["place"]) == ("delivered", True, {})
        bot.type("an", "hallo", "text")
        assert "Welkom bij" in bot._screen("an")[-1][1]
        assert bot.violations() == []


def test_the_export_knows_every_table_that_names_people() -> None:
    """A new table with a person in it must be added to privacy.KEYS (or to the parts of an order)."""
    naming = {"person", "resident", "courier", "used_by", "lane"}
    named = {name for name, table in t.metadata.tables.items() if naming & set(table.c.keys())}
    assert named <= set(privacy.KEYS)
    assert {name for name, table in t.metadata.tables.items() if "order_id" in table.c} <= {*privacy._PARTS, "outbound"}
