"""A query as content words, soft words and a hint at a shop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from catalog.search import lexicon
from catalog.search.fold import key, tokens

MAX_WORDS = 24  # a product is said in a handful; the rest of a long text is not looked at
_BESIDE = frozenset({"met", "van", "en", "een", "de", "zonder"})  # "met worst" is no metworst
_PREPOSITIONS = frozenset({"van", "bij", "uit"})


@dataclass(frozen=True, slots=True)
class Query:
    """``content`` must be explained by a product, ``soft`` helps to choose, ``kinds`` are the kinds of shop hinted at.

    Without any content ("half om half") the soft words are what is asked for.
    """

    content: tuple[str, ...]
    soft: tuple[str, ...]
    kinds: frozenset[str] = frozenset()


def _never(word: str) -> bool:
    return False


def parse(text: str, known: Callable[[str], bool] = _never, saying: Callable[[str], bool] = _never) -> list[Query]:
    """Split what was said: as it stands, and when a saying or a regional name is in it also with that as one common word.

    Filler and amounts are dropped; so is a hint at a shop, which is kept apart. ``known``: whether a word is in the
    catalogue; then "half volle" is taken for halfvolle and "7 up" for 7up. ``saying``: whether words written as one are a
    synonym of something sold ("peen en uien").
    """
    meant = lexicon.misspelt()
    words, kinds = _shop_hint([meant.get(word, word) for word in tokens(text[:2000])[: 4 * MAX_WORDS]])
    common = [word if len(words) == 1 and known(word) else lexicon.regional().get(word, word) for word in words]
    ways = [words, _with_sayings(words, saying), common]
    return [_query(one, kinds, known) for at, one in enumerate(ways) if one not in ways[:at]]


def _query(words: list[str], kinds: frozenset[str], known: Callable[[str], bool]) -> Query:
    telling = _telling(_joined(words, known))
    content = [word for word in telling if not _is_soft(word)]
    soft = [word for word in telling if _is_soft(word)]
    return Query(tuple(content[:MAX_WORDS]), tuple(soft[:MAX_WORDS]), kinds)


def _with_sayings(words: list[str], saying: Callable[[str], bool]) -> list[str]:
    at, joined = 0, []
    while at < len(words):
        size = next((n for n in (4, 3, 2) if at + n <= len(words) and saying("".join(words[at : at + n]))), 1)
        joined.append("".join(words[at : at + size]))
        at += size
    return joined


def _is_small(word: str) -> bool:
    return _is_soft(word) or word in lexicon.filler()


def _is_soft(word: str) -> bool:
    return len(word) == 1 or word.isdigit() or word in lexicon.soft() or word in lexicon.containers()


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word.isdigit() or (word not in lexicon.filler() and not _amount(word))]


def _joined(words: list[str], known: Callable[[str], bool]) -> list[str]:
    """Join a word that says little with the next one when only together they are a word of the catalogue."""
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        if before and before not in _BESIDE and len(word) > 1 and _is_small(before) != _is_small(word) and known(before + word):
            joined[-1] = before + word
        else:
            joined.append(word)
    return joined


def usual_key(words: str) -> str:
    """The form under which a choice is remembered: stems of the telling words, in alphabetical order.

    >>> usual_key("een halfje volkoren") == usual_key("Volkoren, half")
    True
    """
    query = parse(words)[0]
    return " ".join(
        sorted({key(word) for word in (*query.content, *query.soft) if not word.isdigit() and word not in lexicon.containers()})
    )


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
