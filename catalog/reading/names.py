"""Names of products that hold "en", a number or a filler word: kept whole before a sentence is cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from catalog.reading.letters import apart
from catalog.reading.lexicon import Phrases, words_of
from catalog.reading.nouns import name_words
from catalog.reading.numbers import read_number
from catalog.reading.quantities import read_quantity
from catalog.reading.tokens import Token, lowers
from catalog.reading.words import table
from catalog.square import Product

_MARKS = frozenset((",", "(", ")", "."))
_REMEMBERED = 64  # words at one place in the names


class Names:
    """The products of a square whose names hold "en", a number or a filler word: found in a sentence as one whole.

    Also the options of its products that are more than one word ("aan het stuk").
    """

    def __init__(self, products: Iterable[Product]) -> None:
        self._roots: dict[str, _Node] = {}  # by the first two letters
        self._marked: dict[str, list[tuple[str, ...]]] = {}  # names with a comma or brackets, by their first word
        options: set[str] = set()
        for product in products:
            options.update(option for option in product.options if " " in option)
            for name in (product.name, *product.synonyms):
                self._add(name, product.id)
                self._add_marked(name, product.id)
            self._add_number(_without_size(name_words(product.name)), product.id)
        for whole in table("groups")["wholes"]:
            self._node(whole.split()).ends = True
        self.options = Phrases(options)

    def _add(self, name: str, product_id: str) -> None:
        words = name_words(name)
        bare = _without_size(words)
        for said in dict.fromkeys((words, bare)):
            if len(said) > 1 and _needs_care(said):
                self._put(said, product_id)
        if words[:1] == ("extra",) and len(words) > 2:
            self._put(words[:2], product_id)  # "extra belegen" is how it is said, of "Extra belegen 48+"

    def _add_marked(self, name: str, product_id: str) -> None:
        """ "Andijvie, grote krop, per stuk" as it stands in the list, and without what stands behind the last comma."""
        if ", " not in name and " (" not in name:
            return
        words = lowers(name)
        for end in [at for at, word in enumerate((*words, ",")) if word == ","]:
            if not _MARKS.isdisjoint(words[:end]):
                self._marked.setdefault(words[0], []).insert(0, tuple(words[:end]))
                self._put(name_words(" ".join(words[:end])), product_id)

    def without_marks(self, tokens: list[Token]) -> list[Token]:
        """The tokens without the commas and brackets inside a name that was typed as it stands in the list."""
        if not self._marked or not any(token.lower in _MARKS for token in tokens):
            return tokens
        kept: list[Token] = []
        at = 0
        while at < len(tokens):
            used = next((len(name) for name in self._marked.get(tokens[at].lower, ()) if _stands(name, tokens, at)), 0)
            kept += [token for token in tokens[at : at + used] if token.lower not in _MARKS] if used else [tokens[at]]
            at += used or 1
        return kept

    def _add_number(self, words: tuple[str, ...], product_id: str) -> None:
        """ "7up" of "7-Up": a number and the word behind it, written as one."""
        if len(words) > 1 and words[0].isdecimal():
            self._put((words[0] + words[1], *words[2:]), product_id)

    def _put(self, words: Sequence[str], product_id: str) -> None:
        node = self._node(words)
        node.products.add(product_id)
        node.ends = True

    def _node(self, words: Sequence[str]) -> _Node:
        node = self._roots.setdefault(words[0][:2], _Node())
        for word in words:
            node = node.next.setdefault(word, _Node())
        return node

    def at(self, words: Sequence[str], place: int) -> tuple[int, str | None]:
        """How many words the longest such name starting at ``place`` takes (0: none), and the one product that bears it.

        Slips of the thumb are forgiven; "drie-in-de-pan" may be typed as one word.
        """
        root = self._roots.get(words[place][:2])
        if root is None:
            return 0, None
        parts = words[place].split("-")
        if len(parts) > 1:
            used, node = _follow(root, parts, 0)
            return (1, node.only) if used == len(parts) else (0, None)
        used, node = _follow(root, words, place)
        return used, node.only if used else None


@dataclass(slots=True)
class _Node:
    """A word in the names, and what may follow it."""

    next: dict[str, _Node] = field(default_factory=dict)
    products: set[str] = field(default_factory=set)
    ends: bool = False  # a name ends here, though no product of this square may bear it
    _near: dict[str, list[_Node]] = field(default_factory=dict)

    def after(self, word: str) -> list[_Node]:
        """Where this word leads, spelt as it is or nearly so; found once for a word that is said again and again."""
        if word in self.next:
            return [self.next[word]]
        if word not in self._near:
            if len(self._near) >= _REMEMBERED:
                self._near.clear()
            self._near[word] = [child for name, child in self.next.items() if _alike(word, name)]
        return self._near[word]

    @property
    def only(self) -> str | None:
        return next(iter(self.products)) if len(self.products) == 1 else None


def _follow(node: _Node, words: Sequence[str], place: int) -> tuple[int, _Node]:
    """The longest name that goes on from this node at ``place``: its number of words, and its last node."""
    if place >= len(words):
        return 0, node
    if words[place] == "-":
        past = next((at for at in range(place, len(words)) if words[at] != "-"), len(words))
        used, end = _follow(node, words, past)  # "7-granenbrood"
        return (used + past - place, end) if used else (0, node)
    parts = words[place].split("-") if "-" in words[place] else ()
    if len(parts) > 1 and words[place] not in node.next:
        used, end = _follow(node, [*parts, *words[place + 1 :]], 0)
        return (max(1, used - len(parts) + 1), end) if used >= len(parts) else (0, node)  # "heineken 0.0 6-pack"
    best, found = 0, node
    for child in node.after(words[place]):
        used, end = _follow(child, words, place + 1)
        if used or child.ends:
            used, end = (used + 1, end) if used else (1, child)
            if used > best:
                best, found = used, end
    return best, found


def _stands(name: Sequence[str], tokens: Sequence[Token], at: int) -> bool:
    return len(name) <= len(tokens) - at and all(word == tokens[at + n].lower for n, word in enumerate(name))


def _without_size(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "doperwten en worteltjes" of "Doperwten en worteltjes 400 g": nobody says the size."""
    end = len(words)
    while end > 1 and (words[end - 1][0].isdecimal() or words[end - 1] in words_of("groups", "packs")):
        end -= 1
    return words[:end]


@cache
def _special() -> frozenset[str]:
    """Words that mean something by themselves in a sentence."""
    spoken = words_of("fillers", "words") | words_of("fillers", "joiners") | words_of("talk", "verbs")
    return spoken | {"met", "zonder", "niet", "per", "liefst", "liever", "extra"}


def _needs_care(words: Sequence[str]) -> bool:
    if not _special().isdisjoint(words):
        return True
    return any(read_number(words, at) or read_quantity(words, at) for at in range(len(words)))


@lru_cache(maxsize=16384)
def _alike(said: str, word: str) -> bool:
    if said == word:
        return True
    if word.isdecimal() or word in words_of("fillers", "words"):
        return False
    if len(word) < 4 or said[0] != word[0]:
        return len(word) >= 3 and said.rstrip("s").removesuffix("en") == word.rstrip("s").removesuffix("en")
    return apart(said, word) <= (1 if len(word) < 6 else 2)
