"""What is the only one of its kind here is taken; what is sold nowhere here is not helped with something else."""

from __future__ import annotations

import pytest
from test_siblings import lines_on


@pytest.mark.parametrize(
    ("names", "text", "name"),
    [
        ("Hero aardbeienjam|Melk", "een pot jam", "Hero aardbeienjam"),
        ("Lassie toverrijst|Melk", "een pak rijst", "Lassie toverrijst"),
        ("Uiterwaardworst|Gehakt", "een worst", "Uiterwaardworst"),
        ("Winterpeen|Melk", "2 peen", "Winterpeen"),
        ("Polderkaas oud|Polderkaas jong belegen", "oude kaas", "Polderkaas oud"),
        ("Polderkaas oud|Polderkaas jong belegen", "kaas jong belegen", "Polderkaas jong belegen"),
        ("Rinse appelstroop|Stroopwafels", "een pot stroop voor de kinderen", "Rinse appelstroop"),
        ("Aardappel Bildtstar|Melk", "2 bildtstar", "Aardappel Bildtstar"),
        ("Balpen zwart|Balpen blauw", "2 zwarte balpennen", "Balpen zwart"),
        ("Groentepakket groot|Groentepakket klein", "1 groot pakket groente", "Groentepakket groot"),
        ("Fruitmand|Appels", "een mand fruit", "Fruitmand"),
        ("Boerenroomboter|Roomboter croissant|Banketstaaf roomboter", "een pakje roomboter", "Boerenroomboter"),
    ],
)
def test_the_only_kind_is_meant(names: str, text: str, name: str) -> None:
    assert [line.product for line in lines_on(names, text)] == [name]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("Aardbeienjam|Kersenjam", "een pot jam"),  # there are two
        ("Ravigotesaus|Melk", "een bakje saus"),  # a shelf of quite different goods
        ("Koffiebonen|Melk", "een pak koffie"),
        ("Polderkaas oud|Melk", "een stuk jonge kaas"),
        ("Beenham honing-mosterd|Melk", "een potje mosterd"),  # what only tastes of it
        ("Walnoten|Melk", "gemengde noten"),
        ("Gedroogde vijgen|Melk", "4 vijgen"),  # something was done to it
        ("Rolmops (zure haring)|Melk", "2 haring"),
        ("Sinaasappels hand|Sinaasappels pers net 2 kg", "6 sinaasappels"),
    ],
)
def test_what_is_not_surely_that_is_asked(names: str, text: str) -> None:
    assert not any(line.product for line in lines_on(names, text))


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("Halfvolle melk|Karnemelk|Koffiemelk", "een blikje kokosmelk"),
        ("Palmkool|Boerenkool", "een bloemkool"),
        ("Volle melk|Karnemelk", "2 pakken amandelmelk"),
        ("Gevulde koek|Roze koek", "een ontbijtkoek"),
        ("Gemengd boeket klein=boeketje|Bos rozen", "een boekje sudoku's"),
        ("Boerenkaas jong|Belegen kaas", "een ons schapenkaas"),
    ],
)
def test_goods_of_their_own_name_are_no_kind_of_what_they_end_in(names: str, text: str) -> None:
    (line,) = lines_on(names, text)
    assert (line.product, line.candidates) == ("", ())


@pytest.mark.parametrize(
    ("names", "text", "offered"),
    [
        ("Rivierrund gehakt|Melk", "een pond rundergehakt", "Rivierrund gehakt"),  # it bears both halves
        ("Casino wit heel|Melk", "een casinobrood", "Casino wit heel"),
    ],
)
def test_what_bears_both_halves_of_the_word_is_offered(names: str, text: str, offered: str) -> None:
    (line,) = lines_on(names, text)
    assert offered in line.candidates
