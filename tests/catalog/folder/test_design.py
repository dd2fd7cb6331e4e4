"""The format as it was agreed: every heading and the example of square.toml in the description are understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from catalog.folder import read_folder
from catalog.folder.products import PRODUCTS
from catalog.folder.shops import SHOPS

from . import samples

DESIGN = Path(__file__).parents[4] / "shared" / "design" / "square-folder.md"
pytestmark = pytest.mark.skipif(not DESIGN.exists(), reason="the description stands beside the repository, not in it")


def columns(table: str) -> dict[str, str]:
    """Column -> Dutch heading as in the description."""
    section = DESIGN.read_text().split(f"## {table}")[1].split("\n## ")[0]
    found: dict[str, str] = {}
    for line in section.splitlines():
        if line.startswith("|") and not line.startswith(("| column", "|--")):
            english, dutch = (re.split(r",\s*", cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:3])
            found |= dict(zip(english, dutch, strict=True))
    return found


@pytest.mark.parametrize(("table", "spec"), [("shops.csv", SHOPS), ("products.csv", PRODUCTS)])
def test_every_heading_of_the_description_is_known(table: str, spec: object) -> None:
    described = columns(table)
    assert len(described) >= 11
    known = SHOPS.columns if spec is SHOPS else PRODUCTS.columns
    assert {column: known.get(column) for column in described} == described


def test_the_example_of_the_description_is_understood(tmp_path: Path) -> None:
    example = DESIGN.read_text().split("```toml\n")[1].split("```")[0]
    (tmp_path / "logo.svg").write_text("<svg/>")
    square, problems = read_folder(samples.folder(tmp_path, toml=example))
    assert problems == []
    assert square is not None
    assert (square.slug, square.regions, square.sponsor_logo) == ("bunnik", ("ijsseldelta",), "logo.svg")
    (ride,) = square.rounds
    assert (ride.day, ride.closes_day, ride.capacity_crates, ride.vehicle) == (4, 3, 24, "bakfiets")
    assert square.delivery.pickup_points == ("Dorpshuis De Schakel, Dorpsstraat 1",)
    assert (square.delivery.free_from_cents, square.delivery.minimum_cents) == (None, None)
