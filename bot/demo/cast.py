"""The sample people of the demo: who plays along on a square, and which phones the page shows. All of them are invented."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from catalog.square import Square

#: Numbers that nobody has: +31600… is not handed out. Made from the name, so that a new shop shifts nobody else's.
_CHATS = 510_000_000
_RESIDENTS = ("An", "Ben")
_KEEPERS = ("Bas", "Gerda", "Piet", "Kees", "Vera", "Zus", "Henk", "Dora", "Madelief", "Boudewijn", "Ilse", "Joop", "Riet")
_COURIERS = ("Sam", "Noor")
_COORDINATOR = "Anja"
#: The shops that lie on the table when the page opens, where the square has them.
_IN_VIEW = ("bakker", "kaas")


@dataclass(frozen=True, slots=True)
class Player:
    """One sample person with a phone that has both WhatsApp and Telegram. ``role`` "" is a resident."""

    id: str
    name: str
    role: str
    shop: str
    label: str
    tab: str
    chat_id: int
    phone: str
    channel: str = "telegram"

    @property
    def role_name(self) -> str:
        """What they are, in Dutch."""
        return {"": "bewoner", "shopkeeper": "winkelier", "courier": "koerier", "coordinator": "coördinator"}[self.role]


@dataclass(frozen=True, slots=True)
class Handset:
    """One telephone on the page. ``people`` may hold it in turn; ``person`` holds it first."""

    key: str
    title: str
    people: tuple[str, ...]
    person: str
    empty: str


def cast(square: Square) -> list[Player]:
    """Two residents, somebody for every shop, two couriers and the coordinator."""
    people: list[Player] = []

    def add(id_: str, name: str, role: str, label: str, tab: str, shop: str = "", channel: str = "telegram") -> None:
        number = crc32(id_.encode()) % 1_000_000
        people.append(Player(id_, name, role, shop, label, tab, _CHATS + number, f"+31600{number:06d}", channel))

    for name in _RESIDENTS:
        add(name.lower(), name, "", f"{name}, bewoner", name, channel="whatsapp")
    for at, shop in enumerate(square.shops):
        channel = "whatsapp" if shop.slug == "kaas" else "telegram"
        keeper, tab = _KEEPERS[at % len(_KEEPERS)], shop.slug.capitalize()
        add(f"shop:{shop.slug}", keeper, "shopkeeper", shop.name, tab, shop.slug, channel)
    for name in _names(square, "courier", _COURIERS):
        add(f"courier:{name.lower()}", name, "courier", f"{name}, koerier", name)
    coordinator = _names(square, "coordinator", (_COORDINATOR,))[0]
    add("coordinator", coordinator, "coordinator", f"{coordinator}, coördinator", coordinator)
    return people


def _names(square: Square, role: str, else_: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(person.name for person in square.people if person.role == role and person.name))
    return named or else_


def handsets(people: list[Player]) -> list[Handset]:
    """The five phones of the page: resident, two shops, courier, coordinator."""
    of = {role: tuple(one.id for one in people if one.role == role) for role in ("", "shopkeeper", "courier", "coordinator")}
    shops = of["shopkeeper"]
    wanted = [f"shop:{slug}" for slug in _IN_VIEW if f"shop:{slug}" in shops]
    first, second = [*wanted, *(one for one in shops if one not in wanted), *shops][:2] if shops else ("", "")
    quiet = "Nog geen berichten."
    phones = [
        Handset("bewoner", "Bewoner", of[""], of[""][0], "Begin hier. Typ bijvoorbeeld: hallo."),
        Handset("winkel1", "Winkel", shops, first, quiet),
        Handset("winkel2", "Winkel", shops, second, quiet),
        Handset("koerier", "Koerier", of["courier"], of["courier"][0], quiet),
        Handset("coordinator", "Coördinator", of["coordinator"], of["coordinator"][0], quiet),
    ]
    return [phone for phone in phones if phone.person]


def samples(square: Square) -> list[str]:
    """Three messages to try. The example square has its own; for another they are made from what it sells."""
    if square.slug == "bunnik":
        order = "half pond jong belegen, 6 krentenbollen, een heel volkoren gesneden, 2 volle yoghurt en een pond oude kaas"
        return [f"{order}, vrijdag graag", "zitten er noten in de krentenbollen?", "wat kost de bezorging?"]
    names: dict[str, str] = {}
    for product in square.products:
        if not product.restricted:
            names.setdefault(product.shop, product.name.lower())
    few = list(names.values())[:3]
    return [", ".join(f"2 {name}" for name in few) or "hallo", "wat kost de bezorging?", "tot hoe laat kan ik bestellen?"]
