"""Reading a Dutch address from a chat message: postcode, house number with its additions, and what came along."""

from __future__ import annotations

import re
from copy import copy

from conversations.interrupts import phone_in
from conversations.turn import Turn
from notifications.texts import plain
from orders.order import Place

#: Four digits and two letters; SA, SD and SS were never given out.
_POSTCODE = re.compile(r"(?<![\d+])([1-9]\d{3})\s?([A-Za-z]{2})(?![A-Za-z])")
_ADDITION = r"(?:\s?-?\s?(?:\d{1,2}\s?-?\s?hoog|hoog|bis|huis|hs|rood|zwart|[a-zA-Z](?![a-zA-Z]))|\s?[-/]\s?\d{1,4})?"
_HOUSE = re.compile(rf"(?<!\d)(\d{{1,5}}(?!\d){_ADDITION}(?:\s(?:bis|hs|[a-zA-Z])(?![a-zA-Z]))?)", re.I)
_NUMBER_WORD = re.compile(r"\s*\b(?:nummer|nr\.?|huisnummer)\s*$", re.I)
_LEAD = re.compile(r"^(?:mijn adres is|het adres is|adres|naar|op|bezorgen op|ik woon (?:op|aan|in)(?: de| het)?)[:\s]+", re.I)
_LABELS = re.compile(r"\b(?:postcode|huisnummer|nummer|nr\.?|tel(?:efoon)?(?:nummer)?\.?|te|in)\b[:\s]*", re.I)


def blank() -> Place:
    """A place not chosen yet."""
    return Place()


def read_place(text: str) -> Place | None:
    """The address in a message; None unless it has a postcode and a house number. ``12 bis``, ``3-hoog``, ``12A`` are kept."""
    if len(text) > 300:
        return None
    phone = phone_in(text)
    bare = _without_phone(text) if phone else text
    code = _postcode(bare)
    if code is None or code[2].upper() in ("SA", "SD", "SS"):
        return None
    before, after = bare[: code.start()], bare[code.end() :]
    street, house = _street_and_house(before, after)
    if house is None:
        return None
    return Place(postcode=f"{code[1]}{code[2].upper()}", house=_tidy(house), street=street, contact=phone or "")


def _postcode(text: str) -> re.Match[str] | None:
    """The last thing that looks like a postcode: "Plein 1944 nr 5, 3981 AB" has one before it."""
    found = list(_POSTCODE.finditer(text))
    return found[-1] if found else None


def _without_phone(text: str) -> str:
    return re.sub(r"(?:\+31|0031|0)[\s-]?(?:\(0\)[\s-]?)?[1-9](?:[\s-]?\d){8}(?!\d)", " ", text)


def _street_and_house(before: str, after: str) -> tuple[str, str | None]:
    """House number before the postcode (Dorpsstraat 12, 3981 AB) or right after it (3981 AB 12)."""
    found = list(_HOUSE.finditer(before))
    if found:
        return _street(before[: found[-1].start()]), found[-1][1]
    later = _HOUSE.search(_LABELS.sub(" ", after))
    return (_street(before) if before.strip(" ,") else "", later[1]) if later else ("", None)


def _street(text: str) -> str:
    said = _LEAD.sub("", text.strip().splitlines()[-1] if text.strip() else "").strip(" ,")
    street = _NUMBER_WORD.sub("", said.rpartition(",")[2] or said).strip(" ,")
    return plain(street, 60) if re.search(r"[A-Za-zÀ-ÿ]{3,}", street) else ""


def _tidy(house: str) -> str:
    return " ".join(house.split()).strip(" -/")


def looks_like_one(text: str) -> bool:
    """Whether someone was trying to give an address."""
    return (
        bool(_POSTCODE.search(text))
        or bool(re.search(r"[a-zà-ÿ]{4,}(?:straat|weg|laan|plein|pad|hof|dijk|kade|singel|steeg)\b", text, re.I))
        or bool(re.fullmatch(r"\s*\d{4}\s*", text))
    )


def what_is_missing(turn: Turn) -> str:
    """What to add to a half address."""
    code = _postcode(turn.text)
    if code is None:
        return turn._("Ik mis uw postcode: 4 cijfers en 2 letters.")
    if code[2].upper() in ("SA", "SD", "SS"):
        return turn._("Deze postcode bestaat niet.")
    return turn._("Ik mis uw huisnummer.")


def keep(turn: Turn, place: Place) -> None:
    """Use this address for the order, and remember it for the next one."""
    known = turn.person.place
    place.name = turn.person.name
    place.contact = place.contact or (known.contact if known else "")
    place.note = known.note if known and known.postcode == place.postcode and known.house == place.house else ""
    turn.person.place = copy(place)
    turn.store.save_person(turn.person)
    turn.basket.choose(place=place)


def keep_phone(turn: Turn) -> bool:
    """A message that is only a phone number: the courier may call it. True when it was one."""
    phone = phone_in(turn.text)
    if phone is None or _without_phone(turn.text).strip(" .,!"):
        return False
    turn.person.place = turn.person.place or blank()
    turn.person.place.contact = phone
    turn.store.save_person(turn.person)
    for order in [*turn.store.orders_of(turn.person.id, turn.conversation.square, 2), turn.basket]:
        if order.lines and not order.place.contact:
            order.place.contact = phone
            turn.store.save(order)
    turn.say(turn._("Bedankt. De koerier belt u op {phone} als dat nodig is.").format(phone=phone))
    return True


def read_name(text: str) -> str | None:
    """A person's name as typed, without "ik ben" in front; None when it holds no letters or is a whole story."""
    name = re.sub(r"^(?:ik heet|ik ben|mijn naam is|naam|met)[:\s]+", "", text.strip(), flags=re.I)
    name = plain(name, 60).strip(" .,!")
    return name if 1 < len(name) <= 60 and any(c.isalpha() for c in name) and len(name.split()) <= 6 else None
