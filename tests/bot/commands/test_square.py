"""``dorpsbode square``: check without a database; import, export, list and show over a real SQLite file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.cli import main
from bot.store import catalogue
from bot.store import tables as t
from bot.store.database import Database
from bot.store.migrate import migrate
from catalog.folder import read_folder

HEAD = "shop;sku;name;price;sold_by"
ROWS = ["bakker;b01;Volkorenbrood;3,25;piece", "bakker;b02;Krentenbollen;0,85;piece"]


def write(folder: Path, rows: list[str] = ROWS, *, slug: str = "proefdorp", extra: str = "", shop: str = "bakker") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "square.toml").write_text(f'slug = "{slug}"\nname = "Proefplein (voorbeeld)"\n{extra}')
    (folder / "shops.csv").write_text(f"shop;name\n{shop};Bakker Voorbeeld\n")
    (folder / "products.csv").write_text("\n".join([HEAD, *rows]).replace("bakker;", f"{shop};"))
    return folder


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'proef.db'}"
    monkeypatch.setenv("DORPSBODE_DATABASE", url)
    found = Database(url)
    assert migrate(found)
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "plein")


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[str], str]:
    status = main(["square", *map(str, words)])
    out, err = capsys.readouterr()
    return status, out.splitlines(), err


def prices(database: Database) -> dict[str, int]:
    with database.read() as conn:
        square = catalogue.load(conn, "proefdorp")
    return {product.sku: product.price_cents for product in square.products if not product.withdrawn} if square else {}


def test_check_of_a_good_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "check", folder)
    assert (status, out) == (0, [])
    assert "let op: Wie dit plein beheert is niet volledig" in err
    assert err.splitlines()[-1] == "Deze map is in orde: winkels 1, artikelen 2, rondes 0."


def test_check_names_file_line_and_column(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, ["bakker;b01;Volkorenbrood;2,4O;piece"])
    status, out, err = run(capsys, "check", folder)
    assert (status, out) == (1, [])
    assert err.startswith("products.csv:2 kolom price: “2,4O” is geen bedrag.")
    assert "1 fout. Er is niets veranderd." in err


def test_check_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "check", tmp_path / "nergens")
    assert status == 1
    assert "Deze map bestaat niet" in err


def test_a_flood_of_mistakes_is_cut_short(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, [f"bakker;b{number};Brood;x;piece" for number in range(500)])
    status, _, err = run(capsys, "check", folder)
    assert status == 1
    assert "Verbeter eerst deze" in err
    assert len(err.splitlines()) == 202


@pytest.mark.parametrize("words", [["check"], ["fly", "x"], [], ["import"], ["export", "bunnik"]])
def test_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["square", *words])
    assert stopped.value.code == 2


@pytest.mark.parametrize("words", [[], ["check"], ["import"], ["export"], ["list"], ["show"]])
def test_help_shows_an_example(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["square", *words, "--help"])
    assert stopped.value.code == 0
    assert f"dorpsbode square {words[0] if words else 'import mijn-plein --dry-run'}" in capsys.readouterr().out


def test_import_says_what_changed_and_twice_changes_nothing(
    database: Database, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "import", folder)
    assert status == 0
    assert "+ plein proefdorp" in out
    assert "+ artikel bakker/b01 Volkorenbrood" in out
    assert "winkels 1, artikelen 2" in err
    assert run(capsys, "import", folder)[:2] == (0, [])
    assert prices(database) == {"b01": 325, "b02": 85}


def test_a_rehearsal_says_the_same_and_changes_nothing(
    database: Database, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "import", folder, "--dry-run")[0] == 0
    assert prices(database) == {}
    run(capsys, "import", folder)
    write(folder, ["bakker;b01;Volkorenbrood;3,45;piece"])
    _, said, err = run(capsys, "import", folder, "--dry-run")
    assert prices(database) == {"b01": 325, "b02": 85}
    assert "er is niets veranderd" in err
    assert said == [
        "- artikel bakker/b02 Krentenbollen: gaat uit de verkoop",
        "~ artikel bakker/b01 Volkorenbrood: prijs € 3,25 → € 3,45",
    ]
    assert run(capsys, "import", folder)[1] == said
    assert prices(database) == {"b01": 345}


def test_a_bad_folder_imports_nothing_at_all(database: Database, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", folder)
    write(folder, ["bakker;b01;Volkorenbrood;9,99;piece", "bakker;b02;Krentenbollen;2,4O;piece"])
    status, out, err = run(capsys, "import", folder)
    assert (status, out) == (1, [])
    assert "products.csv:3 kolom price" in err
    assert prices(database) == {"b01": 325, "b02": 85}


def test_export_writes_back_with_what_shopkeepers_changed(
    database: Database, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "import", folder)
    with database.write() as conn:
        conn.execute(update(t.product).where(t.product.c.sku == "b01").values(price_cents=355, stock=4))
        conn.execute(update(t.product).where(t.product.c.sku == "b02").values(sold_out=True))
    assert run(capsys, "export", "proefdorp", tmp_path / "uit")[0] == 0
    bread, buns = (read_folder(tmp_path / "uit")[0] or pytest.fail("no square")).products
    assert (bread.price_cents, bread.stock, buns.sold_out) == (355, 4, True)
    assert run(capsys, "import", tmp_path / "uit")[:2] == (0, [])


def test_export_import_export_is_the_same_folder(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bunnik = Path(__file__).parents[3] / "catalog" / "squares" / "bunnik"
    assert run(capsys, "import", bunnik)[0] == 0
    run(capsys, "export", "bunnik", tmp_path / "a")
    assert read_folder(tmp_path / "a")[0] == read_folder(bunnik)[0]
    assert run(capsys, "import", tmp_path / "a")[:2] == (0, [])
    run(capsys, "export", "bunnik", tmp_path / "b")
    for name in ("square.toml", "shops.csv", "products.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_export_over_a_file_is_said(database: Database, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", folder)
    status, _, err = run(capsys, "export", "proefdorp", folder / "shops.csv")
    assert status == 1
    assert "kan niet worden geschreven" in err


def test_list_and_show(database: Database, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "list")[:2] == (0, [])
    run(capsys, "import", folder)
    assert run(capsys, "list")[1] == ["proefdorp\tProefplein (voorbeeld)\twinkels 1, artikelen 2, rondes 0"]
    status, out, _ = run(capsys, "show", "proefdorp")
    assert status == 0
    assert out[0].startswith("Proefplein (voorbeeld) (proefdorp), versie ")
    assert "winkel:     bakker, Bakker Voorbeeld, 2 artikelen" in out


@pytest.mark.parametrize("words", [["show", "nergens"], ["export", "nergens", "uit"]])
def test_an_unknown_square(words: list[str], database: Database, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", folder)
    status, out, err = run(capsys, *words)
    assert (status, out) == (1, [])
    assert "Plein “nergens” staat niet in de database. Er zijn: proefdorp." in err


def test_a_region_goes_first_and_shares_no_shop_names(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    village = write(tmp_path / "dorp", extra='regions = ["streek"]\n')
    status, _, err = run(capsys, "import", village)
    assert (status, "Streek “streek” staat niet in de database" in err) == (1, True)
    region = write(tmp_path / "streek", slug="streek", extra='kind = "region"\n')
    assert run(capsys, "import", region)[0] == 0
    status, _, err = run(capsys, "import", village)
    assert (status, "Winkel “bakker” staat ook in “streek”" in err) == (1, True)
    assert run(capsys, "import", write(village, extra='regions = ["streek"]\n', shop="dorpsbakker"))[0] == 0
    run(capsys, "export", "proefdorp", tmp_path / "uit")
    assert "bakker;Bakker" in (tmp_path / "uit" / "shops.csv").read_text("utf-8-sig").replace("dorps", "")
    assert len((tmp_path / "uit" / "shops.csv").read_text("utf-8-sig").splitlines()) == 2  # the region's shop stays there


def test_a_word_that_was_asked_for_becomes_a_synonym(
    database: Database, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "import", folder)
    with database.write() as conn:
        for words, times in (("krentebollekes", 2), ("kreeft", 1)):
            conn.execute(t.unknown_words.insert(), {"square": "proefdorp", "words": words, "times": times})
    assert run(capsys, "wanted", "proefdorp")[:2] == (0, ["krentebollekes\t2", "kreeft\t1"])
    status, _, err = run(capsys, "synonym", "proefdorp", "Krentebollekes", "bakker/b02")
    assert (status, "Wie “krentebollekes” typt, vindt nu Krentenbollen (bakker/b02)." in err) == (0, True)
    assert run(capsys, "wanted", "proefdorp")[:2] == (0, ["kreeft\t1"])
    run(capsys, "export", "proefdorp", tmp_path / "uit")
    assert "krentebollekes" in (tmp_path / "uit" / "products.csv").read_text("utf-8-sig")
    with database.read() as conn:
        square = catalogue.load(conn, "proefdorp")
    assert square is not None
    assert square.product_by_id["bakker/b02"].synonyms == ("krentebollekes",)


@pytest.mark.parametrize(
    ("slug", "word", "product", "said"),
    [
        ("nergens", "kreeft", "bakker/b02", "Plein “nergens” staat niet in de database. Er zijn: proefdorp."),
        ("proefdorp", "kreeft", "bakker/b99", "Artikel bakker/b99 is er niet."),
        ("proefdorp", " ", "bakker/b02", "Een woord heeft minstens twee letters."),
    ],
)
def test_a_wrong_synonym_changes_nothing(
    database: Database, folder: Path, capsys: pytest.CaptureFixture[str], slug: str, word: str, product: str, said: str
) -> None:
    run(capsys, "import", folder)
    status, _, err = run(capsys, "synonym", slug, word, product)
    assert (status, said in err) == (1, True)
    assert prices(database) == {"b01": 325, "b02": 85}


def test_a_database_without_tables_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DORPSBODE_DATABASE", f"sqlite:///{tmp_path / 'leeg.db'}")
    status, _, err = run(capsys, "list")
    assert status == 1
    assert "dorpsbode migrate" in err


def test_a_wrong_setting_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DORPSBODE_DATABASE", "nonsense://")
    status, out, err = run(capsys, "list")
    assert (status, out) == (1, [])
    assert "DORPSBODE_DATABASE is geen database: schrijf bijvoorbeeld sqlite:///dorpsbode.db" in err


def test_as_a_program(folder: Path) -> None:
    command = [sys.executable, "-m", "bot.cli", "square", "check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Deze map is in orde" in done.stderr
