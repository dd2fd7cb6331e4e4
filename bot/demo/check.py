"""``dorpsbode demo --check``: one whole order, from hello to the front door, over HTTP through the page's own addresses."""

from __future__ import annotations

import html
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import aiohttp

from bot.demo.site import Site
from bot.standins.server import serving
from catalog.square import AMSTERDAM, Square

#: A Monday morning: every shop answers, several rides are still open this week.
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)
_SIX_LINES = (
    "half pond jong belegen, 6 krentenbollen, een heel volkoren gesneden, 2 volle yoghurt, een pond oude kaas "
    "en 2 magere yoghurt, vrijdag graag"
)
_BUTTON = "Bestellen en betalen"
_MOST_QUESTIONS = 8
_MOST_STOPS = 20
_FORM = re.compile(r"<form[^>]*?action=\"(?P<action>[^\"]*)\"|<form", re.I)
Json = dict[str, Any]


class Failed(Exception):
    """A step that did not go as it should; says what was seen."""


class Player:
    """Plays the people over HTTP. ``say`` hears what happens, in Dutch."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str, say: Callable[[str], None]) -> None:
        self.http, self.base_url, self.say = http, base_url, say
        self.rider = ""

    async def state(self) -> Json:
        async with self.http.get(f"{self.base_url}/demo/state") as answer:
            return dict(await answer.json())

    async def post(self, deed: str, **wish: Any) -> None:
        async with self.http.post(f"{self.base_url}/demo/{deed}", json=wish) as answer:
            if answer.status != 200:
                raise Failed(f"{deed} gaf {answer.status}: {(await answer.text())[:200]}")

    async def screen(self, person: str) -> list[Json]:
        """Everything on somebody's phone, oldest first."""
        someone = (await self.state())["people"][person]
        return list(someone["chats"][someone["channel"]]["messages"])

    async def heard(self, person: str) -> Json:
        """The newest message of the bot on somebody's phone."""
        mine = [one for one in await self.screen(person) if not one["mine"]]
        if not mine:
            raise Failed(f"{person} heeft niets gekregen")
        return dict(mine[-1])

    async def types(self, person: str, text: str) -> Json:
        await self.post("send", person=person, kind="text", text=text)
        return await self.heard(person)

    async def taps(self, person: str, label: str) -> Json:
        """Tap the newest button or row of that name; "" = the first of the newest message that has any."""
        for message in reversed(await self.screen(person)):
            for choice in _choices(message):
                if choice.get("data") and label in ("", choice["label"]):
                    await self.post("tap", person=person, message=message["id"], data=choice["data"])
                    return await self.heard(person)
        raise Failed(f"{person} ziet geen knop ‘{label}’")

    async def expect(self, person: str, *words: str) -> str:
        """One of the messages on somebody's phone holds all these words; returns the newest such text."""
        texts = [one["text"] for one in await self.screen(person) if not one["mine"]]
        for text in reversed(texts):
            if all(word in text for word in words):
                return str(text)
        raise Failed(f"{person} kreeg nergens ‘{'’ en ‘'.join(words)}’; als laatste: ‘{(texts or [''])[-1][:200]}’")

    async def submit(self, url: str, **fields: str) -> str:
        """Open a page and send its form as a browser would; returns the address where that ends."""
        async with self.http.get(url) as page:
            body, here = await page.text(), str(page.url)
        found = _FORM.search(body)
        if found is None:
            raise Failed(f"geen formulier op {here}: {body[:200]}")
        async with self.http.post(urljoin(here, html.unescape(found["action"] or "")), data=fields) as answer:
            if answer.status >= 400:
                raise Failed(f"{answer.url} gaf {answer.status}")
            return str(answer.url)


def _choices(message: Json) -> list[Json]:
    return [button for row in message["buttons"] for button in row] + (message["rows"] or [])


async def check(square: Square, say: Callable[[str], None] = print) -> int:
    """Play the order in a temporary folder. 0, or 1 with the failing step named on standard error."""
    with tempfile.TemporaryDirectory(prefix="dorpsbode-") as folder:
        site = Site(square, Path(folder))
        async with serving(site), aiohttp.ClientSession() as http:
            try:
                await site.open(MONDAY)
                return await _play(square, site, Player(http, site.base_url, say))
            finally:
                await site.close()


async def _play(square: Square, site: Site, player: Player) -> int:
    steps = (
        ("Iedereen is er", _everybody), ("Bestellen", _order), ("Winkels zeggen ja", _shops), ("Betalen", _pay),
        ("Een koerier zegt ja", _ride), ("De rit", _deliver), ("Niets misdaan", _clean),
    )  # fmt: skip
    for name, step in steps:
        try:
            await step(player, square, site)
        except (Failed, aiohttp.ClientError, KeyError, TimeoutError) as wrong:
            print(f"Mislukt bij stap ‘{name}’: {wrong!s}", file=sys.stderr)
            return 1
    player.say("De hele bestelling is goed gegaan.")
    return 0


