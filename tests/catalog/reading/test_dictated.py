"""Spoken without a pause: where talk ends and goods begin, what is said twice, and what is put right on the way."""

from __future__ import annotations

import pytest
from reading_help import heard


@pytest.mark.parametrize(
    ("text", "products"),
    [
        (
            "ja ik sta in de stal dus ik hou het kort twee pakken volle melk en een doos van tien eieren",
            ["zuivel/z02", "zuivel/z51"],
        ),
        (
            "hoi met mij weer ik was gisteren wat vergeten twee flessen cola en een zak chips paprika",
            ["kruidenier/w03", "kruidenier/w151"],
        ),
        (
            "dit is een bericht voor de kruidenier ik wil een pak suiker en voor de zuivel tien eieren ik ga cake bakken",
            ["kruidenier/w52", "zuivel/z51"],
        ),
        ("een pak luiers maat vier en ik dacht nog iets maar dat weet ik niet meer laat maar zitten", ["drogist/d45"]),
        ("ik zit in de bus even snel een heel volkoren en zes krentenbollen", ["bakker/b01", "bakker/b20"]),
    ],
)
def test_talk_before_and_behind_goods_leaves_them_ordered(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


@pytest.mark.parametrize(
    "text",
    [
        "ik kreeg vorige week twee broden en een kaas en een pond gehakt en dat was lekker",
        "ik zie dat jullie twee flessen cola en een zak chips in de aanbieding hebben",
        "ik was bij de buurvrouw en die had twee flessen cola en een zak chips op tafel staan",
        "wij eten morgen met zijn vieren twee pizza's en een salade en een fles wijn",
        "ik sta bij de kassa met twee flessen cola en een zak chips en mijn pas doet het niet",
    ],
)
def test_goods_that_are_only_told_of_stay_told(text: str) -> None:
    assert all(line.product is None for line in heard(text).lines)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("een net mandarijnen een broccoli een bloemkool een broccoli had ik al gezegd en een kilo bananen", 4),
        ("een rode kool en vier hamlappen en die rode kool had ik al gezegd he ja eentje", 2),
        ("een rol vuilniszakken en een afwasmiddel had ik de vuilniszakken al gezegd", 2),
        ("een komkommer en een bosje radijs en een komkommer maar die zei ik al geloof ik een komkommer dus", 2),
        ("twee pakken halfvolle melk twee pakken halfvolle melk en een komkommer", 2),
        ("drie ons komijnekaas drie ons komijnekaas ja", 1),
        ("twee pakken halfvolle melk en nog twee pakken halfvolle melk", 2),
    ],
)
def test_what_was_said_before_is_ordered_once(text: str, amounts: int) -> None:
    lines = heard(text).lines
    assert len(lines) == amounts
    assert all(line.product for line in lines)


