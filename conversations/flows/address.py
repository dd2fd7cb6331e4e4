"""Reading a Dutch address from a chat message: postcode, house number with its additions, and what came along."""

from __future__ import annotations

import re
from copy import copy

from conversations.interrupts import phone_in
from conversations.turn import Turn
from notifications.texts import plain
from orders.lines import Place

#: Four digits and two letters; SA, SD and SS were never given out.
_POSTCODE = re.compile(r"(?<![\d+])([1-9]\d{3})\s?([A-Za-z]{2})(?![A-Za-z])")
_ADDITION = r"(?:\s?-?\s?(?:\d{1,2}\s?-?\s?hoog|hoog|bis|huis|hs|rood|zwart|[a-zA-Z](?![a-zA-Z]))|\s?[-/]\s?\d{1,4})?"
_HOUSE = re.compile(rf"(?<!\d)(\d{{1,5}}(?!\d){_ADDITION}(?:\s(?:bis|hs|[a-zA-Z])(?![a-zA-Z]))?)", re.I)
_NUMBER_WORD = re.compile(r"\s*\b(?:nummer|nr\.?|huisnummer)\s*$", re.I)
_BEFORE_STREET = re.compile(
    r"[,\n]\s*|\b(?:mijn adres is|het adres is|adres|naar|bezorgen (?:op|aan)|op|ik woon (?:op|aan|in)(?: de| het)?)[:\s]+",
    re.I,
)
_PHONE = re.compile(
    r"(?:tel(?:efoon)?(?:nummer)?\.?[:\s]*)?(?:\+31|0031|0)[\s-]?(?:\(0\)[\s-]?)?[1-9](?:[\s-]?\d){8}(?!\d)", re.I
)
#: A town behind the postcode is no product.
_TOWN = re.compile(r"^[ ,]*(?:in |te )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?=$|[,.\n])")
#: Between a house number and the postcode stands nothing, or a town.
_BETWEEN = re.compile(r"[\s,.]*(?:(?:in |te )?[A-Z][\w'’-]+)?[\s,.]*")
#: An answer that is a house number and nothing else.
_ONLY_HOUSE = re.compile(rf"\s*(?:nummer|nr\.?|huisnummer)?\s*\d{{1,5}}{_ADDITION}\s*\.?\s*", re.I)
#: A longer message is no address.
MOST = 600
_LABELS = re.compile(r"\b(?:postcode|huisnummer|nummer|nr\.?|tel(?:efoon)?(?:nummer)?\.?|te|in)\b[:\s]*", re.I)


def blank() -> Place:
    """A place not chosen yet."""
    return Place()


def read_place(text: str) -> Place | None:
    """The address in a message; None unless it has a postcode and a house number. ``12 bis``, ``3-hoog``, ``12A`` are kept."""
    return split_place(text)[1]


def split_place(text: str) -> tuple[str, Place | None]:
    """The rest of a message and the address in it: "4 bollen naar Dorpsstraat 12, 3981 AB" -> ("4 bollen", Dorpsstraat 12)."""
    if len(text) > MOST:
        return text, None
    phone = phone_in(text)
    bare = _without_phone(text) if phone else text
    code = _postcode(bare)
    if code is None or code[2].upper() in ("SA", "SD", "SS"):
        return text, None
    before, after = bare[: code.start()], bare[code.end() :]
    houses = [found for found in _HOUSE.finditer(before) if _BETWEEN.fullmatch(before[found.end() :])]
    later = None if houses else _HOUSE.search(_blanked(after))
    if not houses and later is None:
        return text, None
    head, street = _street(before[: houses[-1].start()] if houses else before)
    house = houses[-1][1] if houses else later[1]  # type: ignore[index]
    tail = after if later is None else after[later.end() :]
    place = Place(postcode=f"{code[1]}{code[2].upper()}", house=_tidy(house), street=street, contact=phone or "")
    return f"{head.rstrip(' ,')}\n{_TOWN.sub('', tail).strip(' ,.')}".strip(), place


def _postcode(text: str) -> re.Match[str] | None:
    """The last thing that looks like a postcode: "Plein 1944 nr 5, 3981 AB" has one before it."""
    found = list(_POSTCODE.finditer(text))
    return found[-1] if found else None


def _without_phone(text: str) -> str:
    return _PHONE.sub(" ", text)


def _blanked(text: str) -> str:
    """The same length, with words such as "nummer" blanked out."""
    return _LABELS.sub(lambda found: " " * len(found[0]), text)


def _street(text: str) -> tuple[str, str]:
    """What stands before a street, and the street: it begins after a comma, a new line or a word such as "naar"."""
    starts = [found.end() for found in _BEFORE_STREET.finditer(text)]
    head, said = text[: starts[-1]] if starts else "", text[starts[-1] :] if starts else text
    street = _NUMBER_WORD.sub("", said).strip(" ,")
    if not re.search(r"[A-Za-zÀ-ÿ]{3,}", street):
        return text, ""
    return _BEFORE_STREET.sub(" ", head) if starts and not head.rstrip().endswith(",") else head, plain(street, 60)


def _tidy(house: str) -> str:
    return " ".join(house.split()).strip(" -/")


def looks_like_one(text: str) -> bool:
    """Whether someone was trying to give an address. Only the head of a long message is looked at."""
    text = text[:MOST]
    return (
        bool(_POSTCODE.search(text))
        or bool(re.search(r"[a-zà-ÿ]{4,}(?:straat|weg|laan|plein|pad|hof|dijk|kade|singel|steeg)\b", text, re.I))
        or bool(re.fullmatch(r"\s*\d{4}\s*", text))
    )


def joined(turn: Turn, half: str) -> Place | None:
    """The address whose one half came in the message before: "kerkstraat 4 bunnik", then "3981 ab"."""
    if not half or not (looks_like_one(turn.text) or _ONLY_HOUSE.fullmatch(turn.text)):
        return None
    town = turn.square.municipality
    bare = re.sub(rf"[,\s]+(?:in |te )?{re.escape(town)}\b", "", half, flags=re.I) if town else half
    return read_place(f"{bare} {turn.text}") or read_place(f"{turn.text} {bare}")


def what_is_missing(turn: Turn, text: str) -> str:
    """What to add to a half address."""
    code = _postcode(text)
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
    place.note = known.note if known and _same_or_none(known, place) else ""
    turn.person.place = copy(place)
    turn.store.save_person(turn.person)
    turn.basket.choose(place=place)


def _same_or_none(known: Place, place: Place) -> bool:
    """Whether a note belongs at this door: it was given there, or before any address was."""
    return not known.postcode or (known.postcode, known.house) == (place.postcode, place.house)


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
