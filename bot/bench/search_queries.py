"""Questions by class, each with what a right answer must hold. The same questions go to every engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from random import Random

from bot.bench.search_slips import diminutive, joined, plural, slip, split
from catalog.search import lexicon
from catalog.search.fold import fold, keys, tokens
from catalog.square import Product

CLASSES = {
    "T1": "één tikfout", "T2": "twee of drie tikfouten", "W": "andere woordvolgorde", "M": "meervoud of verkleinwoord",
    "C": "samenstelling los of vast", "X": "alles door elkaar, met praat eromheen", "H": "met de hand geschreven",
}  # fmt: skip
_CHAT = (
    "mag ik {}",
    "doe maar {} graag",
    "2 {}",
    "een pond {}",
    "heeft u ook {}",
    "500 gr {} aub",
    "voor mij {}",
    "nog {} erbij",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is said, its class, and the right names: each as the stems it holds and its sound in one. None: no product."""

    words: str
    kind: str
    right: tuple[tuple[frozenset[str], str], ...]

    def answered_by(self, name: str) -> bool:
        """Whether a product of this name is right: it holds every word asked for, as one word or as two."""
        said = tokens(name)
        held = {key for word in said for key in keys(word)}
        held |= {key for one, two in pairwise(said) for key in keys(one + two)}
        sound = fold("".join(said))
        return any(wanted <= held or joined in sound for wanted, joined in self.right)


def stems_of(name: str) -> tuple[frozenset[str], str]:
    """The stems a right answer must hold, telling words only, and the whole name as one sound (vanille-ijs = vanilleijs)."""
    told = frozenset(keys(word)[0] for word in tokens(name) if not word[0].isdigit() and word not in lexicon.filler())
    return told, fold("".join(tokens(name)))


def questions(products: Iterable[Product], each: int, seed: int = 5) -> list[Question]:
    """``each`` questions of every class about these products, the hand-written ones, and talk that is no product (N)."""
    dice = Random(seed)
    names = [p.name.lower() for p in products if sum(len(word) > 3 for word in tokens(p.name)) >= 1]
    parts = frozenset(word for name in names for word in name.split()) | lexicon.goods()
    made = [_question(kind, names, dice, parts) for kind in ("T1", "T2", "W", "M", "C", "X") for _ in range(each)]
    return [*dict.fromkeys(q for q in made if q), *handwritten(), *talk()]


def _question(kind: str, names: list[str], dice: Random, parts: frozenset[str]) -> Question | None:
    for _ in range(60):
        name = dice.choice(names)
        said = _said(kind, name, dice, parts)
        if said != name:
            return Question(said, kind, (stems_of(name),))
    return None


def _said(kind: str, name: str, dice: Random, parts: frozenset[str]) -> str:
    if kind in ("T1", "T2"):
        said = slip(name, dice)
        for _ in range(dice.choice((1, 2)) if kind == "T2" else 0):
            said = slip(said, dice)
        return said
    if kind == "W":
        words = name.split()
        dice.shuffle(words)
        return " ".join(words)
    if kind == "M":
        words = name.split()
        words[-1] = dice.choice((plural, diminutive))(words[-1]) if words[-1].isalpha() else words[-1]
        return " ".join(words)
    if kind == "C":
        return joined(name) if " " in name and dice.random() < 0.5 else split(name, dice, parts)
    mixed = _said(dice.choice(("W", "M", "C")), _said("T1", name, dice, parts), dice, parts)
    return dice.choice(_CHAT).format(mixed)


def handwritten() -> list[Question]:
    """``search_handwritten.txt``: what is said = right name | another right name."""
    found = []
    for line in lines("search_handwritten.txt"):
        said, _, right = line.partition("=")
        found.append(Question(said.strip(), "H", tuple(stems_of(name) for name in right.split("|"))))
    return found


def talk() -> list[Question]:
    """``search_talk.txt``: messages that are no product."""
    return [Question(line, "N", ()) for line in lines("search_talk.txt")]


def lines(file: str) -> list[str]:
    """The lines of a data file beside this one, without comments and blank lines."""
    text = (resources.files("bot.bench") / file).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