@pytest.mark.parametrize(
    ("text", "products"),
    [
        (
            "drie slavinken en drie hamburgers en een pond boontjes sperziebonen bedoel ik en het is voor donderdag",
            ["slager/s05", "slager/s10", "groenteboer/g60"],
        ),
        (
            "doe drie ons belegen nee wacht jong belegen bedoel ik drie ons jong belegen kaas en een bolletje knoflook",
            ["kaas/k02", "groenteboer/g38"],
        ),
        ("geen koekjes maar wel een komkommer en een krop sla", ["groenteboer/g50", "groenteboer/g25"]),
    ],
)
def test_what_is_put_right_leaves_the_rest(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


def test_a_basket_may_hold_what_is_no_longer_sold() -> None:
    assert [line.product for line in heard("een komkommer", "kaas/gone").lines] == ["groenteboer/g50"]


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("zes krentenbollen nee wacht doe er maar acht want de kinderen komen en een half pond jong belegen", [8, 250]),
        ("zes croissants, nee acht want mijn zus komt, en een komkommer", [8, 1]),
        ("een bosje bieslook een pakje soepgroente twee pakjes soepgroente maar", [1, 2]),
        ("krieltjes twee zakjes krieltjes is dat genoeg voor zes ja dat is wel genoeg", [2]),
        ("bospeen ja bospeen twee bossen en een bloemkool", [2, 1]),
        ("ze mag wel roggebrood zei ze. Een roggebrood dan, en een komkommer", [1, 1]),
        ("een roggebrood gesneden en een roggebrood ongesneden", [1, 1]),
    ],
)
def test_the_amount_said_last_holds_and_nothing_behind_it_is_lost(text: str, products: list[int]) -> None:
    lines = heard(text).lines
    assert [line.amount for line in lines] == products
    assert all(line.product for line in lines)


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("een komkommer en nee geen olijven die heb ik nog en een bloemkool", ["groenteboer/g50", "groenteboer/g10"]),
        ("2 komkommers, kaas heb ik nog", ["groenteboer/g50"]),
        ("zes krentenbollen en geen gevulde koeken dit keer want daar hou ik niks aan over", ["bakker/b20"]),
        ("Henk neemt het vlees mee en Ria haar huzarensalade. Voor mij 6 witte bolletjes", ["bakker/b21"]),
        ("Kees neemt het bier mee, Ad de bitterballen. 2 zakken paprikachips graag", ["kruidenier/w151"]),
        ("oma koopt de chocoladeletters en de buren doen de pepernoten. 2 komkommers graag", ["groenteboer/g50"]),
        ("brengt u mij 2 haringen", ["vis/v01"]),
        ("een komkommer, maakt niet uit welke", ["groenteboer/g50"]),
        ("een bakje olijven en een komkommer, nee geen olijven die heb ik nog", ["groenteboer/g50"]),
    ],
)
def test_what_is_there_already_or_brought_by_others_is_not_ordered(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("een pak zelfrijzend bakmeel en rozijnen voor de taart die ik zelf ga maken", ["kruidenier/w51", "kruidenier/w64"]),
        ("een bakje aardbeien kan zeker nog niet hè nou doe dan maar blauwe bessen twee bakjes", ["groenteboer/g106"]),
        ("nou daar gaan we dan een stuk boterkoek een pak filterkoffie en koffiefilters de hele club komt langs",
         ["bakker/b68", "kruidenier/w70", "kruidenier/w80"]),
        ("ik heb de lijst van haar moeder gekregen: kindertandpasta, knakworst en chocopasta",
         ["drogist/d11", "kruidenier/w117", "kruidenier/w38"]),
        ("kalkoenfilet 300g. witlof 500g. geraspte kaas 1. achterham 1 ons.",
         ["slager/s46", "groenteboer/g21", "kaas/k19", "slager/s60"]),
        ("wij doen vanavond alvast een beetje kerst", []),
    ],
)  # fmt: skip
def test_a_spoken_list_is_whole(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


def test_the_amount_stays_when_only_the_pack_is_put_right() -> None:
    (line,) = heard("wil je twee pakken tonijn nee blikken tonijn bedoel ik").lines
    assert (line.product, line.amount) == ("kruidenier/w115", 2)


@pytest.mark.parametrize("text", ["een halfje", "een halfje, gesneden, en een komkommer"])
def test_a_halfje_is_half_a_loaf(text: str) -> None:
    assert {"bakker/b02", "bakker/b04", "bakker/b06"} <= set(heard(text).lines[0].candidates)


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("twee bakjes kruidenroomkaas en verder niks nee toch nog een komkommer", ["kaas/k51", "groenteboer/g50"]),
        ("stoofperen twee kilo en laurier nou laurier heb ik zelf staan en rode kool een grote",
         ["groenteboer/g94", "groenteboer/g15"]),
        ("vier komkommers mijn schoonzus eet mee en een bakje remouladesaus", ["groenteboer/g50", "vis/v44"]),
        ("appelsap vier flessen en een kilo bananen vorige keer waren die heel groen", ["boerderij/h10", "groenteboer/g95"]),
        ("doe er ook een knolselderij bij dus een knolselderij", ["groenteboer/g63"]),
        ("de lijst ligt hier eh gehakt half om half een kilo en twee knoflook", ["slager/s01", "groenteboer/g38"]),
        ("vanavond geen gedoe: 4 gehaktballen, een pot appelmoes", ["slager/s04", "kruidenier/w100"]),
        ("10 witte bolletjes, voor tienen ivm ontbijt", ["bakker/b21"]),
        ("ik had om jong belegen gevraagd en kreeg oude kaas, die kan ik niet eten", []),
        ("trots op onze moestuin: prei, boerenkool en 3 pompoenen staan er nog", []),
        ("mag ik de kerststerren ook zelf ophalen", []),
        ("vandaag maar weer normaal doen", []),
    ],
)  # fmt: skip
def test_what_else_is_said_aloud(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products
