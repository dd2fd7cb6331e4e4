"""How people write: in a region, with little Dutch, with one thumb, as a list. Read as the same order in plain words.

Each case is an amount and a product of the sample square per line; "?" stands before what is only offered.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from reading_help import MONDAY, heard, told

from catalog.reading.standard import standard


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Mogge, doet mijn maar un pondje gehak half om half en un bossie wortele", "500 Gehakt half-om-half; 1 Bospeen"),
        ("doet mij een bloemkool en 2 komkommers", "1 Bloemkool; 2 Komkommer"),
        ("geeft ons maar 2 bloemkolen", "2 Bloemkool"),
        ("hallo brengt mie moar 2 bloemkolen", "2 Bloemkool"),
        ("ik most nog een bloemkool hebbe", "1 Bloemkool"),
        ("wie mouten nog 2 komkommers", "2 Komkommer"),
        ("kuj mie mayonaise en 2 komkommers brengn", "1 Mayonaise; 2 Komkommer"),
        ("2 kilo aard apels, vast kokend", "2000 Vastkokende aardappelen"),
        ("een half pond kaas, old", "250 Oude kaas"),
        ("walnoten ons of 2", "200 Walnoten"),
        ("6 kiwi,s en 2 avocado,s", "6 Kiwi's; 2 Avocado"),
        ("tomaten1kg uien2kg krentenbollen4", "1000 Tomaten; 2000 Uien; 4 Krentenbollen"),
        ("500 gr gehakt h-o-h", "500 Gehakt half-om-half"),
        ("1 kg (één kilo) bananen en twee(2) komkommers", "1000 Bananen; 2 Komkommer"),
        ("1. bloemkool 2. krop sla 2x 3. uien 1 kg", "1 Bloemkool; 2 Kropsla; 1000 Uien"),
        ("graag: 1. krop sla 2. komkommer", "1 Kropsla; 1 Komkommer"),
        ("fawaka boss 2 bloemkolen", "2 Bloemkool"),
        ("Selam, 2 bloemkolen, shukran!", "2 Bloemkool"),
        ("hoi lieverd 2 bloemkolen", "2 Bloemkool"),
        ("hi, i want 2 komkommers and 1 kilo uien pls, thank you", "2 Komkommer; 1000 Uien"),
        ("guten tag, 2 bloemkolen bitte, danke", "2 Bloemkool"),
        ("2 bloemkolen bedankt", "2 Bloemkool"),
        ("2 bloemkolen dankewel groetjes an", "2 Bloemkool"),
        ("2 bloemkolen grt mieke", "2 Bloemkool"),
        ("2 bloemkolen. Ajuus!", "2 Bloemkool"),
        ("2 bloemkolen en1 komkommer", "2 Bloemkool; 1 Komkommer"),
        ("2 harinkies", "2 Haring"),
        ("unne roeje koel en ein wiete koel", "1 Rode kool; 1 Witte kool"),
        ("2 zakken boerenmoes", "2 Boerenkool"),
        ("3 kip snitsels en 1 aubersjine", "3 Kipschnitzel; 1 Aubergine"),
        ("tweekilo uien en een pondspruiten", "2000 Uien; 500 Spruiten"),
        ("250 garm brie en 2 klio uien", "250 Brie; 2000 Uien"),
        ("1'5 kilo uien", "1500 Uien"),
        (",5 kilo prei", "500 Prei"),
        ("5oo gram prei en 1O mandarijnen", "500 Prei; 800 Mandarijnen"),
        ("een 1/2 pond kersen", "250 Kersen"),
        ("bloemkool....2\nkomkommer.....3", "2 Bloemkool; 3 Komkommer"),
        ("uien 1kg (rode) en mosterd 1 (zaanse)", "1000 Rode uien; 1 Zaanse mosterd"),
        ("komkommers 2 niet zulke grote", "2 Komkommer"),
        ("papa zegt 1 kilo gehakt half half", "1000 Gehakt half-om-half"),
        ("hoi mama vraagt om een bloemkool", "1 Bloemkool"),
        ("gehakt 50/50 een pond", "500 Gehakt half-om-half"),
        ("ik wil wat besteln 2 komkommurs", "2 Komkommer"),
        ("mag ik asjubleeft 2 komkommers", "2 Komkommer"),
        ("2 🥦 en 1 🥒", "800 Broccoli; 1 Komkommer"),
        ("3 🥒 komkommers <3", "3 Komkommer"),
        ("2 bloemkolen tel 06-12345678", "2 Bloemkool"),
        ("tel 06 12 34 56 78 2 bloemkolen", "2 Bloemkool"),
        ("naam: jan\nadres: dorpsstraat 4\n2 bloemkolen", "2 Bloemkool"),
        ("appartement 3 2 bloemkolen", "2 Bloemkool"),
        ("owja nog komkommers 2", "2 Komkommer"),
        ("oliebollen 10, met krenten", "10 Oliebollen met krenten"),
        ("doperwten, graag met worteltjes, en een bloemkool", "1 Doperwten met worteltjes; 1 Bloemkool"),
    ],
)
def test_it_is_the_same_order(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("dat doet mij denken aan bloemkool", ""),
        ("bedankt voor de 2 bloemkolen", ""),
        ("ik hou van 🧀", ""),
        ("mijn vrouw zegt 3", ""),
        ("3/4 pond kersen", "375 Kersen"),
        ("hoi jonge kaas een pond", "500 Jonge kaas"),
        ("die bloemkool doet ons goed", ""),
        ("doe maar mie en een bloemkool", "1 Mie; 1 Bloemkool"),
        ("bloemkool 1. kropsla 2. komkommer 3.", "1 Bloemkool; 2 Kropsla; 3 Komkommer"),
        ("4 (vijf) krentenbollen", "- Krentenbollen"),
        ("toastjes, met knoflook", "1 Toastjes; 1 ?Knoflook"),
        ("toastjes, met wat brie erbij", "1 Toastjes; - Brie"),
        ("1 1/2 pond kersen", "750 Kersen"),
        ("bloemkool...2 komkommers", "1 Bloemkool; 2 Komkommer"),
        ("een literpak vanillevla", "1 Vanillevla"),
        ("7up blikje 2", "2 7up blikje"),
        ("een kilo uien, met een bosje peterselie", "1000 Uien; 1 Peterselie"),
    ],
)
def test_what_only_looks_like_it_stays_as_it_is(text: str, lines: str) -> None:
    assert told(text) == lines


def test_the_first_part_of_a_compound_is_as_in_the_dictionary() -> None:
    assert standard("kesjoenoten") == "cashewnoten"
    assert standard("komkommersalade") == "komkommersalade"


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("di graag 2 bloemkolen", 1),
        ("Hoi! Wo graag 2 bloemkolen", 2),
        ("graag za. 2 bloemkolen", 5),
        ("2 bloemkolen graag vr", 4),
        ("bloemkool 2x vr. Bel even vooraf", 4),
        ("2 bloemkolen do", 3),
        ("do graag 2 bloemkolen", 3),
        ("bloemkolen 2 do.", 3),
        ("a.s. vrij 2 bloemkolen", 4),
        ("2 bloemkolen v za", 5),
        ("overmorge 2 bloemkolen", 2),
        ("2 bloemkolen 27/11 om 15u", 4),
        ("2 bloemkolen do-middag", 3),
        ("2 bloemkolen vrijd", 4),
    ],
)
def test_a_day_cut_short_is_a_day(text: str, ahead: int) -> None:
    reading = heard(text)
    assert reading.when
    assert reading.when.day == MONDAY.date() + timedelta(days=ahead)
    assert told(text) == "2 Bloemkool"


@pytest.mark.parametrize(
    "text", ["tulpen vr. mijn moeder", "2 bloemkolen groetjes do", "zo graag 2 bloemkolen", "do mij 2 bloemkolen"]
)
def test_what_is_short_for_something_else_is_no_day(text: str) -> None:
    assert heard(text).when is None


@pytest.mark.parametrize("text", ["krop sla niet zo'n grote", "krop sla, niet al te grote", "krop sla niet te grote"])
def test_what_it_must_not_be_is_kept(text: str) -> None:
    assert [(line.product, line.kept) for line in heard(text).lines] == [("groenteboer/g25", ("niet te grote",))]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("ik bedoel broccoli niet bloemkool", "replace"),
        ("moet broccoli zijn niet bloemkool", "replace"),
        ("broccoli niet bloemkool", "replace"),
        ("bloemkool niet broccoli wel", "replace"),
        ("haal bloemkool deraf", "remove"),
        ("bloemkool schrappe", "remove"),
        ("bloemkool cancel", "remove"),
        ("broccoli maar niet te grote", "add"),
    ],
)
def test_a_change_without_marks_is_heard(text: str, op: str) -> None:
    (line,) = heard(text, "groenteboer/g10").lines
    assert (line.op, line.product) == (op, "groenteboer/g10" if op == "remove" else "groenteboer/g11")
