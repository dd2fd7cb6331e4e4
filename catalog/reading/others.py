"""What somebody else brings, eats or makes: "Henk neemt het vlees mee en Ria haar salade" orders neither."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lexicon import words_of
from catalog.reading.numbers import number_word

_ADDRESSED = frozenset(("u", "je", "jij", "mij", "me", "ons", "jullie", "ge", "gij"))
_SPEAKING = _ADDRESSED | {"ik", "we", "wij", "wie", "dat", "wat", "er", "het", "ook", "dan", "en", "maar", "dus", "o", "oh"}
_ORDERING = frozenset(
    ("graag", "wil", "wilt", "willen", "mag", "mogen", "moet", "alsjeblieft", "aub", "bestel", "wel", "voor", "vraagt")
)
_NO_MATTER = frozenset(("niet", "niks", "uit", "het"))  # "een pak vla, maakt niet welke"
_AT_THE_COUNTER = frozenset(("neemt", "haalt"))
_MADE = frozenset(("bakt", "kookt", "maakt", "bakken", "koken", "maken"))
_OF_THEIRS = frozenset(("de", "het", "haar", "zijn", "hun"))
_AHEAD, _SHORT = 10, 6  # words


def others_do(words: Sequence[str]) -> bool:
    """Whether a stretch (plain words) tells what somebody else does with goods; an amount orders, unless it is brought."""
    words = words[: words.index(":")] if ":" in words else words  # "mijn moeder maakt soep: soepvlees een pond"
    at = next((at for at in range(1, min(_AHEAD, len(words))) if _does(words, at)), 0)
    if not at or _ordering(words[at]) & set(words):
        return False
    if words[at] in _AT_THE_COUNTER and "mee" not in words and {"een", "n", "op"} & set(words[at:]):
        return False  # "mijn vrouw neemt een lekkerbek", "Jan haalt een brood op"
    return "mee" in words[at:] or not any(_is_amount(word) for word in words)


def _ordering(verb: str) -> frozenset[str]:
    """What makes it an order; "de buurvrouw bakt een taart voor ons" is none."""
    return _ORDERING - {"voor"} if verb in _MADE else _ORDERING


def only_places(words: Sequence[str]) -> bool:
    """ ", tot in de boter", ", in de wasmand nota bene": only where something is."""
    begin = 1 if words[:1] == ["tot"] else 0
    placed = words[begin : begin + 1] in (["in"], ["op"], ["onder"], ["achter"]) and words[begin + 1 : begin + 2] in (
        ["de"],
        ["het"],
        ["mijn"],
    )
    return placed and not (_ORDERING & set(words)) and "een" not in words and not any(map(_is_amount, words))


def goes_on(words: Sequence[str], *, others: bool) -> bool:
    """Whether a stretch behind one that tells goes on with it: ", spekjes ook"; behind what others do ", Fien de mango"."""
    if words[-1:] == ["ook"] and len(words) <= 3:
        return True
    if not others or not 1 < len(words) <= _SHORT or _ORDERING & set(words) or any(map(_is_amount, words)):
        return False
    return any(word in _OF_THEIRS for word in words[1:3])


def _does(words: Sequence[str], at: int) -> bool:
    after = words[at + 1] if at + 1 < len(words) else ""
    if after in _ADDRESSED or words[at - 1] in _SPEAKING or (words[at] == "maakt" and after in _NO_MATTER):
        return False
    if words[at] in words_of("talk", "others_do"):
        return True
    return words[at] in words_of("talk", "all_do") and words[at - 1] in words_of("talk", "peoples")


def _is_amount(word: str) -> bool:
    return word.isdecimal() or (word not in ("een", "n", "'n") and number_word(word) is not None)


__all__ = ["goes_on", "only_places", "others_do"]
