"""Who may see what: a table of role × field × channel, with one test per cell.

One story is played through the whole bot on each channel (web, worker, database, the real client libraries, the platforms'
stand-ins): An orders from two shops and pays, Carla orders too, Sam declines the ride, Noor rides it. Everybody also types
what a curious person would. Each cell then looks at everything that appeared on that person's phone.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
import pytest

from bot.squares import load_square
from bot.store.invitations import invite
from orders.ports import Invitation
from tests.village import AMSTERDAM
from tests.wholebot import WholeBot, WholeBotOnWhatsApp

MONDAY = datetime(2026, 11, 23, 9, tzinfo=AMSTERDAM)

#: What there is to know about An and her order.
FIELDS = {
    "line at the bakery": r"[Kk]rentenbol",
    "line at the greengrocer": r"[Bb]loemkool",
    "first name": r"\bAn\b",
    "surname": r"Zonneveld",
    "street": r"Leeuwerikhof",
    "postcode": r"3981 ?BC",
    "phone": r"55512345|600000777",
    "order number": r"\b1000\b",
    "round": r"vrijdag 27 november",
    "total": r"€\s?9,\d\d",
    "pay link": r"/b/[\w-]{20,}",
}
SEES, MAY, NEVER = "sees", "may", "never"
_SECRET = ("surname", "street", "postcode", "phone")
_NOT_OURS = {**dict.fromkeys(FIELDS, NEVER), "round": MAY}  # the round itself is public


def _row(*, sees: tuple[str, ...] = (), may: tuple[str, ...] = ()) -> dict[str, str]:
    """A row of the table: everything that is not named is never seen."""
    return {name: SEES if name in sees else MAY if name in may else NEVER for name in FIELDS}


#: Role -> field -> what holds. ``sees``: it must appear in this story; ``may``: it could; ``never``: under no circumstance.
TABLE: dict[str, dict[str, str]] = {
    "the resident": _row(sees=tuple(FIELDS), may=()),
    "another resident": _NOT_OURS | {"order number": NEVER},
    "the bakery": _row(sees=("line at the bakery", "first name", "order number", "round")),
    "the greengrocer": _row(sees=("line at the greengrocer", "first name", "order number", "round")),
    "a shop without a line": _NOT_OURS,
    "a courier who was offered the ride": _row(sees=("round",)),
    "a courier who declined, on the day": _row(may=("round",)),
    "the courier, before the day": _row(sees=("round",)),
    "the courier, on the day": _row(
        sees=("first name", "street", "postcode", "order number"), may=("surname", "phone", "round")
    ),
    "the courier, hours after the ride": _row(may=("round", "order number")),
    "the coordinator": _row(may=tuple(name for name in FIELDS if name != "pay link")),
    "the coordinator of another square": _row(may=("round",)),
    "a stranger": _row(may=("round", "line at the bakery", "line at the greengrocer")),
    "whoever has the pay link": _row(sees=("line at the bakery", "line at the greengrocer", "order number", "total", "round")),
}  # fmt: skip
#: On Telegram nobody has a number unless it was typed; the resident reads it back there only.
NOT_SHOWN_BACK = {("whatsapp", "the resident", "phone"), ("whatsapp", "the resident", "pay link")}

SNOOPING = (
    "lijst", "1000", "1000 op 1", "ok 1000", "1000 klaar", "wie is An", "waar woont An", "adres van 1000", "overzicht",
    "wensen", "waar blijft bestelling 1000", "bestelling 1000 annuleren", "rit", "start", "ik ben de bakker", "beheer",
    "ik ben de koerier", "winkel", "rijden", "mandje", "wat bestelde An", "hetzelfde als An", "telefoonnummer van An",
    "code ABCD-EFGH-JKLM",
)  # fmt: skip


@dataclass
class Story:
    """What everybody saw."""

    seen: dict[str, str] = field(default_factory=dict)


def _everything(bot: WholeBot, who: str) -> str:
    """All bubbles on someone's phone, with labels and links."""
    screen = bot._in_loop(lambda: bot._screen(who))
    return "\n".join(" ".join([text, *labels, *links]) for _, text, labels, links in screen)


def _phase(bot: WholeBot, who: str, do: Callable[[], None]) -> str:
    """What appeared on a phone while this was done."""
    before = len(_everything(bot, who))
    do()
    return _everything(bot, who)[before:]


def _snoop(bot: WholeBot, who: str) -> None:
    for text in SNOOPING:
        if not (who in ("bas", "gerda") and text == "1000 op 1"):  # that they may do
            bot.type(who, text, "text")


def _say(bot: WholeBot, who: str, *texts: str) -> None:
    for text in texts:
        bot.type(who, text, "text")


