"""A query as content words, soft words and a hint at a shop."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.search import lexicon
from catalog.search.fold import key, tokens

MAX_WORDS = 24  # a product is said in a handful; the rest of a long text is not looked at
_PREPOSITIONS = frozenset({"van", "bij", "uit"})


@dataclass(frozen=True, slots=True)
class Query:
    """``content`` must be explained by a product, ``soft`` helps to choose, ``kinds`` are the kinds of shop hinted at.

    Without any content ("half om half") the soft words are what is asked for.
    """

    content: tuple[str, ...]
    soft: tuple[str, ...]
    kinds: frozenset[str] = frozenset()


def parse(text: str) -> Query:
    """Split what was said. Filler and amounts are dropped; so is a hint at a shop, which is kept apart."""
    meant = lexicon.misspelt()
    words, kinds = _shop_hint([meant.get(word, word) for word in tokens(text[:2000])[: 4 * MAX_WORDS]])
    soft_words, filler = lexicon.soft() | lexicon.containers(), lexicon.filler()
    told = [word for word in words if word not in filler and not _amount(word)]
    content = [word for word in told if word not in soft_words and len(word) > 1]
    soft = [word for word in told if word in soft_words or len(word) == 1]
    return Query(tuple(content[:MAX_WORDS]), tuple(soft[:MAX_WORDS]), kinds)


def usual_key(words: str) -> str:
    """The form under which a choice is remembered: stems of the telling words, in alphabetical order.

    >>> usual_key("een halfje volkoren") == usual_key("Volkoren, half")
    True
    """
    query = parse(words)
    return " ".join(sorted({key(word) for word in (*query.content, *query.soft)}))


def _amount(word: str) -> bool:
    return word.isdigit() or (word[0].isdigit() and word.lstrip("0123456789") in lexicon.filler())


def _shop_hint(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Take "van de bakker" out of the words."""
    shops = lexicon.shop_words()
    for at, word in enumerate(words):
        if word in shops and at and any(before in _PREPOSITIONS for before in words[max(0, at - 2) : at]):
            start = at - 1 if words[at - 1] in _PREPOSITIONS else at - 2
            if start > 0 or at + 1 < len(words):
                return words[:start] + words[at + 1 :], shops[word]
    return words, frozenset()
