"""Who is speaking: "met Jan de Vries", "mevrouw van dam". Names are read away, they are no goods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.numbers import number_word
from catalog.reading.quantities import read_quantity
from catalog.reading.tokens import Token
from catalog.reading.wish import COMMAS, fillers, is_name
from catalog.reading.words import plain
from catalog.search import lexicon

_STREET = re.compile(r"\w{3,}(?:straat|weg|laan|plein|dijk|kade|singel|gracht|steeg|dreef|hof|pad|str|brink|akker|kamp)")
_LONGEST_NAME = 4  # words
_NEAR_START = 3  # words
_FIGURES = 10  # of a Dutch telephone number
_BEGINS, _PARTICLES = frozenset(("ik", "hier", "wij", "we")), frozenset(("de", "van", "den", "der", "te", "ter", "ten"))
_SPEAKING: tuple[list[str], ...] = ([], ["ik"], ["hier"], ["weer"])


def is_street(word: str) -> bool:
    """Whether a house number may follow: "molenstraat", "kerkweg"; not "straat", nor goods that end so."""
    return _STREET.fullmatch(word) is not None and not lexicon.is_real(word)


def gives_address(tokens: Sequence[Token]) -> bool:
    """Whether these are only a name and an address, or an address: "De Vries, Dorpsstraat 12"."""
    words = [plain(token.lower) for token in tokens if token.lower not in COMMAS | {".", "-"}]
    at = next((at for at, word in enumerate(words) if is_street(word)), -1)
    if at < 0 or at > _LONGEST_NAME or not words[at + 1 : at + 2] or not words[at + 1][:1].isdecimal():
        return False
    return len(words) <= at + 3 and not any(word.isdecimal() or lexicon.is_real(word) for word in words[:at])


def gives_particulars(tokens: Sequence[Token]) -> bool:
    """Whether this is a line of a form: "naam: Jan"."""
    return len(tokens) > 1 and tokens[1].lower == ":" and plain(tokens[0].lower) in words_of("fillers", "particulars")


def without_telephone(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a full stop for a telephone number and for the word that says it is one: "tel 06-12345678"."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        used = _telephone_at(tokens, at) if tokens[at].text[0] == "0" else 0
        while used and kept and (plain(kept[-1].lower) in words_of("fillers", "particulars") or kept[-1].lower in (":", ".")):
            kept.pop()
        kept.append(replace(tokens[at], text=".", lower=".") if used else tokens[at])
        at += used or 1
    return kept


def _telephone_at(tokens: Sequence[Token], at: int) -> int:
    """How many tokens make the ten figures of a telephone number here; 0 when they do not."""
    figures, end = "", at
    while (
        end < len(tokens)
        and len(figures) < _FIGURES
        and (tokens[end].text.isdecimal() or (figures and tokens[end].text == "-"))
    ):
        figures += tokens[end].text.replace("-", "")
        end += 1
    return end - at if len(figures) == _FIGURES else 0


def without_former(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """ "we zijn met zes ipv drie": without how many would have come, who are no goods."""
    words = [plain(token.lower) for token in tokens]
    for at in range(2, len(words) - 1):
        used = phrases_of("talk", "instead_of").at(words, at)
        if used and _counts(words[at - 1]) and "met" in words[max(0, at - 3) : at - 1] and _counts(words[at + used]):
            return (*tokens[:at], *tokens[at + used + 1 :])
    return tokens


def _counts(word: str) -> bool:
    """Whether it says how many: "6", "zes", "(met z'n) zessen"."""
    return number_word(word) is not None or word in words_of("talk", "eating_together")


def introduction(tokens: Sequence[Token], words: Sequence[str], at: int) -> int:
    """ "met Jan de Vries", "mevrouw van dam": who is speaking."""
    account = phrases_of("fillers", "account").at(words, at)
    if account and at + account < len(tokens):
        titled = words[at + account] in words_of("fillers", "titles")  # "op rekening van mw. Spruit"
        return max(end_of_name(tokens, words, at + account + titled, titled) - at, account + 1)
    first = at + 1 if words[at] in ("met", "van") else at
    if first >= len(tokens):
        return 0
    if first == 0 and len(tokens) <= _LONGEST_NAME and is_name(tokens[0]) and all(map(_may_be_of_name, tokens[1:])):
        return len(tokens)
    if first > at and at <= 2 and words[at] == "met" and _names_herself(words, first):
        return _end_of_surname(words, first + 1) - at
    if words[at] == "hier" and at <= _NEAR_START and _is_called(tokens, at + 1):
        return end_of_name(tokens, words, at + 2, False) - at  # "hoi, hier Samira van het buurthuis"
    titled = words[first] in words_of("fillers", "titles")
    if not titled and not (first > at and is_name(tokens[first])):
        return 0
    return end_of_name(tokens, words, first + 1, titled) - at


def _is_called(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word with a capital stands there that is no goods, nor a word of everyday."""
    word = plain(tokens[at].lower) if at < len(tokens) else ""
    return (
        bool(word) and tokens[at].text.istitle() and not (lexicon.is_real(word) or lexicon.is_common(word) or word in fillers())
    )


def _names_herself(words: Sequence[str], first: int) -> bool:
    """ "hoi met bart", "goeiemorgen met harm ik moet ...": a name without its capital, at the start of a message."""
    greeted = all(word in words_of("fillers", "greetings") or word in fillers() for word in words[: first - 1])
    named = words[first] in words_of("fillers", "names") or words[first] in _PARTICLES
    return greeted and (named or words[first + 1 : first + 2] in _SPEAKING)


def _end_of_surname(words: Sequence[str], at: int) -> int:
    """ "met jan kuiper ik wou graag": the name goes on up to who speaks."""
    places = range(at, min(len(words), at + _LONGEST_NAME))
    last = len(words) if len(words) <= at + _LONGEST_NAME else at
    end = next((end for end in places if words[end] in _BEGINS or phrases_of("fillers", "order").at(words, end) > 1), last)
    return end if all(word.isalpha() and not lexicon.is_real(word) for word in words[at:end]) else at


def _may_be_of_name(token: Token) -> bool:
    """ "Jan de Vries"; not "Wil graag kaas", whatever Wil is."""
    return token.lower in ("de", "van", "den", "der", "en", ".", ",") or (
        token.text[:1].isupper() and token.lower not in fillers()
    )


def _ends_title(token: Token, words: Sequence[str], at: int) -> bool:
    """ "voor oma 2 broden", "mevrouw wil graag": no name follows."""
    amount = read_quantity(words, at)
    counted = amount and (amount.used > 1 or lexicon.is_real("".join(words[at + amount.used : at + amount.used + 1])))
    goods = token.text.islower() and lexicon.is_real(words[at]) and words[at - 1] in words_of("fillers", "titles")
    goods = goods and (words[at - 2 : at - 1] != ["met"] or words[at + 1 : at + 2] not in _SPEAKING)  # "met mevrouw bos ik wou"
    return bool(counted) or goods or words[at] in fillers() or phrases_of("fillers", "order").at(words, at) > 0


def end_of_name(tokens: Sequence[Token], words: Sequence[str], end: int, titled: bool) -> int:
    """The place after a name that goes on at ``end``; ``titled``: "mevrouw" came before it."""
    while end < len(tokens) and words[end] in ("de", "van", "den", "der", "."):
        end += 1
    while end < len(tokens) and (tokens[end].text[:1].isupper() or titled) and words[end] not in COMMAS:
        if titled and _ends_title(tokens[end], words, end):
            break
        end, titled = end + 1, False
    return end