def _people(bot: WholeBot) -> None:
    bot.run(asyncio.to_thread(bot.app.import_square, load_square("voorbeeld")))
    names = {"an": ("An", "Zonneveld"), "carla": ("Carla", "Nachtegaal")}
    for place, (who, (first, last)) in enumerate(names.items()):
        if bot.channel == "telegram":
            bot.people[who] = 2000 + place
            bot._in_loop(lambda i=2000 + place, f=first, n=last: bot.telegram.user(i, f, last_name=n))  # type: ignore[misc]
        else:
            bot.people[who] = f"+3160000077{7 + place}"
            bot._in_loop(lambda i=bot.people[who], f=first, n=last: bot.twilio.user(i, name=f"{f} {n}"))  # type: ignore[misc]
        bot._seen[who] = set()
    bot.role("bas", "shopkeeper", "bakker")
    bot.role("gerda", "shopkeeper", "groenteboer")
    bot.role("dirk", "shopkeeper", "drogist")
    bot.role("sam", "courier")
    bot.role("noor", "courier")
    bot.role("anja", "coordinator")
    with bot.app.database.write() as conn:
        code = invite(conn, Invitation("voorbeeld", "coordinator", name="Olaf"), bot.clock.now())
    _say(bot, "olaf", code)


def _play(bot: WholeBot) -> Story:
    _people(bot)
    story = Story()
    seen = story.seen
    _say(bot, "carla", "bunnik", "3 roggebrood, vrijdag", "Uilenweg 7, 3981 CD")
    bot.tap("carla", "Betaal aan de deur", oldest=False)
    _say(bot, "an", "bunnik", "4 krentenbollen en 2 bloemkolen, vrijdag", "Leeuwerikhof 12, 3981 BC", "bestellen en betalen")
    if bot.channel == "telegram":
        _say(bot, "an", "06 55512345")
    _say(bot, "carla", "bestellen en betalen")
    _say(bot, "bas", "1000 ok", "1001 ok")
    _say(bot, "gerda", "ok")
    bot.pay("an")
    for who in ("carla", "dirk", "xander", "bas", "gerda", "olaf"):
        _snoop(bot, who)
    bot.wait(datetime(2026, 11, 26, 18, 5, tzinfo=AMSTERDAM))
    seen["a courier who was offered the ride"] = _everything(bot, "sam")
    bot.tap("sam", "Nee", oldest=False)
    _say(bot, "noor", "rijden")
    bot.tap("noor", "Ja", oldest=False)
    _snoop(bot, "noor")
    seen["the courier, before the day"] = _everything(bot, "noor")
    bot.wait(datetime(2026, 11, 27, 9, 0, tzinfo=AMSTERDAM))
    seen["the courier, on the day"] = _phase(
        bot, "noor", lambda: _say(bot, "noor", "start", "klaar", "klaar", "klaar", "klaar", "klaar")
    )
    seen["a courier who declined, on the day"] = _phase(bot, "sam", lambda: _snoop(bot, "sam"))
    bot.wait(datetime(2026, 11, 27, 16, 0, tzinfo=AMSTERDAM))
    seen["the courier, hours after the ride"] = _phase(
        bot, "noor", lambda: _say(bot, "noor", *SNOOPING, "fout", "klaar", "terug")
    )
    roles = {"the resident": "an", "another resident": "carla", "the bakery": "bas", "the greengrocer": "gerda",
             "a shop without a line": "dirk", "the coordinator": "anja", "the coordinator of another square": "olaf",
             "a stranger": "xander"}  # fmt: skip
    seen.update({role: _everything(bot, who) for role, who in roles.items()})
    link = next(re.finditer(r"http://127\.0\.0\.1:\d+/b/[\w-]+", seen["the resident"]))[0]
    seen["whoever has the pay link"] = bot.run(_visit(link))
    assert "1000 is geplaatst" in seen["the resident"]
    assert "1001 is geplaatst" in seen["another resident"]
    assert "bezorgd" in seen["the resident"]
    return story


async def _visit(link: str) -> str:
    async with aiohttp.ClientSession() as browser, browser.get(link) as page, browser.get(f"{link}/klaar") as after:
        return (await page.text() + await after.text()).replace(link, "")


_PLAYED: dict[str, Story] = {}


@pytest.fixture(params=["telegram", "whatsapp"])
def story(request: pytest.FixtureRequest) -> Story:
    """The story, played once for each channel."""
    if request.param not in _PLAYED:
        kind = {"telegram": WholeBot, "whatsapp": WholeBotOnWhatsApp}[request.param]
        with kind("bunnik", MONDAY) as bot:
            _PLAYED[request.param] = _play(bot)
            assert bot.violations() == []
    return _PLAYED[request.param]


CELLS = [(role, name) for role, row in TABLE.items() for name, holds in row.items() if holds != MAY]


@pytest.mark.xdist_group("who-sees-what")
@pytest.mark.parametrize(("role", "name"), CELLS, ids=[f"{role}-{name}" for role, name in CELLS])
def test_cell(story: Story, role: str, name: str, request: pytest.FixtureRequest) -> None:
    found = re.search(FIELDS[name], story.seen[role])
    if TABLE[role][name] == SEES:
        channel = request.node.callspec.params["story"]
        assert found or (channel, role, name) in NOT_SHOWN_BACK
    else:
        assert not found, story.seen[role][max(0, found.start() - 200) : found.end() + 100]


def test_the_table_names_every_field_for_every_role() -> None:
    assert {role: set(row) for role, row in TABLE.items()} == {role: set(FIELDS) for role in TABLE}
    assert set(_SECRET) <= set(FIELDS)
