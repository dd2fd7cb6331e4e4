"""A square's folder in and out: ``square.toml``, ``shops.csv`` and ``products.csv`` (or ``.xlsx``) <-> a :class:`Square`.

A coordinator keeps the folder in Excel and a text editor. Beside what the format describes, these may be there:

- ``sample = true`` at the top of square.toml: example data, and the bot says so;
- ``[settings]``: whole numbers by the names of ``catalog.square.SETTINGS``;
- ``[delivery] pay_at_door = true|false`` (default true);
- shops: ``closed_on`` (``dicht_op``), dates separated by ``|``, and ``bundled`` (``gebundeld``), ja or nee; products:
  ``sold_out`` (``uitverkocht``), ja or nee: what shopkeepers said by chat. Only written when they hold something;
- products: ``restricted`` = ``geen`` says that somebody looked at a name like "rum-rozijnen" and that it may be sold.

Text comes in as NFC with single spaces. A ``'`` before ``=``, ``+``, ``-`` or ``@`` is Excel's mark for text and falls off.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from catalog.folder import files
from catalog.folder.differences import differences
from catalog.folder.head import read_head
from catalog.folder.problems import FolderError, Problem, Report
from catalog.folder.products import read_products
from catalog.folder.shops import read_shops
from catalog.folder.write import write_folder
from catalog.square import Square

__all__ = ["FolderError", "Problem", "differences", "read_folder", "write_folder"]


def read_folder(path: Path) -> tuple[Square | None, list[Problem]]:
    """The square in this folder, and all that is wrong or doubtful. The square is None when there is any error.

    Never raises for what stands in the folder, and changes nothing. Problems come in the order of the files.
    """
    report = Report()
    found = files.find_files(path, report)
    square = read_head(found[files.SQUARE], report) if files.SQUARE in found else Square("", "")
    shops = read_shops(found[files.SHOPS], report, sample=square.sample) if files.SHOPS in found else {}
    products = read_products(found[files.PRODUCTS], shops, report) if files.PRODUCTS in found else []
    square = replace(square, shops=tuple(shop for shop in shops.values() if shop), products=tuple(products))
    if not report.failed:
        _check_whole(square, found, report)
    return (None if report.failed else square), report.problems


def _check_whole(square: Square, found: dict[str, Path], report: Report) -> None:
    """What no single line can tell: a village with nothing in it would withdraw everything on import."""
    note = report.warning if square.regions else report.error
    if not square.shops:
        note(found[files.SHOPS].name, 1, "", "Er staat geen enkele winkel in. Zet onder de koppen op elke regel een winkel.")
    elif not square.products:
        note(found[files.PRODUCTS].name, 1, "", "Er staat geen enkel artikel in. Zet onder de kop op elke regel een artikel.")
    else:
        _doubt_empty_shops(square, found[files.SHOPS].name, report)


def _doubt_empty_shops(square: Square, file: str, report: Report) -> None:
    selling = {product.shop for product in square.products}
    for shop in square.shops:
        if shop.slug not in selling:
            text = f"Van winkel “{shop.slug}” staat er geen artikel in. Zet ze erbij of haal de winkel weg."
            report.warning(file, None, "shop", text)
