"""Every kind of bad folder: named with file, line, column and remedy; nothing crashes, nothing passes in silence."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from catalog.folder import read_folder

from . import samples
from .samples import PRODUCTS, SHOPS, TOML, product, shop, toml

#: Round lines in TOML, to aim at.
ROUND, CLOSED, PERSON = 21, 28, 31
SECOND_ROUND = '\n[[round]]\nname = "{name}"\nday = "vr"\nfrom = "{start}"\nto = "{end}"\ncloses = "do 18:00"\n'

ROUND_TEXT = TOML[TOML.index("[[round") : TOML.index("[[closed")]


@dataclasses.dataclass(frozen=True)
class Bad:
    """A spoiled file and the problem that must be named."""

    kind: str
    spoiled: dict[str, str | bytes | None]
    file: str
    line: int | None
    column: str
    says: str
    level: str = "error"


def bad_product(kind: str, column: str, says: str, *, level: str = "error", **cells: str) -> Bad:
    return Bad(kind, {"products": product(**cells)}, "products.csv", 2, column, says, level)


def bad_shop(kind: str, column: str, says: str, *, level: str = "error", **cells: str) -> Bad:
    return Bad(kind, {"shops": shop(**cells)}, "shops.csv", 2, column, says, level)


def bad_toml(kind: str, line: int, column: str, says: str, old: str, new: str, level: str = "error") -> Bad:
    return Bad(kind, {"toml": toml(old, new)}, "square.toml", line, column, says, level)


def bad_file(kind: str, line: int | None, says: str, *, column: str = "", **spoiled: str | bytes | None) -> Bad:
    name = {"toml": "square.toml", "shops": "shops.csv", "products": "products.csv"}[next(iter(spoiled))]
    return Bad(kind, spoiled, name, line, column, says)


PRODUCT_CASES = [
    bad_product("letter O in a price", "price", "een letter O tussen de cijfers: typ het cijfer nul", price="2,4O"),
    bad_product("letter l in a price", "price", "een letter l tussen de cijfers: typ het cijfer een", price="l,40"),
    bad_product("price in words", "price", "is geen bedrag. Schrijf euro's en centen", price="drie euro"),
    bad_product("three decimals", "price", "te veel cijfers achter de komma", price="2,455"),
    bad_product("negative price", "price", "is negatief. Schrijf het bedrag zonder min", price="-2,40"),
    bad_product("price of nothing", "price", "De prijs is 0. Vul de prijs in", price="0,00"),
    bad_product("price of a million", "price", "meer dan 10.000 euro. Staat de komma goed?", price="1.000.000"),
    bad_product("price without end", "price", "is te lang", price="9" * 5000),
    bad_product("no price", "price", "Deze cel is leeg. Vul hem in", price=""),
    bad_product("high price", "price", "is erg hoog. Kijk na", price="2.455", level="warning"),
    bad_product("unknown shop", "shop", "staat niet in het winkelbestand. Bedoelt u “bakker”?", shop="baker"),
    bad_product("no shop", "shop", "Deze cel is leeg", shop=""),
    bad_product("sku with a space", "sku", "Gebruik hoogstens 40 letters", sku="b 01"),
    bad_product("no name", "name", "Deze cel is leeg", name="  "),
    bad_product("formula with =", "name", "Excel leest dat als formule. Haal dat teken weg", name="=cmd|' /C calc'!A0"),
    bad_product("formula with +", "name", "begint met “+”", name="+SUM(A1)"),
    bad_product("formula with -", "name", "begint met “-”", name="-2+3"),
    bad_product("formula with @", "name", "begint met “@”", name="@SUM(A1)"),
    bad_product("formula after a tab", "name", "Excel leest dat als formule", name="\tbrood"),
    bad_product("formula behind Excel's mark", "name", "begint met “=”", name="'=1+1"),
    bad_product("formula as a price", "price", "Excel leest dat als formule", price="=1+1"),
    bad_product("formula in a synonym list", "synonyms", "begint met “=”", synonyms="=HYPERLINK(1)|brood"),
    bad_product("control character", "name", "onzichtbaar teken in (U+0007). Typ de tekst opnieuw", name="Brood\x07"),
    bad_product("escape code for a terminal", "name", "onzichtbaar teken in (U+001B)", name="\x1b[31mBrood"),
    bad_product("right-to-left override", "name", "onzichtbaar teken in (U+202E)", name="Brood\u202edoorb"),
    bad_product("zero-width space", "name", "onzichtbaar teken in (U+200B)", name="Bro\u200bod"),
    bad_product("web address", "name", "mag geen webadres", name="Brood van www.voorbeeld.example"),
    bad_product("bare domain", "name", "mag geen webadres", name="Gratis brood op nepbank.com"),
    bad_product("chat name", "name", "@naam staan (“@nepbakker”)", name="Brood bestel bij @nepbakker"[:60]),
    bad_product("link among synonyms", "synonyms", "mag geen webadres", synonyms="brood|https://voorbeeld.example"),
    bad_product("huge cell", "name", "te lang: 5000 tekens, hoogstens 80", name="b" * 5000),
    bad_product("cell beyond all bounds", "", "veel te lang", name="b" * 140_000),
    bad_product("letters saved twice", "name", "De letters zijn beschadigd", name="CrÃ¨me brood"),
    bad_product("unknown way of selling", "sold_by", "Kies uit: stuk (piece), verpakking (pack)", sold_by="doos"),
    bad_product("unknown contents", "contents", "is geen inhoud. Schrijf bijvoorbeeld 500 g", contents="ongeveer een pond"),
    bad_product("contents of nothing", "contents", "is geen inhoud", contents="0 g"),
    bad_product("unknown allergen", "allergens", "“glutten” ken ik niet. Kies uit: gluten", allergens="glutten"),
    bad_product("traces", "allergens", "“sporen van noten” ken ik niet", allergens="melk, sporen van noten"),
    bad_product("none and some", "allergens", "naast andere allergenen", allergens="geen, melk"),
    bad_product("unknown vat", "vat", "“6” ken ik niet. Kies uit: 9, 21, 0", vat="6"),
    bad_product("unknown withdrawal", "withdrawal", "ken ik niet. Kies uit: vers", withdrawal="misschien"),
    bad_product("deposit in words", "deposit", "is geen bedrag", deposit="ja"),
    bad_product("huge deposit", "deposit", "meer dan 100 euro", deposit="150"),
    bad_product("unknown restriction", "restricted", "Kies uit: alcohol, tabak", restricted="wapens"),
    bad_product("stock in words", "stock", "is geen heel getal", stock="veel"),
    bad_product("negative stock", "stock", "kan niet. Schrijf de voorraad", stock="-3"),
    bad_product("stock in parts", "stock", "is geen heel getal", stock="1,5"),
    bad_product("bad weekday", "days", "is geen dag. Kies uit: ma, di, wo", days="ma, dinges"),
    bad_product("numbers for weekdays", "days", "zijn geen dagen", days="1-5"),
    bad_product("no date", "from", "is geen datum. Schrijf dag-maand-jaar", from_="31-02-2026"),
    bad_product("no such day in any year", "until", "of 1 mei voor elk jaar", until="31-2"),
    bad_product("season with half a year", "until", "maar één een jaar", from_="1-9-2026", until="1 mei"),
    bad_product("season turned round", "until", "ligt voor “vanaf”", from_="1-9-2026", until="1-5-2026"),
    bad_product("synonym that is also not", "not_this", "staat bij “ook wel” en bij “niet”", synonyms="kaas", not_this="Kaas"),
    bad_product("wine", "restricted", "lijkt alcohol. Vul “alcohol” in", name="Huiswijn rood", level="warning"),
    bad_product("beer", "restricted", "lijkt alcohol", name="Dorps witbier", level="warning"),
    bad_product("cigarettes", "restricted", "lijkt tabak", name="Pakje sigaretten", level="warning"),
    bad_product("paracetamol", "restricted", "lijkt medicijn", name="Paracetamol 500 mg", level="warning"),
    bad_product("more cells than headings", "", "meer cellen dan er koppen zijn", options="a;b;c"),
]
SHOP_CASES = [
    bad_shop("shop name with a space", "shop", "geen spaties", shop="de bakker"),
    bad_shop("bad phone", "phone", "is geen telefoonnummer. Schrijf bijvoorbeeld 06-12345678", phone="bel maar"),
    bad_shop("phone that lost its zero", "phone", "Excel heeft de eerste 0 weggehaald", phone="612345678"),
    bad_shop("formula as a phone", "phone", "is geen telefoonnummer", phone="+SUM(A1)"),
    bad_shop("hours with an unknown day", "opening", "is geen dag", opening="xx-vr 8.00-18.00"),
    bad_shop("hours with an impossible time", "opening", "een tijd die niet bestaat", opening="ma 8.00-25.00"),
    bad_shop("closing before opening", "opening", "niet later dan het openen", opening="ma 18.00-8.00"),
    bad_shop("hours without a day", "opening", "begrijp ik niet", opening="8.00-18.00"),
    bad_shop("day without hours", "opening", "heeft de laatste dag geen tijden", opening="ma 8.00-18.00, di"),
    bad_shop("never open", "opening", "nooit open", opening="ma-zo gesloten"),
    bad_shop("hours twice", "opening", "door elkaar heen", opening="ma-vr 8.00-18.00, wo 12.00-20.00"),
    bad_shop("lead days in words", "lead_days", "is geen heel getal", lead_days="twee"),
    bad_shop("too many lead days", "lead_days", "van 0 tot 60", lead_days="365"),
    bad_shop("link in a story", "story", "mag geen webadres", story="Kijk op https://voorbeeld.example"),
    bad_shop("formula as an address", "address", "begint met “=”", address="=A1"),
    bad_shop("no trader data", "kvk", "ontbreekt: kvk, vat_id, iban", kvk="", vat_id="", iban="", level="warning"),
    bad_shop("short kvk", "kvk", "Dat heeft acht cijfers", kvk="1234567", level="warning"),
    bad_shop("strange vat number", "vat_id", "is geen btw-nummer", vat_id="NL12", level="warning"),
    bad_shop("wrong iban", "iban", "is geen goed rekeningnummer", iban="NL92ABNA0417164300", level="warning"),
]
TOML_CASES = [
    bad_toml("no slug", 1, "slug", "“slug” ontbreekt of is leeg", 'slug = "proefdorp"', ""),
    bad_toml("slug with a space", 1, "slug", "geen spaties", '"proefdorp"', '"proef dorp"'),
    bad_toml("name as a number", 2, "name", "moet tekst zijn", '"Proefplein (voorbeeld)"', "12"),
    bad_toml("link in the name", 2, "name", "mag geen webadres", "Proefplein (voorbeeld)", "Ga naar t.me/nep"),
    bad_toml("hidden character in the name", 2, "name", "onzichtbaar teken", "Proefplein", "\\u202eProefplein"),
    bad_toml("twice the same key", 3, "", "staat er al eerder", "municipality", 'name = "x"\nmunicipality'),
    bad_toml("text not closed", 3, "", "Zet een \" aan het einde", '"Proefdorp"', '"Proefdorp'),
    bad_toml("curly quotes", 3, "", "kromme aanhalingstekens", '"Proefdorp"', "“Proefdorp”"),
    bad_toml("no equals sign", 3, "", "hoort een =", "municipality =", "municipality"),
    bad_toml("unknown time zone", 4, "timezone", "is geen tijdzone", "Europe/Amsterdam", "Europa/Bunnik"),
    bad_toml("time zone outside", 4, "timezone", "/etc/passwd", "Europe/Amsterdam", "/etc/passwd"),
    bad_toml("unknown kind", 5, "kind", "Kies uit: village, region", '"village"', '"stad"'),
    bad_toml("unknown key", 5, "colour", "ken ik hier niet", 'kind = "village"', 'colour = "red"', "warning"),
    bad_toml("strange locale", 5, "locale", "is geen taal", 'kind = "village"', 'locale = "Nederlands"'),
    bad_toml("regions as text", 5, "regions", "moet een lijst zijn", 'kind = "village"', 'regions = "streek"'),
    bad_toml("logo elsewhere", 5, "sponsor_logo", "alleen de naam", 'kind = "village"', 'sponsor_logo = "../../logo.svg"'),
    bad_toml("no logo", 5, "sponsor_logo", "Zet het erbij", 'kind = "village"', 'sponsor_logo = "logo.svg"', "warning"),
    bad_toml("sample in words", 5, "sample", "Schrijf true (ja) of false", 'kind = "village"', 'sample = "ja"'),
    bad_toml("operator's kvk", 9, "operator.kvk", "is geen KvK-nummer", '"12345678"', '"123"', "warning"),
    bad_toml("bad e-mail", 10, "operator.email", "is geen e-mailadres", "plein@voorbeeld.nl", "plein voorbeeld"),
    bad_toml("nobody to call", 12, "help.phone", "niemand om te bellen", 'phone = "030-1234567"', "", "warning"),
    bad_toml("bad help phone", 14, "help.phone", "is geen telefoonnummer", "030-1234567", "030-12"),
    bad_toml("postcode too short", 18, "delivery.postcodes", "is geen postcode", '"3981"', '"398"'),
    bad_toml("postcodes turned round", 18, "delivery.postcodes", "Draai ze om", "3985AA-3985ZZ", "3985ZZ-3985AA"),
    bad_toml("fee with a letter", 19, "delivery.fee", "een letter O", '"1,50"', '"1,5O"'),
    bad_toml("negative fee", 19, "delivery.fee", "is negatief", '"1,50"', "-1.5"),
    bad_toml("round without name", ROUND, "round.name", "ontbreekt of is leeg", 'name = "vrijdagochtend"', ""),
    bad_toml("round on no day", ROUND + 2, "round.day", "is geen dag. Kies uit", 'day = "vr"', 'day = "vrijdagg"'),
    bad_toml("round at no time", ROUND + 3, "round.from", "is geen tijd", '"09:00"', '"ochtend"'),
    bad_toml("round ends before it begins", ROUND + 4, "round.to", "eindigt niet later", '"12:00"', '"08:00"'),
    bad_toml("round never closes", ROUND, "round.closes", "ontbreekt of is leeg", 'closes = "do 18:00"', ""),
    bad_toml("closing without a time", ROUND + 5, "round.closes", "is geen dag met tijd", "do 18:00", "donderdag"),
    bad_toml("closing after the start", ROUND + 5, "round.closes", "pas nadat de ronde begint", "do 18:00", "vr 10:00"),
    bad_toml("no crates", ROUND + 5, "round.capacity_crates", "van 1 tot 1000", "closes", "capacity_crates = 0\ncloses"),
    bad_toml("round in single brackets", 21, "round", "dubbele haken", "[[round]]", "[round]"),
    bad_toml("no round", 1, "round", "Er is geen bezorgronde", ROUND_TEXT, "", "warning"),
    bad_toml("closed on no date", CLOSED + 1, "closed.on", "is geen datum", "2026-12-25", '"kerst"'),
    bad_toml("person without role", PERSON + 1, "person.role", "Kies uit: courier", '"courier"', '"bezorgster"'),
    bad_toml("person's phone", PERSON + 3, "person.phone", "is geen telefoonnummer", "+31612345678", "+31 6"),
    Bad("overlapping rounds", {"toml": TOML + SECOND_ROUND.format(name="middag", start="11:00", end="13:00")},
        "square.toml", 39, "round.from", "overlapt met “vrijdagochtend”"),
    Bad("two rounds of one name", {"toml": TOML + SECOND_ROUND.format(name="Vrijdagochtend", start="13:00", end="15:00")},
        "square.toml", 37, "round.name", "al een ronde"),
    Bad("the same person twice", {"toml": TOML + '[[person]]\nrole = "koerier"\nname = "voorbeeld sam"\n'},
        "square.toml", 37, "person.name", "staat er al"),
    Bad("unknown setting", {"toml": TOML + "[settings]\nshop_repeat_minuts = 5\n"},
        "square.toml", 36, "settings.shop_repeat_minuts", "Bedoelt u “shop_repeat_minutes”?", "warning"),
    Bad("no lines per crate", {"toml": TOML + "[settings]\nlines_per_crate = 0\n"},
        "square.toml", 36, "settings.lines_per_crate", "van 1 tot 1000000"),
    Bad("setting in words", {"toml": TOML + '[settings]\nquiet_from_hour = "negen"\n'},
        "square.toml", 36, "settings.quiet_from_hour", "van 0 tot 23"),
]  # fmt: skip
HEADLESS = "\n".join(PRODUCTS.splitlines()[1:])
FILE_CASES = [
    bad_file("no square.toml", None, "ontbreekt. Zet square.toml in de map", toml=None),
    bad_file("no shops", None, "ontbreekt. Zet shops.csv of shops.xlsx", shops=None),
    bad_file("no products", None, "ontbreekt", products=None),
    bad_file("empty table", 1, "Dit bestand is leeg", products=b""),
    bad_file("empty table with BOM", 1, "horen de koppen te staan", products=b"\xef\xbb\xbf\r\n"),
    bad_file("empty toml", 1, "Dit bestand is leeg", toml=b" \n"),
    bad_file("no headings", 1, "horen de koppen te staan", products=HEADLESS),
    bad_file("headings only", 1, "geen enkel artikel", products=PRODUCTS.splitlines()[0] + "\n"),
    bad_file("shop headings only", 1, "geen enkele winkel", shops=SHOPS.splitlines()[0], products=PRODUCTS.splitlines()[0]),
    bad_file("wrong heading", 1, "Er staat “prize”: verander dat in “price”", column="price",
             products=PRODUCTS.replace("price", "prize", 1)),
    bad_file("missing heading", 1, "De kolom “per” (of “sold_by”) ontbreekt", column="sold_by",
             products=PRODUCTS.replace("sold_by", "soldx", 1).replace("soldx", "", 1)),
    bad_file("heading twice", 1, "staat er twee keer", column="name", products=PRODUCTS.replace("group", "naam", 1)),
    bad_file("UTF-16", 1, "Bewaar het als “CSV UTF-8”", products=PRODUCTS.encode("utf-16")),
    bad_file("an unknown encoding", 2, "De tekens zijn niet te lezen", products=PRODUCTS.encode().replace(b"Volk", b"Vo\x81")),
    bad_file("toml in Windows-1252", 2, "niet als UTF-8", toml=TOML.replace("Proefplein", "Caféplein").encode("cp1252")),
    bad_file("NUL bytes", 2, "NUL-teken", products=PRODUCTS.replace("Volkoren", "Volk\x00oren")),
    bad_file("NUL bytes in toml", 3, "NUL-teken", toml=TOML.replace('"Proefdorp"', '"Proef\x00dorp"')),
    bad_file("a workbook called csv", 1, "Excel-bestand met de verkeerde naam", products=b"PK\x03\x04" + b"x" * 100),
    bad_file("quote not closed", 3, "wordt niet gesloten", products=PRODUCTS.replace("kaas;k01;Jong", 'kaas;k01;"Jong')),
    bad_file("duplicate sku", 4, "staat al op regel 2. Geef elk artikel een eigen nummer", column="sku",
             products=PRODUCTS + "bakker;B01;Ander brood;2,00;piece\n"),
    bad_file("duplicate shop", 4, "staat al eerder", column="shop", shops=SHOPS + "kaas;Nog een kaaswinkel\n"),
    bad_file("decimal comma between commas", 2, "meer cellen dan er koppen zijn",
             products="shop,sku,name,price,sold_by\nbakker,b01,Brood,3,25,piece\n"),
    bad_file("too many columns", 1, "meer dan 100 kolommen", products=";".join(["shop", *map(str, range(200))]) + "\n"),
    bad_file("deep toml", 1, "niet te lezen", toml="x = " + "[" * 20_000),
    bad_file("endless number in toml", 1, "niet te lezen", toml="x = " + "9" * 10_000 + "\n"),
]  # fmt: skip
CASES = PRODUCT_CASES + SHOP_CASES + TOML_CASES + FILE_CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_is_named_with_its_place_and_remedy(case: Bad, tmp_path: Path) -> None:
    square, problems = read_folder(samples.folder(tmp_path, **case.spoiled))

    assert (square is None) == (case.level == "error")
    hits = [problem for problem in problems if case.says in problem.text]
    assert hits, problems
    hit = hits[0]
    assert (hit.file, hit.line, hit.column, hit.level) == (case.file, case.line, case.column, case.level)
    assert len(hit.text.split(". ")) > 1 or "?" in hit.text  # what is wrong, and then the remedy
    assert all(char.isprintable() for char in str(hit))
    assert len(problems) == 1 or case.kind in SEVERAL, problems


#: Kinds in which one mistake is rightly named in several ways.
SEVERAL = {"wrong heading", "missing heading", "shop name with a space"}


def test_there_are_many_kinds() -> None:
    assert len({case.kind for case in CASES}) == len(CASES) >= 40


def test_the_good_folder_is_good(tmp_path: Path) -> None:
    square, problems = read_folder(samples.folder(tmp_path))

    assert problems == []
    assert square is not None
    assert [item.id for item in square.products] == ["bakker/b01", "kaas/k01"]
