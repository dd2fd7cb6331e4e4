"""What is written reads back as the same square, whatever is in it; and no cell can run in a spreadsheet."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.folder import FolderError, differences, read_folder, write_folder
from catalog.folder.cells import FORMULA_STARTS
from catalog.measures import Contents
from catalog.square import (
    ALLERGENS,
    SETTINGS,
    Delivery,
    Help,
    Hours,
    Operator,
    Person,
    Product,
    Restricted,
    Round,
    Shop,
    SoldBy,
    Square,
    Withdrawal,
)

from . import samples

NAMES = ["square.toml", "shops.csv", "products.csv"]
SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)
_WORD = st.text("abcdefghijklmnopqrstuvwxyzABCëéïöüç½€'\"\\;,&()0123456789#%=", min_size=1, max_size=9)
WORDS = st.lists(_WORD, min_size=1, max_size=4).map(" ".join).filter(lambda text: not text.startswith((*FORMULA_STARTS, "'")))
MAYBE = st.just("") | WORDS
PARTS = st.lists(WORDS, max_size=3, unique_by=str.casefold).map(tuple)
DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
DAYS = st.frozensets(st.integers(0, 6), max_size=7)
PHONES = st.sampled_from(["", "06-12345678", "+31 (0)6 12345678", "030 123 45 67", "+31612345678", "0800-1234"])
CENTS = st.integers(1, 10_000_00)
CONTENTS = st.none() | st.builds(
    lambda one, inner, unit: Contents(one * inner, unit, inner), st.integers(1, 999_999), st.integers(1, 99),
    st.sampled_from(["g", "ml", "piece"]),
)  # fmt: skip


@st.composite
def hours(draw: st.DrawFn) -> tuple[Hours, ...]:
    """Spans that do not overlap: each day at most once, or morning and afternoon."""
    days = draw(st.lists(st.integers(0, 6), unique=True, max_size=7))
    cut = draw(st.integers(0, len(days)))
    moments = sorted(draw(st.lists(CLOCKS.filter(lambda t: t > time(0)), min_size=4, max_size=4, unique=True)))
    spans = [Hours(frozenset(part), moments[0], moments[1]) for part in (days[:cut], days[cut:]) if part]
    if days and draw(st.booleans()):
        spans.append(Hours(frozenset(days[:2]), moments[2], moments[3]))
    return tuple(spans)


SHOP = st.builds(
    Shop, slug=SLUGS, name=WORDS, kind=MAYBE, address=MAYBE, phone=PHONES, kvk=st.sampled_from(["", "12345678", "123"]),
    vat_id=st.sampled_from(["", "NL123456789B01"]), iban=st.sampled_from(["", "NL91ABNA0417164300"]), opening=hours(),
    lead_days=st.integers(0, 60), story=MAYBE, closed_on=st.frozensets(DATES, max_size=2),
    bundled=st.booleans(),
)  # fmt: skip


@st.composite
def products(draw: st.DrawFn, shops: list[Shop]) -> Product:
    first, last = sorted([draw(DATES), draw(DATES)])
    synonyms = draw(PARTS)
    taken = {word.casefold() for word in synonyms}
    yearly = draw(st.booleans())
    starts, ends = (draw(st.sampled_from([None, day.replace(year=2000) if yearly else day])) for day in (first, last))
    return Product(
        shop=draw(st.sampled_from([shop.slug for shop in shops])),
        sku=draw(SLUGS),
        name=draw(WORDS | st.sampled_from(["Rode wijn", "Rum-rozijnenijs", "Bierworst"])),
        price_cents=draw(CENTS),
        sold_by=draw(st.sampled_from(SoldBy)),
        contents=draw(CONTENTS),
        group=draw(MAYBE),
        synonyms=synonyms,
        not_this=tuple(word for word in draw(PARTS) if word.casefold() not in taken),
        allergens=draw(st.none() | st.frozensets(st.sampled_from(sorted(ALLERGENS)))),
        vat=draw(st.sampled_from([0, 9, 21])),
        withdrawal=draw(st.sampled_from(Withdrawal)),
        deposit_cents=draw(st.integers(0, 100_00)),
        restricted=draw(st.none() | st.sampled_from(Restricted)),
        stock=draw(st.none() | st.integers(0, 10_000_000)),
        days=draw(DAYS),
        season_from=starts,
        season_until=ends,
        every_year=yearly and bool(starts or ends),
        options=draw(PARTS),
        sold_out=draw(st.booleans()),
    )


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Round, ...]:
    found = []
    for day in draw(st.lists(st.integers(0, 6), unique=True, max_size=3)):
        starts, ends = sorted(draw(st.lists(CLOCKS, min_size=2, max_size=2, unique=True)))
        closes_day = draw(st.integers(0, 6).filter(lambda other, day=day: other != day))
        name = draw(WORDS)
        found.append(Round(name, day, starts, ends, closes_day, draw(CLOCKS), draw(st.integers(1, 1000)), draw(MAYBE)))
    return tuple(found)


@st.composite
def squares(draw: st.DrawFn) -> Square:
    shops = draw(st.lists(SHOP, min_size=1, max_size=4, unique_by=lambda shop: shop.slug))
    return Square(
        slug=draw(SLUGS),
        name=draw(WORDS),
        municipality=draw(MAYBE),
        sponsor_line=draw(MAYBE),
        sponsor_logo=draw(st.sampled_from(["", "logo.svg"])),
        locale=draw(st.sampled_from(["nl", "nl@je"])),
        kind=draw(st.sampled_from(["village", "region"])),
        sample=draw(st.booleans()),
        regions=draw(st.lists(st.sampled_from(["regio-a", "regio-b"]), unique=True).map(tuple)),
        operator=Operator(draw(MAYBE), draw(st.sampled_from(["", "12345678"])), draw(st.sampled_from(["", "a@b.nl"]))),
        help=Help(draw(MAYBE), draw(PHONES), draw(MAYBE)),
        delivery=draw(
            st.builds(
                Delivery, st.sampled_from([(), ("3981", "3985AA-3985ZZ")]), st.integers(0, 100_00), st.none() | CENTS,
                st.none() | CENTS, PARTS, st.booleans(),
            )
        ),
        rounds=draw(rounds()),
        closed=draw(st.frozensets(DATES, max_size=3)),
        people=tuple(
            Person(role, name, telegram, phone)
            for role, name, telegram, phone in draw(
                st.lists(
                    st.tuples(st.sampled_from(["courier", "desk"]), WORDS, st.sampled_from(["", "123", "@sam_1"]), PHONES),
                    max_size=3, unique_by=lambda item: item[1].casefold(),
                )
            )
        ),
        shops=tuple(shops),
        products=tuple(
            draw(st.lists(products(shops), min_size=1, max_size=6, unique_by=lambda item: (item.shop, item.sku)))
        ),
        settings=draw(st.dictionaries(st.sampled_from(sorted(SETTINGS)), st.integers(1, 23))),
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(squares())
def test_what_is_written_reads_back_the_same(square: Square) -> None:
    with tempfile.TemporaryDirectory() as path:
        write_folder(square, Path(path))
        back, problems = read_folder(Path(path))

    assert not [problem for problem in problems if problem.level == "error"]
    assert back == square
    assert differences(square, square) == []


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode), st.sampled_from(NAMES))
def test_no_bytes_whatever_crash_the_reader(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as path:
        (samples.folder(Path(path)) / name).write_bytes(data)
        square, problems = read_folder(Path(path))

    assert square is None
    assert any(problem.file == name and problem.level == "error" for problem in problems)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.sampled_from(samples.COLUMNS))
def test_no_cell_whatever_crashes_the_reader_or_changes_on_the_way_back(text: str, column: str) -> None:
    row = {"shop": "bakker", "sku": "b01", "name": "Brood", "price": "3,25", "sold_by": "piece"} | {column: text}
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([list(row), list(row.values())])
    with tempfile.TemporaryDirectory() as path:
        square, _ = read_folder(samples.folder(Path(path), products=out.getvalue().encode("utf-8", "replace")))
        if square is not None:
            write_folder(square, Path(path) / "back")
            assert read_folder(Path(path) / "back")[0] == square


HOSTILE = Product("bakker", "b01", "=cmd|' /C calc'!A0", 325, SoldBy.PIECE, group="+1", synonyms=("@SUM(A1)",), options=("-1",))


def test_no_cell_runs_in_a_spreadsheet_even_if_the_database_was_spoiled(tmp_path: Path) -> None:
    shop = Shop("bakker", "\tBakker", phone="+31612345678", story="＝1+1")
    write_folder(Square("proef", "Proef", shops=(shop,), products=(HOSTILE,)), tmp_path)
    for name in ("shops.csv", "products.csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file, delimiter=";"):
                assert not any(cell.startswith(FORMULA_STARTS) for cell in row)
    assert read_folder(tmp_path)[0] is None  # and on its way back in it is refused


@pytest.fixture
def square(tmp_path: Path) -> Square:
    found, problems = read_folder(samples.folder(tmp_path))
    assert found is not None, problems
    return found


def test_the_files_are_as_dutch_excel_wants_them(square: Square, tmp_path: Path) -> None:
    write_folder(square, tmp_path / "uit")
    data = (tmp_path / "uit" / "products.csv").read_bytes()
    lines = data.decode("utf-8-sig").split("\r\n")
    assert data.startswith(b"\xef\xbb\xbfshop;sku;name;price;sold_by;")
    assert lines[0].split(";") == samples.COLUMNS
    assert lines[2].startswith("kaas;k01;Jong belegen boerenkaas;14,95;weight;")
    assert "ma-za 8.00-18.00" in (tmp_path / "uit" / "shops.csv").read_text(encoding="utf-8-sig")
    assert sorted(path.name for path in (tmp_path / "uit").iterdir()) == ["products.csv", "shops.csv", "square.toml"]


def test_writing_twice_gives_the_same_bytes(square: Square, tmp_path: Path) -> None:
    write_folder(square, tmp_path / "a")
    write_folder(square, tmp_path / "b")
    write_folder(square, tmp_path / "b")
    for name in ("square.toml", "shops.csv", "products.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_what_was_withdrawn_stays_out(square: Square, tmp_path: Path) -> None:
    bread, cheese = square.products
    baker, cheesemonger = square.shops
    gone = replace(square, shops=(baker, replace(cheesemonger, withdrawn=True)), products=(bread, cheese))
    write_folder(gone, tmp_path / "uit")
    back, _ = read_folder(tmp_path / "uit")
    assert back == replace(square, shops=(baker,), products=(bread,))


def test_a_workbook_is_never_joined_by_a_csv(square: Square, tmp_path: Path) -> None:
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / "products.xlsx").write_bytes(b"PK")
    with pytest.raises(FolderError, match=r"products\.xlsx: .*Kies een lege map"):
        write_folder(square, tmp_path / "uit")
    assert [path.name for path in (tmp_path / "uit").iterdir()] == ["products.xlsx"]


def test_a_folder_that_cannot_be_made_is_said(square: Square, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderError, match="kan niet worden geschreven"):
        write_folder(square, tmp_path / "file")


def test_differences_are_said_in_dutch(square: Square) -> None:
    bread, cheese = square.products
    new = replace(
        square,
        name="Nieuw plein",
        delivery=replace(square.delivery, fee_cents=250),
        rounds=(replace(square.rounds[0], capacity_crates=30),),
        closed=frozenset({date(2026, 12, 26)}),
        shops=(square.shops[0], replace(square.shops[1], opening=(Hours(frozenset({5}), time(9), time(17)),))),
        products=(
            replace(bread, price_cents=345, allergens=frozenset(), sold_out=True),
            Product("kaas", "k02", "Oude kaas", 1895, SoldBy.WEIGHT),
        ),
        settings={"draft_hours": 96},
    )
    assert differences(square, new) == [
        "~ plein: naam Proefplein (voorbeeld) → Nieuw plein",
        "~ bezorging: bezorgkosten € 1,50 → € 2,50",
        "+ gesloten op 26-12-2026",
        "- niet meer gesloten op 25-12-2026",
        "~ instelling draft_hours: (leeg) → 96",
        "~ ronde vr vrijdagochtend: kratten 24 → 30",
        "~ winkel kaas: open (leeg) → za 9.00-17.00",
        "+ artikel kaas/k02 Oude kaas",
        "- artikel kaas/k01 Jong belegen boerenkaas: gaat uit de verkoop",
        "~ artikel bakker/b01 Volkorenbrood: prijs € 3,25 → € 3,45",
        "~ artikel bakker/b01 Volkorenbrood: allergenen gluten, soja → geen",
        "~ artikel bakker/b01 Volkorenbrood: uitverkocht",
    ]
    assert cheese not in new.products


@pytest.mark.parametrize(("cents", "said"), [(325 * 2, True), (100, True), (400, False), (250, False)])
def test_a_great_leap_of_a_price_is_pointed_at(square: Square, cents: int, said: bool) -> None:
    new = replace(square, products=(replace(square.products[0], price_cents=cents), square.products[1]))
    (line,) = differences(square, new)
    assert line.endswith(" (let op: groot verschil)") == said


def test_what_shopkeepers_said_today_is_no_difference(square: Square) -> None:
    bread, cheese = square.products
    shops = tuple(replace(shop, closed_on=frozenset({date(2026, 11, 24)})) for shop in square.shops)
    live = replace(square, version=7, shops=shops, products=(replace(bread, sold_out=True), cheese))
    assert differences(live, square) == []
    assert differences(replace(square, products=(replace(bread, withdrawn=True), cheese)), square) == [
        "+ artikel bakker/b01 Volkorenbrood"
    ]
