"""Which files stand in the folder, and their bytes as text: no links, no giants, three encodings found out."""

from __future__ import annotations

import re
from pathlib import Path

from catalog.folder.problems import Report, Unreadable

SQUARE, SHOPS, PRODUCTS = "square.toml", "shops", "products"
TABLE_ENDINGS = (".csv", ".xlsx")
MAX_TABLE_BYTES = 10_000_000
MAX_TOML_BYTES = 250_000

_LOOKALIKES = {
    SHOPS: ("winkels", "winkel", "shop"),
    PRODUCTS: ("producten", "product", "artikelen"),
    SQUARE: ("plein", "square"),
}  # fmt: skip
_DOUBLES = {name + ending for name in (SHOPS, PRODUCTS) for ending in TABLE_ENDINGS}
_OTHER_ENDINGS = (".xls", ".ods", ".numbers", ".txt", ".xlsm", ".toml")


def find_files(folder: Path, report: Report) -> dict[str, Path]:
    """The files to read, by ``square.toml``, ``shops`` and ``products``; what is missing or double is reported."""
    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    except FileNotFoundError:
        report.error(str(folder), None, "", "Deze map bestaat niet. Controleer de naam van de map.")
        return {}
    except NotADirectoryError:
        report.error(str(folder), None, "", "Dit is een bestand, geen map. Geef de map waar square.toml in staat.")
        return {}
    except OSError as problem:
        report.error(str(folder), None, "", f"Deze map kan niet worden gelezen ({problem.strerror}). Controleer de rechten.")
        return {}
    return _chosen(entries, report)


def _chosen(entries: list[Path], report: Report) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for key, endings in ((SQUARE, ("",)), (SHOPS, TABLE_ENDINGS), (PRODUCTS, TABLE_ENDINGS)):
        wanted = [key + ending for ending in endings]
        matches = [path for path in entries if path.name.lower() in wanted]
        if len(matches) > 1:
            names = " en ".join(path.name for path in matches)
            report.error(matches[-1].name, None, "", f"Er staan er twee: {names}. Laat er één staan en haal de andere weg.")
        elif matches:
            found[key] = matches[0]
        else:
            report.error(wanted[0], None, "", _missing(key, wanted, entries))
    _report_unread(entries, found, report)
    return found


def _missing(key: str, wanted: list[str], entries: list[Path]) -> str:
    stem = Path(key).stem
    near = [p.name for p in entries if p.stem.lower() in (stem, *_LOOKALIKES[key]) and p.suffix.lower() in _remedied(wanted)]
    if near:
        return f"Dit bestand ontbreekt, wel staat er “{near[0]}”. Bewaar dat als {wanted[0]}."
    return f"Dit bestand ontbreekt. Zet {' of '.join(wanted)} in de map."


def _remedied(wanted: list[str]) -> set[str]:
    return {*_OTHER_ENDINGS, *(Path(name).suffix for name in wanted)}


def _report_unread(entries: list[Path], found: dict[str, Path], report: Report) -> None:
    for path in entries:
        table = path.suffix.lower() in {*TABLE_ENDINGS, ".xls", ".ods", ".toml"}
        if table and path not in found.values() and path.name.lower() not in _DOUBLES:
            report.warning(path.name, None, "", "Dit bestand wordt niet gelezen. Haal het weg of geef het de goede naam.")


def check_file(path: Path, limit: int) -> None:
    """Raises Unreadable when the path is a link, no plain file, or larger than ``limit`` bytes."""
    if path.is_symlink():
        raise Unreadable("Dit is een snelkoppeling (link). Zet het bestand zelf in de map.")
    if not path.is_file():
        raise Unreadable("Dit is geen gewoon bestand. Zet een bestand met deze naam in de map.")
    size = path.stat().st_size
    if size > limit:
        sizes = f"{size / 1e6:.1f} MB, hoogstens {limit / 1e6:g} MB"
        raise Unreadable(f"Dit bestand is te groot ({sizes}). Haal weg wat niet nodig is.")


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a plain file of at most ``limit`` bytes. Raises Unreadable."""
    try:
        check_file(path, limit)
        data = path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"Dit bestand kan niet worden gelezen ({problem.strerror}). Controleer de rechten.") from problem
    if not data.strip():
        raise Unreadable("Dit bestand is leeg. Vul het in, of haal het van een oude kopie terug.", 1)
    return data


def decode_table(data: bytes) -> str:
    """CSV bytes as text: UTF-8 with or without BOM, else Windows-1252. Raises Unreadable for anything else."""
    _refuse_other_kinds(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_windows(data)


def _decode_windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Unreadable("De tekens zijn niet te lezen. Bewaar het bestand in Excel als “CSV UTF-8”.", line) from problem


def decode_toml(data: bytes) -> str:
    """square.toml as text; TOML is always UTF-8 (https://toml.io/en/v1.0.0#spec). Raises Unreadable."""
    _refuse_other_kinds(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Unreadable("Een teken is niet als UTF-8 opgeslagen. Kies bij het bewaren de codering UTF-8.", line) from problem


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("Dit bestand is opgeslagen als “Unicode-tekst” (UTF-16). Bewaar het als “CSV UTF-8”.", 1)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("Dit is een Excel-bestand met de verkeerde naam. Bewaar het als .xlsx of als “CSV UTF-8”.", 1)
    if b"\x00" in data:
        line = len(re.findall(rb"\r\n|\r|\n", data[: data.index(b"\x00")])) + 1
        raise Unreadable("Er staat een NUL-teken in dit bestand; het is beschadigd. Bewaar het opnieuw als “CSV UTF-8”.", line)
