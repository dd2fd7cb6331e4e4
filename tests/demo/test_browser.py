"""The demo page in a real browser: an order from hello to the front door by typing and clicking; by keyboard alone; on a phone.

Debian's Chromium is driven by Playwright; nothing is downloaded. Without it these tests are skipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.demo.conftest import Demo

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install -e .[dev]")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"),
]
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_SIX = (
    "half pond jong belegen, 6 krentenbollen, een heel volkoren gesneden, 2 volle yoghurt, een pond oude kaas "
    "en 2 magere yoghurt, vrijdag graag"
)
Open = Callable[..., "playwright.Page"]


@pytest.fixture
def open_page(demo: Demo, tmp_path: Path) -> Iterator[Open]:
    """Opens the page in a fresh browser of a given size. Anything the page complains about fails the test."""
    wrong: list[str] = []
    with playwright.sync_playwright() as play:
        contexts = []

        def open_(width: int = 1440, height: int = 900, **more: object) -> playwright.Page:
            context = play.chromium.launch_persistent_context(
                tmp_path / f"browser{len(contexts)}", executable_path=CHROMIUM, headless=True, args=_FLAGS,
                viewport={"width": width, "height": height}, **more,
            )  # fmt: skip
            contexts.append(context)
            page = context.pages[0]
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("request", lambda request: wrong.append(request.url) if "//127.0.0.1:" not in request.url else None)
            page.goto(demo.url)
            page.locator("#phone-bewoner textarea").wait_for()
            return page

        yield open_
        for context in contexts:
            context.close()
    assert wrong == []


def types(page: playwright.Page, phone: str, text: str) -> None:
    box = page.locator(f"#phone-{phone} textarea")
    box.fill(text)
    box.press("Enter")


def taps(page: playwright.Page, phone: str, label: str) -> None:
    page.locator(f"#phone-{phone} .choices").get_by_text(label, exact=True).last.click()


def reads(page: playwright.Page, phone: str, words: str) -> None:
    page.locator(f"#phone-{phone} .msg:not(.mine)", has_text=words).last.wait_for()


def order(page: playwright.Page) -> None:
    """From hello to a placed order."""
    types(page, "bewoner", "hallo")
    reads(page, "bewoner", "Wat mag het zijn?")
    types(page, "bewoner", _SIX)
    reads(page, "bewoner", "postcode")
    types(page, "bewoner", "Dorpsstraat 12, 3981 AB")
    taps(page, "bewoner", "Bestellen en betalen")
    reads(page, "bewoner", "is geplaatst")


def pay(page: playwright.Page) -> None:
    taps(page, "bewoner", "Betalen")
    frame = page.frame_locator("#payframe")
    frame.get_by_role("button", name="Betalen").click()
    frame.get_by_role("button", name="Betaald").click()
    frame.get_by_text("is betaald").first.wait_for()
    page.locator("#payclose").click()


@pytest.mark.parametrize("channel", ["WhatsApp", "Telegram"])
def test_an_order_from_hello_to_the_front_door(open_page: Open, channel: str) -> None:
    page = open_page()
    page.locator("#phone-bewoner").get_by_role("button", name=channel).click()
    order(page)
    taps(page, "winkel1", "OK")
    taps(page, "winkel2", "OK")
    page.locator(".elsewhere:visible", has_text="Koekamp").click()
    taps(page, "winkel1", "OK")
    reads(page, "bewoner", "Alle winkels zeggen ja")
    pay(page)
    page.locator("[data-move=round]").click()
    taps(page, "koerier", "Ja")
    reads(page, "koerier", "u rijdt")
    page.locator("[data-move=round]").click()
    taps(page, "koerier", "Start")
    for halt in range(1, 5):
        reads(page, "koerier", f"Halte {halt} van 4")
        taps(page, "koerier", "Klaar")
    reads(page, "bewoner", "is bezorgd")
    page.locator("#next", has_text="Bezorgd").wait_for()
    assert page.locator("#steps .done").count() == 5


def test_the_keyboard_is_enough(open_page: Open) -> None:
    """Tab reaches the input, Enter sends, a list opens, Escape closes it and focus comes back; the focus can be seen."""
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de telefoons"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("2 yoghurt")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    opener = page.locator("#phone-bewoner .choices button").last
    opener.wait_for()
    opener.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("#phone-bewoner .sheet")
    sheet.wait_for()
    assert page.evaluate("document.activeElement.closest('.sheet') !== null")
    page.keyboard.press("Escape")
    assert sheet.is_hidden()
    assert page.evaluate("document.activeElement.textContent").strip() == "Maak een keuze"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reads(page, "bewoner", "Volle yoghurt")


def test_one_phone_at_a_time_on_a_small_screen(open_page: Open) -> None:
    page = open_page(390, 844, has_touch=True)
    assert page.locator(".phone:visible").count() == 1
    order(page)
    tab = page.get_by_role("tab", name="Bakker")
    assert tab.get_attribute("data-new") == "2", "the baker's and the dairy farm's; the cheese shop has the other phone"
    tab.click()
    reads(page, "winkel1", "Nieuwe bestelling")
    taps(page, "winkel1", "OK")
    reads(page, "winkel1", "aangenomen")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("ArrowRight")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_it_is_big_enough_to_read_and_to_hit(open_page: Open, width: int, height: int) -> None:
    """No letter below 16 px, no target below 44 px (WCAG 2.2, 2.5.5)."""
    page = open_page(width, height)
    order(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter((node) => node.offsetParent && !node.closest('.hide')
             && [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim())
             && parseFloat(getComputedStyle(node).fontSize) < 16)
             .map((node) => node.className + ': ' + node.textContent.slice(0, 30))"""
    )
    assert small == []
    low = page.evaluate(
        """() => [...document.querySelectorAll('button, select, textarea, a')]
             .filter((node) => node.offsetParent && !node.matches('.skip')
             && node.getBoundingClientRect().height + (node.matches('[aria-pressed=true]') ? 6 : 0) < 44)
             .map((node) => node.className + ': ' + node.textContent.slice(0, 30))"""
    )
    assert low == []


def test_all_five_phones_and_where_one_types_are_in_sight_on_a_laptop(open_page: Open) -> None:
    page = open_page(1366, 650)  # 1366 x 768 with the browser's own bars
    for box in page.locator("textarea").all():
        place = box.bounding_box()
        assert place is not None
        assert (place["x"] + place["width"] <= 1366, place["y"] + place["height"] <= 650) == (True, True)


def test_a_reset_asks_first(open_page: Open) -> None:
    page = open_page()
    types(page, "bewoner", "hallo")
    reads(page, "bewoner", "Wat mag het zijn?")
    page.locator("#reset").click()
    page.locator("#sureno").click()
    assert page.locator("#phone-bewoner .msg").count() == 2
    page.locator("#reset").click()
    page.locator("#sureyes").click()
    page.locator("#phone-bewoner .empty").wait_for()
    assert page.locator("#phone-bewoner .msg").count() == 0
