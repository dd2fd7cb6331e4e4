"""Talk about goods that orders nothing: what was, who is spoken to, and words that close a list."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.tokens import Token
from catalog.reading.words import plain

_CLOSING = (
    ("dat", "was", "het"),
    ("dat", "was", "alles"),
    ("dit", "was", "het"),
    ("dit", "was", "alles"),
    ("dat", "was", "m"),
    ("dat", "is", "het"),
    ("dat", "is", "alles"),
    ("meer", "niet"),
    ("verder", "niks"),
)
_ARTICLES = frozenset(("de", "het", "witte", "bonte", "gekleurde", "zwarte", "fijne", "mijn", "onze"))


def tells(words: Sequence[str]) -> bool:
    """Whether a clause (plain words) tells of what was. "Dat was het" closes a list, and "de bonte was" is laundry."""
    if tuple(words[:2]) == ("wat", "een"):
        return True
    past = words_of("talk", "past")
    return any(
        word in past
        and not (word == "was" and ((at and words[at - 1] in _ARTICLES) or tuple(words[at - 1 : at + 2]) in _CLOSING))
        for at, word in enumerate(words)
    )


def without_closing(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The clause without "dat was het" at its end."""
    words = tuple(plain(token.lower) for token in tokens)
    closing = next((one for one in _CLOSING if words[-len(one) :] == one), ())
    return tokens[: len(tokens) - len(closing)]


def names_nothing(word: str, words: Sequence[str]) -> bool:
    """Whether a lone word is a shop one turns to ("van de slager graag") or who is greeted ("goedemorgen Willemien")."""
    at = words.index(word) if word in words else -1
    if at <= 0:
        return False
    if word in words_of("fillers", "addressed"):
        return any(before in ("van", "bij") for before in words[max(0, at - 2) : at])
    return at <= 3 and phrases_of("fillers", "greetings").at(words, 0) == at and tuple(words[at + 1 : at + 2]) in ((",",), ())
