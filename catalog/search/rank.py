"""Which names fit best: each said word is laid on the words of the name, and what is left over on either side counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from catalog.search import lexicon
from catalog.search.fold import key
from catalog.search.query import Query
from catalog.search.titles import CONTAINER as CASE
from catalog.search.titles import FULL, GROUP, MUST, NO_HEAD, Title
from catalog.search.vocabulary import DESCRIBES, HEAD, Match, Matches, Vocabulary

SOFT, CONTAINER, NUMBER = 0.12, 0.05, 0.03  # against 1 for a word that must be explained
HEADLESS = 0.85
TURNED, ASKED = 0.95, 0.79
JOINED = 0.84  # two words that are one have little room for slips: one of them may just be another word
SYNONYM = 0.985
MORE = 0.02  # what explains two words of a name is worth so much more than what explains one
HALF_HEARD = 0.75  # the most for a compound of which only one half was understood
EXPLAINED = 0.795  # a word understood less surely than this is not understood
IN_COMPANY, CERTAIN = 0.69, 0.95  # unless it stands beside words that leave no doubt: "rode kol"
TOLD = 0.45  # a word of the name that is explained less was not said
MADE = 0.998  # of a word of the name that begins with who made it
SMALL = 0.999  # a word said plainly that the name has as a diminutive


Readings = list[tuple[Matches, float]]  # what a word may be, and how much of the word that explains


@dataclass(slots=True)
class Slot:
    """One said word: the catalogue words it may be, joined with the next one, or cut in two."""

    word: str
    weight: float
    matches: Matches
    joined: Matches = field(default_factory=dict)  # together with the next slot
    pairs: list[tuple[Matches, Matches]] = field(default_factory=list)  # as two words
    soft: bool = False
    describes: bool = False
    variety: bool = False  # enough by itself
    goods: bool = False  # a thing by itself, sold here or not: with the name of a group it is no more than what that is of

    def readings(self) -> Iterator[Readings]:
        """What the word may be; then, for a word that surely is two, what its second half is, which adds to the first."""
        yield [(self.matches, 1.0), (self.joined, 2.0), *((first, 0.5) for first, _ in self.pairs)]
        if heads := [(head, 0.5) for first, head in self.pairs if _known(first) and _known(head)]:
            yield heads


class Standing(NamedTuple):
    """How a name did: ``cover`` of the said words, ``fit`` of the name, the least and the best explained word, all 0-1.

    ``headless``: the word that says what it is was not said. ``loose``: a said word is only a part of one of the name's, or
    one that must be said was not. ``bare``: only sizes and packaging were not said. ``diminutive``: only by a synonym in its
    small form: "geitenkaasje" is not any geitenkaas.
    """

    title: int
    product: int
    score: float
    cover: float
    fit: float
    worst: float
    surest: float
    headless: bool
    loose: bool
    bare: bool
    diminutive: bool = False


def slots_of(query: Query, vocabulary: Vocabulary) -> list[Slot]:
    """Look every said word up, also joined with its neighbour and cut in two."""
    slots = [
        Slot(
            word,
            1.0,
            vocabulary.find(word),
            describes=is_describing(word),
            variety=key(word) in lexicon.variety_keys(),
            goods=_is_goods(word),
        )
        for word in query.content
    ]
    for slot, after in pairwise(slots):
        both = _known(slot.matches) and _known(after.matches)
        found = vocabulary.find(slot.word + after.word, fuzzy=not both, far=False)
        slot.joined = {word: match for word, match in found.items() if _is_both(word, match, slot, after)}
        slot.joined = slot.joined or _turned(slot, after, vocabulary)
    for slot in slots:
        if not _known(slot.matches, but=("alias", "maybe", "near")) and len(slot.word) > 5 and slot.word not in lexicon.talk():
            slot.pairs = vocabulary.cut(slot.word, misspelt=not vocabulary.is_slip(slot.word, slot.matches))
    for slot in slots:
        slot.pairs = vocabulary.said_for(slot.word) + slot.pairs
    for word in query.soft:
        found = vocabulary.find(word, fuzzy=False)
        weight = NUMBER if word.isdigit() else CONTAINER if word in lexicon.containers() else SOFT
        if query.content and (found or weight == SOFT):
            slots.append(Slot(word, weight, found, soft=True))
        elif not query.content and weight == SOFT:
            slots.append(Slot(word, 1.0, found, describes=True))
        elif not query.content and weight == CONTAINER and len(query.soft) == 1:
            slots.append(Slot(word, 1.0, found))  # a bucket by itself is for sale somewhere
    return slots


_LINKS = ("", "en", "e", "s")


def _turned(slot: Slot, after: Slot, vocabulary: Vocabulary) -> Matches:
    """A compound said back to front, as one writes a list: "worst lever", "koek ontbijt".

    Asked when the second word is a thing by itself here: "melk koffie" is not surely koffiemelk, "pakket groente" is.
    """
    alone = slot.word not in lexicon.holders() and any(
        match.part in ("whole", "small") and match.sure > EXPLAINED for match in after.matches.values()
    )
    found = {w: m for link in _LINKS for w, m in vocabulary.find(after.word + link + slot.word, fuzzy=False).items()}
    return {
        word: Match(ASKED if alone else TURNED, match.part)
        for word, match in found.items()
        if match.part in ("whole", "small") and match.sure > TURNED
    }


def _is_both(word: int, match: Match, slot: Slot, after: Slot) -> bool:
    """Whether two words written as one are this word, and not one of them alone with something behind it."""
    if match.part in ("head", "made", "first") or match.sure <= JOINED:
        return False
    alone = [matches[word] for matches in (slot.matches, after.matches) if word in matches]
    return match.sure > 0.95 or all(
        one.part in ("head", "made", "first") for one in alone
    )  # a bloemkool is a kool: "blom kool"


def desperate(slots: Sequence[Slot], vocabulary: Vocabulary) -> list[Slot]:
    """The same slots, with known words taken for misspellings as well, even words of three letters."""
    return [
        slot
        if slot.soft or (slot.describes and slot.matches)
        else replace(slot, matches=vocabulary.misspelt(slot.word), pairs=slot.pairs or vocabulary.cut(slot.word))
        for slot in slots
    ]


def is_describing(word: str) -> bool:
    """Whether a word only says how something is: volle, belegen."""
    return word in lexicon.describing() or key(word) in lexicon.describing_keys()


def _is_goods(word: str) -> bool:
    return lexicon.is_real(word) and not is_describing(word) and key(word) not in lexicon.variety_keys()


def _known(matches: Matches, but: tuple[str, ...] = ()) -> bool:
    return any(
        match.part not in but and (match.sure > 0.9 or (match.part in ("head", "made") and match.sure >= HEAD))
        for match in matches.values()
    )


_MUCH = {"whole": 1.0, "small": SMALL, "alias": 1.0, "maybe": 0.9, "near": 0.89, "made": MADE, "head": 0.5, "first": 0.4}
Laid = tuple[float, int, float]  # how surely, on which word of the name (-1: none), how much of that word


def stand(number: int, title: Title, slots: Sequence[Slot]) -> Standing:
    """Lay the said words on one name: each as one word, joined with the next, or as two; whichever is surest."""
    words = title.words
    said = [(_lay(slot.matches, words),) for slot in slots]
    taken: list[tuple[Laid, ...]] = list(said)
    sures = [laid[0][0] for laid in said]
    for at, slot in enumerate(slots):
        if slot.joined:
            laid = _lay(slot.joined, words)
            if laid[0] > (sures[at] + sures[at + 1]) / 2:
                taken[at], taken[at + 1] = (laid,), ()
                sures[at] = sures[at + 1] = laid[0]
        for first, head in slot.pairs:
            one, two = _lay(first, words), _lay(head, words)
            if one[1] == two[1] >= 0:
                two = _lay(head, [*(-1,) * (one[1] + 1), *words[one[1] + 1 :]])  # taaitaai: the second taai
            sure = 0.485 * (one[0] + two[0]) if one[0] and two[0] and one[1] != two[1] else 0.3 * (one[0] + two[0])
            both = min(one[0], two[0]) >= EXPLAINED
            sure = sure if both else min(sure, HALF_HEARD)  # a frozen pizza is no frozen spinach
            if sure > sures[at] - (MORE if both and one[1] != two[1] else 0.0):
                taken[at], sures[at] = (one, two), max(sure, sures[at])
    if len(slots) > 1 and min(sures) < EXPLAINED:
        _once(taken, sures)
    return _weigh(number, title, slots, taken, sures)


def _once(taken: list[tuple[Laid, ...]], sures: list[float]) -> None:
    """A word of the name that was surely said is not said again by a slip: in "rozen rood" the first is no "rode"."""
    surely = {laid[0][1] for laid, sure in zip(taken, sures, strict=True) if laid and sure >= EXPLAINED}
    for at, laid in enumerate(taken):
        if laid and sures[at] < EXPLAINED and laid[0][1] in surely:
            taken[at], sures[at] = ((0.0, -1, 0.0),), 0.0


def _lay(matches: Matches, words: Sequence[int]) -> Laid:
    best, where, much = 0.0, -1, 1.0
    for at, word in enumerate(words):
        match = matches.get(word)
        if match is not None and match[0] > best:
            best, where, much = match[0], at, _MUCH[match[1]] if match[0] < DESCRIBES or match[1] != "first" else 0.5
    return best, where, much


def _explained(size: int, taken: Sequence[tuple[Laid, ...]]) -> list[float]:
    explained = [0.0] * size
    for laid in taken:
        for _, where, much in laid:
            if where >= 0:
                explained[where] = min(1.0, explained[where] + much)
    return explained


def _weigh(
    number: int, title: Title, slots: Sequence[Slot], taken: Sequence[tuple[Laid, ...]], sures: Sequence[float]
) -> Standing:
    total = got = 0.0
    loose = small = False
    for slot, laid, sure in zip(slots, taken, sures, strict=True):
        total += slot.weight
        got += slot.weight * sure
        if not slot.soft:
            part = len(laid) == 1 and laid[0][2] < SMALL and not slot.describes
            loose = loose or (part and (laid[0][2] != MADE or (title.other and len(slots) == 1))) or _lies_near(laid)
            small = small or any(one[2] == SMALL for one in laid)
    hard = [sure for slot, sure in zip(slots, sures, strict=True) if not slot.soft]
    cover = got / total if total else 0.0
    explained = _explained(len(title.words), taken)
    fit, heaviest = _fit(title, explained)
    head = title.head
    headless = head != NO_HEAD and explained[head] < TOLD
    headless = headless and (title.weights[head] > 50 or _only_of(slots, taken))
    loose = loose or heaviest == MUST
    score = 0.8 * cover + 0.2 * fit
    score *= (HEADLESS if headless else 1.0) * (SYNONYM if title.other else 1.0)
    return Standing(
        number,
        title.product,
        score,
        cover,
        fit,
        _worst(hard),
        max(hard, default=0.0),
        headless,
        loose,
        heaviest <= CASE and not title.other,
        bool(title.other) and small,
    )


def _lies_near(laid: Sequence[Laid]) -> bool:
    """Whether something else was said, that only lies near what this is."""
    return any(much == _MUCH["near"] for _, _, much in laid)


def _only_of(slots: Sequence[Slot], taken: Sequence[tuple[Laid, ...]]) -> bool:
    """Whether only other goods were said than what the group says it is: "braam" is no "Jam braam" kept under jam."""
    return all(slot.goods and len(laid) < 2 for slot, laid in zip(slots, taken, strict=True) if not slot.soft)


def _worst(sures: Sequence[float]) -> float:
    """How surely the least understood word was understood; one slip among words that are certain is seen through."""
    least, *others = sorted(sures) or [1.0]
    return max(least, EXPLAINED) if others and others[0] > CERTAIN and least >= IN_COMPANY else least


def _fit(title: Title, explained: Sequence[float]) -> tuple[float, int]:
    """How much of the name was said (0-1), and the weight of the heaviest word that was not (0: none)."""
    weight = told = 0.0
    heaviest = 0
    for w, e in zip(title.weights, explained, strict=True):
        if e < TOLD and w > heaviest:
            heaviest = w
        w = FULL if w == GROUP and e else w
        weight += w
        told += w * e
    return told / weight, heaviest
