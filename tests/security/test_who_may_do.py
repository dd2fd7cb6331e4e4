"""Who may do what: words and buttons of a role do nothing for whoever does not have it, forged and borrowed ones neither."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import Clock
from bot.settings import Settings
from bot.store import tables as t
from bot.store.invitations import invite
from bot.wiring import build
from orders.ports import Invitation
from tests.bot.databases import database_url
from tests.bot.engine.conftest import NOW, Recorder
from tests.bot.sample import REGION, VILLAGE
from tests.security.test_roles_after_silence import Phones

__all__ = ["database_url"]


@pytest.fixture
def phones(database_url: str) -> Iterator[Phones]:
    """An ordered at both shops; everybody has the role that the name tells."""
    clock = Clock(NOW)
    made = build(Settings(database=database_url), clock, channels={"test": Recorder()}, squares=[REGION, VILLAGE])
    made.start()
    phones = Phones(made, clock)
    for who, role, shop in (("bas", "shopkeeper", "bakker"), ("kees", "shopkeeper", "kaas"), ("noor", "courier", ""),
                            ("sam", "courier", ""), ("anja", "coordinator", "")):  # fmt: skip
        phones.invited(who, role, shop)
    for text in ("dorp", "2 volkoren brood en 250 gram jong belegen, vrijdag", "Dorpsstraat 12, 3981 AB"):
        phones.says("an", text)
    assert "1000 is geplaatst" in phones.says("an", "bestellen en betalen")
    yield phones
    made.close()


def books(phones: Phones) -> dict[str, list[Any]]:
    """Everything that somebody without the role must leave as it is."""
    tables = (t.product, t.shop, t.shop_order, t.role, t.run, t.stop, t.payment_attempt, t.refund, t.timer)
    with phones.app.database.read() as conn:
        kept = {table.name: sorted(map(repr, conn.execute(select(table)))) for table in tables}
        placed = select(t.orders).where(t.orders.c.number > 0)
        lines = select(t.order_line).where(t.order_line.c.order_id.in_(select(t.orders.c.id).where(t.orders.c.number > 0)))
        return {**kept, **{name: sorted(map(repr, conn.execute(q))) for name, q in (("orders", placed), ("lines", lines))}}


WORDS = {
    "shopkeeper": ("ok", "1000 ok", "op 1", "1000 op 1", "1 weegt 300", "klaar", "kan 20", "krentenbol op", "krentenbol 0,10",
                   "dicht morgen", "samen", "ik ben de bakker", "winkel", "wij zijn dicht", "fout"),
    "courier": ("ja", "start", "klaar", "niet thuis", "rijden", "ik ben de koerier", "ruilen", "fout"),
    "coordinator": ("overzicht", "synoniem x = bakker/b1", "synoniem krentenbol = kaas/k1", "beheer", "ik ben de coördinator",
                    "gaat niet door", "toch bezorgd", "winkel zegt ja", "kaas dicht morgen", "bakker dicht morgen"),
}  # fmt: skip
#: Who has none of the rights of that role, with what they may do themselves.
WITHOUT = {
    "shopkeeper": ("carla", "noor", "anja"),
    "courier": ("carla", "bas", "anja"),
    "coordinator": ("carla", "bas", "noor"),
}
#: Words that are somebody's own: they may change something in their own role.
OWN = {"bas": {"fout", "klaar", "ja"}, "noor": set(), "anja": set(), "carla": set()}


@pytest.mark.parametrize(("role", "who"), [(role, who) for role, many in WITHOUT.items() for who in many])
def test_words_of_a_role_do_nothing_without_it(phones: Phones, role: str, who: str) -> None:
    if who == "carla":
        phones.says("carla", "dorp")
    before = books(phones)
    for word in WORDS[role]:
        if word not in OWN[who]:
            phones.says(who, word)
    assert books(phones) == before


@pytest.mark.parametrize("thief", ["carla", "kees", "noor"])
def test_a_button_of_somebody_else_does_nothing(phones: Phones, thief: str) -> None:
    phones.says(thief, "dorp")
    alert = next(one for one in phones.read("bas") if one.choices)  # type: ignore[attr-defined]
    before = books(phones)
    for choice, token in zip(alert.choices, alert.tokens, strict=True):  # type: ignore[attr-defined]
        phones.says(thief, choice.label, token)
        phones.says(thief, "", token)
    assert books(phones) == before


MADE_UP = (
    "{ask}.9", "{ask}.-1", "{ask}", "{ask}.", "{ask}.0.0", "{ask}.0x0", "{ask}. 0", "{ask}.²", "{ask}.٠", ".0", ".", "x\x00.0",
    "shop:ok:{order}", "co:cancel:{order}", "run:start:2026-11-27/vrijdagochtend", "order:leave:{order}:1", "co:trust:x:dorp",
    "place:1", "' OR 1=1 --.0", "%s.0", "{{0}}.0", "{ask}.99999999999999999999", "\ud800.0",
)  # fmt: skip


def test_a_made_up_button_does_nothing(phones: Phones) -> None:
    alert = next(one for one in phones.read("bas") if one.choices)  # type: ignore[attr-defined]
    with phones.app.database.read() as conn:
        order = conn.execute(select(t.orders.c.id).where(t.orders.c.number == 1000)).scalar_one()
    before = books(phones)
    for form in MADE_UP:
        token = form.format(ask=alert.tokens[0].partition(".")[0], order=order)  # type: ignore[attr-defined]
        for who in ("carla", "bas", "anja"):
            phones.says(who, "…", token)
            assert books(phones) == before, (who, token)
    with phones.app.database.read() as conn:
        assert set(conn.execute(select(t.inbound.c.state)).scalars()) == {"done"}


def test_a_shop_does_nothing_to_lines_of_another(phones: Phones) -> None:
    before = {row for row in books(phones)["shop_order"] if "'kaas'" in row}
    for word in ("1000 op 2", "1000 op 9", "op 3", "2 weegt 100", "jong belegen op", "jong belegen 0,10", "1000 ok"):
        phones.says("bas", word)
    after = books(phones)
    assert {row for row in after["shop_order"] if "'kaas'" in row} == before
    with phones.app.database.read() as conn:
        line = conn.execute(select(t.order_line).where(t.order_line.c.shop == "kaas")).one()
        cheese = conn.execute(select(t.product).where(t.product.c.sku == "k1")).one()
    assert (line.sold_out, line.weighed, cheese.price_cents, cheese.sold_out) == (False, None, 1290, False)


def test_an_invitation_works_once_and_a_day(phones: Phones) -> None:
    def code(shop: str = "kaas") -> str:
        with phones.app.database.write() as conn:
            return invite(conn, Invitation("dorp", "shopkeeper", shop), phones.clock.now())

    phones.says("carla", "dorp")
    used = code()
    assert "winkelier" in phones.says("kees", used)
    spelled = "-".join(used[at : at + 4] for at in (0, 4, 8))
    assert "werkt niet (meer)" in phones.says("carla", spelled)
    late = code()
    phones.clock.move(timedelta(hours=24, seconds=1))
    assert "werkt niet (meer)" in phones.says("carla", "-".join(late[at : at + 4] for at in (0, 4, 8)))
    with phones.app.database.read() as conn:
        carla = conn.execute(select(t.address.c.person).where(t.address.c.id == "carla")).scalar_one()
        assert conn.execute(select(t.role).where(t.role.c.person == carla)).all() == []
        assert used not in repr(conn.execute(select(t.invitation)).all())  # only a hash is kept


def test_a_coordinator_does_nothing_on_another_square(phones: Phones) -> None:
    phones.invited("olaf", "coordinator", square="streek")
    with phones.app.database.read() as conn:
        bas = conn.execute(select(t.address.c.person).where(t.address.c.id == "bas")).scalar_one()
    assert bas
    before = books(phones)
    for word in ("overzicht", "wensen", "synoniem x = bakker/b1", "1000", "dorp"):
        phones.says("olaf", word)
    assert "U praat nu als coördinator" not in phones.says("olaf", "beheer")
    assert books(phones) == before
