"""Amounts, options and refusals of single lines."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line, shelf

from catalog.reading import settle


@pytest.mark.parametrize(
    ("text", "product", "amount", "unit"),
    [
        ("anderhalf pond rundergehakt", "slager/s02", 750, "g"),
        ("2 liter halfvolle melk", "zuivel/z01", 2, "piece"),
        ("tien eieren", "zuivel/z51", 1, "piece"),
        ("2 x 10 eieren", "zuivel/z51", 2, "piece"),
        ("12 eierkoeken", "bakker/b61", 2, "piece"),
        ("500 gram boter", "zuivel/z40", 2, "piece"),
        ("2 toiletpapier", "kruidenier/w180", 2, "piece"),
        ("twee zakken aardappelen van 5 kilo", "groenteboer/g05", 2, "piece"),
        ("een stuk belegen kaas van 500 gram", "kaas/k03", 500, "g"),
        ("2 stukjes zalmfilet van 200 gram", "vis/v20", 400, "g"),
        ("10 rozen", "bloemist/f01", 1, "piece"),
        ("een bosje peterselie", "groenteboer/g80", 1, "piece"),
        ("half dozijn citroenen", "groenteboer/g99", 6, "piece"),
        ("rookworst", "slager/s08", 1, "piece"),
    ],
)
def test_amounts(text: str, product: str, amount: int, unit: str) -> None:
    line = only_line(text)
    assert (line.product, line.amount, line.unit, line.asks) == (product, amount, unit, None)


@pytest.mark.parametrize(("text", "grams"), [("4 speklapjes", 480), ("een stuk of zes bananen", 1020), ("drie uien", 450)])
def test_pieces_of_weighed_goods_are_estimated_openly(text: str, grams: int) -> None:
    line = only_line(text)
    assert (line.amount, line.unit, line.about) == (grams, "g", True)


@pytest.mark.parametrize(
    ("text", "asks", "low", "high"),
    [
        ("anderhalve liter volle melk", "packs", 1, 2),
        ("8 eierkoeken", "packs", 1, 2),
        ("zes à zeven krentenbollen", "amount", 6, 7),
        ("een paar peren", "amount", 360, 720),
        ("oude kaas", "amount", None, None),
        ("tien plakjes cervelaat", "pieces_or_weight", None, None),
        ("halve appelflap", "amount", None, 1),
    ],
)
def test_what_does_not_come_out_is_asked(text: str, asks: str, low: int | None, high: int | None) -> None:
    line = only_line(text)
    assert line.product
    assert (line.amount, line.asks, line.low, line.high) == (None, asks, low, high)


def test_money_and_persons() -> None:
    cherries = only_line("voor een tientje kersen")
    assert (cherries.amount, cherries.about, cherries.money_cents) == (1010, True, 1000)
    gourmet = only_line("gourmet voor 4 personen")
    assert (gourmet.amount, gourmet.asks, gourmet.persons) == (None, "amount", 4)


@pytest.mark.parametrize(
    ("text", "options", "note"),
    [
        ("een heel wit, ongesneden", ("ongesneden",), ""),
        ("speltbrood niet gesneden", ("ongesneden",), ""),
        ("2 ons rosbief, dun gesneden", ("dun",), ""),
        ("bos rode rozen", ("rood",), ""),
        ("een pond belegen kaas aan het stuk", ("aan het stuk",), ""),
        ("2 haringen zonder uitjes", ("zonder uitjes",), ""),
        ("kipfilet 1 kilo per twee verpakt", (), "per twee verpakt"),
        ("3 avocado's, rijp", (), "rijp"),
        ("een komkommer voor mijn moeder", (), "voor mijn moeder"),
    ],
)
def test_options_and_notes(text: str, options: tuple[str, ...], note: str) -> None:
    line = only_line(text)
    assert line.product
    assert (line.options, line.note) == (options, note)


def test_without_onion_is_a_note_and_no_onion() -> None:
    line = only_line("4 gehaktballen zonder ui")
    assert (line.product, line.note) == ("slager/s04", "zonder ui")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("fles wijn", "alcohol"),
        ("kratje bier", "alcohol"),
        ("prosecco", "alcohol"),
        ("sjekkie", "tobacco"),
        ("zware van nelle", "tobacco"),
        ("doosje paracetamol", "medicine"),
        ("aspirine", "medicine"),
    ],
)
def test_restricted_goods_are_refused(text: str, kind: str) -> None:
    line = only_line(text)
    assert (line.refused, line.product) == (kind, None)


@pytest.mark.parametrize(
    "text", ["rode wijnazijn", "bierworst", "witte wijnsaus", "alcoholvrij bier", "alcoholvrije advocaat", "port salut 2 ons"]
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert [line.refused for line in heard(text).lines] == [None]


def test_never_silently_wrong_with_sauce() -> None:
    line = only_line("een bakje kibbeling met saus")
    assert line.product is None
    assert line.candidates[0] == "vis/v40"


def test_a_choice_settles_amount_and_options() -> None:
    line = only_line("3 liter melk")
    assert line.product is None
    chosen = settle(line, shelf().square.product_by_id["zuivel/z02"], shelf())
    assert (chosen.product, chosen.amount, chosen.unit, chosen.asks) == ("zuivel/z02", 3, "piece", None)
    bread = settle(only_line("een heel brood gesneden"), shelf().square.product_by_id["bakker/b05"], shelf())
    assert (bread.amount, bread.options, bread.note) == (1, ("gesneden",), "")


@pytest.mark.parametrize("words", ["{name}", "2 {name}", "een kilo uien, {name} en 2 komkommers"])
def test_every_product_is_understood_by_its_own_name(words: str) -> None:
    lost = []
    for product in shelf().square.products:
        lines = heard(words.format(name=product.name)).lines
        offered = {one for line in lines for one in line.candidates}
        if product.id not in offered and not (product.restricted and any(line.refused for line in lines)):
            lost.append(product.name)
    assert lost == []


def test_no_synonym_leads_silently_to_something_else() -> None:
    led_astray = []
    for product in shelf().square.products:
        for name in product.synonyms:
            taken = [line.product for line in heard(name).lines if line.product]
            if taken and product.id not in taken and not shares(name, product.id):
                led_astray.append((name, taken))
    assert led_astray == []


def shares(name: str, product_id: str) -> bool:
    """Whether another product of the square bears the same synonym."""
    return any(name in other.synonyms for other in shelf().square.products if other.id != product_id)


def test_what_is_said_twice_in_the_same_words_is_two_lines_of_the_same() -> None:
    first, beside, second = heard("een pond uien, 2 komkommers, een pond uien").lines
    assert first == second
    assert first is not second
    assert beside.product != first.product
