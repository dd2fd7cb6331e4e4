"""What is wrong with the folder or a whole file: links, giants, workbooks, doubles. Nothing crashes, all is named."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalog.folder import Problem, read_folder

from . import samples
from .samples import PRODUCTS, product


def only_error(path: Path) -> Problem:
    square, problems = read_folder(path)
    assert square is None
    assert len(problems) == 1, problems
    assert problems[0].level == "error"
    assert str(problems[0]).startswith(problems[0].file)
    return problems[0]


def workbook(path: Path, *rows: list[object]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)


def zipped(path: Path, **parts: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "bestaat niet. Controleer de naam" in only_error(tmp_path / "nergens").text


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "plein").write_text("x")
    assert "geen map. Geef de map waar square.toml in staat" in only_error(tmp_path / "plein").text


def test_an_empty_folder_names_all_three_files(tmp_path: Path) -> None:
    square, problems = read_folder(tmp_path)
    assert square is None
    assert [problem.file for problem in problems] == ["square.toml", "shops.csv", "products.csv"]
    assert all("ontbreekt" in problem.text for problem in problems)


def test_a_file_with_a_dutch_name_is_recognised(tmp_path: Path) -> None:
    samples.folder(tmp_path, products=None)
    (tmp_path / "producten.csv").write_text(PRODUCTS)
    square, problems = read_folder(tmp_path)
    assert square is None
    assert (problems[0].file, problems[0].level) == ("products.csv", "error")
    assert "wel staat er “producten.csv”. Bewaar dat als products.csv" in problems[0].text


def test_a_table_of_another_program_is_pointed_at(tmp_path: Path) -> None:
    samples.folder(tmp_path, products=None)
    (tmp_path / "products.ods").write_bytes(b"PK")
    assert "“products.ods”" in read_folder(tmp_path)[1][0].text


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PRODUCTS)
    plein = tmp_path / "plein"
    plein.mkdir()
    samples.folder(plein, products=None)
    (plein / "products.csv").symlink_to(secret)
    problem = only_error(plein)
    assert (problem.file, problem.line) == ("products.csv", None)
    assert "snelkoppeling (link). Zet het bestand zelf in de map" in problem.text


@pytest.mark.parametrize("name", ["square.toml", "products.csv"])
def test_a_folder_in_place_of_a_file(tmp_path: Path, name: str) -> None:
    samples.folder(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    problem = only_error(tmp_path)
    assert (problem.file, "geen gewoon bestand" in problem.text) == (name, True)


def test_csv_beside_xlsx(tmp_path: Path) -> None:
    samples.folder(tmp_path)
    workbook(tmp_path / "products.xlsx", ["shop"])
    square, problems = read_folder(tmp_path)
    assert square is None
    assert "Er staan er twee: products.csv en products.xlsx. Laat er één staan" in problems[0].text


def test_a_stray_table_is_not_passed_in_silence(tmp_path: Path) -> None:
    samples.folder(tmp_path)
    (tmp_path / "products (1).csv").write_text(PRODUCTS)
    square, problems = read_folder(tmp_path)
    assert square is not None
    assert [(p.file, p.level) for p in problems] == [("products (1).csv", "warning")]


def test_a_file_name_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    samples.folder(tmp_path)
    (tmp_path / "products\x1b[31m.csv").write_text(PRODUCTS)
    assert [str(problem) for problem in read_folder(tmp_path)[1]] == [
        "products·[31m.csv: let op: Dit bestand wordt niet gelezen. Haal het weg of geef het de goede naam."
    ]


def test_a_hundred_thousand_rows_are_refused_quickly(tmp_path: Path) -> None:
    rows = "".join(f"bakker;b{number};Brood {number};2,00;piece\n" for number in range(100_000))
    samples.folder(tmp_path, products="shop;sku;name;price;sold_by\n" + rows)
    problem = only_error(tmp_path)
    assert (problem.file, problem.line) == ("products.csv", 20_002)
    assert "te veel regels; hoogstens 20.000 mag. Verdeel het" in problem.text


@pytest.mark.parametrize(("name", "size"), [("products.csv", 10_000_001), ("square.toml", 250_001)])
def test_a_giant_file_is_not_even_read(tmp_path: Path, name: str, size: int) -> None:
    samples.folder(tmp_path)
    with (tmp_path / name).open("wb") as file:
        file.truncate(size)
    problem = only_error(tmp_path)
    assert problem.file == name
    assert "te groot" in problem.text
    assert "Haal weg wat niet nodig is" in problem.text


def test_an_unknown_column_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = PRODUCTS.splitlines()
    products = "\n".join([lines[0] + ";kleur;leverancier", lines[1] + ";bruin;", lines[2] + ";geel;x"])
    square, problems = read_folder(samples.folder(tmp_path, products=products))
    assert square is not None
    assert [(p.line, p.column, p.level) for p in problems] == [(1, "kleur", "warning"), (1, "leverancier", "warning")]
    assert "sla ik over" in problems[0].text


def test_all_mistakes_of_a_folder_are_named_at_once(tmp_path: Path) -> None:
    samples.folder(tmp_path, samples.toml("do 18:00", "dd 18:00"), samples.shop(phone="x"), product(price="2,4O", vat="6"))
    problems = read_folder(tmp_path)[1]
    assert [(p.file, p.line, p.column) for p in problems] == [
        ("square.toml", 26, "round.closes"),
        ("shops.csv", 2, "phone"),
        ("products.csv", 2, "price"),
        ("products.csv", 2, "vat"),
    ]


HEAD: list[object] = ["Winkel", "Artikel", "Naam", "Prijs", "Per"]
GOOD: list[object] = ["bakker", "b01", "Brood", 2.5, "stuk"]
XLSX_CASES: list[tuple[str, Callable[[Path], None], int | None, str, str]] = [
    ("no zip", lambda path: path.write_bytes(b"hallo") and None, None, "", "geen goed Excel-bestand"),
    ("empty", lambda path: path.write_bytes(b"") and None, 1, "", "Dit bestand is leeg"),
    ("old xls", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" * 99) and None, None, "", "geen goed Excel-bestand"),
    ("zip of something else", lambda path: zipped(path, readme=b"x"), None, "", "kan niet worden gelezen"),
    ("zip bomb", lambda path: zipped(path, bomb=bytes(70_000_000)), None, "", "uitgepakt te groot"),
    ("many parts", lambda path: zipped(path, **{f"p{n}": b"" for n in range(600)}), None, "", "uitgepakt te groot"),
    ("nothing in it", lambda path: workbook(path), 1, "", "horen de koppen te staan"),
    ("formula", lambda path: workbook(path, HEAD, GOOD, ["bakker", "b02", "=A1", 1, "stuk"]), 3, "Naam", "als formule"),
    ("price formula", lambda path: workbook(path, HEAD, ["bakker", "b02", "Bol", "=1+1", "stuk"]), 2, "Prijs", "als formule"),
    ("error value", lambda path: workbook(path, HEAD, ["bakker", "b02", "Bol", "#N/A", "stuk"]), 2, "Prijs", "geen bedrag"),
    ("three decimals", lambda path: workbook(path, HEAD, ["bakker", "b02", "Bol", 2.455, "stuk"]), 2, "Prijs", "te veel"),
    ("negative", lambda path: workbook(path, HEAD, ["bakker", "b02", "Bol", -2, "stuk"]), 2, "Prijs", "negatief"),
    ("too wide", lambda path: workbook(path, ["shop", *map(str, range(200))], ["x"]), 1, "", "meer dan 100 kolommen"),
]


@pytest.mark.parametrize(("kind", "spoil", "line", "column", "says"), XLSX_CASES, ids=[case[0] for case in XLSX_CASES])
def test_a_bad_workbook(
    kind: str, spoil: Callable[[Path], None], line: int | None, column: str, says: str, tmp_path: Path
) -> None:
    samples.folder(tmp_path, products=None)
    spoil(tmp_path / "products.xlsx")
    problem = only_error(tmp_path)
    assert (problem.file, problem.line, problem.column) == ("products.xlsx", line, column)
    assert says in problem.text


def test_a_second_sheet_is_not_passed_in_silence(tmp_path: Path) -> None:
    samples.folder(tmp_path, products=None)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, GOOD, ["kaas", "k01", "Boerenkaas", 14.95, "gewicht"]):
        sheet.append(row)
    book.create_sheet("Leeg")
    book.create_sheet("Nog meer").append(GOOD)
    book.save(tmp_path / "products.xlsx")
    square, problems = read_folder(tmp_path)
    assert square is not None
    assert [(p.file, p.level) for p in problems] == [("products.xlsx", "warning")]
    assert "niet “Nog meer”. Zet alles op het eerste tabblad" in problems[0].text


def test_a_workbook_with_a_damaged_sheet(tmp_path: Path) -> None:
    samples.folder(tmp_path, products=None)
    workbook(tmp_path / "whole.xlsx", HEAD, GOOD)
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-40]
    zipped(tmp_path / "products.xlsx", **parts)
    (tmp_path / "whole.xlsx").unlink()
    assert "kan niet worden gelezen" in only_error(tmp_path).text


def test_a_workbook_with_exploding_entities(tmp_path: Path) -> None:
    samples.folder(tmp_path, products=None)
    workbook(tmp_path / "whole.xlsx", HEAD, GOOD)
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("<v>2.5</v>", "<v>&l11;</v>")
    parts["xl/worksheets/sheet1.xml"] = f'<!DOCTYPE x [<!ENTITY l0 "9">{lol}]>{sheet}'.encode()
    zipped(tmp_path / "products.xlsx", **parts)
    (tmp_path / "whole.xlsx").unlink()
    assert only_error(tmp_path).file == "products.xlsx"
