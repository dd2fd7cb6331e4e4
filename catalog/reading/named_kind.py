"""Only how it is was said, and the thing itself a while before: "zijn de spareribs gaar? een kilo van de pittige"."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lines import settle
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective, name_words, noun_of, stem
from catalog.reading.result import Line
from catalog.reading.tokens import lowers
from catalog.reading.words import plain
from catalog.search import lexicon

_SHORT = 3  # letters
_LONGEST = 120  # words that are looked back upon


def of_what_was_named(line: Line, text: str, lookup: Lookup) -> Line:
    """The line as its lone candidate, when that is the thing that was named before it, and bears all that was said."""
    words = name_words(line.words)
    lone = lookup.product(line.candidates[0]) if len(line.candidates) == 1 and line.op == "add" and not line.refused else None
    if lone is None or line.product or lone.restricted or not words or not all(map(_says_how, words)):
        return line
    borne, said = name_words(lone.name), {stem(word) for word in words}
    things = {noun_of(word) for word in borne if len(word) > _SHORT and stem(word) not in said and not is_adjective(word)}
    if not said <= {stem(word) for word in borne} or things.isdisjoint(_nouns_before(line, text)):
        return line
    return settle(line, lone, lookup.shelf)


def _says_how(word: str) -> bool:
    """Whether a word is no goods by itself: "zwarte", "pittige"."""
    return is_adjective(word) or word in lexicon.describing() or not lexicon.is_real(word)


def _nouns_before(line: Line, text: str) -> set[str]:
    said: Sequence[str] = lowers(text[: max(text.find(line.said), 0)])[-_LONGEST:]
    return {noun_of(plain(word)) for word in said}


__all__ = ["of_what_was_named"]