async def _everybody(player: Player, square: Square, site: Site) -> None:
    people = (await player.state())["people"]
    for name, person in people.items():
        if person["role"] != "bewoner":
            await player.expect(name, "U doet nu mee als")
    player.say(f"Het plein is open: {square.name}. Met een uitnodiging kwamen {len(people) - 2} mensen binnen.")


async def _order(player: Player, square: Square, site: Site) -> None:
    await player.types("an", "hallo")
    await player.expect("an", "bestelcomputer")
    words = _six_lines(square)
    said = await player.types("an", words)
    player.say(f"An typt: {words}")
    for _ in range(_MOST_QUESTIONS):
        labels = [choice["label"] for choice in _choices(said)]
        if _BUTTON in labels:
            break
        asks_place = "postcode" in said["text"].lower()
        said = await (player.types("an", _address(square)) if asks_place else player.taps("an", ""))
    else:
        raise Failed(f"na {_MOST_QUESTIONS} vragen nog geen knop ‘{_BUTTON}’; als laatste: ‘{said['text'][:200]}’")
    await player.taps("an", _BUTTON)
    placed = await player.expect("an", "is geplaatst")
    player.say(f"De bot zegt: {placed.splitlines()[0]}")


async def _shops(player: Player, square: Square, site: Site) -> None:
    people = (await player.state())["people"]
    asked = [name for name in people if name.startswith("shop:") and _asked(await player.screen(name))]
    if not asked:
        raise Failed("geen enkele winkel kreeg een bestelling")
    for name in asked:
        await player.taps(name, "OK")
        await player.expect(name, "aangenomen")
        player.say(f"{people[name]['label']} ({people[name]['channel']}) zegt OK.")
    await player.expect("an", "Alle winkels zeggen ja")


def _asked(messages: list[Json]) -> bool:
    return any(choice["label"] == "OK" for message in messages for choice in _choices(message))


async def _pay(player: Player, square: Square, site: Site) -> None:
    links = [choice["url"] for message in await player.screen("an") for choice in _choices(message) if choice.get("url")]
    if not links:
        raise Failed("An ziet geen betaalknop")
    checkout = await player.submit(links[-1])
    back = await player.submit(checkout, status="paid")
    if not back.startswith(site.base_url):
        raise Failed(f"na het betalen kwam An uit op {back}")
    if site.stage is not None:
        await site.stage.quiet()
    async with player.http.get(back) as page:
        if "betaald" not in (await page.text()).lower():
            raise Failed("de betaalpagina zegt niet dat er betaald is")
    player.say("An betaalt op de pagina van de bank.")


async def _ride(player: Player, square: Square, site: Site) -> None:
    await player.post("clock", move="round")
    for name in (name for name in (await player.state())["people"] if name.startswith("courier:")):
        if any(choice["label"] == "Ja" for message in await player.screen(name) for choice in _choices(message)):
            await player.taps(name, "Ja")
            await player.expect(name, "u rijdt")
            player.say(f"{name.partition(':')[2].capitalize()} zegt ja tegen de rit.")
            player.rider = name
            return
    raise Failed("geen koerier werd gevraagd")


async def _deliver(player: Player, square: Square, site: Site) -> None:
    await player.post("clock", move="round")
    rider = player.rider
    said = await player.taps(rider, "Start")
    for stop in range(1, _MOST_STOPS):
        if "Klaar" not in [choice["label"] for choice in _choices(said)]:
            break
        player.say(f"Halte {stop}: " + ", ".join(line for line in said["text"].splitlines()[1:3] if line))
        said = await player.taps(rider, "Klaar")
    await player.expect("an", "onderweg")
    player.say(f"De bot zegt: {await player.expect('an', 'is bezorgd')}")


async def _clean(player: Player, square: Square, site: Site) -> None:
    """Nobody broke a platform's rule, and nothing was lost or left lying."""
    stage = site.stage
    if stage is None:
        raise Failed("het plein is dicht")
    broken = [f"{one.rule}: {one.detail}" for standin in stage.standins for one in standin.violations]
    if broken:
        raise Failed("; ".join(broken[:5]))
    bubbles = sum(not one["mine"] for one in await player.screen("an"))
    player.say(f"An kreeg {bubbles} berichten. Geen regel van Telegram, WhatsApp of Mollie is overtreden.")


def _six_lines(square: Square) -> str:
    """Six lines: the example square's own, elsewhere made from what is sold."""
    if square.slug == "bunnik":
        return _SIX_LINES
    free = [product for product in square.products if not product.restricted and not product.sold_out]
    by_shop = sorted(free, key=lambda product: [one.id for one in free if one.shop == product.shop].index(product.id))
    return ", ".join(f"2 {product.name.lower()}" for product in by_shop[:6])


def _address(square: Square) -> str:
    area = square.delivery.postcodes[0] if square.delivery.postcodes else "3981"
    digits, letters = re.match(r"(\d{4})\s*([A-Z]{2})?", area.upper() + " ").groups()  # type: ignore[union-attr]
    return f"Dorpsstraat 12, {digits} {letters or 'AB'}"
