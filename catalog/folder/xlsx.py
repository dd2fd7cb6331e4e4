"""An .xlsx workbook as records of text, first sheet only, read without running anything in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from catalog.folder import files
from catalog.folder.problems import Unreadable

MAX_UNPACKED_BYTES = 60_000_000
_MAX_PARTS = 500
_MAX_COLUMNS = 101
_REMEDY = "Open het in Excel en bewaar het opnieuw als .xlsx, of als “CSV UTF-8”."
_BROKEN = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, EOFError, OSError)


def records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells as text) of the first sheet. Raises Unreadable."""
    _check_zip(path)
    try:
        yield from _sheet_rows(path)
    except _BROKEN as problem:
        raise Unreadable(f"Dit Excel-bestand kan niet worden gelezen. {_REMEDY}") from problem


def other_sheets(path: Path) -> list[str]:
    """Names of further sheets that hold anything; only the first sheet is read. Empty when the file cannot be read."""
    try:
        workbook = load_workbook(path, read_only=True, keep_links=False)
    except _BROKEN:
        return []  # records() names what is wrong with it
    try:
        return [sheet.title for sheet in workbook.worksheets[1:] if any(_filled(row) for row in sheet.iter_rows(max_row=20))]
    except _BROKEN:
        return []
    finally:
        workbook.close()


def _filled(row: tuple[Any, ...]) -> bool:
    return any(cell.value is not None for cell in row)


def _check_zip(path: Path) -> None:
    files.read_bytes(path, files.MAX_TABLE_BYTES)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise Unreadable(f"Dit is geen goed Excel-bestand. {_REMEDY}") from problem
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise Unreadable(f"Dit Excel-bestand is uitgepakt te groot (meer dan {MAX_UNPACKED_BYTES // 10**6} MB). {_REMEDY}")


def _sheet_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    workbook = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # some programs write them wrong, which hides rows
        for line, row in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True), start=1):
            values = [cell_text(value) for value in row]
            yield line, values[: max((i + 1 for i, value in enumerate(values) if value), default=0)]
    finally:
        workbook.close()


def cell_text(value: Any) -> str:
    """What Excel shows a Dutch reader: decimals with a comma, dates as 2026-12-25, ja or nee."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float) -> str:
    rounded = Decimal(f"{value:.10g}")  # 2.4500000000000002 is 2.45 to whoever typed it
    return f"{rounded:f}".replace(".", ",") if rounded % 1 else f"{rounded:.0f}"
