"""Who is speaking: "met Jan de Vries", "mevrouw van dam". Names are read away, they are no goods."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.tokens import Token
from catalog.reading.wish import COMMAS, fillers, is_name


def introduction(tokens: Sequence[Token], words: Sequence[str], at: int) -> int:
    """ "met Jan de Vries", "mevrouw van dam": who is speaking."""
    first = at + 1 if words[at] in ("met", "van") else at
    if first >= len(tokens):
        return 0
    if first == 0 and len(tokens) <= 4 and is_name(tokens[0]):
        return len(tokens)
    titled = words[first] in words_of("fillers", "titles")
    if not titled and not (first > at and is_name(tokens[first])):
        return 0
    return end_of_name(tokens, words, first + 1, titled) - at


def end_of_name(tokens: Sequence[Token], words: Sequence[str], end: int, titled: bool) -> int:
    """The place after a name that goes on at ``end``; ``titled``: "mevrouw" came before it."""
    while end < len(tokens) and words[end] in ("de", "van", "den", "der", "."):
        end += 1
    while end < len(tokens) and (tokens[end].text[:1].isupper() or titled) and words[end] not in COMMAS:
        if titled and (words[end] in fillers() or phrases_of("fillers", "order").at(words, end)):
            break
        end, titled = end + 1, False
    return end
