"""One folder, saved in every way that Excel and people have, is the same square."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalog.folder import read_folder
from catalog.measures import Contents
from catalog.square import Hours, Product, Restricted, Round, SoldBy, Square, Withdrawal

from . import samples
from .samples import PRODUCTS, product, shop, toml

DUTCH = {
    "shop": "Winkel", "sku": "ARTIKEL", "name": "naam", "price": "Prijs", "sold_by": "per", "contents": "Inhoud",
    "group": "groep",
    "synonyms": "Ook wel", "not_this": "niet", "allergens": "allergenen", "vat": "BTW", "withdrawal": "herroeping",
    "deposit": "statiegeld", "restricted": "beperkt", "stock": "voorraad", "days": "dagen", "from": "vanaf", "until": "tot",
    "options": "keuzes",
}  # fmt: skip


def read(path: Path, **files: str | bytes | None) -> Square:
    square, problems = read_folder(samples.folder(path, **files))
    assert square is not None, problems
    assert problems == []
    return square


@pytest.fixture
def usual(tmp_path: Path) -> Square:
    (tmp_path / "usual").mkdir()
    return read(tmp_path / "usual")


def first(path: Path, **cells: str) -> Product:
    return read(path, products=product(**cells)).products[0]


ACCENTED = PRODUCTS.replace("Volkorenbrood", "Crème frâiche-brood €")
COMMAS = PRODUCTS.replace("gluten, soja", "gluten|soja").replace(";", "\t").replace(",", ".").replace("\t", ",")
WAYS = {
    "windows line ends": PRODUCTS.replace("\n", "\r\n"),
    "old mac line ends": PRODUCTS.replace("\n", "\r"),
    "no line end": PRODUCTS.rstrip("\n"),
    "tabs": PRODUCTS.replace(";", "\t"),
    "commas and decimal points": COMMAS,
    "Excel's hint": "sep=;\n" + PRODUCTS,
    "blank lines": PRODUCTS.replace("\n", "\n;;;;\n\n"),
    "spaces": PRODUCTS.replace(";", " ; "),
    "no-break spaces": PRODUCTS.replace(" boerenkaas", "\u00a0boerenkaas"),
    "Dutch headings": ";".join(DUTCH.values()) + "\n" + PRODUCTS.split("\n", 1)[1],
    "euro signs": PRODUCTS.replace("3,25", "€ 3,25").replace("14,95", "14,95 euro"),
    "quotes": '"' + PRODUCTS.strip().replace(";", '";"').replace("\n", '"\n"') + '"\n',
    "BOM": "\ufeff" + PRODUCTS,
}


@pytest.mark.parametrize("way", WAYS)
def test_however_it_was_saved_it_is_the_same_square(way: str, usual: Square, tmp_path: Path) -> None:
    assert read(tmp_path, products=WAYS[way]) == usual


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_three_encodings_are_found_out(encoding: str, tmp_path: Path) -> None:
    assert read(tmp_path, products=ACCENTED.encode(encoding)).products[0].name == "Crème frâiche-brood €"


def test_columns_may_stand_in_any_order(usual: Square, tmp_path: Path) -> None:
    turned = "\n".join(";".join(reversed(line.split(";"))) for line in PRODUCTS.splitlines())
    assert read(tmp_path, products=turned) == usual


def test_an_xlsx_gives_the_same_square(usual: Square, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows: list[list[object]] = [list(line.split(";")) for line in PRODUCTS.splitlines()]
    rows[0] = list(DUTCH.values())
    rows[1][3], rows[2][3], rows[1][10] = 3.25, 14.950000000000001, 0.09
    rows[2][14], rows[2][16], rows[2][17] = 12500.0, date(2026, 1, 1), datetime(2026, 12, 31)  # noqa: DTZ001
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "Products.XLSX")
    assert read(tmp_path, products=None) == usual


def test_everything_of_a_row_is_understood(usual: Square) -> None:
    bread, cheese = usual.products
    assert bread == Product(
        shop="bakker", sku="b01", name="Volkorenbrood", price_cents=325, sold_by=SoldBy.PIECE, contents=Contents(800, "g"),
        group="brood", synonyms=("heel volkoren", "bruin brood"), allergens=frozenset({"gluten", "soy"}), vat=9,
        withdrawal=Withdrawal.EXEMPT_PERISHABLE, days=frozenset(range(6)), options=("gesneden", "ongesneden"),
    )  # fmt: skip
    assert (cheese.by_weight, cheese.stock, cheese.price_cents) == (True, 12_500, 1495)
    assert (cheese.season_from, cheese.season_until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (bread.stock, bread.restricted, bread.season_from) == (None, None, None)


def test_everything_of_the_toml_is_understood(usual: Square) -> None:
    assert usual.rounds == (Round("vrijdagochtend", 4, time(9), time(12), 3, time(18), 24),)
    assert usual.closed == {date(2026, 12, 25)}
    assert usual.delivery.postcodes == ("3981", "3985AA-3985ZZ")
    assert (usual.delivery.fee_cents, usual.delivery.free_from_cents, usual.delivery.pay_at_door) == (150, None, True)
    assert (usual.people[0].role, usual.help.name, usual.operator.kvk) == ("courier", "Voorbeeld Anja", "12345678")


def test_a_line_break_in_a_quoted_cell_is_a_space_and_lines_still_count(tmp_path: Path) -> None:
    samples.folder(tmp_path, shops=shop(story='"Elke dag\r\nvers brood."') + "x y;Fout\n")
    problems = read_folder(tmp_path)[1]
    assert [(p.line, p.column) for p in problems if p.level == "error"] == [(5, "shop")]
    assert read(tmp_path, shops=shop(story='"Elke dag\r\nvers brood."')).shops[0].story == "Elke dag vers brood."


def test_extras_of_ours(tmp_path: Path) -> None:
    text = samples.TOML.replace("[delivery]", "[delivery]\npay_at_door = false").replace("timezone", "sample = true\ntimezone")
    square, problems = read_folder(samples.folder(tmp_path, text + "[settings]\nshop_repeat_minutes = 5\n"))
    assert square is not None
    assert [(p.column, p.level) for p in problems] == [("sample", "warning")]
    assert (square.sample, square.delivery.pay_at_door, square.setting("shop_repeat_minutes")) == (True, False, 5)


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"price": "125,00"}, "price_cents", 12_500),
        ({"price": "3,-"}, "price_cents", 300),
        ({"price": "2,5"}, "price_cents", 250),
        ({"price": "2.45"}, "price_cents", 245),
        ({"sold_by": "Verpakking"}, "sold_by", SoldBy.PACK),
        ({"sold_by": "per kilo"}, "sold_by", SoldBy.WEIGHT),
        ({"contents": "24 x 30 cl"}, "contents", Contents(7200, "ml", 24)),
        ({"contents": "1.500 g"}, "contents", Contents(1500, "g")),
        ({"contents": "1.500 kg"}, "contents", Contents(1500, "g")),
        ({"allergens": "geen"}, "allergens", frozenset()),
        ({"allergens": ""}, "allergens", None),
        ({"allergens": "Tarwe / Eieren"}, "allergens", frozenset({"gluten", "eggs"})),
        ({"allergens": "pinda's|sulphites"}, "allergens", frozenset({"peanuts", "sulphites"})),
        ({"vat": "21%"}, "vat", 21),
        ({"vat": ""}, "vat", 9),
        ({"withdrawal": "JA"}, "withdrawal", Withdrawal.APPLIES),
        ({"withdrawal": "exempt_sealed"}, "withdrawal", Withdrawal.EXEMPT_SEALED),
        ({"deposit": "0,15"}, "deposit_cents", 15),
        ({"restricted": "alcohol", "name": "Huiswijn"}, "restricted", Restricted.ALCOHOL),
        ({"restricted": "geen", "name": "Rum-rozijnenijs"}, "restricted", None),
        ({"stock": "1.500"}, "stock", 1500),
        ({"stock": "0"}, "stock", 0),
        ({"days": "za t/m ma"}, "days", frozenset({5, 6, 0})),
        ({"days": "dinsdag en vrijdag"}, "days", frozenset({1, 4})),
        ({"days": "dagelijks"}, "days", frozenset(range(7))),
        ({"from_": "1 mei 2026"}, "season_from", date(2026, 5, 1)),
        ({"from_": "1-mrt-26"}, "season_from", date(2026, 3, 1)),
        ({"from_": "1 mei", "until": "30-9"}, "season_until", date(2000, 9, 30)),
        ({"from_": "1 mei", "until": "30-9"}, "every_year", True),
        ({"from_": "1 mei 2026"}, "every_year", False),
        ({"until": "2026-09-30"}, "season_until", date(2026, 9, 30)),
        ({"name": "'t Zuivelhoekje-yoghurt"}, "name", "'t Zuivelhoekje-yoghurt"),
        ({"name": "Bakker & Zn. \"luxe\" ½"}, "name", "Bakker & Zn. \"luxe\" ½"),
        ({"name": "Coca-Cola 1.5l"}, "name", "Coca-Cola 1.5l"),
    ],
)  # fmt: skip
def test_a_cell_as_people_write_it(cells: dict[str, str], field: str, value: object, tmp_path: Path) -> None:
    assert getattr(first(tmp_path, **cells), field) == value


WEEK = frozenset(range(5))
HOURS = [
    ("ma-vr 8.00-18.00, za 8.00-16.00", "ma-vr 8.00-18.00, za 8.00-16.00"),
    ("maandag t/m vrijdag 8:00 - 18:00 uur; zaterdag 8 tot 16 uur", "ma-vr 8.00-18.00, za 8.00-16.00"),
    ("ma 13.00-18.00, di-vr 8.30-12.30 en 13.00-18.00", "ma 13.00-18.00, di-vr 8.30-12.30, di-vr 13.00-18.00"),
    ("ma, wo en vr 9-17, zo gesloten", "ma, wo, vr 9.00-17.00"),
    ("zo gesloten, ma 9.00-12.00", "ma 9.00-12.00"),
    ("vr-ma 10.00-24.00", "ma, vr-zo 10.00-23.59"),
    ("altijd", ""),
]


@pytest.mark.parametrize(("text", "back"), HOURS, ids=[text for text, _ in HOURS])
def test_opening_hours_as_people_write_them(text: str, back: str, tmp_path: Path) -> None:
    from catalog.folder.hours import opening, opening_text

    assert opening_text(opening(text)) == back
    assert opening(back) == opening(text)


def test_opening_hours_are_spans(tmp_path: Path) -> None:
    square = read(tmp_path, shops=shop(opening="ma-vr 8.00-18.00, za 8.00-16.00"))
    assert square.shops[0].opening == (Hours(WEEK, time(8), time(18)), Hours(frozenset({5}), time(8), time(16)))


@pytest.mark.parametrize("phone", ["06-12345678", "030 123 45 67", "+31 (0)6 12345678", "0031612345678", "0800-1234",
                                   "'+31612345678", "+49 171 1234567", "06.12.34.56.78", "14030"])  # fmt: skip
def test_phones_as_people_write_them(phone: str, tmp_path: Path) -> None:
    assert read(tmp_path, shops=shop(phone=phone)).shops[0].phone == phone.lstrip("'")


@pytest.mark.parametrize("old", ['fee = "1,50"'])
@pytest.mark.parametrize("new", ["fee = 1.5", 'fee = "€ 1,50"', "fee = 1.50", 'fee = "1.50"'])
def test_amounts_in_toml(old: str, new: str, tmp_path: Path) -> None:
    assert read(tmp_path, toml=toml(old, new)).delivery.fee_cents == 150


@pytest.mark.parametrize(
    "name",
    ["Rode wijnazijn", "Bierworst", "Kinderbier", "Gemberbier", "Wijngums", "Alcoholvrij bier", "Pils 0,0%",
     "Peren in rode wijn",
     "Chocoladesigaretten", "Rosé kalfsentrecote", "Bierbeslag", "Rookworst", "Witte wijnsaus", "Champignons", "Ginger ale",
     "Port Salut", "Zwijnenham", "Tabasco", "Rumbonen", "Medicinale honing", "Rozijnen", "Portobello"],
)  # fmt: skip
def test_harmless_names_raise_no_doubt(name: str, tmp_path: Path) -> None:
    assert first(tmp_path, name=name).restricted is None


@pytest.mark.parametrize(
    ("name", "word"),
    [("Rode wijn", "alcohol"), ("Bier krat", "alcohol"), ("Glühwein of glühwijn", "alcohol"), ("Jonge jenever", "alcohol"),
     ("Rosé", "alcohol"), ("Prosecco", "alcohol"), ("Speciaalbieren", "alcohol"), ("Advocaat", "alcohol"),
     ("Shag zwaar", "tabak"),
     ("E-sigaret", "tabak"), ("Sigaren", "tabak"), ("Pijptabak", "tabak"), ("Ibuprofen 400", "medicijn"),
     ("Aspirine bruis", "medicijn"), ("Hoestdrank", "medicijn")],
)  # fmt: skip
def test_names_that_look_restricted_are_doubted(name: str, word: str, tmp_path: Path) -> None:
    square, problems = read_folder(samples.folder(tmp_path, products=product(name=name)))
    assert square is not None
    assert [(p.line, p.column, f"lijkt {word}." in p.text) for p in problems] == [(2, "restricted", True)]
