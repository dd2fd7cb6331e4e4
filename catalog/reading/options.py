"""How somebody wants it: matched with the options a product has, and else kept as a note for the shop."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from catalog.reading.letters import apart
from catalog.reading.lexicon import words_of
from catalog.reading.tokens import lowers
from catalog.reading.words import plain
from catalog.square import Product

#: One amount told apart: "eentje gesneden en de ander niet", "voor mij zonder ui en die van Kees met".
PARTED = re.compile(
    r"(?:een|eentje|1|de|voor|waarvan|helft)\b.*\b(?:de ander|de andere|de rest|de overige|die van|die voor|helft)\b"
)


_OF_ONE_PIECE = re.compile(r"\baan (?:een |één |1 )?stuk\b")


def settle_options(product: Product | None, wishes: Iterable[str], others: tuple[str, ...] = ()) -> tuple[tuple[str, ...], str]:
    """Which of the product's own options are meant, and the rest as one note. Without a product, those of ``others``."""
    options = product.options if product else others
    chosen: list[str] = []
    notes: list[str] = []
    for wish in wishes:
        option = None if PARTED.match(plain(wish)) else _option(options, wish)
        if option and option not in chosen:
            chosen.append(option)
        if not option or _says_more(option, wish):
            notes.append(wish)
    told = [note for note in notes if plain(note) not in words_of("options", "praise")]
    return tuple(chosen), ", ".join(dict.fromkeys(told))


def _option(options: tuple[str, ...], wish: str) -> str | None:
    """The option one of the words names: "dunne" is dun, "gesnede" is gesneden. "niet gesneden" is ongesneden."""
    wish = _OF_ONE_PIECE.sub("aan het stuk", wish)
    words = [plain(word) for word in lowers(wish)]
    whole = next((option for option in options if plain(option) in (plain(wish), " ".join(words))), None)
    if whole:
        return whole
    if words[:1] in (["niet"], ["zonder"]):
        against = [
            option for option in options if option.startswith("on") and any(_same(word, option[2:]) for word in words[1:])
        ]
        return against[0] if against else None
    return next((option for option in options if any(_same(word, option) for word in words)), None)


def _says_more(option: str, wish: str) -> bool:
    return len(lowers(wish)) > len(lowers(option)) + 1


@lru_cache(maxsize=4096)
def _same(word: str, option: str) -> bool:
    option = plain(option)
    if word == option or _bare(option) in (word, _bare(word)) or _bare(word) == option:
        return True
    return len(word) > 5 and word[:2] == option[:2] and apart(word, option) <= 2


def _bare(word: str) -> str:
    """Without the endings of an adjective: dunne, dun, dunnetjes; gesneden, gesnede."""
    word = word.removesuffix("tjes").removesuffix("n").removesuffix("e")
    word = word.replace("oo", "o").replace("ee", "e").replace("aa", "a")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
