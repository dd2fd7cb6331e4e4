"""Sound and stem."""

from __future__ import annotations

import pytest

from catalog.search.fold import fold, keys, stems, tokens

SAME = (
    "bol bollen bolletje bolletjes", "krentenbol krentebol krentebollen krentenbolletjes", "brood broden broodje",
    "kaas kazen kaasje",
    "ei eieren eitjes", "ui uien uitjes", "tomaat tomaten tomaatjes", "taart taarten taartje", "kers kersen",
    "sla slaatje", "koek koeken koekjes",
    "appel appels appelen appeltje", "wortel wortels worteltjes", "pruim pruimen pruimpjes", "haring haringen harinkje",
    "avocado avocado's",
    "jong jonge", "wit witte", "half halve halfje", "yoghurt joghurt", "sjips chips", "rijst reist", "kabeljauw kabeljou",
    "peer peren peertje",
    "druif druiven druifje", "vis vissen visje", "noot noten nootjes", "bloemen bloemetje bloemetjes", "garnaal garnalen",
    "roos rozen roosjes",
)  # fmt: skip
OTHER = (
    "bloem bloemen",
    "ui uil",
    "kaas kers",
    "melk mik",
    "haring haar",
    "gehakt hak",
    "vla vlaai",
    "roos roze",
    "ei prei",
    "sla slavink",
)


@pytest.mark.parametrize("words", SAME)
def test_one_stem(words: str) -> None:
    first, *others = words.split()
    for other in others:
        assert set(keys(tokens(first)[0])) & set(keys(tokens(other)[0])), other


@pytest.mark.parametrize("words", OTHER)
def test_other_stems(words: str) -> None:
    one, two = words.split()
    assert keys(one)[0] != keys(two)[0] or stems(one)[0] != stems(two)[0]


def test_tokens_keep_what_belongs_together() -> None:
    assert tokens("Crème  fraîche, 2 avocado's") == ["creme", "fraiche", "2", "avocados"]
    assert tokens("Kaas 48+ half-om-half 7up") == ["kaas", "48+", "halfomhalf", "7up"]
    assert tokens("\u2060• Ui\u200b") == ["ui"]


def test_fold_is_stable() -> None:
    for word in ("zuurkool", "champignons", "quiche", "xylofoon", "yoghurt", "z", "ch"):
        assert fold(fold(word)) == fold(word)
