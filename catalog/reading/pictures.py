"""Pictures between words: "wat een weer 🙈 2 pakken melk". They say nothing, and part what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from catalog.reading.lexicon import words_of
from catalog.reading.numbers import read_number
from catalog.reading.run_on import is_of_goods
from catalog.reading.tokens import Token
from catalog.reading.units import UNIT_WORDS
from catalog.reading.words import table
from catalog.search import lexicon

_FIRST = "\U0001f000"  # from here on Unicode has little but pictures, https://www.unicode.org/charts/
_SYMBOLS = frozenset("☀☁☂☃☔☕☹☺♥❤❣✌✨⭐⛄🙂")
_ANSWERS = frozenset("👍👎👌🙏👏🤝🆗🙌")  # say something
_ORDERING = frozenset(("doe", "mag", "graag", "ik", "we", "wij", "kan", "geef", "breng"))
_GOING_ON = frozenset(("voor", "van", "met", "in", "op", "en", "of", "om", "als", "die", "dat", "zonder", "bij", "graag"))


def without_pictures(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a full stop for each picture between words; without it where the sentence goes on, and at the ends.

    What is counted stands for its goods: "2 🥒". Beside goods and amounts it only shows what is named: "3 🥒 komkommers",
    "komkommer 🥒 2".
    """
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        if token.text[0] in _goods() and _is_counted(tokens, at):
            kept.append(replace(token, lower=_goods()[token.text[0]]))
        elif not _is_picture(token):
            kept.append(token)
        elif kept and kept[-1].lower.isalnum() and (after := _next_word(tokens, at)):
            goes_on = after.text[0].islower() or after.text[0].isdecimal()
            goes_on = goes_on and (after.lower in _GOING_ON or (is_of_goods(kept[-1].lower) and after.lower not in _ORDERING))
            kept += [] if goes_on else [replace(token, text=".", lower=".")]
    return kept


@cache
def _goods() -> dict[str, str]:
    """The goods that a picture stands for."""
    return dict(table("spoken")["pictures"])


def _is_counted(tokens: Sequence[Token], at: int) -> bool:
    """ "2 🥒", "2 kilo 🍌": whether the picture itself is what is counted, and no word beside it names it."""
    before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
    if before is None or not (before.lower in UNIT_WORDS or before.lower == "x" or read_number([before.lower])):
        return after is not None and after.lower == "x" and not (before and _names(before.lower))  # "🍌x6"
    return after is None or not _names(after.lower)


def _names(word: str) -> bool:
    if not word.isalpha() or word in UNIT_WORDS or word in words_of("fillers", "greetings"):
        return False
    return lexicon.names_or_describes(word)


def _is_picture(token: Token) -> bool:
    return (token.text[0] >= _FIRST and token.text[0] not in _ANSWERS) or token.text[0] in _SYMBOLS


def _next_word(tokens: Sequence[Token], at: int) -> Token | None:
    """The word or number right behind this picture and those that follow it."""
    after = next((token for token in tokens[at + 1 :] if not _is_picture(token)), None)
    return after if after and after.text[0].isalnum() else None


__all__ = ["without_pictures"]
