"""One cell -> one value. Every function takes the text of a cell and raises Mistake with the remedy in Dutch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from catalog.folder.problems import Mistake, quoted
from catalog.measures import Contents, parse_contents
from catalog.money import parse_cents
from catalog.square import ALLERGENS, Restricted, SoldBy, Withdrawal

MAX_PRICE_CENTS = 10_000_00
#: First characters that make a spreadsheet run a cell (https://owasp.org/www-community/attacks/CSV_Injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: Zero-width, direction and other characters that hide what a text really says (https://www.unicode.org/reports/tr36/).
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_LINE_BREAKS = frozenset("\t\n\r")
_MOJIBAKE = re.compile("Ã[\u0080-\u00ff\u0152-\u2122]|â€|â‚¬|Â[\u00a0-\u00bf]|\ufffd")
_LINK = re.compile(
    r"https?:|\bwww\.|(?:^|\s)@\w+|\w+@\w+|\b(?:t|wa|m)\.me\b|\b[a-z0-9][a-z0-9-]+\.(?:nl|com|net|org|be|de|eu|info|biz|shop|online|site|link"
    r"|click|top|xyz|app|io|me|ly|co|ru|cn|tk)\b",
    re.I,
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.I | re.ASCII)


def plain(text: str, limit: int) -> str:
    """The text in NFC with single spaces. Raises Mistake for hidden, broken or too many characters."""
    for char in text:
        if unicodedata.category(char) in _BAD_CATEGORIES and char not in _LINE_BREAKS:
            raise Mistake(f"Er staat een onzichtbaar teken in (U+{ord(char):04X}). Typ de tekst opnieuw.")
    if found := _MOJIBAKE.search(text):
        raise Mistake(f"De letters zijn beschadigd ({quoted(found[0])}). Bewaar het bestand opnieuw als “CSV UTF-8”.")
    clean = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(clean) > limit:
        raise Mistake(f"Deze tekst is te lang: {len(clean)} tekens, hoogstens {limit}. Maak de tekst korter.")
    return clean


def no_link(text: str) -> str:
    """The same text. Raises Mistake when it holds a web address, e-mail address or @name: residents would tap on it."""
    if found := _LINK.search(text):
        raise Mistake(f"Hier mag geen webadres, e-mailadres of @naam staan ({quoted(found[0].strip())}). Haal het weg.")
    return text


def no_formula(text: str) -> str:
    """The same text. Raises Mistake when a spreadsheet would run it as a formula."""
    if text.startswith(FORMULA_STARTS):
        raise Mistake(f"De tekst begint met {quoted(text[0])}; Excel leest dat als formule. Haal dat teken weg.")
    return text


def slug(text: str) -> str:
    """A short name of letters, digits and ``-``, in lower case."""
    if not _SLUG.fullmatch(text) or len(text) > 40:
        raise Mistake(f"{quoted(text)} kan niet. Gebruik hoogstens 40 letters (zonder accent), cijfers en '-', geen spaties.")
    return text.lower()


def sku(text: str) -> str:
    """An article number: letters, digits and ``-``."""
    slug(text)
    return text


def price(text: str) -> int:
    """Euro cents, more than nothing and at most 10,000 euro."""
    cents = amount(text)
    if cents == 0:
        raise Mistake("De prijs is 0. Vul de prijs in euro in, of haal het artikel uit de lijst.")
    if cents > MAX_PRICE_CENTS:
        raise Mistake(f"De prijs {quoted(text)} is meer dan 10.000 euro. Staat de komma goed? Schrijf bijvoorbeeld 2,45.")
    return cents


def deposit(text: str) -> int:
    """Deposit in cents per piece, at most 100 euro."""
    cents = amount(text)
    if cents > 100_00:
        raise Mistake(f"Het statiegeld {quoted(text)} is meer dan 100 euro. Staat de komma goed? Schrijf bijvoorbeeld 0,15.")
    return cents


def amount(text: str) -> int:
    """Euro cents from nothing up."""
    if re.match(r"\s*(?:€|eur|euro)?\s*[-−–]\s*[\d.,]", text, re.I):
        raise Mistake(f"{quoted(text)} is negatief. Schrijf het bedrag zonder min.")
    try:
        return parse_cents(text)
    except ValueError:
        raise Mistake(f"{quoted(text)} is geen bedrag. {_amount_remedy(text)}") from None


def _amount_remedy(text: str) -> str:
    if re.search(r"\d", text) and (letters := re.findall(r"[OolI]", re.sub("euro?", "", text, flags=re.I))):
        digit = "nul (0)" if letters[0] in "Oo" else "een (1)"
        return f"Er staat een letter {letters[0]} tussen de cijfers: typ het cijfer {digit}."
    if re.search(r"[.,]\d{3,}$", text.strip()):
        return "Er staan te veel cijfers achter de komma: schrijf euro's en centen, zoals 2,45."
    return "Schrijf euro's en centen, zoals 2,45."


def whole(text: str, *, low: int, high: int, what: str) -> int:
    """A whole number between two bounds. ``12,0`` counts, ``1.500`` is fifteen hundred."""
    clean = re.sub(r"[.,]0+$", "", text) if re.fullmatch(r"-?\d+[.,]0{1,2}", text) else text
    clean = clean.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", clean) else clean
    if not re.fullmatch(r"-?\d{1,12}", clean):
        raise Mistake(f"{quoted(text)} is geen heel getal. Schrijf {what} als getal van {low} tot {high}.")
    if not low <= int(clean) <= high:
        raise Mistake(f"{quoted(text)} kan niet. Schrijf {what} als getal van {low} tot {high}.")
    return int(clean)


def stock(text: str) -> int:
    """Pieces or grams left."""
    return whole(text, low=0, high=10_000_000, what="de voorraad in stuks of gram")


def lead_days(text: str) -> int:
    """Days between ordering and delivery."""
    return whole(text, low=0, high=60, what="het aantal dagen vooraf")


def contents(text: str) -> Contents | None:
    """What one piece or pack holds."""
    try:
        return parse_contents(text)
    except ValueError:
        raise Mistake(f"{quoted(text)} is geen inhoud. Schrijf bijvoorbeeld 500 g, 1 l, 10 stuks of 24 x 30 cl.") from None


_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def day(text: str) -> date:
    """A date as ``2026-12-25``, ``25-12-2026``, ``25/12/26`` or ``25 dec 2026``."""
    try:
        return _day(text.strip().lower())
    except (ValueError, TypeError):
        raise Mistake(f"{quoted(text)} is geen datum. Schrijf dag-maand-jaar, zoals 25-12-2026.") from None


#: Stands for "every year" in a season; a leap year, so that 29 February is a day.
EVERY_YEAR = 2000


def season_day(text: str) -> date:
    """A date, or ``1 mei`` and ``1-5`` without a year: that day of EVERY_YEAR."""
    said = text.strip().lower()
    found = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9})\.?", said)
    try:
        return _day(f"{found[1]}-{found[2]}-2000") if found else _day(said)
    except (ValueError, TypeError):
        raise Mistake(
            f"{quoted(text)} is geen datum. Schrijf dag-maand-jaar, zoals 25-12-2026, of 1 mei voor elk jaar."
        ) from None


def season_text(day: date | None, *, every_year: bool) -> str:
    """Back from :func:`season_day`."""
    if day is None:
        return ""
    return f"{day.day} {_MONTHS[day.month - 1]}" if every_year else day.isoformat()


def _day(text: str) -> date:
    if found := re.fullmatch(r"(20\d\d)-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00)?)?", text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    found = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9})\.?[-/. ]((?:20)?\d\d)", text)
    if not found:
        raise ValueError(text)
    month = int(found[2]) if found[2].isdigit() else _month(found[2])
    return date(2000 + int(found[3]) % 100, month, int(found[1]))


def _month(name: str) -> int:
    return _MONTHS.index({"maa": "mrt", "mar": "mrt", "may": "mei", "oct": "okt"}.get(name[:3], name[:3])) + 1


def phone(text: str) -> str:
    """A phone number as people write it; checked lightly: ten digits in the Netherlands, ``+`` and 8 to 15 elsewhere."""
    bare = re.sub(r"\(0\)|[\s()./–-]", "", text)
    national = re.sub(r"^(?:\+31|0031)0?", "0", bare)
    if re.fullmatch(r"0[1-9]\d{8}|0[89]00\d{4}(?:\d{3})?|14\d{3,4}|112|(?:\+|00)(?!31)[1-9]\d{7,14}", national, re.ASCII):
        return text
    hint = " Excel heeft de eerste 0 weggehaald: zet de kolom op “Tekst”." if re.fullmatch(r"[1-9]\d{8}", bare) else ""
    raise Mistake(f"{quoted(text)} is geen telefoonnummer. Schrijf bijvoorbeeld 06-12345678 of 030-1234567.{hint}")


def parts(text: str) -> tuple[str, ...]:
    """Texts separated by ``|``; empty ones and repetitions fall out."""
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


T = TypeVar("T")


def chosen(words: Mapping[str, T], text: str, shown: str) -> T:
    """The value behind one of the known words. ``shown`` names the words for the remedy."""
    key = " ".join(re.sub(r"[\s_./-]+", " ", text.casefold()).split())
    if key in words:
        return words[key]
    near = get_close_matches(key, words, n=1, cutoff=0.75)
    hint = f" Bedoelt u “{near[0]}”?" if near else ""
    raise Mistake(f"{quoted(text)} ken ik niet. Kies uit: {shown}.{hint}")


_SOLD_BY = {
    **dict.fromkeys(("piece", "stuk", "stuks", "per stuk", "st", "pieces"), SoldBy.PIECE),
    **dict.fromkeys(("pack", "verpakking", "per verpakking", "pak", "per pak", "packs"), SoldBy.PACK),
    **dict.fromkeys(("weight", "gewicht", "per gewicht", "kilo", "per kilo", "kg", "per kg"), SoldBy.WEIGHT),
}


def sold_by(text: str) -> SoldBy:
    """Per piece, pack or weight."""
    return chosen(_SOLD_BY, text, "stuk (piece), verpakking (pack), gewicht (weight)")


_WITHDRAWAL = {
    **dict.fromkeys(("exempt perishable", "vers", "bederfelijk"), Withdrawal.EXEMPT_PERISHABLE),
    **dict.fromkeys(("exempt sealed", "verzegeld"), Withdrawal.EXEMPT_SEALED),
    **dict.fromkeys(("exempt custom", "maatwerk", "op maat"), Withdrawal.EXEMPT_CUSTOM),
    **dict.fromkeys(("applies", "ja"), Withdrawal.APPLIES),
}


def withdrawal(text: str) -> Withdrawal:
    """Whether it may be sent back within 14 days."""
    shown = "vers (exempt_perishable), verzegeld (exempt_sealed), maatwerk (exempt_custom), ja (applies)"
    return chosen(_WITHDRAWAL, text, shown)


_RESTRICTED: dict[str, Restricted | None] = {
    **dict.fromkeys(("alcohol",), Restricted.ALCOHOL),
    **dict.fromkeys(("tobacco", "tabak"), Restricted.TOBACCO),
    **dict.fromkeys(("medicine", "medicijn", "medicijnen", "geneesmiddel"), Restricted.MEDICINE),
    **dict.fromkeys(("geen", "nee", "none", "no"), None),
}


def restricted(text: str) -> Restricted | None:
    """What may not be sold by chat; ``geen`` says that somebody looked and that it may."""
    return chosen(_RESTRICTED, text, "alcohol, tabak (tobacco), medicijn (medicine), geen")


_VAT = {
    **dict.fromkeys(("9", "9%", "9 %", "9,0", "9 0", "0,09", "0 09", "laag"), 9),
    **dict.fromkeys(("21", "21%", "21 %", "21,0", "21 0", "0,21", "0 21", "hoog"), 21),
    **dict.fromkeys(("0", "0%", "0 %", "0,0", "0,00", "nul"), 0),
}


def vat(text: str) -> int:
    """Percentage of btw."""
    return chosen(_VAT, text, "9, 21, 0")


_YES_NO = {
    **dict.fromkeys(("ja", "j", "yes", "true", "waar", "x", "1"), True),
    **dict.fromkeys(("nee", "n", "no", "false", "onwaar", "0"), False),
}


def yes_no(text: str) -> bool:
    """ja or nee."""
    return chosen(_YES_NO, text, "ja, nee")


_ALLERGENS = {
    **{word: key for key, dutch in ALLERGENS.items() for word in (key, dutch)},
    **dict.fromkeys(("glutenbevattende granen", "tarwe", "rogge", "gerst", "haver", "spelt", "wheat"), "gluten"),
    **dict.fromkeys(("schaaldier", "crustacean"), "crustaceans"),
    **dict.fromkeys(("eieren", "egg"), "eggs"),
    **dict.fromkeys(("vissen",), "fish"),
    **dict.fromkeys(("pinda's", "pindas", "aardnoten", "peanut"), "peanuts"),
    **dict.fromkeys(("sojabonen", "soybeans", "soya"), "soy"),
    **dict.fromkeys(("lactose", "zuivel", "dairy"), "milk"),
    **dict.fromkeys(("noot", "schaalvruchten", "nut"), "nuts"),
    **dict.fromkeys(("selderie", "knolselderij"), "celery"),
    **dict.fromkeys(("sesamzaad", "sesame seeds"), "sesame"),
    **dict.fromkeys(("sulfieten", "zwaveldioxide", "zwaveldioxide en sulfieten", "sulphite", "sulfites"), "sulphites"),
    **dict.fromkeys(("weekdier", "mollusc", "mollusks"), "molluscs"),
}
_ALLERGEN_WORDS = ", ".join(ALLERGENS.values())


def allergens(text: str) -> frozenset[str] | None:
    """Keys of ALLERGENS; ``geen`` is the empty set, an empty cell is None: unknown."""
    words = [word.strip() for word in re.split(r"[|,;/]", text) if word.strip()]
    if not words:
        return None
    if any(word.casefold() in ("geen", "none") for word in words):
        return _no_allergens(words)
    return frozenset(chosen(_ALLERGENS, word, f"{_ALLERGEN_WORDS}, of geen") for word in words)


def _no_allergens(words: list[str]) -> frozenset[str]:
    if len(words) > 1:
        raise Mistake("Er staat “geen” naast andere allergenen. Schrijf óf geen, óf de allergenen die erin zitten.")
    return frozenset()


def bare(text: str) -> str:
    """A register number without spaces and dots, in capitals."""
    return no_link(re.sub(r"[\s.]", "", text).upper())


def check_kvk(text: str) -> None:
    """Raises Mistake unless it is empty or eight digits (https://www.kvk.nl/over-het-handelsregister/wat-is-het-kvk-nummer)."""
    if text and not re.fullmatch(r"\d{8}", text, re.ASCII):
        hint = " Excel heeft misschien de eerste 0 weggehaald: zet de kolom op “Tekst”." if re.fullmatch(r"\d{7}", text) else ""
        raise Mistake(f"{quoted(text)} is geen KvK-nummer. Dat heeft acht cijfers; kijk het na.{hint}")


def check_vat_id(text: str) -> None:
    """Raises Mistake unless it is empty or has the form of a btw-id (NL, nine digits, B, two digits; or another country's)."""
    if text and not re.fullmatch(r"NL\d{9}B\d{2}|(?!NL)[A-Z]{2}[0-9A-Z+*]{2,12}", text, re.ASCII):
        raise Mistake(f"{quoted(text)} is geen btw-nummer. Schrijf het als NL123456789B01; kijk het na.")


def check_iban(text: str) -> None:
    """Raises Mistake unless it is empty or an IBAN whose check digits are right (ISO 13616, mod 97)."""
    if not text:
        return
    shaped = re.fullmatch(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}", text, re.ASCII) and (not text.startswith("NL") or len(text) == 18)
    if not shaped or int("".join(str(int(char, 36)) for char in text[4:] + text[:4])) % 97 != 1:
        raise Mistake(f"{quoted(text)} is geen goed rekeningnummer (IBAN). Kijk het na, anders komt er geen geld aan.")
