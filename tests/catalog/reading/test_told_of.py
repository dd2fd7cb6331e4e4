"""What depends on something, is only told of, or is said again otherwise: never in the basket unasked."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line


@pytest.mark.parametrize(
    "text",
    [
        "als de aardbeien er zijn dan wil ik er 2 bakjes van",
        "als er nog komkommers zijn dan graag 2",
        "is de komkommer vers? zo ja, doe er dan 2",
        "4 slavinken en 2 komkommers, andersom bedoel ik",
        "2 ons zalm",
        "een boterham",
        "de kaas was lekker, 2 pakken halfvolle melk",
        "hebbe jullie ook glutevrij brood",
        "ik zoek straks even op wat we nog in huis hebben aan rijst en macaroni",
        "ik moet eerst kijken hoeveel bloem ik nog heb",
        "ik maak zaterdag zelf snert",
        "mijn buurman eet elke dag 2 haringen",
        "sinds ik bij jullie bestel eet ik veel meer groente",
        "misschien bestel ik morgen nog wat komkommers",
    ],
)
def test_what_depends_or_is_only_told_of_goes_into_no_basket(text: str) -> None:
    assert all(line.product is None or line.op != "add" for line in heard(text).lines)


@pytest.mark.parametrize(
    "text",
    [
        "complimenten aan de slager voor de rollade", "de hele familie komt zondag", "nee joh laat maar", "dikke kus",
        "even overleggen met mijn vrouw over de taart", "de kleinkinderen vochten om de laatste moorkop", "test test 123",
        "heel fijn dat het zo snel kan", "laat eens zien wat ik al besteld heb", "we bakken morgen een taart",
    ],
)  # fmt: skip
def test_talk_orders_nothing(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    ("text", "product", "amount"),
    [
        ("2 komkommers en een kruiwagen... laat maar, alleen de komkommers", "groenteboer/g50", 2),
        ("twee komkommers\nwacht, Jaap eet ook mee\ndrie komkommers dus", "groenteboer/g50", 3),
        ("een bos anjers... hm toch rozen, een bos rozen", "bloemist/f01", 1),
        ("een bos anjers, toch liever rozen", "bloemist/f01", 1),
        ("2 pakken halfvolle melk, doe toch maar karnemelk", "zuivel/z03", 2),
    ],
)
def test_the_last_word_counts(text: str, product: str, amount: int) -> None:
    line = only_line(text)
    assert (line.product, line.amount) == (product, amount)


@pytest.mark.parametrize(
    ("text", "op", "amount"),
    [
        ("mag ik daar nog een van", "more", 1),
        ("nog zo eentje", "more", 1),
        ("mag ik er nog 2 hebben", "more", 2),
        ("doe er daar nog maar twee van", "more", 2),
        ("dat was teveel, doe maar 3", "set", 3),
    ],
)
def test_more_of_the_last(text: str, op: str, amount: int) -> None:
    line = only_line(text, "bakker/b20", "bakker/b40")
    assert (line.op, line.target, line.amount) == (op, "last", amount)


@pytest.mark.parametrize(
    "text",
    ["kan de komkommer er nog af?", "laat maar die komkommer", "mag de komkommer er weer uit"],
)
def test_it_goes_out(text: str) -> None:
    line = only_line(text, "groenteboer/g50", "bakker/b20")
    assert (line.op, line.target) == ("remove", "groenteboer/g50")


@pytest.mark.parametrize("text", ["wijzig de komkommer in courgette", "kunt u van de komkommer courgette maken"])
def test_one_thing_is_made_another(text: str) -> None:
    line = only_line(text, "groenteboer/g50", "bakker/b20")
    assert (line.op, line.target, line.product) == ("replace", "groenteboer/g50", "groenteboer/g56")


@pytest.mark.parametrize("text", ["hoi met bart", "ik ben al 60 jaar klant", "pindakaas dat eet ik al 60 jaar elke ochtend"])
def test_names_and_years_are_no_goods(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("een zakje veldsla punt en een citroen punt", [("groenteboer/g28", 1), ("groenteboer/g99", 1)]),
        ("goeiemorgen met harm ik wil 2 komkommers", [("groenteboer/g50", 2)]),
        ("2 komkommers en een citroen, dat zijn 3 dingen", [("groenteboer/g50", 2), ("groenteboer/g99", 1)]),
        ("yo feestje zaterdag: 3 citroenen", [("groenteboer/g99", 3)]),
    ],
)
def test_what_stands_around_the_goods(text: str, said: list[tuple[str, int]]) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == said


@pytest.mark.parametrize(
    "text", ["overmorgen kan ik niet, liefst vrijdag. 2 komkommers", "donderdag ben ik er niet, vrijdag wel"]
)
def test_a_day_that_does_not_suit(text: str) -> None:
    when = heard(text).when
    assert when is not None
    assert str(when.day) == "2026-11-27"


@pytest.mark.parametrize(
    "text",
    [
        "brood hebben we nog", "ik heb 2 komkommers over", "2 komkommers nee grapje", "melk heb ik al",
        "dank voor de 2 broden",
        "kan ik de komkommers ook per stuk kopen",
    ],
)  # fmt: skip
def test_what_is_there_still_is_not_ordered(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    "text",
    [
        "2 komkommers, als ze in de aanbieding zijn",
        "een komkommer tenzij ze klein zijn",
        "stel dat ik 2 komkommers wil",
        "2 komkommers meer dan vorige week",
    ],
)
def test_a_condition_is_asked_about(text: str) -> None:
    assert all(line.product is None for line in heard(text).lines)


@pytest.mark.parametrize(
    "text", ["kaas voor 5 euro, maar niet te oud", "een pond kaas, niet te jong", "een stuk kaas, geen oude"]
)
def test_what_it_must_not_be_chooses_nothing(text: str) -> None:
    line = only_line(text)
    assert line.product is None
    assert len(line.candidates) > 1


def test_for_somebody_says_nothing_of_the_goods() -> None:
    assert only_line("een liter chocolademelk voor Timo").product == "zuivel/z10"


@pytest.mark.parametrize(
    "text",
    ["3 haring, 2 met uitjes 2 zonder", "10 eieren, of 12", "2 komkommers, of drie", "3 komkommers, 1 of 2 komkommers erbij"],
)
def test_two_amounts_of_one_thing_are_asked_about(text: str) -> None:
    assert all(line.asks for line in heard(text).lines)


@pytest.mark.parametrize(
    "around",
    ["in een papieren zak", ", tasje graag erbij", ", alvast een fijn weekend", ", de bel doet het niet", ", goed weekend"],
)
def test_what_is_said_to_the_courier_is_no_line(around: str) -> None:
    line = only_line(f"2 komkommers {around}")
    assert (line.product, line.amount) == ("groenteboer/g50", 2)


def test_people_make_no_goods_of_talk() -> None:
    assert heard("zondag komt de hele familie, 14 man, ik zie er nu al tegenop").lines == ()


@pytest.mark.parametrize("text", ["ik had er nog 2", "daar heb ik er nog 3 van", "we hebben er nog een"])
def test_what_somebody_has_changes_nothing(text: str) -> None:
    assert heard(text, "bakker/b20").lines == ()


def test_a_slice_is_no_slip_for_soup() -> None:
    assert all(line.product is None for line in heard("sneetjes").lines)


@pytest.mark.parametrize(
    "text",
    [
        "Recept van tante Riet: 500 gram bloem, 2 komkommers en een halve liter karnemelk. Lukt altijd!",
        "pannenkoeken bak ik altijd van 250 gram bloem en 2 eieren, geen mix voor nodig",
        "met die 2 roggebroden", "afwasmiddel nog half", "bloemkool nog niet", "boter en eieren heb ik",
        "worst haalt mijn man", "mijn dochter neemt al brood mee",
        "de vorige keer zaten er 2 kapotte eieren in het doosje, niet erg maar ik wilde het even zeggen",
        "is wasmiddel bij jullie nog in de aanbieding",
    ],
)  # fmt: skip
def test_what_there_is_already_and_how_it_is_made_orders_nothing(text: str) -> None:
    assert heard(text).lines == ()


def test_what_was_found_at_home_orders_nothing() -> None:
    assert heard("heb net de kast opgeruimd: 4 pakken macaroni, 3 pakken rijst").lines == ()


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("voor het recept heb ik nodig: 500 gram uien en 2 komkommers", ["groenteboer/g35", "groenteboer/g50"]),
        ("ik heb een lijstje gemaakt: 2 komkommers en een bloemkool", ["groenteboer/g50", "groenteboer/g10"]),
        ("komkommer op, bloemkool ook op. Dus die eerste twee", ["groenteboer/g50", "groenteboer/g10"]),
        ("nog een half wit", ["bakker/b04"]),
        ("de hond heeft het laatste wc papier opgevreten. Dus 1 pak wc papier", ["kruidenier/w180"]),
    ],
)
def test_an_order_beside_it_stays_an_order(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


@pytest.mark.parametrize(("text", "product"), [("mosterd, de zaanse", "kaas/k62"), ("mosterd erbij, de zaanse", "kaas/k62")])
def test_one_of_them_is_pointed_out(text: str, product: str) -> None:
    assert only_line(text).product == product


@pytest.mark.parametrize(
    "text", ["volgende keer neem ik een bos tulpen", "deze week sla ik over", "appeltje eitje, dat ding van u"]
)
def test_what_is_not_for_now_orders_nothing(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("waar het om gaat: doe mij maar snert", ["slager/s80"]),
        ("Zou de jongen mij twee komkommers en een ontbijtkoek kunnen brengen?", ["groenteboer/g50", "bakker/b63"]),
        (
            "ik hoef geen komkommer want die heb ik nog, maar wel een bloemkool en een roggebrood",
            ["groenteboer/g10", "bakker/b09"],
        ),
        ("reserveer voor mij een appeltaart", ["bakker/b42"]),
    ],
)
def test_what_is_asked_around_an_order(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


def test_a_packet_of_a_brand_is_tobacco() -> None:
    assert only_line("pakje drum").refused == "tobacco"


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("schrijf maar op 2 komkommers en een bloemkool", ["groenteboer/g50", "groenteboer/g10"]),
        ("een kilo uien en een appeltaart want die zelf bakken is me te veel werk", ["groenteboer/g35", "bakker/b42"]),
        ("Bakker\n2 krentenbollen\nSlager\n1 rookworst\nGroente\n1 bloemkool", ["bakker/b20", "slager/s08", "groenteboer/g10"]),
        ("het is een tijd geleden dat we moorkoppen hadden. Doe er maar vijf, mijn vrouw is jarig", ["bakker/b45"]),
    ],
)
def test_a_list_and_what_stands_around_it(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


def test_how_much_of_what_was_just_named() -> None:
    line = heard("we eten snert maar ik heb geen puf om te koken. Doe maar 3 liter van die van de slager").lines[-1]
    assert (line.product, line.amount) == ("slager/s80", 3)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Bel mij even op 06-12345678", "callme"),
        ("laat het hele mandje maar vervallen", "cancel"),
        ("Hoi! Alles goed daar?", "greeting"),
    ],
)
def test_whole_messages(text: str, intent: str) -> None:
    assert heard(text).intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "Lieve Anja, gefeliciteerd! Veel taart en bloemen gewenst.", "als de prei weer goedkoper is bestel ik ze wel weer",
        "ik wil weer eens echt ouderwets hachee maken",
    ],
)  # fmt: skip
def test_wishes_of_another_kind_order_nothing(text: str) -> None:
    assert heard(text).lines == ()


def test_what_is_done_to_it_is_no_talk() -> None:
    assert [line.product for line in heard("bietjes gekookt\n2 komkommers").lines] == ["groenteboer/g62", "groenteboer/g50"]


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("goedenavond of goedemorgen moet ik zeggen ik wil bij u bestellen een ons rosbief", ["slager/s23"]),
        ("mijn vrouw bestelde laatst per ongeluk 30 bloemkolen", []),
        ("we krijgen de buren op de koffie", []),
        ("elf jongens met honger. Doe maar twaalf komkommers", ["groenteboer/g50"]),
    ],
)
def test_who_comes_and_what_was_is_no_order(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


def test_packs_that_say_the_same_again() -> None:
    assert only_line("twintig eieren, twee doosjes van tien").amount == 2


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("zaterdag komen ze, dus dan graag gebracht: 6 gevulde koeken, een ijsbergsla", ["bakker/b60", "groenteboer/g26"]),
        ("ik ben de kaas voor de quiche vergeten: 1 pak geraspte kaas", ["kaas/k19"]),
        ("ik wil wat in huis hebben: 6 gevulde koeken", ["bakker/b60"]),
        ("kan er morgenmiddag een bos tulpen en een doosje stroopwafels komen?", ["bloemist/f02", "bakker/b65"]),
        ("een zak paprikachips om de avond te overleven", ["kruidenier/w151"]),
        ("een pak keukenpapier om het op te ruimen", ["kruidenier/w181"]),
    ],
)
def test_a_story_beside_an_order_leaves_it_an_order(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


@pytest.mark.parametrize(
    "text",
    [
        "ik heb dit besteld maar jullie zijn het vergeten: 1 pak geraspte kaas",
        "ik wil mijn geld terug hebben: 1 pak geraspte kaas was beschimmeld",
        "dit zat er niet in: 1 pak geraspte kaas en een bakje slagroom",
    ],
)
def test_a_complaint_with_a_list_orders_nothing(text: str) -> None:
    assert all(line.product is None for line in heard(text).lines)
