"""What else people and shops call a thing: the pairs of ``search/words/synonyms.toml``, by the nouns of what is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from catalog.reading.nouns import name_words, noun_of
from catalog.search import lexicon

Name = tuple[str, ...]


def other_names(words: str) -> tuple[Name, ...]:
    """What else a shop may call this, be it a kind of it."""
    return _named(lexicon.synonyms).get(words, ())


def same_names(words: str) -> tuple[Name, ...]:
    """What else a shop may call this and nothing else."""
    return _named(_equals).get(words, ())


def _equals() -> Iterable[tuple[str, tuple[str, ...]]]:
    return ((said, (name,)) for said, name in lexicon.equals())


@cache
def _named(pairs: Callable[[], Iterable[tuple[str, tuple[str, ...]]]]) -> dict[str, tuple[Name, ...]]:
    """The names of each pair as words, by the nouns of what people say."""
    names: dict[str, list[Name]] = {}
    for said, every in pairs():
        names.setdefault(" ".join(map(noun_of, name_words(said))), []).extend(map(name_words, every))
    return {said: tuple(dict.fromkeys(every)) for said, every in names.items()}


__all__ = ["Name", "other_names", "same_names"]
