"""Why a search went as it went, in Dutch, for whoever must mend it with one synonym."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from catalog.search.rank import EXPLAINED, Slot, Standing
from catalog.search.verdict import Why, judge
from catalog.search.vocabulary import Match, Vocabulary

if TYPE_CHECKING:
    from catalog.search.index import Index

MOST_WORDS, MOST_NAMES = 4, 5
_AS = {
    "whole": "", "small": "verkleinwoord", "head": "een soort", "first": "alleen het begin", "alias": "ander woord ervoor",
    "made": "van deze maker",
    "maybe": "kan dit zijn", "near": "lijkt erop, maar is iets anders",
}  # fmt: skip
_VERDICTS = {"clear": "duidelijk", "choose": "vragen welke", "none": "niet gevonden"}
_WHYS: dict[Why, str] = {
    "meant": "alles wat gezegd is klopt, en niets anders komt in de buurt",
    "nothing": "geen artikel past bij genoeg van de woorden",
    "unsure": "een woord is niet zeker herkend, of lijkt alleen op een woord van de naam",
    "part": "er is maar een deel van een woord van de naam gezegd",
    "headless": "wat het is, is niet gezegd",
    "others": "een ander artikel past ook",
}


def explain(index: Index, words: str) -> list[str]:
    """Each word and what it was taken for, the best names with their scores, and the verdict with its reason."""
    slots, standings = index.understood(words, frozenset())
    verdict, taken, why = judge(standings, slots)
    lines = [_word(slot, index.vocabulary) for slot in slots] or ["Geen woord dat een artikel kan noemen."]
    lines += [_name(index, standing) for standing in (taken or standings)[:MOST_NAMES]]
    return [*lines, f"Oordeel: {_VERDICTS[verdict]} ({verdict}) – {_WHYS[why]}."]


def _word(slot: Slot, vocabulary: Vocabulary) -> str:
    best: dict[str, Match] = {}
    for matches, _ in chain.from_iterable(slot.readings()):
        for number, match in matches.items():
            word = vocabulary.words[number]
            if word not in best or match.sure > best[word].sure:
                best[word] = match
    top = sorted(best.items(), key=lambda item: -item[1].sure)[:MOST_WORDS]
    taken = ", ".join(f"{word} ({_likeness(slot.word, word, match)})" for word, match in top)
    return f"“{slot.word}” → {taken or 'niet herkend'}{' [helpt alleen kiezen]' if slot.soft else ''}"


def _likeness(said: str, word: str, match: Match) -> str:
    how = _AS[match.part] or ("" if said == word else "andere vorm" if match.sure > 0.9 else "lijkt erop")
    doubt = "" if match.sure >= EXPLAINED or match.part == "first" else ", te onzeker"
    return f"{match.sure:.2f}{', ' if how else ''}{how}{doubt}"


def _name(index: Index, standing: Standing) -> str:
    product = index.products[standing.product]
    said = " ".join(index.vocabulary.words[word] for word in index.titles.get(standing.title).words)
    other = f", door “{said}”" if index.titles.get(standing.title).other else ""
    score = f"{100 * standing.score:.1f} – gezegd en begrepen {standing.cover:.0%}, van de naam gezegd {standing.fit:.0%}"
    return f"{product.name} ({product.id}): {score}{other}"
