"""Changes of the basket told in passing: with a reason right behind them, several at once, the long way round."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

MILK, MILK_WHOLE, BUTTERMILK, NUTS, WALNUTS = "zuivel/z01", "zuivel/z02", "zuivel/z03", "kaas/k61", "groenteboer/g113"
SOUP, RYE, WHITE, BROWN, BROWN_HALF = "slager/s80", "bakker/b09", "bakker/b03", "bakker/b05", "bakker/b06"
COOKIE, MOORKOP, TART, ROLL = "bakker/b60", "bakker/b45", "bakker/b42", "bakker/b20"
STICK_WHITE, STICK_BROWN, TOAST = "bakker/b24", "bakker/b25", "kaas/k63"
RED, GREEN, AVOCADO = "groenteboer/g53", "groenteboer/g54", "groenteboer/g111"
SALAD, SAUSAGE, SLAVINK, MINCE, STEAK = "slager/s82", "slager/s08", "slager/s05", "slager/s01", "slager/s20"
COFFEE, TEA, PLAIN, PAPRIKA = "kruidenier/w70", "kruidenier/w76", "kruidenier/w150", "kruidenier/w151"
ROSES, TULIPS, BOUQUET, HERRING, MUSSELS = "bloemist/f01", "bloemist/f02", "bloemist/f04", "vis/v01", "vis/v27"


@pytest.mark.parametrize(
    ("text", "basket", "gone"),
    [
        ("haal de melk er maar af die koop ik wel bij de action", (MILK, NUTS), [MILK]),
        ("haal de melk en de noten er maar af die koop ik wel bij de action", (MILK, NUTS, WHITE), [MILK, NUTS]),
        ("die snert hoeft niet meer oma heeft zelf gemaakt!! roggebrood laten staan hoor", (SOUP, RYE), [SOUP]),
        ("wc papier hoeft niet meer was in de aanbieding bij de super. rest laten staan", ("kruidenier/w180", RYE), None),
        ("annuleer gevulde koek pls schoonma heeft zelf gemaakt", (COOKIE, MILK), [COOKIE]),
        ("schrap de gevulde koek en de moorkop", (COOKIE, MOORKOP), [COOKIE, MOORKOP]),
        ("tandpasta en shampoo kunnen eruit mn dochter heeft al wat gehaald", ("drogist/d10", "drogist/d01"), None),
        ("moeder is opgenomen dus die taart hoeft niet meer de bloemen laten staan", (TULIPS, TART), [TART]),
        ("de moorkop gaat niet door", (MOORKOP, MILK), [MOORKOP]),
        ("Die gevulde koek gaat eraf en de moorkop ook, ik heb net de dokter gehad", (COOKIE, MOORKOP), [COOKIE, MOORKOP]),
        ("ik had huzarensalade besteld. haal m er maar af", (SALAD, MILK), [SALAD]),
        ("het grote boeket is me te duur haal dat er maar af", (BOUQUET, MILK), [BOUQUET]),
        ("Die paprika's, mijn man krijgt er last van, haal ze allebei maar weg", (RED, GREEN, WHITE), [RED, GREEN]),
        ("Doe alleen de chocoladevla weg en laat de vanille.", ("zuivel/z20", "zuivel/z21"), ["zuivel/z21"]),
        ("Nummer 2 eraf en nummer 3 ook", (MILK, NUTS, SOUP), ["#2", SOUP]),
    ],
)
def test_what_goes_out(text: str, basket: tuple[str, ...], gone: list[str] | None) -> None:
    expected = gone if gone is not None else [one for one in basket if one != RYE]
    assert [(line.op, line.target) for line in heard(text, *basket).lines] == [("remove", one) for one in expected]


@pytest.mark.parametrize(
    ("text", "basket", "counts"),
    [
        ("Ik typte 1 avocado geloof ik maar bedoelde er 3", (AVOCADO, MILK), [(AVOCADO, 3)]),
        ("de gemengde noten worden twee zakken en van de melk ook", (NUTS, MILK), [(NUTS, 2), (MILK, 2)]),
        ("biefstuk 4 ons ipv wat er nu staat en de melk op 5", (STEAK, MILK), [(STEAK, 400), (MILK, 5)]),
        ("krentenbollen kan op 3 zakken gezet worden anders zit ik zo weer zonder", (ROLL, MILK), [(ROLL, 3)]),
        ("gehakt toch maar anderhalf pond we eten met zn vijven en de jongens eten als wolven", (MINCE, MILK), [(MINCE, 750)]),
        ("krentenbollen x3 ipv 1 & melk ook x3", (ROLL, MILK), [(ROLL, 3), (MILK, 3)]),
        ("maak er maar twee pakken koffie van het bezoek drinkt als een ketter", (COFFEE, MILK), [(COFFEE, 2)]),
        ("karnemelk twee pakken maken", (BUTTERMILK, MILK), [(BUTTERMILK, 2)]),
        ("kernemelk mot 4 pakke weze, ik drink d'r zo twee op een dag", (BUTTERMILK, MILK), [(BUTTERMILK, 4)]),
        (
            "er staat dat ik 1 avocado heb, maar dat moeten er drie zijn, want het is voor de klas",
            (AVOCADO, MILK),
            [(AVOCADO, 3)],
        ),
        ("bij de gemengde noten staat 1, maar dat moeten er natuurlijk 2 zijn", (NUTS, MILK), [(NUTS, 2)]),
        ("beide broodjes naar 5 stuks", ("bakker/b30", "bakker/b31"), [("bakker/b30", 5), ("bakker/b31", 5)]),
        ("De haring zonder ui graag, en maak er meteen twee van", (HERRING, MILK), [(HERRING, 2)]),
    ],
)
def test_what_is_counted_anew(text: str, basket: tuple[str, ...], counts: list[tuple[str, int]]) -> None:
    assert [(line.op, line.target, line.amount) for line in heard(text, *basket).lines] == [("set", *one) for one in counts]


@pytest.mark.parametrize(
    ("text", "basket", "old", "new"),
    [
        ("Van die filterkoffie groene thee maken aub, mijn vrouw leest mee", (COFFEE, MILK), COFFEE, TEA),
        ("zet die hele bruine maar om in een halve, we zijn maar met zn tweeen", (BROWN, MILK), BROWN, BROWN_HALF),
        ("Ik heb per ongeluk paprikachips aangeklikt, moet naturel zijn", (PAPRIKA, RYE), PAPRIKA, PLAIN),
        ("ik heb per ongeluk paprikachips aangetikt moet naturel zijn!!!", (PAPRIKA, RYE), PAPRIKA, PLAIN),
        ("Mijn man zegt dat halfvolle melk niks is, kan dat volle melk worden?", (MILK, RYE), MILK, MILK_WHOLE),
        ("Wij eten toch geen zuurkool. Ruil die maar voor boerenkool", ("groenteboer/g18", SAUSAGE), "groenteboer/g18", None),
        ("doe maar bruin stokbrood ipv dat witte", (WHITE, STICK_WHITE, TOAST), STICK_WHITE, STICK_BROWN),
    ],
)
def test_one_for_another(text: str, basket: tuple[str, ...], old: str, new: str | None) -> None:
    line = only_line(text, *basket)
    assert (line.op, line.target, line.product) == ("replace", old, new or "groenteboer/g13")


def test_what_was_told_of_becomes_something_else() -> None:
    line = heard("Sorry, de rozen ruiken zo sterk, mag het een bos tulpen worden?", ROSES, MILK).lines[-1]
    assert (line.op, line.target, line.product) == ("replace", ROSES, TULIPS)


def test_how_many_come_changes_nothing() -> None:
    lines = heard("We worden met zes ipv drie, dus nog een bak mosselen erbij", MUSSELS, RYE).lines
    assert [(line.op, line.target, line.amount) for line in lines] == [("more", MUSSELS, 1)]


def test_an_order_and_a_change() -> None:
    lines = heard("slavinken 4 stuks graag en de melk mag eraf", MILK, RYE).lines
    assert [(line.op, line.product, line.amount) for line in lines] == [("add", SLAVINK, 4), ("remove", MILK, None)]


def test_how_bread_must_be() -> None:
    line = only_line("Brood gesneden graag! Was ik vergeten erbij te zetten", "bakker/b01", ROLL)
    assert (line.op, line.target, line.options) == ("set", "bakker/b01", ("gesneden",))


def test_how_it_must_not_be() -> None:
    line = only_line("het brood mag niet te donker zijn", "bakker/b01", MILK)
    assert (line.op, line.target, line.note) == ("set", "bakker/b01", "niet te donker")


def test_how_it_need_not_be_is_an_option_too() -> None:
    line = only_line("het brood hoeft niet gesneden", "bakker/b01", MILK)
    assert (line.op, line.target, line.options) == ("set", "bakker/b01", ("ongesneden",))


@pytest.mark.parametrize(
    "text",
    [
        "dat brood hoeft niet per se heel te zijn",
        "laat de melk maar bij de buren staan",
        "zet de melk maar in de schuur",
        "de melk was vorige keer uit",
        "het statiegeld mag eraf",
        "de melk kan op de stoep gezet worden",
        "de melk was zuur, kan dat beter worden?",
        "de bezorger was te laat, mag dat voortaan om tien uur worden",
        "wel de melk laten staan hoor",
        "brood en melk laten staan",
    ],
)
def test_what_changes_nothing(text: str) -> None:
    assert heard(text, "bakker/b01", MILK).lines == ()
