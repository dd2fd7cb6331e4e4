"""The pay pages: the voice of the square, what a passed-on link shows, and letters that can be read (WCAG 2.2 AA, computed)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.paypage import page
from bot.texts.sources import ROOT, bare_in_page
from orders.order import Order
from tests.village import Village

PAGES = ("betalen.html", "klaar.html")
BASE = (ROOT / "bot/pages/base.html").read_text(encoding="utf-8")


def _order() -> tuple[Village, Order]:
    village = Village()
    for text in ("6 krentenbollen vrijdagochtend naar Dorpsstraat 12, 3981 AB", "bestellen en betalen"):
        village.says("an", text)
    return village, village.store.orders_of("an", "bunnik")[0]


def _shown(locale: str, name: str, **state: Any) -> str:
    """A page as it is sent. ``state`` is what _view would say."""
    village, order = _order()
    square = replace(village.store.square("bunnik"), locale=locale)
    view = {"order": order, "square": square, "token": "t" * 20, "lines": [], "paid": False, "due": 570, "payable": False,
            "cancelled": False, "busy": False, "estimated": False, "when": "", "trouble": "", **state}  # fmt: skip
    return bytes(page(name, **view).body).decode()


STATES: list[dict[str, Any]] = [
    {"payable": True}, {"paid": True}, {"cancelled": True}, {"busy": True}, {},
    {"trouble": "Betalen lukt nu even niet. Er is niets afgeschreven. Probeer het zo nog eens."},
]  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: next(iter(state), "waiting"))
@pytest.mark.parametrize("name", PAGES)
def test_a_square_that_says_je_says_so_on_every_page(name: str, state: dict[str, Any]) -> None:
    said = re.sub(r"<style>.*?</style>|<[^>]*>", " ", _shown("nl@je", name, **state), flags=re.S)
    assert not re.search(r"\b[Uu]w?\b", said), said


def test_a_square_that_says_u_says_so() -> None:
    assert "Na de knop gaat u naar Mollie" in _shown("nl", "betalen.html", payable=True)
    assert '<html lang="nl">' in _shown("nl@je", "betalen.html")


def test_no_word_on_a_page_escapes_the_translator() -> None:
    for name in ("base.html", *PAGES, "onbekend.html", "storing.html"):
        assert [one.words for one in bare_in_page((ROOT / "bot/pages" / name).read_text(encoding="utf-8"), name)] == []


def test_words_that_are_not_wrapped_are_found() -> None:
    assert [one.words for one in bare_in_page('<p class="x">Hallo {{ _("daar") }}</p>', "x")] == ["Hallo"]


# --- contrast ---------------------------------------------------------------------------------------------------------

#: What is read, its colour, what it stands on, and the least contrast: 4.5 for letters (SC 1.4.3), 3 for a focus ring (1.4.11).
PAIRS = [
    ("letters", "body/color", "body/background", 4.5),
    ("letters in a card", "body/color", ".card/background", 4.5),
    ("the name of the square", "header/color", "header/background", 4.5),
    ("the shop's name", "small/color", ".card/background", 4.5),
    ("the button", "button, .again/color", "button, .again/background", 4.5),
    ("the button under a mouse", "button, .again/color", "button:hover, .again:hover/background", 4.5),
    ("a link", "a/color", "body/background", 4.5),
    ("trouble", "body/color", ".trouble/background", 4.5),
    ("good news", "body/color", ".good/background", 4.5),
    ("a note", "body/color", ".note/background", 4.5),
    ("the foot", "footer/color", "body/background", 4.5),
    ("the focus ring", "button:focus-visible, a:focus-visible/outline", "body/background", 3.0),
    ("the edge of the button", "button, .again/background", "body/background", 3.0),
]  # fmt: skip


def _colour(where: str) -> tuple[float, float, float]:
    selector, _, name = where.rpartition("/")
    rule = re.search(rf"^{re.escape(selector)} \{{(.*?)\}}", BASE, re.M | re.S)
    assert rule, selector
    found = re.search(rf"(?<![\w-]){name}:[^;]*?#([0-9a-f]{{3}}(?:[0-9a-f]{{3}})?)\b", rule[1])
    assert found, where
    digits = found[1] if len(found[1]) == 6 else "".join(2 * c for c in found[1])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _luminance(colour: tuple[float, float, float]) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("what", "letters", "ground", "least"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_contrast(what: str, letters: str, ground: str, least: float) -> None:
    light, dark = sorted((_luminance(_colour(letters)), _luminance(_colour(ground))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least, what
