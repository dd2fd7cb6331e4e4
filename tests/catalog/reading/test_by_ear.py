"""What is spoken, spelt by ear, said in a dialect or cut short: read as the same order in the language of the dictionary.

Each case is an amount and a product of the sample square per line; "?" stands before what is only offered, "-" for an amount
that is still to be asked.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from reading_help import MONDAY, heard, told

from catalog.reading.split import clauses
from catalog.reading.spoken import as_typed
from catalog.reading.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "ja hallo ik wou bestellen eh twee pakken volle melk nee doe maar drie en eh wat was het ook alweer o ja een bosje"
            " peterselie dat was het",
            "3 Volle melk; 1 Peterselie",
        ),
        ("een kilo kipfilet punt een pak rijst punt nee twee pakken rijst punt", "1000 Kipfilet; 2 Witte rijst"),
        ("nieuwe regel een heel wit nieuwe regel zes eieren", "1 Wit brood heel; 1 Eieren 6 stuks"),
        ("drie avocado's en een courgette punt uit", "3 Avocado; 1 Courgette"),
        ("eieren tien stuks streepje een pak boter streepje een beker slagroom", "1 Eieren 10 stuks; 1 Roomboter; 1 Slagroom"),
        ("drie pakken halfvolle melk puntkomma een pakje boter", "3 Halfvolle melk; 1 Roomboter"),
        ("roggebrood 1 stop oude kaas pond stop", "1 Roggebrood; 500 Oude kaas"),
        ("zal ik eens even kijken ja een pak wc papier en een keuken rol", "1 Toiletpapier; 1 Keukenrol"),
        ("ik spreek even in een brood volkoren heel", "1 Volkoren brood heel"),
        ("een kilo bleek selderij punt volgende een fles ketchup", "- Bleekselderij; 1 Tomatenketchup"),
        ("even denken hoor een speltbrood", "1 Speltbrood"),
        ("twee pak ken karnemelk en een half je wit", "2 Karnemelk; 1 Wit brood half"),
        ("2 komma 5 kilo uien", "2500 Uien"),
        ("vier appel punten", "4 Appelgebakje"),
        ("ja doe maar een bloemkool en twee komkommers", "1 Bloemkool; 2 Komkommer"),
        ("eens kijken wat hebben we nodig uh twee bloemkolen en een krop sla verstuur", "2 Bloemkool; 1 Kropsla"),
        ("ik pak even het lijstje erbij ja een pak suiker", "1 Suiker"),
        ("mijn vrouw zegt nog een doosje eieren van tien", "1 Eieren 10 stuks"),
        ("een bakje champignons punt met vriendelijke groet johan", "1 Champignons"),
        ("een bloemkool punt dankjewel", "1 Bloemkool"),
        ("ik had graag een knolselderij gehad en een pond nee een kilo uien", "1 Knolselderij; 1000 Uien"),
        ("twee citroenen en sla zeg ik nou ijsbergsla", "2 Citroenen; 1 IJsbergsla"),
        ("vier citroenen en een pak suiker en dan kan ik cake bakken", "4 Citroenen; 1 Suiker"),
        ("een krop sla drie nee vier komkommers", "1 Kropsla; 4 Komkommer"),
        ("een pakje roomboter nee twee pakjes een pak suiker", "2 Roomboter; 1 Suiker"),
        ("een pak vanillevla nee wacht chocoladevla twee pakken chocoladevla", "2 Chocoladevla"),
    ],
)  # fmt: skip
def test_what_was_spoken_is_read_as_if_it_were_typed(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "wat hebben we nodig voor hutspot",
        "wat heb ik nodig",
        "een punt appeltaart",
        "stop maar met mijn bestelling",
        "ik wil stoppen",
        "wie bezorgt er",
        "een punt.",
    ],
)
def test_what_is_no_spoken_mark_stays_as_it_is(text: str) -> None:
    assert as_typed(tokenize(text)) == tokenize(text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("moi, ik wol geern twie krintenbollen en zes bollechies wit", "2 Krentenbollen; 6 Witte bolletjes"),
        ("mag ik oe vroagen um vief broene bolle", "5 Bruine bolletjes"),
        ("doe mien moar un pund tomoaten en ne krop sloa", "500 Tomaten; 1 Kropsla"),
        ("veur mie een pak suker en 'n bossie pieterselie", "1 Suiker; 1 Peterselie"),
        ("ge moogt mij zes pistolekes brengen", "6 Pistolets"),
        ("zou ik bie oe twee liter karmelk kriegen", "2 Karnemelk"),
        ("doe os mer drei pond prumme", "1500 Pruimen"),
        ("dree kilo krumige eerappels", "3000 Kruimige aardappelen"),
        ("brengt d'r mar unnen bak kibbeling bij", "1 Kibbeling"),
        ("Ich haw geer twië liter karnemelk", "2 Karnemelk"),
        ("wie mossen nog ein kilo suker", "1 Suiker"),
        ("nog ne kilo patatten", "1000 ?Frieslanders"),
        ("4 baaltjes heui veur de knienen", "4 Hooi"),
        ("kan je mij een kilo juun bezorge", "1000 Uien"),
        ("breng moar een tuutje zolt", "1 Zout"),
        ("we wouden graag een ons poaling, gereukte", "100 Gerookte paling"),
    ],
)
def test_dialect_is_read(text: str, lines: str) -> None:
    assert told(text) == lines


def test_who_asks_in_a_dialect_is_no_question() -> None:
    assert heard("wie hebt neudig 2 komkommers").intent == "order"
    assert heard("wie hebben jullie als bakker?").intent == "question"


def test_a_greeting_before_a_day_is_no_eve() -> None:
    reading = heard("ja dag voor morgen vier croissants")
    assert reading.when
    assert reading.when.day == MONDAY.date() + timedelta(days=1)


def test_who_asks_what_it_is_called_asks() -> None:
    assert as_typed(tokenize("hoe heet dat brood")) == tokenize("hoe heet dat brood")


def test_noodles_stay_noodles() -> None:
    assert told("doe maar mie en een ui") == "1 Mie; 150 Uien"
    assert told("een pak mie") == "1 Mie"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("sjampieonnen 2 bakjus, koerzjet 3", "2 Champignons; 3 Courgette"),
        ("majeneeze en fritesous", "1 Mayonaise; 1 Fritessaus"),
        ("4 pistoletjus en 1 siabatta", "4 Pistolets; 1 Ciabatta"),
        ("6 kwassants, 1 sjampoe", "6 Roomboter croissant; 1 Shampoo"),
        ("kaasbroodjus 2 sausijzen broodjus 3", "2 Kaasbroodje; 3 Saucijzenbroodje"),
        ("ik hep nodug 6 krentebolle", "6 Krentenbollen"),
        ("half pontje gerookte paaling, 2 tompoesen", "250 Gerookte paling; 2 Tompouce"),
        ("3 sosijzebroodjes en een haffie volkooren", "3 Saucijzenbroodje; 1 Volkoren brood half"),
        ("tjips paprika", "1 Chips paprika"),
        ("bri 2 ons", "200 Brie"),
        ("hooi, ik wil graach 2 krobsla", "2 Kropsla"),
        ("2 pakken wcpapier en tampasta en een tandeborsel", "2 Toiletpapier; 1 Tandpasta; 1 Tandenborstel"),
        ("een pond augurcken en een kilo ujen", "- Augurken; 1000 Uien"),
    ],
)
def test_what_is_spelt_by_ear_is_read(text: str, lines: str) -> None:
    assert told(text) == lines


def test_beef_may_be_any_beef() -> None:
    assert told("300 gram rundvlees").startswith("300 ?")


def test_half_a_pound_of_mince_is_not_half_beef_half_pork() -> None:
    assert told("een half pond gehakt").startswith("250 ?")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("500 gr geh. hoh", "500 Gehakt half-om-half"),
        ("2 pnd kruim aardapp", "1000 Kruimige aardappelen"),
        ("1 bl tonijn, 1 zk chips pap, 2x wc pap", "1 Tonijn in blik; 1 Chips paprika; 2 Toiletpapier"),
        ("sperz bonen 500gr, ontb.koek 1", "500 Sperziebonen; 1 Ontbijtkoek"),
        ("zonnebl.olie 1", "1 Zonnebloemolie"),
        ("250 gr jong bel. kaas", "250 Jong belegen kaas"),
        ("2 bk champ", "2 Champignons"),
        ("3 rode pap.", "3 Rode paprika"),
        ("2 kg aardappels vast kokende", "2000 Vastkokende aardappelen"),
        ("1 pk ongez. rb", "1 ?Roomboter"),
        ("6 krentenb.", "6 ?Krentenbrood"),
        ("1 pt aardbeienj", "1 ?Aardbeienjam"),
        ("4 sauc.br.", "4 ?Saucijzenbroodje"),
        ("choc.melk 2", "2 Chocolademelk"),
        ("boteram worst 1 ons", "100 Boterhamworst"),
        ("500 gr broc", "500 ?Broccoli"),
    ],
)
def test_what_is_cut_short_is_read_or_offered(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize("text", ["glorix. ajax. keukenrol.", "een pak tissues. brood heb ik nog", "prei. een pond uien"])
def test_a_stop_behind_a_whole_word_stays_a_stop(text: str) -> None:
    assert len(clauses(tokenize(text))) > 1


def test_whoever_is_young_and_calls_is_no_cheese() -> None:
    assert told("een rol aluminiumfolie en of de jongen even aan wil bellen") == "1 Aluminiumfolie"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ik wil vierj kilo uien", "- Uien"),
        ("prei pond, witlof kilo", "500 Prei; 1000 Witlof"),
        ("lekker pond uien", "500 Uien"),
        ("een speltbrood en pond uien", "1 Speltbrood; 500 Uien"),
    ],
)
def test_a_number_that_nobody_knows_is_asked_and_never_one(text: str, lines: str) -> None:
    assert told(text) == lines


def test_two_measures_of_two_goods_are_no_sum() -> None:
    assert told("spare rips 2 kielo en 1 pont huzare salade") == "2000 Spareribs; 500 Huzarensalade"
    assert told("kaas oude 2 kilo en 1 pond brie") == "2000 Oude kaas; 500 Brie"
    assert told("een kilo en een pond uien") == "1500 Uien"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("oude kaas ons, leverworst ons", "100 Oude kaas; 100 Leverworst"),
        ("6 bruine bolletjes, ons cervelaat", "6 Bruine bolletjes; 100 Cervelaat"),
        ("2 ons cervelaat", "200 Cervelaat"),
        ("kunt u ons een bloemkool brengen", "1 Bloemkool"),
    ],
)
def test_an_ons_by_itself_is_a_weight(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize("text", ["k melk 2", "2 k melk", "k.melk 2", "2 kmelk"])
def test_buttermilk_by_its_first_letter(text: str) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == [("zuivel/z03", 2)]
