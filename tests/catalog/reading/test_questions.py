"""Questions: their topic and what they name; and orders that only look like questions."""

from __future__ import annotations

import pytest
from reading_help import heard


@pytest.mark.parametrize(
    ("text", "topic", "words"),
    [
        ("wat kost de bezorging?", "delivery_cost", ""),
        ("tot hoe laat kan ik bestellen", "deadline", ""),
        ("wanneer komt het", "when_comes", ""),
        ("kan het vrijdag bezorgd worden?", "when_comes", ""),
        ("wie is de verkoper", "seller", ""),
        ("zitten er noten in de krentenbollen?", "allergens", "noten krentenbollen"),
        ("wat kost een slagroomtaart", "price", "slagroomtaart"),
        ("hoeveel kost een kilo aardbeien", "price", "aardbeien"),
        ("heeft u nog krentenbollen?", "stock", "krentenbollen"),
        ("is de bakker morgen open?", "hours", "bakker"),
        ("kan ik aan de deur betalen?", "payment", ""),
        ("waar blijft mijn bestelling", "order_status", ""),
        ("bezorgen jullie ook in Odijk?", "area", ""),
        ("bent u een mens?", "bot", ""),
    ],
)
def test_topics(text: str, topic: str, words: str) -> None:
    reading = heard(text)
    assert reading.intent == "question"
    assert reading.lines == ()
    assert [(question.topic, question.words) for question in reading.questions] == [(topic, words)]


@pytest.mark.parametrize(
    "text",
    [
        "wat zit er in de tompouce",
        "hoeveel gehakt heb je nodig voor 4 personen denkt u",
        "is die jonge kaas geschikt voor kinderen",
        "mag ik die brie nog eten als hij een week open is",
        "kan een slagroomtaart ook in de vriezer",
        "zitten er in een krat cola 24 flesjes",
        "kunt u me vertellen of er noten in de muesli zitten",
        "ik zou graag willen weten of de bakker open is",
        "kan de taart op woensdag bezorgd worden",
    ],
)
def test_the_order_of_words_asks_without_a_mark(text: str) -> None:
    reading = heard(text)
    assert (reading.intent, reading.lines) == ("question", ())


def test_an_order_behind_a_question() -> None:
    reading = heard("is er nog kerststol, en doe mij 2 komkommers")
    assert [line.product for line in reading.lines] == ["groenteboer/g50"]
    assert reading.questions


@pytest.mark.parametrize(
    "text", ["mag ik 2 komkommers?", "kunt u morgen een bloemkool brengen?", "heeft u voor mij 2 komkommers?"]
)
def test_a_polite_order_is_no_question(text: str) -> None:
    reading = heard(text)
    assert reading.intent == "order"
    assert reading.questions == ()


@pytest.mark.parametrize("text", ["komkommers, wat kosten die?", "bananen, hoe duur zijn die?", "komkommer, is die vers?"])
def test_what_is_named_and_then_asked_about_is_no_order(text: str) -> None:
    reading = heard(text)
    assert (reading.lines, bool(reading.questions)) == ((), True)


@pytest.mark.parametrize("text", ["2 komkommers, zijn die vers?", "komkommers graag 2, wat kosten die?"])
def test_what_is_counted_or_wanted_and_then_asked_about_is_ordered(text: str) -> None:
    reading = heard(text)
    assert [(line.product, line.amount) for line in reading.lines] == [("groenteboer/g50", 2)]
    assert reading.questions


@pytest.mark.parametrize(
    "text", ["ik wil graag een komkommer, of is het daar te laat voor?", "een komkommer, of zijn die er niet?"]
)
def test_an_order_and_whether_it_can_be(text: str) -> None:
    reading = heard(text)
    assert [line.product for line in reading.lines] == ["groenteboer/g50"]
    assert reading.questions


def test_asked_before_it_is_ordered() -> None:
    reading = heard("Kunnen jullie het brood ook wat dikker snijden dan normaal? ik wil namelijk 2 volkoren heel")
    assert [(line.product, line.amount) for line in reading.lines] == [("bakker/b01", 2)]
    assert reading.questions


def test_advice_is_asked() -> None:
    assert heard("wat raden jullie aan bij snert?").lines == ()
