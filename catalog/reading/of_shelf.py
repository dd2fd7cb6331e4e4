"""What words are to this shelf: goods that are sold, words of talk, somebody's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.reading.formed import is_formed, is_of_people
from catalog.reading.lexicon import words_of
from catalog.reading.lines import words_said
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective
from catalog.reading.restricted import refused_kind
from catalog.reading.shortened import is_everyday
from catalog.reading.split import Clause
from catalog.reading.strange import names_goods
from catalog.reading.talk import LISTED
from catalog.reading.wish import is_name, soft_words
from catalog.reading.wish_search import group_of
from catalog.reading.wishes import Unit, Wish
from catalog.reading.words import plain
from catalog.search import lexicon

_HAVE = frozenset(("heb", "hebt", "heeft", "hebben", "had", "hadden", "is", "zijn", "ben", "bent", "werd", "werden", "wordt"))
_INTENDED = frozenset(("gedacht", "bedacht", "besloten", "gewild"))  # "ik had gedacht aan een pond biefstuk" orders
_NO_PAST = frozenset(("geeft", "gezond", "geduld", "gebied", "geluid", "gemeent", "geld"))
_LONG_WORD = 6  # letters
_KNOWN = 0.8  # how surely a word is one of this catalogue
#: The past of a verb in two parts: "opgeruimd", "meegenomen".
_SEPARABLE_PAST = re.compile(
    r"(?:op|af|uit|aan|mee|weg|in|over|door|na|voor|bij|terug|schoon|leeg|open|stuk|kapot|vast|los|dicht|om|rond)ge\w{2,}(?:d|t|en)\Z"
)


@dataclass(kw_only=True)
class OfShelf:
    """Judges the words of one message by what the catalogue knows."""

    text: str
    lookup: Lookup

    def _asks_restricted(self, wish: Wish, clause: Clause) -> bool:
        """ "neusspray, ben zo verkouden": what is never sold is answered, when it is what the clause begins with."""
        kind = refused_kind([plain(token.lower) for token in wish.units[0].tokens])
        return kind is not None and wish.units[0].tokens[0] == clause.tokens[0]

    def _may_be_product(self, unit: Unit) -> bool:
        if unit.named or is_adjective(unit.text):
            return True
        if is_name(unit.tokens[0]) and not unit.text.isupper() and not self.lookup.exact(unit.text).hits:
            return False  # "Kees" is no slip for kers
        return not self._is_talk(plain(unit.text))

    def _may_be_goods(self, unit: Unit, wish: Wish) -> bool:
        """Whether it may be a product, or comes in packs as nobody does: "een doos kerstmannen"."""
        packed = wish.units == [unit] and wish.quantity is not None and wish.quantity.unit == "pack"
        return (packed and is_of_people(plain(unit.text))) or self._may_be_product(unit)

    def _is_somebody(self, unit: Unit, wish: Wish) -> bool:
        """A word with a capital in the middle of a sentence, that is nothing here: "fijn dat jullie komen, Sam en Noor"."""
        token = unit.tokens[0]
        before = self.text[: token.start].rstrip(" ")[-1:]
        amid = before.isalnum() or before in (",", "-")
        named = amid and token.text[:1].isupper() and not token.text[1:2].isupper() and len(token.text) > 1
        return named and not is_counted(wish) and self.lookup.knows(plain(unit.text)) < 0.95

    def _is_written_as_goods(self, unit: Unit) -> bool:
        """Whether it is goods, and no name behind a greeting: "hoi karnemelk", but "hoi Roos"."""
        word = plain(unit.text)
        called = word in words_of("fillers", "names") | words_of("fillers", "vocatives") | words_of("fillers", "addressed")
        return self.lookup.knows(word) >= _KNOWN and lexicon.is_real(word) and not (called or unit.tokens[0].text[:1].isupper())

    def _is_of_shelf(self, unit: Unit) -> bool:
        return unit.named or unit.soft or self.lookup.knows(plain(unit.text)) >= _KNOWN

    def _is_talk(self, word: str) -> bool:
        """A word of talk, or the past of a verb that this catalogue does not know ("besproken", "gevraagd")."""
        if word in words_of("talk", "verbs") or word in words_of("talk", "words"):
            return True
        return self._is_past(word) or self._is_formed(word)

    def _is_formed(self, word: str) -> bool:
        """A word that is no goods by its form, and means nothing here: "slinkt", "klaverjasclub"."""
        return is_formed(word) and self.lookup.knows(word) < _KNOWN and not names_goods([word]) and word not in soft_words()

    def _is_past(self, word: str) -> bool:
        past = word.startswith(("ge", "be", "ver", "ont")) and word.endswith(("d", "t", "en")) and len(word) > 6
        past = past or (word.startswith("ge") and word.endswith(("d", "t")) and len(word) > 4 and word not in _NO_PAST)
        past = past or bool(_SEPARABLE_PAST.match(word))
        return past and self.lookup.knows(word) < _KNOWN and not names_goods([word]) and word not in soft_words()

    def _is_perfect(self, words: Sequence[str]) -> bool:
        """ "gisteren hebben we gesmuld van de mosselen" tells, whatever verb it is."""
        because = next((at for at, word in enumerate(words) if at and word in words_of("talk", "because")), len(words))
        told = words[:because]  # "2 broden want ik ben verkouden" orders, whatever is told of why
        told = [word for word in told if word not in words_of("talk", "states")]
        return bool(_HAVE & set(told)) and any(self._is_past(word) for word in told) and not (LISTED | _INTENDED) & set(words)

    def _is_goods(self, wish: Wish) -> bool:
        """Whether every word of it is a word of this catalogue, or says how it must be."""
        words = [plain(unit.text) for unit in wish.units if not (unit.named or unit.soft)]
        return (
            bool(wish.units)
            and not any(self._is_talk(word) for word in words)
            and all(is_adjective(word) or self.lookup.knows(word) >= _KNOWN for word in words)
        )

    def _is_product(self, wish: Wish) -> bool:
        if any(unit.product for unit in wish.units):
            return True
        return self.lookup.find(words_said(wish.units)).verdict == "clear"

    def _is_known(self, wish: Wish) -> bool:
        words = [plain(unit.text) for unit in wish.units]
        if any(unit.named for unit in wish.units) or refused_kind(words) is not None or group_of(wish.units, self.lookup):
            return True
        return any(self.lookup.knows(word) >= _KNOWN for word in words) or self._is_product(wish)

    def _is_slip(self, wish: Wish, clause: Clause) -> bool:
        """ "2 pak melk en tampasta", "... en basmatie rijs": among what is counted, what may be a slip for goods."""
        words = [plain(unit.text) for unit in wish.units]
        if len(words) > 2 or max(map(len, words)) < _LONG_WORD or any(map(is_everyday, words)):
            return False
        return wish.units[0].tokens[0] != clause.tokens[0] and bool(self.lookup.find(words_said(wish.units)).hits)


def is_counted(wish: Wish) -> bool:
    """Whether an amount was said that can be ordered; an article is none, and neither is a house number of four digits."""
    quantity = wish.quantity
    if not quantity or (quantity.said in ("een", "n", "'n", "één") and quantity.unit == ""):
        return False
    return quantity.unit != "" or quantity.amount is None or quantity.amount < 2000


__all__ = ["OfShelf", "is_counted"]
